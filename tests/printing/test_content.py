"""What is read back is what was handed in, row by row."""

from __future__ import annotations

import pytest

from tests.printing.reading import lines, pages, text_of
from tests.printing.sheets import finishers, sheet, unranked, with_unranked
from timing.printing.document import draw
from timing.printing.sheet import Group


def printed_rows(pdf: bytes) -> list[list[str]]:
    """Lines whose first or second cell is a bib."""
    return [
        line
        for page in pages(pdf)
        for line in lines(page)
        if any(cell.isdigit() and len(cell) == 5 for cell in line[:2])
    ]


def test_the_rows_on_paper_are_the_rows_handed_in_in_their_order() -> None:
    rows = finishers(130)
    found = printed_rows(draw(sheet(Group(rows=rows))).pdf)
    assert found == [[cell for cell in row if cell] for row in rows]


def test_the_file_reads_in_the_order_of_the_rows() -> None:
    rows = finishers(130)
    text = text_of(draw(sheet(Group(rows=rows))).pdf)
    places = [text.index(row[1]) for row in rows]
    assert places == sorted(places)


def test_unranked_rows_stand_below_in_the_same_columns() -> None:
    group = with_unranked(finishers(8), unranked(3, "DNF"))
    page = next(pages(draw(sheet(group, legend=())).pdf))
    words = {word["text"]: word for word in page.extract_words()}
    assert words["DNF"]["x1"] == pytest.approx(words["2:10:00"]["x1"], abs=0.5)
    assert words["90000"]["x1"] == pytest.approx(words["10000"]["x1"], abs=0.5)
    assert words["90000"]["top"] > words["10007"]["top"]


def test_legend_notes_and_signatures_are_printed_once() -> None:
    text = text_of(draw(sheet(Group(rows=finishers(100)))).pdf)
    for once in ("did not finish", "Protests within 30 minutes", "A. Beispiel", "Chief timekeeper"):
        assert text.count(once) == 1


def test_a_group_without_rows_says_so() -> None:
    text = text_of(draw(sheet(Group(title="Women 80", note="no starters"))).pdf)
    assert "Women 80" in text
    assert "no starters" in text
