"""Certificates, bibs, labels and posters: designs are data, codes decode back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.printing.reading import boxes, clashes, pages, reader, text_of
from tests.printing.sheets import LONG, RARE
from timing.core.refusal import Refusal
from timing.printing.cards.designs import MM, Design, decode_design
from timing.printing.cards.document import Batch, draw_cards
from timing.printing.cards.imposition import label_sheets, single, spread
from timing.printing.pens.press import About
from timing.printing.sheet import SheetError
from timing.resources import folder

ABOUT = About("Cards", author="Example Crew")
DESIGNS = sorted((folder("config") / "printing" / "designs").glob("*.toml"))


def design(name: str) -> Design:
    path = folder("config") / "printing" / "designs" / f"{name}.toml"
    return decode_design(path.read_text(encoding="utf-8"), path.name)


def card(of: Design, **fields: str) -> dict[str, str]:
    """All fields of a design filled with something."""
    filled = {name: f"{name} of it" for name in of.fields} | {
        "bib": "1234",
        "link": "https://results.example/r/1234",
        "logo": "",
    }
    return filled | fields


def codes(pdf: bytes, page: int = 0, dpi: int = 200) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    picture = document[page].render(scale=dpi / 72).to_pil()
    yield from zxingcpp.read_barcodes(picture)
    document.close()


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.stem)
def test_every_design_of_the_house_prints_without_overlap(path: Path) -> None:
    of = decode_design(path.read_text(encoding="utf-8"), path.name)
    drawn = draw_cards(Batch(design=of, cards=[card(of), card(of, name=LONG)]), ABOUT)
    assert drawn.pages == 2
    for page in pages(drawn.pdf):
        assert clashes(boxes(page)) == []
        assert all(box.x0 >= 0 and box.x1 <= page.width for box in boxes(page))
        assert round(page.width, 1) == round(of.width * MM, 1)


def test_the_bar_code_and_the_qr_code_of_a_bib_decode_back() -> None:
    of = design("bib")
    drawn = draw_cards(Batch(design=of, cards=[card(of)]), ABOUT)
    found = {str(code.format).rpartition(".")[2]: code.text for code in codes(drawn.pdf)}
    assert set(found.values()) == {"1234", "https://results.example/r/1234"}


@pytest.mark.parametrize("bib", ["7", "42", "123", "4711", "A-17", "99999999"])
def test_every_bib_is_a_bar_code(bib: str) -> None:
    of = design("bib")
    drawn = draw_cards(Batch(design=of, cards=[card(of, bib=bib)]), ABOUT)
    assert bib in {code.text for code in codes(drawn.pdf, dpi=300)}


def test_a_bib_that_cannot_be_a_bar_code_is_named() -> None:
    of = design("bib")
    with pytest.raises(SheetError, match="'Ä1' cannot be a bar code"):
        draw_cards(Batch(design=of, cards=[card(of, bib="Ä1")]), ABOUT)


def test_labels_stand_where_the_sheet_has_them() -> None:
    of, labels = design("label"), label_sheets()["a4-21"]
    cards = [card(of, bib=str(number)) for number in range(100, 130)]
    drawn = draw_cards(Batch(design=of, cards=cards, labels=labels, skip=2), ABOUT)
    assert drawn.pages == 2
    first, second = pages(drawn.pdf)
    words = {word["text"]: word for word in first.extract_words()}
    assert words["100"]["x0"] == pytest.approx((7.25 + 2 * 66 + 3) * MM, abs=2)
    assert words["101"]["x0"] == pytest.approx((7.25 + 3) * MM, abs=2)
    assert words["101"]["top"] - words["100"]["top"] == pytest.approx(38.1 * MM, abs=0.5)
    assert "118" in words
    assert "119" in second.extract_text()
    assert [code.text for code in codes(drawn.pdf)].count(cards[0]["link"]) == 19


def test_backs_stand_behind_their_fronts() -> None:
    of, labels = design("label"), label_sheets()["a4-21"]
    cards = [card(of, bib="100"), card(of, bib="200")]
    drawn = draw_cards(Batch(design=of, back=of, cards=cards, labels=labels), ABOUT)
    front, back = pages(drawn.pdf)
    fronts = {word["text"]: word["x0"] for word in front.extract_words()}
    backs = {word["text"]: word["x0"] for word in back.extract_words()}
    assert fronts["100"] < fronts["200"]
    assert backs["100"] > backs["200"]


@pytest.mark.parametrize("labels", label_sheets().values(), ids=lambda labels: labels.name)
def test_the_labels_of_every_sheet_lie_on_the_paper_side_by_side(labels: Any) -> None:
    assert labels.across >= labels.width - 0.01
    assert labels.down >= labels.height - 0.01
    x, y = labels.corner(labels.count - 1)
    assert x / MM + labels.width <= labels.paper[0]
    assert y / MM + labels.height <= labels.paper[1]


def test_used_up_labels_are_skipped_on_the_first_sheet_only() -> None:
    labels = label_sheets()["a4-8"]
    numbers = [[number for number, _ in page] for page in spread([{}] * 12, labels, skip=5)]
    assert numbers == [[5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7], [0]]
    with pytest.raises(SheetError, match="8 labels to skip"):
        list(spread([{}], labels, skip=8))


def test_a_design_larger_than_the_label_is_refused() -> None:
    of = design("certificate")
    with pytest.raises(SheetError, match=r"measures 210 x 297 mm; a label of 'a4-8'"):
        draw_cards(Batch(design=of, cards=[card(of)], labels=label_sheets()["a4-8"]), ABOUT)


def test_a_missing_field_or_picture_is_named_before_anything_is_drawn(tmp_path: Path) -> None:
    of = design("certificate")
    fields = card(of)
    del fields["time"]
    with pytest.raises(SheetError, match="asks for time"):
        draw_cards(Batch(design=of, cards=[fields]), ABOUT)
    with pytest.raises(SheetError, match="there is no picture file"):
        draw_cards(Batch(design=of, cards=[card(of, logo=str(tmp_path / "no.png"))]), ABOUT)
    with pytest.raises(SheetError, match="no card to print"):
        draw_cards(Batch(design=of, cards=[]), ABOUT)


def test_an_element_off_the_card_is_named() -> None:
    text = 'name = "x"\nwidth = 50\nheight = 20\n[[box]]\nx = 40\ny = 5\nwidth = 20\n'
    with pytest.raises(Refusal, match=r"box 1: reaches to \(60, 5\)"):
        decode_design(text, "x.toml")


def test_a_logo_is_in_the_file_once(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.effect_noise((300, 150), 80).save(logo)
    of = design("certificate")
    one, many = (
        draw_cards(Batch(design=of, cards=[card(of, logo=str(logo))] * count), ABOUT).pdf
        for count in (1, 20)
    )
    assert len(many) - len(one) < logo.stat().st_size
    assert len(list(reader(many).pages[7].images)) == 1


def test_certificates_are_told_as_they_are_made_and_can_be_stopped() -> None:
    of = design("certificate")
    seen: list[tuple[int, int]] = []
    cards = [card(of, name=name) for name in RARE]

    def watch(step: int, steps: int) -> None:
        seen.append((step, steps))
        if step == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_cards(Batch(design=of, cards=cards), ABOUT, watch=watch)
    assert seen == [(step, 18) for step in range(1, 13)]
    assert draw_cards(Batch(design=of, cards=cards), ABOUT).pages == len(RARE)


def test_the_same_cards_give_the_same_bytes() -> None:
    of = design("certificate")
    cards = [card(of, name=name) for name in RARE]
    assert (
        draw_cards(Batch(design=of, cards=cards), ABOUT).pdf
        == draw_cards(Batch(design=of, cards=cards), ABOUT).pdf
    )


def test_texts_of_several_lines_break_where_they_are_told_to() -> None:
    of = design("certificate")
    drawn = draw_cards(Batch(design=of, cards=[card(of, places="first\nsecond")]), ABOUT)
    assert "first\nsecond" in text_of(drawn.pdf)


def test_a_single_card_fills_its_page() -> None:
    of = design("poster")
    assert single(of).corner(0) == (0.0, 0.0)
