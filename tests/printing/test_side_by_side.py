"""More splits than can be read on one sheet stand on several, each with all that is no split."""

from __future__ import annotations

import pytest

from tests.printing.sheets import columns, finishers, sheet
from timing.printing.document import draw_all
from timing.printing.sheet import Column, Group, Sheet
from timing.printing.sheets.results_sheet import side_by_side


def with_splits(count: int) -> Sheet:
    heads = [
        Column(key="split", heading=f"{number} km", align=column.align)
        if 0 <= (number := place - 8) <= count and 9 <= place < 9 + count
        else column
        for place, column in enumerate(columns(count))
    ]
    return sheet(Group(rows=finishers(5, count)), columns=heads)


def shown(part: Sheet, *, splits: bool) -> list[str]:
    return [each.heading for each in part.columns if (each.key == "split") is splits]


@pytest.mark.parametrize(("splits", "counts"), [(0, [0]), (9, [9]), (10, [5, 5]), (25, [9, 9, 7])])
def test_splits_are_shared_out_evenly_in_their_order(splits: int, counts: list[int]) -> None:
    whole = with_splits(splits)
    parts = side_by_side(whole, "split", 9)
    assert [len(shown(part, splits=True)) for part in parts] == counts
    assert [name for part in parts for name in shown(part, splits=True)] == [
        f"{number} km" for number in range(1, splits + 1)
    ]
    assert {tuple(shown(part, splits=False)) for part in parts} == {
        tuple(shown(whole, splits=False))
    }


def test_each_part_says_which_splits_it_shows_and_the_last_one_is_signed() -> None:
    first, last = side_by_side(with_splits(10), "split", 9)
    assert first.subtitles[-1] == "1 km \u2013 5 km"
    assert last.subtitles[-1] == "6 km \u2013 10 km"
    assert (first.legend, first.notes, first.signatures) == ((), (), ())
    assert last.signatures
    assert first.number == last.number


def test_the_cells_of_all_parts_are_those_of_the_whole() -> None:
    whole = with_splits(10)
    parts = side_by_side(whole, "split", 9)
    at = [number for number, each in enumerate(whole.columns) if each.key == "split"]
    for number, row in enumerate(whole.groups[0].rows):
        told = [
            cell
            for part in parts
            for head, cell in zip(part.columns, part.groups[0].rows[number], strict=True)
            if head.key == "split"
        ]
        assert told == [row[place] for place in at]
    assert draw_all(parts).pages == 2
