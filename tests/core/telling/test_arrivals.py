"""When somebody should come to the next point, as far as that can be told."""

from __future__ import annotations

from tests.core import story as told
from tests.core.story import course, moment, story
from timing.core.clock import MINUTE, Instant
from timing.core.telling.arrivals import Typical, arrival_at, next_arrival

LOOP = course("start 0 | half@half 1000 | finish 2000")


def arrival(text: str, bib: str, index: int | None = None, settings=None):
    a = told.contest(course=settings or LOOP)
    race = story(text, of=a)
    typical = Typical(race.state.results.values())
    if index is None:
        return next_arrival(race.result(bib), a.course, typical)
    return arrival_at(race.result(bib), a.course, index, typical)


def test_who_ran_half_of_the_way_is_expected_after_as_much_again():
    due = arrival("gun 0:00 | 1 half 5:00", "1")
    assert due is not None
    assert (due.stop, due.at, due.own) == (2, moment("10:00"), True)


def test_the_others_say_how_much_slower_the_second_half_is():
    due = arrival("gun 0:00 | 2 half 4:00 | 2 finish 10:00 | 1 half 8:00", "1", 2)
    assert due is not None
    assert due.at == moment("20:00")


def test_only_who_was_seen_at_both_points_says_how_long_it_takes():
    due = arrival("gun 0:00 | 2 half 4:00 | 2 finish 8:00 | 3 half 9:00 | 1 half 5:00", "1")
    assert due is not None
    assert due.at == moment("10:00")


def test_who_was_not_seen_yet_is_expected_with_the_others():
    due = arrival("gun 0:00 | 2 half 4:00 | 2 finish 10:00 | 3 start 0:02", "3", 2)
    assert due is not None
    assert (due.at, due.own) == (moment("10:00"), False)
    assert due.spread == MINUTE * 10 // 4


def test_nobody_is_expected_of_whom_nothing_is_known():
    assert arrival("gun 0:00 | 1 start 0:02", "1") is None
    assert arrival("1 half 4:00", "1") is None


def test_nobody_is_expected_who_has_finished_dropped_out_or_passed():
    assert arrival("gun 0:00 | 1 half 4:00 | 1 finish 9:00", "1") is None
    assert arrival("gun 0:00 | 1 half 4:00 | dnf 1", "1") is None
    assert arrival("gun 0:00 | 1 half 4:00", "1", 1) is None


def test_on_open_laps_nobody_is_late():
    laps = course("start 0 | lap@half 1000", open_laps=True)
    assert arrival("gun 0:00 | 1 half 4:00", "1", settings=laps) is None
    assert arrival("gun 0:00 | 1 half 4:00 | 2 start 0:01", "2", settings=laps) is None


def test_late_is_who_is_late_by_more_than_a_bad_patch():
    due = arrival("gun 0:00 | 1 half 5:00", "1")
    assert due is not None
    assert not due.overdue(Instant(moment("10:00") + MINUTE))
    assert due.overdue(Instant(moment("10:00") + 2 * MINUTE))


def test_the_middle_of_the_others_is_worked_out_once():
    race = story("gun 0:00 | 2 half 4:00 | 3 half 5:00", of=told.contest(course=LOOP))
    typical = Typical(race.state.results.values())
    assert typical.at(1) == typical.at(1) == 4 * MINUTE


def test_who_was_not_seen_at_all_is_expected_at_the_first_point():
    due = arrival("gun 0:00 | dns 3 | ok 3 | 2 half 4:00", "3")
    assert due is not None
    assert (due.stop, due.at) == (1, moment("4:00"))


def test_what_is_left_to_run_is_counted_in_whole_microseconds():
    due = arrival("gun 0:00 | 1 half 5:00.000001", "1")
    assert due is not None
    assert (due.spread, type(due.spread)) == (25_000_000, int)
    due = arrival("gun 0:00 | 2 half 4:00 | 2 finish 10:00 | 1 half 8:00.000001", "1", 2)
    assert due is not None
    assert (due.at, type(due.at)) == (moment("20:00.000002"), int)
