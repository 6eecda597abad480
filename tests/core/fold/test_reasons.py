"""What an official's word puts aside, and what counts in its place."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, moment, story

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
    assert unused.by.at == moment("6:45")


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


def test_a_set_start_that_contradicts_two_other_set_times_does_not_count():
    text = "gun 0:00 | set 101 9:00 start | set 101 3:00 a | set 101 6:00 b | 101 finish 32:00"
    told = story(text, of=SPLITS)
    assert told.result("101").positions == (1, 2, 4)
    assert told.unused("101") == ["contradiction"]


def test_on_a_course_with_a_finish_the_number_of_the_lap_means_nothing():
    assert story("gun 0:00 | set 101 6:45 finish 2").splits("101") == "1 6:45"


def test_only_the_last_point_of_an_open_course_has_further_laps():
    laps = contest(course=course("start 0 | turn 400 | lap@line 800", open_laps=True))
    told = story("gun 0:00 | set 101 1:30 turn 2 | set 101 6:00 lap 2", of=laps)
    assert told.splits("101") == "1 1:30 | 3 6:00"
