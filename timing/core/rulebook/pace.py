"""Pace and speed of a distance run in a time, and how they are shown.

Distances are millimetres, so that the half marathon is exact; no federation rules a pace, it is
shown to the nearest second (half up).
"""

from __future__ import annotations

from fractions import Fraction

from timing.core.clock import SECOND, Duration
from timing.core.rulebook.rounding import half_up

KILOMETRE = 1_000_000
"""Millimetres."""
MILE = 1_609_344
"""Millimetres of the international mile."""


def pace(time: int, distance: int, unit: int = KILOMETRE) -> Fraction:
    """Give the seconds that each unit took, exactly. Raises ValueError for no distance.

    time: microseconds. distance, unit: millimetres.
    """
    if distance <= 0:
        raise ValueError(f"a distance of {distance} mm has no pace; expected more than 0")
    return Fraction(time * unit, distance * SECOND)


def pace_time(time: int, distance: int, unit: int = KILOMETRE) -> Duration:
    """Give the pace as it is shown, to the nearest second."""
    return Duration(int(half_up(pace(time, distance, unit), 0)) * SECOND)


def speed(time: int, distance: int) -> Fraction:
    """Give the metres a second, exactly. Raises ValueError for a time that is not positive."""
    if time <= 0:
        raise ValueError(f"a time of {time} microseconds has no speed; expected more than 0")
    return Fraction(distance * SECOND, time * 1_000)
