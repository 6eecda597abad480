"""What the fold is told of a course, worked out by hand for each shape."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import MILE_ON_TRACK, ROAD, contest, course
from timing.core.clock import SECOND, Duration, Instant
from timing.core.rulebook.rules import Basis
from timing.core.setup.course import AGES, is_late, lap_bound, plan_of
from timing.core.setup.event import Choice, Course, CoursePoint, TimingPoint

LAPS = course("start@line 0 | lap@line 400", open_laps=True, time_limit=Duration(600 * SECOND))
LOOP = course("line 0 | turn 400 | finish@line 800")
IN_AND_OUT = course("start 0 | in@a 400 | out@a 400 | finish 800")
NEVER = 1 << 62


def plan(laid_out, points=(), **rules):
    known = {point.code: point for point in points}
    return plan_of(contest(course=laid_out, **rules), known)


@pytest.mark.parametrize(
    ("laid_out", "start_only", "skips", "latest_start"),
    [
        (ROAD, "start", (0, 1), None),
        (MILE_ON_TRACK, "start", (0, 1), None),
        (LOOP, "", (0,), None),
        (LAPS, "", (0, 1), 32 * SECOND),
        (course("start@line 0 | lap@line 0", open_laps=True), "", (0,), None),
        (course("line 0 | a@line 400 | b@line 800"), "", (0, 1), 32 * SECOND),
        (Course(points=()), "", (0,), None),
    ],
)
def test_the_start_may_be_missed_where_its_read_is_no_other_point(
    laid_out, start_only, skips, latest_start
):
    made = plan(laid_out)
    assert (made.start_only, made.skips, made.latest_start) == (start_only, skips, latest_start)
    assert made.first_until == (NEVER if latest_start is None else latest_start, NEVER)


@pytest.mark.parametrize(
    ("laid_out", "laps", "lap"),
    [
        (ROAD, False, 0),
        (MILE_ON_TRACK, True, 32 * SECOND),
        (LOOP, False, 0),
        (LAPS, True, 32 * SECOND),
        (IN_AND_OUT, True, 0),
        (course("line 0 | a@line 400 | b@line 600"), True, 16 * SECOND),
        (course("start 0 | a@line 400 | b@line 500 | finish 600"), True, 8 * SECOND),
        (course("start 0 | lap@line 400", open_laps=True), True, 32 * SECOND),
        (course("start 0", open_laps=True), True, 0),
        (course("line 0 | a@line 200 | b@line 600"), True, 16 * SECOND),
        (course("start 0 | turn 400 | lap@line 600", open_laps=True), True, 16 * SECOND),
    ],
)
def test_the_shortest_lap_lies_between_two_passings_of_one_point(laid_out, laps, lap):
    assert (plan(laid_out).laps, plan(laid_out).lap) == (laps, lap)


@pytest.mark.parametrize(
    ("laid_out", "plain"),
    [
        (ROAD, True),
        (MILE_ON_TRACK, True),
        (LAPS, False),
        (IN_AND_OUT, False),
        (course("start 0"), False),
        (replace(ROAD, points=(ROAD.points[0], replace(ROAD.points[1], earliest=1))), False),
    ],
)
def test_the_short_way_needs_points_whose_bursts_never_meet(laid_out, plain):
    assert plan(laid_out).plain is plain


@pytest.mark.parametrize(("window", "plain"), [(31, True), (32, False), (33, False)])
def test_a_window_as_long_as_the_fastest_lap_may_hold_two_passings(window, plain):
    line = TimingPoint(code="line", name="Line", window=Duration(window * SECOND))
    assert plan(MILE_ON_TRACK, [line]).plain is plain


def test_a_point_that_is_not_set_up_is_known_by_its_code():
    assert plan(ROAD).points["finish"] == TimingPoint(code="finish", name="finish")
    mat = TimingPoint(code="finish", name="The mat")
    assert plan(ROAD, [mat]).points["finish"] is mat


def test_a_step_between_two_passings_takes_at_least_a_microsecond():
    made = plan(course("start 0 | a 0 | finish 400"))
    assert made.strict.steps == (0, 0, 32 * SECOND)
    assert made.paces == ((1, 2, 32 * SECOND + 2), (2, 32 * SECOND + 2))
    assert made.patterns == (("start", "a", "finish"), ("a", "finish"))
    assert made.whole == ((0, 1, 2), (1, 2))


@pytest.mark.parametrize(
    ("fastest", "minimum", "soonest"),
    [
        (12_500, 0, 80_000),
        (7, 0, 142_857_142),
        (1, 0, 1_000_000_000),
        (0, 0, 0),
        (-1, 0, 0),
        (0, 7, 7),
        (0, -7, 0),
    ],
)
def test_the_fastest_needs_whole_microseconds(fastest, minimum, soonest):
    ends = replace(ROAD.points[1], distance=1000)
    made = plan(Course(
        points=(ROAD.points[0], ends), fastest=fastest, minimum_leg=Duration(minimum)
    ))  # fmt: skip
    assert made.strict.steps == (0, soonest)
    assert all(isinstance(step, int) for step in made.strict.steps)
    assert made.loose.steps == (0, max(0, minimum))


def test_a_point_that_lies_before_the_former_one_takes_no_time():
    assert plan(course("start 400 | finish 0")).strict.steps == (0, 0)


def test_no_point_is_passed_before_the_setup_says():
    points = (
        ROAD.points[0],
        CoursePoint(code="a", name="A", point="a", distance=0, earliest=Duration(5)),
    )
    made = plan(Course(points=points))
    assert (made.strict.steps, made.strict.since_start) == ((0, 0), (0, 5))


@pytest.mark.parametrize(
    ("basis", "by_net"),
    [(Basis.GUN, False), (Basis.LAPS, False), (Basis.NET, True), (Basis.NET_THEN_GUN, True)],
)
def test_the_official_time_is_that_of_the_basis(basis, by_net):
    assert plan(ROAD, basis=basis).by_net is by_net


def test_official_times_have_a_step():
    assert plan(ROAD).step == 100_000
    assert plan(ROAD, step=Duration(1)).step == 1
    assert plan(ROAD, step=Duration(0)).step == 1


def test_nobody_runs_for_longer_than_the_limit():
    assert plan(ROAD).limit == AGES
    assert plan(replace(ROAD, time_limit=Duration(7))).limit == 7
    assert plan(replace(ROAD, time_limit=Duration(AGES + 1))).limit == AGES


def test_who_needs_longer_than_the_limit_is_late():
    limited = plan(replace(ROAD, time_limit=Duration(7)))
    assert [is_late(limited, Instant(10), at) for at in (17, 18)] == [False, True]
    assert not is_late(limited, None, 18)
    assert not is_late(plan(ROAD), Instant(10), 18)


def test_each_further_lap_needs_what_the_last_needs():
    uneven = plan(course("start@line 0 | a 100 | lap@line 500", open_laps=True))
    assert [lap_bound(uneven, index) // SECOND for index in range(5)] == [0, 8, 40, 72, 104]
    assert lap_bound(plan(course("start 0", open_laps=True)), 3) == 0


def test_the_short_way_takes_the_first_read_and_must_know_where_another_one_counts():
    last = TimingPoint(code="finish", name="Finish", choose=Choice.LAST)
    assert plan(ROAD).firsts is True
    assert plan(ROAD, [last]).firsts is False
