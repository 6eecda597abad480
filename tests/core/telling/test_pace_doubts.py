"""Times that nobody runs, by distance and direction."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, story
from timing.core.rulebook.plausibility import decode_limits, span_of
from timing.core.setup.event import Contest, Direction, Leg
from timing.core.telling.pace_doubts import CODES, pace_doubts, way_of

FILE = Path(__file__).parents[3] / "config" / "rules" / "plausibility.toml"
LIMITS = decode_limits(FILE.read_text(encoding="utf-8"))
BACK, FORTH = Leg(direction=Direction.BACKWARD), Leg()


def race(text: str, *legs: Leg, **settings) -> Contest:
    return contest(course=course(text, legs=legs, **settings))


def doubts(of: Contest, told: str) -> list[str]:
    found = list(pace_doubts(story(f"gun 0:00 | {told}", of=of).standings(), LIMITS))
    assert {each.code for each in found} <= CODES
    return [each.sentence for each in found]


@pytest.mark.parametrize(
    ("metres", "leg", "fine", "odd"),
    [
        (100, FORTH, "9.58", "9.09"),
        (100, BACK, "13.17", "11.9"),
        (1609, BACK, "5:30", "4:57"),
        (5000, BACK, "19:17", "17:21"),
        (10_000, FORTH, "26:11", "16:39"),
    ],
)
def test_the_best_of_the_world_are_believed_and_nobody_much_better(metres, leg, fine, odd):
    of = race(f"start 0 | finish {metres}", leg)
    assert doubts(of, f"101 finish {fine}") == []
    [said] = doubts(of, f"101 finish {odd}")
    assert said.startswith("Bib 101 took ")
    assert f"for {metres} m" in said


def test_a_walk_far_below_a_stroll_is_asked_about_and_not_refused():
    of = race("start 0 | finish 1000", BACK)
    assert doubts(of, "101 finish 55:00") == []
    [said] = doubts(of, "101 finish 56:00")
    assert said == ("Bib 101 took 56:00 for 1000 m (0.30 m/s); was the start or the bib right?")


def test_who_is_too_fast_is_told_with_the_least_time_that_is_believed():
    [found] = pace_doubts(
        story("gun 0:00 | 101 finish 1:15", of=race("start 0 | finish 800", FORTH)).standings(),
        LIMITS,
    )
    assert found.key == "implausible_speed:101:final:"
    assert found.sentence == (
        "Bib 101 took 1:15 for 800 m (10.67 m/s); less than 1:20.0 is not believed in this"
        " direction."
    )


def test_where_directions_change_each_leg_is_held_to_its_own_length():
    of = race("start 0 | turn 500 | finish 1000", BACK, FORTH)
    least = span_of(way_of(of, LIMITS)).least
    assert round(least) == 73_529_412 + 50_000_000  # 500 m at 6.8 m/s, 500 m at 10 m/s
    assert doubts(of, "101 finish 2:04") == []
    assert len(doubts(of, "101 finish 2:03")) == 1


def test_a_relay_is_held_to_the_speed_of_one_leg():
    of = replace(race("start 0 | finish 400", FORTH), legs_of=4)
    assert round(span_of(way_of(of, LIMITS)).least) == 36_363_636  # 11 m/s, as up to 400 m
    long = replace(race("start 0 | finish 4000", FORTH), legs_of=10)
    assert round(span_of(way_of(long, LIMITS)).least) == 363_636_364


def test_exactly_the_limit_is_believed_and_a_microsecond_less_is_not():
    of = race("start 0 | finish 800", FORTH)
    assert doubts(of, "101 finish 1:20") == []
    assert len(doubts(of, "101 finish 1:19.999999")) == 1


def test_the_net_time_counts_where_there_is_one():
    of = race("start 0 | finish 800", FORTH)
    assert len(doubts(of, "101 start 0:30 | 101 finish 1:49")) == 1


def test_open_laps_and_a_course_without_a_length_are_not_judged():
    assert way_of(race("start 0 | lap 400", open_laps=True), LIMITS) is None
    assert way_of(race("start 0 | finish 0"), LIMITS) is None
    assert doubts(race("start 0 | finish 0"), "101 finish 0:01") == []


def test_who_has_no_time_is_not_judged():
    assert doubts(race("start 0 | finish 800", FORTH), "101 start 0:01 | dns 102 ill final") == []
