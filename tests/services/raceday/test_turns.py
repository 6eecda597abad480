"""Who leaves when, where not all leave with the gun."""

from __future__ import annotations

from tests.core.story import contest, event, start
from tests.services.days import SLUG, run_day
from timing.core.clock import SECOND, Duration
from timing.core.setup.event import Wave
from timing.services.house import House
from timing.services.raceday import starting


def turns(house: House) -> str:
    """``102 0 | 101 30``: bib and seconds after the gun."""
    [card] = starting.board(house, SLUG).waves
    return " | ".join(f"{turn.bib} {turn.after // SECOND}" for turn in card.turns)


def test_those_who_leave_with_the_gun_have_no_turn(house: House):
    run_day(house, "gun 0:00", entered="101 102")
    assert turns(house) == ""


def test_a_pursuit_leaves_in_the_order_of_its_offsets(house: House):
    run_day(house, "offset 101 1:04 | offset 103 0:12", entered="101 102 103")
    assert turns(house) == "102 0 | 103 12 | 101 64"


def test_who_does_not_start_leaves_a_gap_in_single_starts(house: House):
    of = event([contest()], waves=[Wave(code="race", name="race", interval=Duration(30 * SECOND))])
    lanes = [start(bib, lane=lane) for lane, bib in enumerate(("9", "10", "11", "12"), 1)]
    run_day(house, "gun 0:00 | dns 10", of=of, entered="9 10 11 12", starts=lanes)
    assert turns(house) == "9 0 | 11 60 | 12 90"


def test_who_leaves_together_stands_by_number_and_not_by_letters(house: House):
    run_day(house, "offset 9 0:30 | offset 101 0:30 | offset 10 0:30", entered="9 10 101 2")
    assert turns(house) == "2 0 | 9 30 | 10 30 | 101 30"
