"""Figures stand under figures, columns keep their places, and what is grey can be printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from tests.printing.reading import pages
from tests.printing.sheets import LONG, clock, columns, finishers, sheet, with_unranked
from timing.printing.document import draw
from timing.printing.layout.panels import BAND, QUIET, SHADE
from timing.printing.sheet import Align, Blank, Column, Group, RowStyle, Sheet, State, Tone

TIMES = ("9.58", "59.9", "1:00.12", "12:34.567", "1:02:03", "10.2h", "2:00:00.5", "14")


def table(cells: tuple[str, ...], align: Align, **more: Any) -> Sheet:
    """Two columns: a number, and the cells to look at."""
    column = Column(key="cell", heading="Cell", align=align, **more)
    rows = [(str(10_000 + number), text) for number, text in enumerate(cells)]
    return sheet(
        Group(rows=rows),
        columns=(Column(key="bib", heading="Bib"), column),
        facts=(), legend=(), notes=(), signatures=(), link="", state=False,
    )  # fmt: skip


def words(drawn: Sheet) -> dict[str, dict[str, Any]]:
    page = next(pages(draw(drawn).pdf))
    return {word["text"]: word for word in page.extract_words(use_text_flow=True)}


def mark_of(page: Any, text: str) -> float:
    """Where the decimal point of a time stands, or its end where it has none."""
    chars = page.chars
    joined = "".join(char["text"] for char in chars)
    at = joined.index("Cell") + joined[joined.index("Cell") :].index(text)
    shown = chars[at : at + len(text)]
    points = [char for char in shown if char["text"] == "."]
    return points[-1]["x0"] if points else shown[-1]["x1"]


def test_times_line_up_at_the_decimal_point() -> None:
    cells = ("9.58", "59.9", "1:00.12", "12:34.567", "2:00:00.5")
    page = next(pages(draw(table(cells, Align.TIME)).pdf))
    marks = {round(mark_of(page, text), 1) for text in cells}
    assert max(marks) - min(marks) < 0.2


def test_times_with_equal_decimals_line_up_at_every_colon() -> None:
    cells = tuple(clock(1000 * number + 59) for number in range(1, 20))
    found = words(table(cells, Align.TIME))
    assert len({round(found[cell]["x1"], 1) for cell in cells}) == 1
    assert len({round(found[cell]["x0"], 1) for cell in cells}) == 1


@pytest.mark.parametrize("text", TIMES)
def test_no_time_leaves_its_column(text: str) -> None:
    found = words(table((*TIMES, "DQ"), Align.TIME))
    edges = [word["x1"] for word in found.values()]
    assert found[text]["x1"] <= max(edges)
    assert found[text]["x0"] > found["10000"]["x1"]


@pytest.mark.parametrize(("align", "edge"), [(Align.LEFT, "x0"), (Align.RIGHT, "x1")])
def test_texts_stand_at_the_side_of_their_column(align: Align, edge: str) -> None:
    cells = ("Anna", "Grzegorz", "Li", "Wilhelmina")
    found = words(table(cells, align))
    assert len({round(found[cell][edge], 1) for cell in (*cells, "Cell")}) == 1


def test_centred_texts_stand_around_one_middle() -> None:
    cells = ("M", "W45", "U18")
    found = words(table(cells, Align.CENTRE))
    middles = {round((found[cell]["x0"] + found[cell]["x1"]) / 2, 1) for cell in (*cells, "Cell")}
    assert max(middles) - min(middles) < 0.2


def test_a_shrunk_name_leaves_its_row_as_it_is() -> None:
    rows = finishers(200)
    torn = [*rows[:4], (*rows[4][:2], LONG, *rows[4][3:]), *rows[5:]]
    for usual, other in zip(_baselines(rows), _baselines(torn), strict=True):
        assert usual == pytest.approx(other, abs=0.05)


def _baselines(rows: list[tuple[str, ...]]) -> list[float]:
    page = next(pages(draw(sheet(Group(rows=rows))).pdf))
    found = {word["text"]: word for word in page.extract_words()}
    return [found[row[1]]["bottom"] for row in rows[:20]]


def test_bold_and_plain_rows_stand_in_the_same_columns() -> None:
    rows = finishers(4)
    styles = [RowStyle.PLAIN, RowStyle.STRONG, RowStyle.DETAIL, RowStyle.PLAIN]
    page = next(pages(draw(sheet(Group(rows=rows, styles=styles))).pdf))
    found = {word["text"]: word for word in page.extract_words()}
    ends = [found[row[-2]]["x1"] for row in rows]
    assert max(ends) - min(ends) < 0.3


def test_a_wall_sheet_of_the_same_rows_has_the_same_texts() -> None:
    usual = sheet(Group(rows=finishers(12)))
    texts = [
        sorted(word["text"] for page in pages(draw(each).pdf) for word in page.extract_words())
        for each in (usual, replace(usual, large=True))
    ]
    assert set(texts[0]) <= set(texts[1])


def grey_levels(what: Sheet) -> set[int]:
    document = pypdfium2.PdfDocument(draw(what).pdf)
    picture = document[0].render(scale=1.5, grayscale=True).to_pil()
    document.close()
    counts = picture.histogram()
    return {level for level, count in enumerate(counts) if count > 800}


def test_black_white_and_few_greys_that_print() -> None:
    levels = grey_levels(sheet(Group(rows=finishers(40))))
    assert {0, 255} <= levels
    assert {round(SHADE * 255), round(BAND * 255)} <= {
        level + d for level in levels for d in (-1, 0, 1)
    }
    assert QUIET < 0.5
    assert SHADE < 0.95


def test_an_official_state_is_white_on_black_and_a_provisional_one_is_framed() -> None:
    rows = finishers(2)
    dark, light = (
        draw(replace(sheet(Group(rows=rows)), state=State("S S S", tone))).pdf
        for tone in (Tone.FINAL, Tone.OPEN)
    )
    colours = [
        {
            char["non_stroking_color"]
            for char in next(pages(pdf)).chars
            if char["text"] == "S" and char["size"] == pytest.approx(12)
        }
        for pdf in (dark, light)
    ]
    assert colours[0] == {(1.0,)}
    assert colours[1] == {(0.0,)}


def test_every_other_row_is_grey_and_a_detail_row_like_its_team() -> None:
    page = next(pages(draw(sheet(Group(rows=finishers(10)))).pdf))
    shaded = [rect for rect in page.rects if rect["non_stroking_color"] == 0.93]
    assert len(shaded) == 5
    styles = [RowStyle.STRONG, RowStyle.DETAIL, RowStyle.DETAIL] * 3
    page = next(pages(draw(sheet(Group(rows=finishers(9), styles=styles))).pdf))
    shaded = [rect for rect in page.rects if rect["non_stroking_color"] == 0.93]
    assert len(shaded) == 3


def test_a_rule_parts_the_ranked_from_the_unranked() -> None:
    group = with_unranked(finishers(3), finishers(2))
    lines = len(next(pages(draw(sheet(group)).pdf)).lines)
    plain = len(next(pages(draw(sheet(Group(rows=group.rows))).pdf)).lines)
    assert lines == plain + 1


def test_squares_to_tick_and_cells_to_write_in_are_drawn_for_every_row() -> None:
    rows = [("", f"Runner {number}", "") for number in range(7)]
    ticked = (
        Column(key="here", heading="Here", blank=Blank.TICK),
        Column(key="name", heading="Name", weight=1),
        Column(key="note", heading="Note", min_width=9),
    )
    bare = len(next(pages(draw(_blank(rows, ticked[1:])).pdf)).lines)
    with_ticks = len(next(pages(draw(_blank(rows, ticked)).pdf)).lines)
    assert with_ticks - bare == 4 * len(rows)
    cells = (ticked[1], replace(ticked[2], blank=Blank.CELL))
    page = next(pages(draw(_blank(rows, cells)).pdf))
    assert len(page.lines) - bare == len(rows) + 2
    found = {word["text"]: word for word in page.extract_words(keep_blank_chars=True)}
    assert found["Runner 1"]["top"] - found["Runner 0"]["top"] >= 19


def _blank(rows: list[tuple[str, ...]], heads: tuple[Column, ...]) -> Sheet:
    cells = [row[-len(heads) :] for row in rows]
    return sheet(Group(rows=cells), columns=heads)


def test_headings_stand_over_their_columns_on_every_page() -> None:
    for page in pages(draw(sheet(Group(rows=finishers(120)))).pdf):
        found = [word for word in page.extract_words() if word["text"] in {"Time", "Gap", "Bib"}]
        assert {word["text"] for word in found} >= {"Time", "Gap", "Bib"}


def test_narrow_paper_presses_all_columns_before_one_disappears() -> None:
    wide = columns(splits=20)
    page = next(pages(draw(sheet(Group(rows=finishers(5, 20)), columns=wide)).pdf))
    text = page.extract_text()
    for cell in finishers(5, 20)[0][:2]:
        assert cell in text
