"""Which reads count: bursts, backups, watches, impossible times, the largest consistent set."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, event, story
from timing.core.clock import SECOND, Duration, Instant
from timing.core.fold.attribution import WILD
from timing.core.fold.whole import anomalies_of, fold
from timing.core.setup.event import Choice, CoursePoint, TimingPoint

SPLITS = contest(course=course("start 0 | a 2000 | b 4000 | c 6000 | finish 8000"))


def points(**settings):
    """The race with a finish that is special."""
    return event([contest()], points=[TimingPoint(code="finish", name="Finish", **settings)])


def test_of_a_burst_at_the_finish_the_first_read_counts():
    told = story("gun 0:00 | 101 finish 6:45 | 101 finish 6:47 | 101 finish 6:50")
    assert told.time("101") == "6:45"
    assert told.unused("101") == ["burst", "burst"]
    assert told.doubts() == []


def test_of_a_burst_at_the_start_the_last_read_counts():
    told = story("gun 0:00 | 101 start 0:01 | 101 start 0:04 | 101 finish 6:45")
    assert told.net("101") == "6:41"


def test_a_point_may_let_the_last_read_of_a_burst_count():
    told = story("gun 0:00 | 101 finish 6:45 | 101 finish 6:47", of=points(choose=Choice.LAST))
    assert told.time("101") == "6:47"


@pytest.mark.parametrize(
    ("strengths", "counts"),
    [((1, 9, 9), 1), ((-70, -40, -60), 1), ((0, -90, -80), 2), ((0, 0, 0), 0)],
)
def test_the_strongest_read_of_a_burst_counts_the_first_of_equals_and_unknown_ones_last(
    strengths, counts
):
    told = story(
        "gun 0:00 | 101 finish 6:45 | 101 finish 6:46 | 101 finish 6:47",
        of=points(choose=Choice.STRONGEST),
    )
    reads = tuple(
        read._replace(strength=strength)
        for read, strength in zip(told.journal.reads, strengths, strict=True)
    )
    state = fold(told.event, told.roster, told.journal._replace(reads=reads))
    assert state.results[101, "final"].reads == (reads[counts],)


def test_a_chip_beside_the_mat_is_one_burst_however_long_it_lies_there():
    reads = " | ".join(f"101 finish 6:{second}" for second in range(10, 60, 10))
    told = story(f"gun 0:00 | {reads}")
    assert told.time("101") == "6:10"
    assert told.unused("101") == ["burst"] * 4


def test_a_burst_is_not_broken_by_reads_at_another_point():
    told = story(
        "gun 0:00 | 101 a 8:00 | 101 b 8:01 | 101 a 8:02 | 101 b 16:00 | 101 finish 40:00",
        of=SPLITS,
    )
    assert told.splits("101") == "1 8:00 | 2 16:00 | 4 40:00"
    assert told.unused("101") == ["burst", "contradiction"]


def test_the_window_of_a_burst_is_that_of_its_point():
    told = story("gun 0:00 | 101 finish 6:45 | 101 finish 6:47", of=points(window=Duration(SECOND)))
    assert told.unused("101") == ["after_finish"]


@pytest.mark.parametrize(("source", "why"), [("chip", "burst"), ("typed", "backup")])
def test_what_is_read_exactly_a_window_later_is_the_same_crossing(source, why):
    for at, code in (("7:05", why), ("7:05.000001", "after_finish")):
        told = story(f"gun 0:00 | 101 finish 6:45 chip | 101 finish {at} {source}")
        assert told.unused("101") == [code]


def test_the_most_trusted_source_counts_and_the_others_are_backups():
    told = story(
        "gun 0:00 | 101 finish 6:44.9 typed | 101 finish 6:45.2 chip | 101 finish 6:45 photo"
    )
    assert told.time("101") == "6:45"
    assert told.unused("101") == ["backup", "backup"]
    assert told.doubts() == []


def test_a_source_that_is_not_on_the_list_is_the_least_trusted():
    assert story("gun 0:00 | 101 finish 6:44 drone | 101 finish 6:45 paper").time("101") == "6:45"


def test_two_sources_that_differ_are_told_with_the_difference():
    told = story("gun 0:00 | 101 finish 6:45 chip | 101 finish 6:48.5 typed")
    assert [each.sentence for each in anomalies_of(told.state)] == [
        "Two readings of bib 101 at Finish are 3.5 apart; chip counts."
    ]


def test_a_burst_of_the_trusted_source_beside_backups():
    told = story(
        "gun 0:00 | 101 start 0:03 chip | 101 finish 6:45 chip | 101 finish 6:45.5 typed"
        " | 101 finish 6:46 chip"
    )
    assert sorted(told.unused("101")) == ["backup", "burst"]
    assert told.net("101") == "6:42"


@pytest.mark.parametrize(
    ("watches", "time"),
    [
        ("6:45.01", "6:45.01"),  # one watch is read as it is, and rounded by the contest
        ("6:45.01 6:45.12", "6:45.2"),
        ("6:45.01 6:45.12 6:45.33", "6:45.2"),
        ("6:45.01 6:45.07 6:45.33", "6:45.1"),
        ("6:45.01 6:45.12 6:45.33 6:45.99", "6:45.2"),
        ("6:45.01 7:05.01", "7:05.1"),  # as far apart as the window of the point
    ],
)
def test_two_or_three_watches_make_one_hand_time(watches, time):
    lines = " | ".join(f"@w{k} 101 finish {at} watch" for k, at in enumerate(watches.split()))
    told = story(f"gun 0:00 | {lines}")
    assert told.time("101") == time
    assert told.doubts() == []


def test_watches_of_an_earlier_lap_do_not_mix_with_those_of_the_finish():
    lap = contest(course=course("start 0 | lap@line 800 | finish@line 1600"))
    told = story(
        "gun 0:00 | @a 101 line 3:00.1 watch | @b 101 line 3:00.3 watch"
        " | @a 101 line 6:00.1 watch | @b 101 line 6:00.3 watch",
        of=lap,
    )
    assert told.splits("101") == "1 3:00.1 | 2 6:00.3"
    assert sorted(told.unused("101")) == ["burst", "watch", "watch"]


def test_watches_on_the_way_make_no_hand_time():
    lap = contest(course=course("start 0 | lap@line 800 | finish@line 1600"))
    told = story("gun 0:00 | @a 101 line 3:00.1 watch | @b 101 line 3:00.3 watch", of=lap)
    assert told.splits("101") == "1 3:00.1"
    assert told.unused("101") == ["burst"]


def test_watches_beside_a_picture_change_nothing():
    told = story(
        "gun 0:00 | 101 finish 6:45 photo | @a 101 finish 6:45.1 watch | @b 101 finish 6:45.3 watch"
    )
    assert told.time("101") == "6:45"
    assert told.unused("101") == ["backup", "backup"]


def test_watches_need_a_gun():
    told = story("@a 101 finish 6:45 watch | @b 101 finish 6:46 watch")
    assert told.status("101") == "RUN"


def test_the_first_finish_counts_and_walking_back_over_the_line_is_noted():
    told = story("gun 0:00 | 101 finish 6:45 | 101 finish 9:00")
    assert told.time("101") == "6:45"
    assert told.doubts() == ["after_finish"]


def test_one_wrong_early_time_does_not_spoil_the_later_ones():
    told = story("gun 0:00 | 101 a 20:00 | 101 b 16:00 | 101 c 24:00 | 101 finish 32:00", of=SPLITS)
    assert told.splits("101") == "2 16:00 | 3 24:00 | 4 32:00"
    assert told.unused("101") == ["contradiction"]
    assert told.doubts() == ["contradiction", "missing_split"]


def test_a_point_that_was_read_too_early_and_again_in_time_leaves_all_points():
    told = story(
        "gun 0:00 | 101 start 0:03 | 101 b 6:00 | 101 a 8:00 | 101 b 16:00 | 101 c 24:00"
        " | 101 finish 32:00",
        of=SPLITS,
    )
    assert told.splits("101") == "0 3 | 1 8:00 | 2 16:00 | 3 24:00 | 4 32:00"
    assert told.unused("101") == ["contradiction"]


def test_one_wrong_late_time_does_not_spoil_the_earlier_ones():
    told = story("gun 0:00 | 101 a 8:00 | 101 b 16:00 | 101 c 7:00 | 101 finish 32:00", of=SPLITS)
    assert told.splits("101") == "1 8:00 | 2 16:00 | 4 32:00"


def test_of_two_equally_large_sets_the_one_with_the_earlier_reads_counts():
    told = story("gun 0:00 | 101 b 10:00 | 101 a 12:00", of=SPLITS)
    assert told.splits("101") == "2 10:00"


def test_a_point_seen_twice_counts_once_as_it_fits_best():
    told = story(
        "gun 0:00 | 101 a 8:00 | 101 a 9:00 | 101 b 16:00 | 101 c 24:00 | 101 finish 32:00",
        of=SPLITS,
    )
    assert told.splits("101") == "1 8:00 | 2 16:00 | 3 24:00 | 4 32:00"


def test_a_missing_split_of_a_finisher_is_told():
    told = story("gun 0:00 | 101 a 8:00 | 101 b 16:00 | 101 finish 32:00", of=SPLITS)
    assert [each.sentence for each in anomalies_of(told.state)] == ["Bib 101 has no time at C."]


def test_a_time_that_nobody_runs_gives_way_to_one_that_can_be():
    told = story("gun 0:00 | 101 finish 0:30 | 101 finish 6:45")
    assert told.time("101") == "6:45"
    assert told.unused("101") == ["too_fast"]
    assert told.doubts() == ["too_fast"]


def test_a_time_that_nobody_runs_counts_where_there_is_no_other_and_is_told():
    told = story("gun 0:00 | 101 finish 0:30")
    assert told.sheet() == "1 101 30"
    assert told.doubts() == ["too_fast"]


def test_a_split_that_nobody_runs_does_not_count_beside_a_finish():
    told = story("gun 0:00 | 101 a 0:20 | 101 b 16:00 | 101 c 24:00 | 101 finish 32:00", of=SPLITS)
    assert told.splits("101") == "2 16:00 | 3 24:00 | 4 32:00"
    assert told.doubts() == ["missing_split", "too_fast"]


def test_where_no_distance_is_known_no_time_is_too_fast():
    unmeasured = contest(course=course("start 0 | a 0 | finish 0"))
    told = story("gun 0:00 | 101 a 0:01 | 101 finish 0:02", of=unmeasured)
    assert told.splits("101") == "1 1 | 2 2"


def test_the_bound_of_speed_may_be_switched_off():
    wheels = contest(course=course("start 0 | finish 1600", fastest=0))
    assert story("gun 0:00 | 101 finish 1:00", of=wheels).doubts() == []


def test_a_point_may_say_when_the_earliest_passing_is_possible():
    early = contest(
        course=SPLITS.course.__class__(
            points=(
                SPLITS.course.points[0],
                CoursePoint(
                    code="turn",
                    name="Turn",
                    point="turn",
                    distance=0,
                    earliest=Duration(60 * SECOND),
                ),
                SPLITS.course.points[-1],
            )
        )
    )
    told = story("gun 0:00 | 101 turn 0:59 | 101 turn 20:00 | 101 finish 40:00", of=early)
    assert told.splits("101") == "1 20:00 | 2 40:00"
    assert told.unused("101") == ["too_soon"]


def test_in_and_out_of_one_point_are_two_passings():
    station = contest(course=course("start 0 | in@aid 4000 | out@aid 4000 | finish 8000"))
    told = story("gun 0:00 | 101 aid 20:00 | 101 aid 25:00 | 101 finish 45:00", of=station)
    assert told.splits("101") == "1 20:00 | 2 25:00 | 3 45:00"


def test_start_and_finish_may_be_one_line():
    loop = contest(course=course("start@line 0 | far 4000 | finish@line 8000"))
    told = story("gun 0:00 | 101 line 0:10 | 101 far 20:00 | 101 line 40:00", of=loop)
    assert (told.time("101"), told.net("101")) == ("40:00", "39:50")
    assert story("gun 0:00 | 101 line 30:00", of=loop).status("101") == "RUN"


def test_a_late_starter_at_a_line_that_is_start_and_finish_is_on_the_course():
    loop = contest(course=course("start@line 0 | finish@line 8000"))
    told = story("gun 0:00 | 101 line 30:00 | 101 line 75:00", of=loop)
    assert told.net("101") == "45:00"


def test_lines_that_were_sent_twice_count_once():
    told = story("gun 0:00 | 101 start 0:03 | 101 finish 6:45 | 101 finish 6:46")
    twice = told.journal._replace(reads=told.journal.reads * 2)
    assert fold(told.event, told.roster, twice).results == told.state.results


def test_only_the_legs_that_nobody_runs_are_doubted():
    told = story("gun 0:00 | 101 a 8:00 | 101 finish 8:10", of=SPLITS)
    assert [each.key for each in anomalies_of(told.state) if each.code == "too_fast"] == [
        "too_fast:101:final:4"
    ]


def test_without_a_gun_reads_are_fitted_by_their_order_alone():
    told = story("101 b 10:00 | 101 a 12:00", of=SPLITS)
    assert told.result("101").positions == (2,)
    assert told.unused("101") == ["contradiction"]


@pytest.mark.parametrize(("at", "counts"), [(-WILD, 0), (1 - WILD, 1), (WILD - 1, 1), (WILD, 0)])
def test_a_moment_of_a_clock_that_was_never_set_is_no_passing_even_without_a_gun(at, counts):
    told = story("101 finish 6:45")
    [read] = told.journal.reads
    odd = told.journal._replace(reads=(read._replace(at=Instant(at)),))
    state = fold(told.event, told.roster, odd)
    assert len(state.results[101, "final"].reads) == counts
    assert [each.key for each in anomalies_of(state)] == [
        "no_gun:race" if counts else "wild_clock:finish"
    ]


def test_one_watch_alone_is_no_pair_even_in_an_effort_with_flaws():
    told = story("gun 0:00 | 101 finish 6:45.01 watch | 101 finish 9:00 watch")
    assert told.time("101") == "6:45.01"


def test_a_finish_time_that_was_set_counts_whether_it_is_sooner_or_later_than_the_read():
    for decided in ("6:40", "6:50"):
        told = story(f"gun 0:00 | 101 start 0:01 | 101 finish 6:45 | set 101 {decided}")
        assert told.time("101") == decided
        assert told.unused("101") == ["overruled"]


def test_a_time_that_was_set_on_the_way_leaves_the_reads_around_it():
    told = story(
        "gun 0:00 | 101 start 0:01 | 101 a 8:00 | 101 b 16:00 | 101 c 24:00 | 101 finish 32:00"
        " | set 101 16:30 b",
        of=SPLITS,
    )
    assert told.splits("101") == "0 1 | 1 8:00 | 2 16:30 | 3 24:00 | 4 32:00"
