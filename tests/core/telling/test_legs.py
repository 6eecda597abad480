"""The legs of a relay on one course."""

from __future__ import annotations

from msgspec.structs import replace

from tests.core.lists import result, row
from tests.store.races import backwards_mile
from timing.core.setup.roster import Member
from timing.core.status import Status
from timing.core.telling.legs import has_legs, leg_table, leg_times

RELAY = backwards_mile().contests[1]
PAIR = (Member(name="Ann", leg=1), Member(name="Ben", leg=2), Member(name="Cy"))


def test_a_leg_lasts_from_the_gun_or_the_end_of_the_one_before():
    assert leg_times(RELAY, result(elapsed=(40, 100))) == [40, 60]


def test_a_leg_without_an_end_has_no_time_and_neither_has_the_next():
    assert leg_times(RELAY, result(elapsed=(100,), positions=(2,))) == [None, None]
    assert leg_times(RELAY, result(elapsed=(40,), positions=(1,))) == [40, None]


def test_a_leg_is_ranked_among_all_teams_but_the_disqualified():
    rows = [
        row(id=1, elapsed=(40, 100), members=PAIR),
        row(id=2, elapsed=(50, 90), members=PAIR),
        row(id=3, elapsed=(10, 20), members=PAIR, status=Status.DQ),
    ]
    table = leg_table(RELAY, rows)
    assert [[leg.place for leg in legs] for legs in table] == [[1, 2], [2, 1], [None, None]]
    assert [leg.name for leg in table[0]] == ["Ann", "Ben"]


def test_the_members_of_a_hidden_team_are_not_named():
    table = leg_table(RELAY, [row(elapsed=(40, 100), members=PAIR, hidden=True)])
    assert [leg.name for leg in table[0]] == ["", ""]


def test_a_course_whose_points_do_not_fit_the_legs_has_none():
    assert has_legs(RELAY)
    assert not has_legs(replace(RELAY, legs_of=3))
    assert not has_legs(replace(RELAY, legs_of=1))
    assert leg_times(replace(RELAY, legs_of=3), result(elapsed=(40, 100))) == []


def test_several_members_of_one_leg_are_named_and_legs_are_numbered():
    both = (Member(name="Ann", leg=1), Member(name="Ben", leg=1), Member(name="Cy", leg=2))
    [legs] = leg_table(RELAY, [row(elapsed=(40, 100), members=both)])
    assert [(leg.number, leg.name, leg.time) for leg in legs] == [
        (1, "Ann / Ben", 40),
        (2, "Cy", 60),
    ]
