from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import SECOND, Duration
from timing.core.scoring.series_points import (
    median,
    median_ratio,
    percentile_points,
    position_points,
    table_points,
)

TABLE = (100, 96, 93, 91)


@pytest.mark.parametrize(
    ("place", "first", "points"),
    [(1, 200, 200), (2, 200, 199), (200, 200, 1), (201, 200, 0), (999, 200, 0)],
)
def test_a_place_costs_a_point_and_nobody_gets_less_than_none(place, first, points):
    assert position_points(place, first) == points


def test_percentile_points_fall_in_equal_steps():
    assert [percentile_points(place, 10) for place in (1, 2, 10)] == [1000, 900, 100]
    assert percentile_points(2, 3) == Fraction(2000, 3)


@pytest.mark.parametrize(
    ("places", "floor", "points"),
    [
        ([1, 2, 3], 0, [100, 96, 93]),
        ([1, 1, 3], 0, [98, 98, 93]),
        ([1, 2, 2, 2], 0, [100, Fraction(280, 3), Fraction(280, 3), Fraction(280, 3)]),
        ([3, 1, 2], 0, [93, 100, 96]),
        ([5], 0, [0]),
        ([5], 80, [80]),
        ([4, 4], 0, [Fraction(91, 2), Fraction(91, 2)]),
        ([4, 4], 80, [Fraction(171, 2), Fraction(171, 2)]),
        ([], 0, []),
    ],
)
def test_those_who_tie_share_the_points_of_the_places_they_fill(places, floor, points):
    assert list(table_points(places, TABLE, floor)) == points


def test_a_table_may_have_parts_of_points():
    table = (Fraction("100.5"), Fraction("96.25"))
    assert table_points([1, 1, 3], table) == (Fraction("98.375"), Fraction("98.375"), 0)


@given(st.lists(st.integers(1, 9), max_size=9))
def test_sharing_gives_away_neither_more_nor_less_than_the_table(groups):
    places, place = [], 1
    for size in groups:
        places += [place] * size
        place += size
    table = tuple(range(1000, 0, -1))
    assert sum(table_points(places, table)) == sum(table[: len(places)])


@pytest.mark.parametrize(
    ("times", "middle"),
    [
        ([], None),
        ([7], 7),
        ([9, 1, 5], 5),
        ([1, 4], Fraction(5, 2)),
        ([8, 1, 2, 4], 3),
        ([1, 2, 4, 8, 9], 4),
    ],
)
def test_the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle(times, middle):
    assert median(times) == middle


@pytest.mark.parametrize(
    ("time", "middle", "ratio"),
    [
        (1800, 1800, 1000),
        (900, 1800, 500),
        (2001, 4000, 500),
        (2002, 4000, 501),
        (2003, 4000, 501),
        (1, 3000, 0),
    ],
)
def test_the_ratio_to_the_median_goes_to_the_nearest_whole_half_up(time, middle, ratio):
    assert median_ratio(Duration(time * SECOND), middle * SECOND) == ratio


def test_the_ratio_is_exact_for_a_median_between_two_times():
    assert median_ratio(Duration(3), Fraction(5, 2)) == 1200
    assert median_ratio(Duration(5), Duration(2), 100) == 250


def test_beyond_the_table_there_is_nothing_unless_a_floor_is_given():
    assert table_points([9], TABLE) == (0,)
