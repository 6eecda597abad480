from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from timing.core.refusal import Refusal
from timing.core.rulebook.record_conditions import (
    Circumstances,
    Finding,
    Needed,
    RecordConditions,
    application_until,
    conditions_of,
    decode_conditions,
    none_violated,
)

FILE = Path(__file__).parents[3] / "config" / "rules" / "record_conditions.toml"
BODIES = decode_conditions(FILE.read_text(encoding="utf-8"))
WA = BODIES["World Athletics"]


def findings(metres, **facts):
    race = Circumstances(metres * 1_000, **facts)
    return {finding.needed: finding.met for finding in conditions_of(WA, race)}


@pytest.mark.parametrize(
    ("metres", "legs", "timing", "met"),
    [
        (800, 1, "hand", False),
        (800, 1, "fat", True),
        (800, 1, "transponder", False),
        (800, 1, None, None),
        (1_600, 4, "hand", False),
    ],
)
def test_up_to_800_m_and_relays_to_4x400_only_automatic_timing_counts(metres, legs, timing, met):
    assert findings(metres, legs=legs, timing=timing)[Needed.FAT] is met


@pytest.mark.parametrize(("metres", "legs"), [(801, 1), (1_604, 4), (3_200, 4)])
def test_beyond_that_hand_timing_may_make_a_record(metres, legs):
    assert Needed.FAT not in findings(metres, legs=legs, timing="hand")


@pytest.mark.parametrize(
    ("metres", "legs", "asked"),
    [(400, 1, True), (401, 1, False), (1_600, 4, True), (1_604, 4, False), (800, 1, False)],
)
def test_up_to_400_m_the_start_information_system_has_worked(metres, legs, asked):
    found = findings(metres, legs=legs, start_information=False)
    assert found.get(Needed.START_INFORMATION, "not asked") is (False if asked else "not asked")


def test_a_start_information_system_that_worked_is_enough():
    assert findings(400, start_information=True)[Needed.START_INFORMATION] is True
    assert findings(400)[Needed.START_INFORMATION] is None


@pytest.mark.parametrize(("competitors", "met"), [(2, False), (3, True), (4, True), (None, None)])
def test_three_athletes_are_needed(competitors, met):
    found = findings(5_000, competitors=competitors)
    assert found == {Needed.COMPETITORS: met}


@pytest.mark.parametrize(("teams", "met"), [(1, False), (2, True), (None, None)])
def test_two_teams_are_needed_in_a_relay(teams, met):
    found = findings(6_000, legs=4, teams=teams, competitors=1)
    assert found == {Needed.TEAMS: met}


@pytest.mark.parametrize(
    ("wind", "met"), [("2.0", True), ("2.1", False), ("-1.5", True), (None, None)]
)
def test_up_to_200_m_the_wind_is_not_more_than_two(wind, met):
    reading = None if wind is None else Decimal(wind)
    assert findings(200, wind=reading)[Needed.WIND] is met
    assert Needed.WIND not in findings(201, wind=reading)


@pytest.mark.parametrize(
    ("separation", "met"), [(5_000_000, True), (5_000_001, False), (None, None)]
)
def test_start_and_finish_of_a_road_race_are_not_more_than_half_the_distance_apart(separation, met):
    found = findings(10_000, road=True, separation=separation)
    assert found[Needed.SEPARATION] is met


@pytest.mark.parametrize(
    ("drop", "met"), [(10_000, True), (10_001, False), (-5, True), (None, None)]
)
def test_a_road_course_drops_not_more_than_a_thousandth(drop, met):
    assert findings(10_000, road=True, drop=drop)[Needed.DROP] is met


def test_a_track_has_no_course_to_judge():
    assert findings(10_000, drop=99, separation=99) == {Needed.COMPETITORS: None}


def test_a_body_that_asks_nothing_finds_nothing():
    assert conditions_of(BODIES["Backward running"], Circumstances(100_000, road=True)) == []
    assert conditions_of(BODIES["Backward running"], Circumstances(400_000, legs=4)) == []


def test_a_wind_condition_without_a_limit_cannot_be_met():
    rules = RecordConditions(body="x", source="x", wind_up_to=200_000)
    race = Circumstances(100_000, wind=Decimal(1))
    assert conditions_of(rules, race) == [Finding(Needed.WIND, None)]


def test_what_is_not_known_violates_nothing():
    assert none_violated([Finding(Needed.FAT, None), Finding(Needed.WIND, True)])
    assert not none_violated([Finding(Needed.WIND, True), Finding(Needed.FAT, False)])
    assert none_violated([])


def test_the_application_is_due_thirty_days_after_the_competition():
    assert application_until(WA, date(2026, 5, 10)) == date(2026, 6, 9)
    assert application_until(BODIES["Backward running"], date(2026, 5, 10)) is None


def test_conditions_that_cannot_be_read_are_refused():
    with pytest.raises(Refusal, match=r"^c\.toml: .*row 1 of conditions"):
        decode_conditions('[[conditions]]\nbody = "x"\nsource = "x"\nmoon = 1', "c.toml")


def test_a_relay_of_two_is_a_relay():
    assert findings(6_000, legs=2, teams=1) == {Needed.TEAMS: False}
