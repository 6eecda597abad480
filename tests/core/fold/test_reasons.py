"""What an official's word puts aside, and what counts in its place."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, moment, story
from timing.core.clock import SECOND, Duration
from timing.core.journal.lines import Read

HALF = contest(course=course("start 0 | half 800 | finish 1609.344"))
SPLITS = contest(course=course("start 0 | a 2000 | b 4000 | c 6000 | finish 8000"))


def put_aside(text, of=None):
    """``(why, the line that does not count, the line that counts in its place)``."""
    return [
        (each.code, read.id, each.by and each.by.id)
        for each in story(text, of=of).result("101").unused
        for read in each.reads
    ]


def test_a_read_that_was_overruled_gives_way_to_the_time_of_the_official():
    text = "gun 0:00 | 101 half 3:00 | 101 finish 7:10 | set 101 6:45"
    assert put_aside(text, HALF) == [("overruled", ("finish", 1), ("office", 2))]
    [unused] = story(text, of=HALF).result("101").unused
    assert unused.by == Read("office", 2, "finish", "101", None, moment("6:45"), "ruling")


def test_a_set_time_that_contradicts_another_gives_way_to_the_read_of_its_point():
    text = "gun 0:00 | 101 half 1:20 | set 101 4:00 half | set 101 3:00 finish"
    assert put_aside(text, HALF) == [("contradiction", ("office", 2), ("half", 1))]
    assert story(text, of=HALF).splits("101") == "1 1:20 | 2 3:00"


def test_a_set_time_of_a_point_without_any_other_time_leaves_nothing_in_its_place():
    text = "gun 0:00 | set 101 4:00 half | set 101 3:00 finish"
    assert put_aside(text, HALF) == [("contradiction", ("office", 2), None)]


@pytest.mark.parametrize(("at", "why"), [("5:20", "contradiction"), ("5:19.999999", "too_fast")])
def test_exactly_as_fast_as_possible_is_not_too_fast(at, why):
    text = f"gun 0:00 | 101 b {at} | 101 a 8:00 | 101 c 24:00 | 101 finish 32:00 | 101 b 16:00"
    assert put_aside(text, SPLITS) == [
        (why, ("b", 1), ("b", 2) if why == "contradiction" else None)
    ]


def test_watches_give_way_to_the_hand_time_that_they_make():
    text = "gun 0:00 | @a 101 finish 6:45.01 watch | @b 101 finish 6:45.12 watch"
    assert put_aside(text) == [("watch", ("a", 1), ("a", 1)), ("watch", ("b", 1), ("a", 1))]
    [unused] = story(text).result("101").unused
    assert unused.by.at == moment("6:45.2")


@pytest.mark.parametrize(("at", "why"), [("0:29.999999", "too_soon"), ("0:30", "too_fast")])
def test_from_its_earliest_moment_on_a_point_may_be_passed_but_perhaps_not_so_fast(at, why):
    start, finish = HALF.course.points[::2]
    late = replace(finish, earliest=Duration(30 * SECOND))
    gated = contest(course=replace(HALF.course, points=(start, late)))
    text = f"gun 0:00 | 101 finish {at} | 101 finish 6:45"
    assert put_aside(text, gated) == [(why, ("finish", 1), None)]


@pytest.mark.parametrize(("again", "why"), [("1:31.999999", "too_soon"), ("1:32", "contradiction")])
def test_a_crossing_as_soon_as_a_lap_can_be_run_may_be_another_one(again, why):
    laps = contest(
        course=course("start 0 | lap1@line 400 | tower 600 | lap2@line 800 | finish 1200")
    )
    text = f"gun 0:00 | 101 line 1:00 | 101 line {again} | 101 tower 1:40 | 101 line 2:10"
    assert put_aside(text, laps) == [(why, ("line", 2), ("line", 1))]


def test_of_set_times_that_contradict_each_other_the_larger_set_holds():
    told = story("gun 0:00 | set 101 9:00 c | set 101 10:00 a | set 101 16:00 b", of=SPLITS)
    assert told.splits("101") == "1 10:00 | 2 16:00"
    assert told.unused("101") == ["contradiction"]


def test_a_read_that_contradicts_a_set_time_does_not_count_before_or_behind_it():
    told = story(
        "gun 0:00 | 101 b 6:00 | set 101 10:00 a | 101 start 11:00 | 101 finish 32:00", of=SPLITS
    )
    assert told.splits("101") == "1 10:00 | 4 32:00"
    assert told.unused("101") == ["contradiction", "contradiction"]


def test_a_read_of_a_point_whose_time_was_set_does_not_count_beside_it():
    told = story(
        "gun 0:00 | set 101 10:00 b | 101 b 11:00 | 101 a 12:00 | 101 c 24:00 | 101 finish 32:00",
        of=SPLITS,
    )
    assert told.splits("101") == "2 10:00 | 3 24:00 | 4 32:00"
    assert told.unused("101") == ["overruled", "contradiction"]


def test_beside_a_set_time_too_nobody_runs_faster_than_possible():
    told = story("gun 0:00 | 101 a 0:20 | set 101 16:00 b | 101 finish 32:00", of=SPLITS)
    assert told.splits("101") == "2 16:00 | 4 32:00"
    assert told.unused("101") == ["too_fast"]


def test_a_set_start_that_contradicts_two_other_set_times_does_not_count():
    text = "gun 0:00 | set 101 9:00 start | set 101 3:00 a | set 101 6:00 b | 101 finish 32:00"
    told = story(text, of=SPLITS)
    assert told.result("101").positions == (1, 2, 4)
    assert told.unused("101") == ["contradiction"]


def test_on_a_course_with_a_finish_the_number_of_the_lap_means_nothing():
    assert story("gun 0:00 | set 101 6:45 finish 2").splits("101") == "1 6:45"


@pytest.mark.parametrize(("lap", "index"), [("0", 2), ("1", 2), ("2", 3), ("3", 4)])
def test_only_the_last_point_of_an_open_course_has_further_laps(lap, index):
    laps = contest(course=course("start 0 | turn 400 | lap@line 800", open_laps=True))
    told = story(f"gun 0:00 | set 101 1:30 turn 2 | set 101 6:00 lap {lap}", of=laps)
    assert told.splits("101") == f"1 1:30 | {index} 6:00"
