"""Before a ruling is made it says what it would change."""

from __future__ import annotations

import pytest

from tests.services.days import SLUG, places, run_day
from timing.core.clock import SECOND, Duration
from timing.core.journal.rulings import Act, Gun, Move, Penalty, SetStatus
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.preview import Side, preview

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 103 finish 6:50"


def counts(house: House, *acts: Act) -> tuple[int, int]:
    seen = preview(house, SLUG, acts)
    return seen.results, seen.places


def test_a_disqualification_moves_everybody_behind(house: House):
    run_day(house, RACE)
    dq = SetStatus(entry=101, round="final", status=Status.DQ, rule="TR16.8")
    assert counts(house, dq) == (1, 3)
    [first, *_] = preview(house, SLUG, [dq]).moves
    assert (first.bib, first.before, first.after) == (
        "102", Side("2", "6:46.0"), Side("1", "6:46.0"),
    )  # fmt: skip


def test_nothing_is_written_by_looking(house: House):
    run_day(house, RACE)
    preview(house, SLUG, [SetStatus(entry=101, round="final", status=Status.DQ)])
    assert places(house) == "1 101 | 2 102 | 3 103"


def test_a_later_gun_changes_every_time_and_no_place(house: House):
    told = run_day(house, RACE)
    at = told.state.lineup.guns["race"]
    assert counts(house, Gun(wave="race", at=at + 10 * SECOND)) == (3, 0)


def test_a_small_penalty_changes_one_result(house: House):
    run_day(house, RACE)
    penalty = Penalty(entry=101, round="final", time=Duration(SECOND // 2))
    assert counts(house, penalty) == (1, 0)


def test_who_comes_onto_a_list_is_told_too(house: House):
    run_day(house, RACE, starts=[])
    [move] = preview(house, SLUG, [Move(entry=101, round="final", wave="race")]).moves
    assert (move.before, move.after) == (None, Side("1", "6:45.0"))


def test_rulings_are_looked_at_together(house: House):
    run_day(house, RACE)
    acts = [Penalty(entry=entry, round="final", time=Duration(SECOND)) for entry in (101, 102, 103)]
    assert counts(house, *acts) == (3, 0)


def test_an_event_that_is_not_there_is_named(house: House):
    with pytest.raises(UnknownEventError):
        preview(house, "nowhere", [])
