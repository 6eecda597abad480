"""A results file that is written again: what it says last holds, and officials are left alone."""

from __future__ import annotations

import pytest

from timing.core.clock import Instant
from timing.core.journal.rulings import PhotoFinish, Void, Withdraw
from timing.readers.sighting import ELAPSED, SPLIT, Sighting
from timing.services.readers.film import Row, Ruled, finishes_of, orders, replaced, whole

BOX = "box-1"
ENTRIES = {"101": 1, "102": 2, "103": 3}


def row(bib: str, at: int, place: int = 1, n: int = 0) -> Row:
    return Row(bib, Instant(at), place, (f"{BOX}/1-1-1", n) if n else ("", 0))


def test_a_time_that_the_file_gives_no_longer_is_void():
    there = [row("101", 1231, n=1), row("102", 1240, n=2)]
    acts = list(replaced([row("101", 1230)], there, {}, BOX))
    assert acts == [Void(line=there[0].line)], "who is not in these rows is left alone"


def test_a_time_that_the_file_gives_again_is_used_again():
    there = [row("101", 1231, n=1), row("101", 1230, n=2)]
    voids = {there[0].line: Ruled((BOX, 7))}
    assert list(replaced([row("101", 1231)], there, voids, BOX)) == [
        Withdraw(line=(BOX, 7)), Void(line=there[1].line),
    ]  # fmt: skip


def test_what_an_official_voided_stays_void():
    there = [row("101", 1231, n=1)]
    voids = {there[0].line: Ruled(("desk", 1))}
    assert list(replaced([row("101", 1231)], there, voids, BOX)) == []


def test_a_heat_is_whole_with_the_rows_that_came_before():
    there = [row("101", 1231, 1, 1), row("102", 1240, 2, 2), row("103", 1250, 3, 3)]
    voids = {there[2].line: Ruled((BOX, 9))}
    assert whole([row("102", 1239, 2)], there, voids) == [there[0], row("102", 1239, 2)]


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ([row("101", 12, 2), row("102", 12, 1), row("103", 13, 3)], (2, 1)),
        ([row("101", 12, 1), row("102", 12, 1)], None),
        ([row("101", 12, 1), row("102", 13, 2)], None),
        ([row("101", 12, 1), row("999", 12, 2)], None),
    ],
    ids=["separated", "dead heat", "different times", "somebody unknown"],
)
def test_equals_whom_the_film_separates_are_an_order(rows, order):
    ruled = [each.order for each in orders("heats", rows, ENTRIES, ())]
    assert ruled == ([] if order is None else [order])


def test_an_order_is_ruled_once_and_again_only_when_another_one_holds():
    rows = [row("101", 12, 1), row("102", 12, 2)]
    one = PhotoFinish(round="heats", order=(1, 2))
    other = PhotoFinish(round="heats", order=(2, 1))
    apart = PhotoFinish(round="final", order=(2, 1))
    assert list(orders("heats", rows, ENTRIES, [other, one, apart])) == []
    assert list(orders("heats", rows, ENTRIES, [one, other])) == [one]


def test_rows_without_a_bib_or_a_time_and_intermediate_times_are_no_finishes():
    finish = Sighting("a", "l", Instant(12), bib="101", clock=ELAPSED, box="1-1-1")
    others = [
        finish._replace(bib=None), finish._replace(at=None), finish._replace(kind=SPLIT),
        finish._replace(box=None),
    ]  # fmt: skip
    assert finishes_of([finish, *others]) == {"1-1-1": [finish]}
