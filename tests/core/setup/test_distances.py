"""Distances in the unit in which the sport writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from tests.core.story import contest
from timing.core.setup.distances import Length, length_in, length_of, told_in_kilometres, written
from timing.core.setup.event import Course, CoursePoint, Leg, PointKind

UNITS = {"m": 1000, "km": 1_000_000}


def run(metres: str, surface: str = "road", legs: str = ""):
    points = (
        CoursePoint(code="start", name="Start", point="line", distance=0, kind=PointKind.START),
        CoursePoint(code="finish", name="Finish", point="line",
                    distance=int(Decimal(metres) * 1000), kind=PointKind.FINISH),
    )  # fmt: skip
    course = Course(points=points, legs=(Leg(surface=legs),) if legs else ())
    return replace(contest(course=course), surface=surface)


@pytest.mark.parametrize(
    ("metres", "surface", "told"),
    [
        ("21097.5", "road", "21.0975 km"), ("42195", "road", "42.195 km"),
        ("10000", "road", "10 km"), ("5000", "trail", "5 km"), ("3000", "road", "3000 m"),
        ("10000", "track", "10000 m"), ("5000", "track", "5000 m"),
        ("1609.344", "track", "1609.344 m"),
        ("5000", "", "5000 m"), ("10000", "", "10 km"), ("0", "road", "0 m"),
    ],
)  # fmt: skip
def test_a_road_is_told_in_kilometres_and_a_track_in_metres(metres, surface, told):
    race = run(metres, surface)
    assert str(length_in(race, race.course.distance)) == told


@pytest.mark.parametrize(
    ("metres", "told"),
    [("6097.5", "6.0975 km"), ("1000", "1 km"), ("400", "400 m"), ("0", "0 m")],
)
def test_every_point_of_a_road_is_told_as_the_whole_is(metres, told):
    assert str(length_in(run("21097.5"), int(Decimal(metres) * 1000))) == told


def test_the_surface_may_stand_with_the_legs_alone():
    assert str(length_in(run("10000", "", legs="track"), 10_000_000)) == "10000 m"


@given(st.integers(0, 10**9), st.booleans())
def test_a_distance_that_is_written_is_read_back_exactly(millimetres, kilometres):
    length = length_of(millimetres, kilometres=kilometres)
    assert written(str(length)) == length
    assert length.number * UNITS[length.unit] == millimetres


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.sampled_from(["", "road", "track"]))
def test_a_longer_course_is_never_told_in_a_smaller_unit(one, more, surface):
    assert told_in_kilometres(one + more, surface) >= told_in_kilometres(one, surface)


@pytest.mark.parametrize("name", ["", "Turn", "Lap 3", "5 km mark", "21,1 km", "km 5", "1 mi"])
def test_another_name_of_a_point_is_no_distance(name):
    assert written(name) is None


def test_a_distance_is_a_number_with_its_unit():
    assert written("6097.5 m") == Length(Decimal("6097.5"), "m")
