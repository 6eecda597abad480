from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from timing.core.rulebook.wind import recorded_wind


@pytest.mark.parametrize(
    ("reading", "recorded"),
    [
        ("2.03", "2.1"),
        ("-2.03", "-2.0"),
        ("2.00", "2.0"),
        ("-0.19", "-0.1"),
        ("0.01", "0.1"),
        ("-0.01", "0.0"),
    ],
)
def test_wind_is_recorded_to_the_next_tenth_in_the_positive_direction(reading, recorded):
    assert str(recorded_wind(Decimal(reading))) == recorded


@given(st.decimals(-20, 20, places=3))
def test_recorded_wind_is_never_less_than_read_and_within_a_tenth(reading):
    recorded = recorded_wind(reading)
    assert reading <= recorded < reading + Decimal("0.1")
