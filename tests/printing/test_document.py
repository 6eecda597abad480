"""The document as a whole: equal bytes, pages, bookmarks, metadata, refusals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.printing.reading import pages, reader, text_of
from tests.printing.sheets import RARE, finishers, named, sheet, unranked, with_unranked
from timing.printing.document import draw, draw_all
from timing.printing.sheet import Group, Paper, RowStyle, SheetError, Turn


def test_equal_input_gives_equal_bytes() -> None:
    first = draw(sheet(Group(rows=named(RARE * 3)), Group(title="B", rows=finishers(70))))
    draw(sheet(Group(rows=finishers(5))))
    again = draw(sheet(Group(rows=named(RARE * 3)), Group(title="B", rows=finishers(70))))
    assert first.pdf == again.pdf


def test_the_text_of_the_swift_pages_is_the_text_of_the_plain_pages() -> None:
    mixed = sheet(
        Group(title="Men", rows=finishers(90)),
        with_unranked(named(RARE), unranked(4, "DNF")),
        Group(
            title="Relay",
            rows=finishers(6),
            styles=[RowStyle.STRONG, RowStyle.DETAIL, RowStyle.DETAIL] * 2,
        ),
    )
    swift, plain = draw(mixed), draw(mixed, plain=True)
    assert swift.pages == plain.pages
    for one, other in zip(pages(swift.pdf), pages(plain.pdf), strict=True):
        for char, same in zip(one.chars, other.chars, strict=True):
            assert char["text"] == same["text"]
            assert char["size"] == pytest.approx(same["size"], abs=0.01)
            assert char["x0"] == pytest.approx(same["x0"], abs=0.1)
            assert char["bottom"] == pytest.approx(same["bottom"], abs=0.1)
        assert one.extract_text() == other.extract_text()


def test_every_page_is_counted_and_says_what_it_belongs_to() -> None:
    drawn = draw(sheet(Group(rows=finishers(200))))
    texts = [page.extract_text() for page in reader(drawn.pdf).pages]
    assert len(texts) == drawn.pages > 2
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {drawn.pages}" in text
        assert "City Marathon Musterstadt 2026" in text
        assert "Official v3" in text
        assert "MM-2026-R3" in text
        assert "Club or city" in text


def test_groups_are_bookmarks() -> None:
    drawn = draw(sheet(*(Group(title=f"Heat {n}", rows=finishers(20)) for n in range(1, 5))))
    outline = reader(drawn.pdf).outline
    assert [entry.title for entry in outline] == ["Heat 1", "Heat 2", "Heat 3", "Heat 4"]


def test_title_language_and_author_are_in_the_file() -> None:
    drawn = draw(replace(sheet(Group(rows=finishers(2))), language="de"))
    read = reader(drawn.pdf)
    assert read.metadata is not None
    assert read.metadata.title is not None
    assert read.metadata.title.startswith("City Marathon Musterstadt 2026")
    assert read.metadata.author == "Example Crew"
    assert read.trailer["/Root"]["/Lang"] == "de"


def test_the_columns_turn_the_paper() -> None:
    upright = reader(draw(sheet(Group(rows=finishers(5)))).pdf).pages[0].mediabox
    turned = reader(draw(sheet(Group(rows=finishers(5, 12)), splits=12)).pdf).pages[0].mediabox
    assert upright.width < upright.height
    assert turned.width > turned.height


def test_letter_and_a_fixed_turn_are_kept() -> None:
    wide = sheet(Group(rows=finishers(5)), paper=Paper.LETTER, turn=Turn.LANDSCAPE)
    box = reader(draw(wide).pdf).pages[0].mediabox
    assert (box.width, box.height) == (792, 612)


def test_many_sheets_are_one_document_with_common_page_numbers() -> None:
    drawn = draw_all([sheet(Group(title=name, rows=finishers(60))) for name in ("Men", "Women")])
    assert drawn.pages == 4
    assert "Page 4 of 4" in text_of(drawn.pdf)


def test_the_drawing_can_be_watched_and_stopped() -> None:
    seen: list[tuple[int, int]] = []

    def watch(page: int, count: int) -> None:
        seen.append((page, count))
        if page == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_all([sheet(Group(rows=finishers(300)))], watch=watch)
    assert [page for page, _ in seen] == [1, 2]
    assert draw(sheet(Group(rows=finishers(3)))).pages == 1


def test_a_row_with_too_few_cells_is_named_before_anything_is_drawn() -> None:
    with pytest.raises(SheetError, match=r"row 2 of group 'Men' has 3 cells; expected 14"):
        draw(sheet(Group(title="Men", rows=[*finishers(1), ("1", "2", "3")])))


def test_one_style_a_row_or_none() -> None:
    with pytest.raises(SheetError, match="2 rows and 1 styles"):
        draw(sheet(Group(title="Men", rows=finishers(2), styles=[RowStyle.PLAIN])))
