"""When a list begins to tell results."""

from __future__ import annotations

import pytest

from timing.core.status import Status, is_begun


@pytest.mark.parametrize(
    ("seen", "begun"),
    [
        ("", False),
        ("READY", False),
        ("READY DNS WD", False),
        ("DNS", True),
        ("READY RUN", True),
        ("READY OK DNS", True),
        ("READY DQ", True),
        ("OK", True),
    ],
)
def test_a_race_begins_with_who_is_under_way_or_has_a_result(seen, begun):
    assert is_begun({Status(each) for each in seen.split()}) is begun
