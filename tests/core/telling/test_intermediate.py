"""Splits of a whole field."""

from __future__ import annotations

from hypothesis import given, strategies as st
from msgspec.structs import replace

from tests.core.lists import result, row
from tests.store.races import backwards_mile
from timing.core.clock import MINUTE, SECOND
from timing.core.status import Status
from timing.core.telling.intermediate import ladder_of, last_position, passages, whole_pace

MILE = backwards_mile().contests[0]
WAYS = st.lists(st.integers(1, 30 * MINUTE), min_size=4, max_size=4, unique=True).map(sorted)


@given(st.lists(WAYS, min_size=1, max_size=8))
def test_the_place_at_a_point_is_one_more_than_those_who_were_there_before(ways):
    rows = [row(id=n, elapsed=tuple(way)) for n, way in enumerate(ways, 1)]
    ladder = ladder_of(rows)
    for each, way in zip(rows, ways, strict=True):
        for passed in passages(MILE, each.result, ladder, 4):
            before = sum(other[passed.position - 1] < way[passed.position - 1] for other in ways)
            assert passed.place == before + 1


@given(WAYS)
def test_the_legs_add_up_to_the_last_split(way):
    passed = passages(MILE, result(elapsed=tuple(way)), {}, 4)
    assert sum(each.leg for each in passed) == way[-1]


def test_a_missing_point_leaves_the_next_leg_untold():
    passed = passages(MILE, result(elapsed=(90 * SECOND, 300 * SECOND), positions=(1, 3)), {}, 4)
    assert [each.elapsed for each in passed] == [90 * SECOND, None, 300 * SECOND, None]
    assert passed[2].leg is None
    assert passed[2].pace is None


def test_the_disqualified_take_no_place_from_anybody():
    cheat = row(id=1, elapsed=(60 * SECOND,), status=Status.DQ)
    honest = row(id=2, elapsed=(90 * SECOND,), status=Status.RUN)
    ladder = ladder_of([cheat, honest])
    assert passages(MILE, honest.result, ladder, 1)[0].place == 1
    assert passages(MILE, cheat.result, ladder, 1)[0].place is None
    slower = row(id=3, elapsed=(95 * SECOND,), status=Status.RUN)
    ladder = ladder_of([cheat, honest, slower])
    assert passages(MILE, slower.result, ladder, 1)[0].place == 2


def test_a_pace_is_minutes_a_kilometre_of_the_leg():
    passed = passages(MILE, result(elapsed=(100 * SECOND,)), {}, 1)
    assert passed[0].pace == 250 * SECOND


def test_who_is_not_home_has_no_pace_of_the_whole():
    assert whole_pace(MILE, result(elapsed=(90 * SECOND,), status=Status.RUN)) is None
    assert whole_pace(MILE, result(elapsed=(0, 0, 0, 400 * SECOND))) == 249 * SECOND


def test_a_fixed_course_has_as_many_columns_as_points():
    assert last_position(MILE, [result(elapsed=(1, 2))]) == 4


def test_where_nobody_may_lap_the_last_column_is_the_finish():
    assert last_position(MILE, [result(positions=(1, 2), elapsed=(1, 2))]) == 4


def test_a_leg_of_no_length_and_a_sprint_have_no_pace():
    points = MILE.course.points
    flat = replace(MILE, course=replace(MILE.course, points=(points[0], points[0], *points[2:])))
    way = result(elapsed=tuple(n * MINUTE for n in range(1, 5)))
    assert passages(flat, way, {}, 4)[0].pace is None
    assert whole_pace(MILE, way._replace(status=Status.DQ)) is None
    lapping = replace(MILE, course=replace(MILE.course, open_laps=True))
    assert whole_pace(lapping, way) is None


def test_on_open_laps_the_columns_go_as_far_as_anybody_ran():
    lapping = replace(MILE, course=replace(MILE.course, open_laps=True))
    ways = [result(positions=(1, 6), elapsed=(1, 2)), result()]
    assert last_position(lapping, ways) == 6
    assert passages(lapping, ways[0], {}, 6)[-1].name == ""


def test_who_passed_without_a_gun_stands_in_no_order():
    early = row(id=1)
    early = early._replace(result=early.result._replace(positions=(1, 2)))
    assert ladder_of([early]) == {}


def test_on_open_laps_nobody_leaves_the_columns_of_the_course_and_no_lap_leaves_none():
    lapping = replace(MILE, course=replace(MILE.course, open_laps=True))
    assert last_position(lapping, []) == 4
    assert last_position(lapping, [result()]) == 0


def test_a_point_is_shown_with_its_name_and_its_distance():
    stop = MILE.course.points[1]
    [passed] = passages(MILE, result(elapsed=(90 * SECOND,)), {}, 1)
    assert (passed.position, passed.name, passed.distance) == (1, stop.name, stop.distance)


def test_two_points_at_one_moment_and_a_time_of_nothing_have_no_pace():
    passed = passages(MILE, result(elapsed=(90 * SECOND, 90 * SECOND)), {}, 2)
    assert [each.pace is None for each in passed] == [False, True]
    assert whole_pace(MILE, result(elapsed=(0, 0, 0, 0))) is None
