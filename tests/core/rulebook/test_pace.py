from fractions import Fraction

import pytest

from timing.core.clock import format_duration, parse_duration
from timing.core.rulebook.pace import KILOMETRE, MILE, pace, pace_time, speed
from timing.core.rulebook.rounding import half_up


@pytest.mark.parametrize(
    ("time", "metres", "unit", "shown", "seconds"),
    [
        ("2:00:35", "42195", KILOMETRE, "2:51", "171.47"),
        ("2:00:35", "42195", MILE, "4:36", "275.95"),
        ("40:00", "10000", KILOMETRE, "4:00", "240.00"),
        ("1:45:00", "21097.5", KILOMETRE, "4:59", "298.61"),
        ("25:00", "5000", MILE, "8:03", "482.80"),
    ],
)
def test_pace_is_time_over_distance_shown_to_the_nearest_second(time, metres, unit, shown, seconds):
    took, length = parse_duration(time), int(Fraction(metres) * 1_000)
    assert format_duration(pace_time(took, length, unit)) == shown
    assert str(half_up(pace(took, length, unit), 2)) == seconds


def test_half_a_second_is_shown_as_the_next_second():
    assert pace_time(parse_duration("4:05.5"), KILOMETRE) == parse_duration("4:06")
    assert pace_time(parse_duration("4:05.499999"), KILOMETRE) == parse_duration("4:05")


def test_pace_is_exact():
    assert pace(1_000_000, 3, 2) == Fraction(2, 3)


def test_speed_is_metres_a_second():
    assert speed(parse_duration("9.05"), 100_000) == Fraction(10000, 905)
    assert speed(1, 1) == 1_000


@pytest.mark.parametrize("distance", [0, -1])
def test_no_distance_has_no_pace(distance):
    with pytest.raises(ValueError, match=f"distance of {distance} mm has no pace; expected more"):
        pace(1, distance)


def test_a_millimetre_has_a_pace():
    assert pace(1_000_000, 1) == KILOMETRE


@pytest.mark.parametrize("time", [0, -1])
def test_no_time_has_no_speed(time):
    with pytest.raises(ValueError, match=f"time of {time} microseconds has no speed"):
        speed(time, 100_000)
