"""Whole numbers of forms: digits and nothing else, and never more than a column holds."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from timing.core.whole_number import whole


@given(st.integers(0, 10**9 - 1))
def test_a_number_is_read_as_it_is_written(number: int):
    assert whole(str(number)) == number


@given(st.text())
def test_any_text_is_a_number_of_nine_digits_or_none(text: str):
    found = whole(text)
    assert found is None or 0 <= found < 10**9


@pytest.mark.parametrize("text", ["", "²", "①", "-1", "+1", "1.5", " 1", "1_0", "1e3", "1" * 10])
def test_what_only_looks_like_a_number_is_none(text: str):
    assert whole(text) is None


def test_moments_have_more_digits():
    assert whole("1795401600000000", 18) == 1_795_401_600_000_000
    assert whole("1" * 19, 18) is None
    assert whole("1" * 5000, 18) is None
