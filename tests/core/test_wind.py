from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from timing.core.wind import recorded_wind, wind_allows_record


@pytest.mark.parametrize(
    ("reading", "recorded"),
    [
        ("2.03", "2.1"),
        ("-2.03", "-2.0"),
        ("2.00", "2.0"),
        ("-0.19", "-0.1"),
        ("0.01", "0.1"),
        ("-0.01", "-0.0"),
    ],
)
def test_wind_is_recorded_to_the_next_tenth_in_the_positive_direction(reading, recorded):
    assert str(recorded_wind(Decimal(reading))) == recorded


@given(st.decimals(-20, 20, places=3))
def test_recorded_wind_is_never_less_than_read_and_within_a_tenth(reading):
    recorded = recorded_wind(reading)
    assert reading <= recorded < reading + Decimal("0.1")


@pytest.mark.parametrize(
    ("metres", "wind", "allowed"),
    [
        (100, "2.0", True),
        (100, "2.1", False),
        (100, "-1.5", True),
        (200, "2.1", False),
        (201, "2.1", True),
        (400, None, True),
        (200, None, False),
    ],
)
def test_more_than_two_metres_a_second_voids_a_record_up_to_200_m(metres, wind, allowed):
    reading = None if wind is None else Decimal(wind)
    assert wind_allows_record(metres * 1_000, reading) is allowed
