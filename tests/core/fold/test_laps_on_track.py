"""Laps: a line that is passed again and again, with the start before it or on it."""

from __future__ import annotations

from tests.core.story import MILE_ON_TRACK, contest, course, story
from timing.core.clock import HOUR, SECOND, Duration
from timing.core.rulebook.rules import Basis

MILE = contest(course=MILE_ON_TRACK)
LAPS = "101 line 1:35 | 101 line 3:10 | 101 line 4:40 | 101 line 6:15"


def test_each_crossing_of_the_line_is_the_next_lap():
    told = story(f"gun 0:00 | {LAPS}", of=MILE)
    assert told.splits("101") == "1 1:35 | 2 3:10 | 3 4:40 | 4 6:15"
    assert told.status("101") == "OK"


def test_crossing_the_line_right_after_the_gun_is_no_lap():
    """The mile starts 9.344 m behind the line."""
    told = story(f"gun 0:00 | 101 line 0:05 | {LAPS}", of=MILE)
    assert told.splits("101") == "1 1:35 | 2 3:10 | 3 4:40 | 4 6:15"
    assert told.unused("101") == ["too_soon"]
    assert told.doubts() == []


def test_that_holds_while_the_race_runs_and_not_only_at_its_end():
    assert story("gun 0:00 | 101 line 0:05", of=MILE).result("101").laps == 0
    told = story("gun 0:00 | 101 line 0:05 | 101 line 1:35", of=MILE)
    assert (told.result("101").laps, told.status("101")) == (1, "RUN")


def test_a_second_read_of_one_crossing_is_no_lap_even_beyond_the_window():
    told = story(f"gun 0:00 | 101 line 2:00 | {LAPS}", of=MILE)
    assert told.splits("101") == "1 1:35 | 2 3:10 | 3 4:40 | 4 6:15"
    assert told.unused("101") == ["too_soon"]


def test_a_lap_that_was_not_read_leaves_the_runner_on_the_course():
    told = story("gun 0:00 | 101 line 1:35 | 101 line 4:40 | 101 line 6:15", of=MILE)
    assert (told.status("101"), told.result("101").laps) == ("RUN", 3)


def test_an_official_sets_the_lap_that_was_not_read():
    told = story(
        "gun 0:00 | 101 line 1:35 | 101 line 4:40 | 101 line 6:15 | set 101 3:10 lap2", of=MILE
    )
    assert told.splits("101") == "1 1:35 | 2 3:10 | 3 4:40 | 4 6:15"


def test_the_shortest_lap_may_be_set_up():
    slow = contest(
        course=course("start 0 | lap@line 400 | finish@line 800", minimum_leg=Duration(90 * SECOND))
    )
    told = story("gun 0:00 | 101 line 1:35 | 101 line 2:30 | 101 line 3:10", of=slow)
    assert told.splits("101") == "1 1:35 | 2 3:10"


def test_laps_that_begin_at_their_line_may_lack_the_read_at_the_start():
    laps = contest(course=course("start@line 0 | one@line 400 | two@line 800 | finish@line 1200"))
    with_start = story(
        "gun 0:00 | 101 line 0:02 | 101 line 2:00 | 101 line 4:00 | 101 line 6:00", of=laps
    )
    without = story("gun 0:00 | 101 line 2:00 | 101 line 4:00 | 101 line 6:00", of=laps)
    assert with_start.splits("101") == "0 2 | 1 2:00 | 2 4:00 | 3 6:00"
    assert without.splits("101") == "1 2:00 | 2 4:00 | 3 6:00"


HOUR_RUN = contest(
    course=course("start 0 | lap@line 400", open_laps=True, time_limit=Duration(HOUR)),
    basis=Basis.LAPS,
)


def test_on_open_laps_every_crossing_counts_until_the_time_is_up():
    told = story(
        "gun 0:00 | 101 line 2:00 | 101 line 60:00 | 102 line 2:00 | 102 line 60:00.000001",
        of=HOUR_RUN,
    )
    assert told.splits("101") == "1 2:00 | 2 1:00:00"
    assert told.splits("102") == "1 2:00"
    assert told.unused("102") == ["time_up"]
    assert told.doubts() == []


def test_more_laps_win_then_less_time():
    told = story(
        """gun 0:00 | 101 line 2:00 | 102 line 2:01 | 103 line 1:50
         | 101 line 4:00 | 102 line 3:59 | close""",
        of=HOUR_RUN,
        entered="101 102 103 104",
    )
    assert [(row.place, row.bib, row.result.laps) for row in told.standings().rows] == [
        (1, "102", 2), (2, "101", 2), (3, "103", 1), (None, "104", 0),
    ]  # fmt: skip
    assert [row.gap for row in told.standings().rows] == [None] * 4


def test_on_open_laps_a_crossing_sooner_than_anybody_runs_is_no_lap():
    told = story("gun 0:00 | 101 line 0:10 | 101 line 2:00 | 101 line 2:25", of=HOUR_RUN)
    assert told.splits("101") == "1 2:00"
    assert told.unused("101") == ["too_soon", "too_soon"]


def test_a_penalty_on_open_laps_counts_at_the_last_of_them():
    told = story("gun 0:00 | 101 line 2:00 | 102 line 2:01 | penalty 101 0:02", of=HOUR_RUN)
    assert [row.bib for row in told.standings().ranked] == ["102", "101"]


def test_an_open_course_may_have_points_on_the_way_to_its_first_lap():
    told = story(
        "gun 0:00 | 101 tower 3:00 | 101 line 6:00 | 101 line 9:00 | 101 tower 10:00",
        of=contest(course=course("start 0 | tower 800 | lap@line 1600", open_laps=True)),
    )
    assert told.splits("101") == "1 3:00 | 2 6:00 | 3 9:00"


def test_a_point_that_was_missed_on_the_way_to_the_first_lap_costs_no_lap():
    loop = course("start 0 | in@line 400 | tower 800 | lap@line 1600", open_laps=True)
    told = story("gun 0:00 | 101 line 2:00 | 101 line 6:00", of=contest(course=loop))
    assert told.splits("101") == "1 2:00 | 3 6:00"
    assert told.doubts() == []


def test_laps_follow_each_other_by_the_clock_whichever_mat_saw_them():
    told = story(
        "gun 0:00 | @z 101 line 2:00 | @z 101 line 2:01 | @a 101 line 4:00 | @z 101 line 6:00",
        of=HOUR_RUN,
    )
    assert told.splits("101") == "1 2:00 | 2 4:00 | 3 6:00"


def test_a_lap_that_was_set_replaces_what_was_counted_beyond_it():
    told = story(
        "gun 0:00 | 101 line 2:00 | 101 line 3:00 | 101 line 6:00 | set 101 4:00 finish 2",
        of=HOUR_RUN,
    )
    assert told.splits("101") == "1 2:00 | 2 4:00 | 3 6:00"


def test_open_laps_that_start_on_their_line():
    laps = contest(course=course("start@line 0 | lap@line 400", open_laps=True), basis=Basis.LAPS)
    told = story("gun 0:00 | 101 line 0:03 | 101 line 2:00 | 101 line 4:00", of=laps)
    assert told.splits("101") == "0 3 | 1 2:00 | 2 4:00"
    told = story("gun 0:00 | 101 line 2:00 | 101 line 4:00", of=laps)
    assert told.splits("101") == "1 2:00 | 2 4:00"


def test_without_a_gun_laps_are_counted_in_the_order_of_the_clock():
    assert story("101 line 2:00 | 101 line 4:00", of=HOUR_RUN).result("101").laps == 2


def test_a_fast_lapper_is_doubted_only_where_no_lap_is_believable():
    told = story("gun 0:00 | 101 line 1:35 | 101 line 1:58", of=MILE)
    assert told.unused("101") == ["too_soon"]


def test_the_limit_of_an_hour_run_makes_nobody_late():
    assert story("gun 0:00 | 101 line 59:00 | close", of=HOUR_RUN).status("101") == "OK"


def test_at_a_line_that_is_start_and_lap_the_fastest_lap_is_already_a_lap():
    laps = contest(course=course("start@line 0 | lap@line 400", open_laps=True), basis=Basis.LAPS)
    assert story("gun 0:00 | 101 line 0:32", of=laps).splits("101") == "1 32"
    assert story("gun 0:00 | 101 line 0:31.999999", of=laps).splits("101") == "0 31.999999"


def test_of_three_crossings_the_first_is_the_start_only_before_the_fastest_lap():
    two = contest(course=course("start@line 0 | lap@line 400 | finish@line 800"))
    rest = "101 line 1:40 | 101 line 3:00"
    early = story(f"gun 0:00 | 101 line 0:31.999999 | {rest}", of=two)
    assert early.splits("101") == "0 31.999999 | 1 1:40 | 2 3:00"
    late = story(f"gun 0:00 | 101 line 0:32 | {rest}", of=two)
    assert late.splits("101") == "1 32 | 2 1:40"
    assert late.unused("101") == ["after_finish"]
