"""Two streams side by side: where they drift apart, and how officials join them."""

from __future__ import annotations

import pytest

from tests.core.story import entry
from tests.services.days import SLUG, places, run_day
from timing.core.journal import rulings as act
from timing.services.house import House, UnknownEventError
from timing.services.raceday.alignment import alignment
from timing.services.rulings import rule, withdraw

THREE = "gun 0:00 | @t - finish 6:41 | @t - finish 6:42 | @t - finish 6:43"
TWO = THREE + " | @b 102 finish - | @b 103 finish -"


def shown(house: House) -> str:
    """``6 - | 7 102``: the second of the time and the bib of each slot."""
    return " | ".join(
        f"{(slot.time.at or 0) // 1_000_000 % 60 if slot.time else '-'} "
        f"{slot.bib.bib if slot.bib else '-'}{'!' * slot.anchored}"
        for slot in alignment(house, SLUG).slots
    )


def test_the_streams_are_laid_side_by_side_and_the_drift_is_shown(house: House):
    run_day(house, TWO, entered="101 102 103")
    assert shown(house) == "41 102 | 42 103 | 43 -"
    assert [slot.drift for slot in alignment(house, SLUG).slots] == [0, 0, 1]


def test_an_empty_slot_shifts_everything_below_and_comes_back_out(house: House):
    run_day(house, TWO, entered="101 102 103")
    [line] = rule(house, SLUG, [act.Blank(line=("b", 1))], reason="missed", author="R")
    assert shown(house) == "41 - | 42 102 | 43 103"
    assert places(house).startswith("1 102 | 2 103")
    withdraw(house, SLUG, line, reason="no", author="R")
    assert shown(house) == "41 102 | 42 103 | 43 -"


def test_a_pair_that_is_known_anchors_the_rest(house: House):
    run_day(house, TWO, entered="101 102 103")
    rule(house, SLUG, [act.Pair(time=("t", 3), bib=("b", 2))], reason="seen", author="R")
    assert shown(house) == "41 102 | 42 - | 43 103!"


def test_a_line_that_is_left_out_closes_the_gap(house: House):
    run_day(house, TWO, entered="101 102 103")
    rule(house, SLUG, [act.Void(line=("t", 1))], reason="a cyclist", author="R")
    assert shown(house) == "42 102 | 43 103"


def test_unknown_bibs_are_told_apart(house: House):
    run_day(house, THREE + " | @b 999 finish -", entered="101")
    first = alignment(house, SLUG).slots[0]
    assert (first.known, first.name) == (False, "")


def test_the_points_are_counted_and_one_is_chosen(house: House):
    run_day(house, TWO + " | @s - start 0:03", entered="101 102 103")
    found = alignment(house, SLUG, "start")
    assert [(p.point.code, p.times, p.bibs) for p in found.points] == [
        ("start", 1, 0), ("finish", 3, 2),
    ]  # fmt: skip
    assert found.chosen is not None
    assert found.chosen.code == "start"


def test_without_streams_nothing_is_chosen(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    assert alignment(house, SLUG).chosen is None
    with pytest.raises(UnknownEventError):
        alignment(house, "nowhere")


def test_a_time_without_a_bib_has_not_the_name_of_somebody_without_one(house: House):
    run_day(house, THREE, entered=[entry("101"), entry("", id=102, name="Late")])
    assert [(slot.name, slot.known) for slot in alignment(house, SLUG).slots] == [("", False)] * 3
