"""What one race of a series is worth: points by place, by table, by percentile, by the median.

Exact numbers only: a share of points is a fraction. Knows nothing of best-of and of totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from timing.core.clock import Duration

Points = int | Fraction


def position_points(place: int, first: int) -> int:
    """One point less for every place, never below 0."""
    return max(first - place + 1, 0)


def percentile_points(place: int, participants: int) -> Fraction:
    """1000 for the winner, then equal steps: 1000 - (place - 1) * 1000 / participants.

    Source: https://arizonaroadracers.com/events/2020-arr-grand-prix-rules/
    """
    return 1000 - Fraction((place - 1) * 1000, participants)


def table_points(
    places: Sequence[int], table: Sequence[Points], floor: Points = 0
) -> tuple[Fraction, ...]:
    """Points of a table; those who tie share the points of the places they fill.

    places: of everybody in the race (1-1-3). floor: beyond the end of the table.
    Source: https://oxfordfusion.com/ukul/Scoring.cfm
    """
    together = Counter(places)

    def worth(place: int) -> Fraction:
        return Fraction(table[place - 1] if place <= len(table) else floor)

    return tuple(
        sum((worth(place + k) for k in range(together[place])), Fraction(0)) / together[place]
        for place in places
    )


def median(times: Sequence[int]) -> Fraction | None:
    """The middle time, or the mean of the two in the middle; None without times."""
    ordered = sorted(times)
    if not ordered:
        return None
    half = len(ordered) // 2
    return Fraction(ordered[half] + ordered[-half - 1], 2)


def median_ratio(time: Duration, middle: Points, worth: int = 1000) -> int:
    """``worth`` for the median time, in proportion for others, to the nearest whole, half up."""
    return int((Fraction(worth * time) / middle + Fraction(1, 2)) // 1)
