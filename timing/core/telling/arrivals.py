"""When somebody on the course should come to a point, from the own splits or from the others'.

An estimate for officials and announcers; nothing is ranked by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median_low
from typing import NamedTuple

from timing.core.clock import SECOND, Duration, Instant
from timing.core.fold.results import Result
from timing.core.setup.event import Course
from timing.core.status import Status

_LEAST_SPREAD = Duration(15 * SECOND)
_PER_WAY = 12  # a twelfth of the way still to run: runners slow down, and turn round to look
_OVERDUE = 3  # so many spreads late is worth a look


class Arrival(NamedTuple):
    """Somebody is expected at the course point of this index (``stop``).

    at: the moment. spread: how far off that may well be. own: from the own splits.
    """

    stop: int
    at: Instant
    spread: Duration
    own: bool

    def overdue(self, now: Instant) -> bool:
        """Whether it is late enough to ask after them."""
        return now > self.at + _OVERDUE * self.spread


class Typical:
    """How long the others took, as the middle of those who are past a point."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._passed = [(each.positions, each.elapsed) for each in results if each.elapsed]
        self._known: dict[tuple[int, int], tuple[Duration, Duration] | None] = {}

    def at(self, index: int) -> Duration | None:
        """The time elapsed at a course point; None where nobody was seen."""
        both = self.between(index, index)
        return both[1] if both else None

    def between(self, here: int, there: int) -> tuple[Duration, Duration] | None:
        """The times elapsed at two points, of those alone who were seen at both.

        Whoever is past the later point is one of the faster, so others must not be mixed in.
        """
        if (here, there) not in self._known:
            self._known[here, there] = self._middle(here, there)
        return self._known[here, there]

    def _middle(self, here: int, there: int) -> tuple[Duration, Duration] | None:
        pairs = [
            (elapsed[positions.index(here)], elapsed[positions.index(there)])
            for positions, elapsed in self._passed
            if here in positions and there in positions
        ]
        if not pairs:
            return None
        return median_low(first for first, _ in pairs), median_low(last for _, last in pairs)


def arrival_at(result: Result, course: Course, index: int, typical: Typical) -> Arrival | None:
    """When a starter should pass a course point; None if that cannot be told, or is long past."""
    if result.started is None or result.status not in (Status.RUN, Status.READY):
        return None
    last = _last_way(result, course)
    if last is None:
        return _by_others(result, index, typical)
    reached, elapsed = last
    if reached >= index:
        return None
    way = course.points[reached].distance
    left = course.points[index].distance - way
    ahead = _ahead(elapsed, way, left, typical.between(reached, index))
    spread = Duration(max(_LEAST_SPREAD, ahead // _PER_WAY))
    return Arrival(index, Instant(result.started + elapsed + ahead), spread, own=True)


def next_arrival(result: Result, course: Course, typical: Typical) -> Arrival | None:
    """When a starter should pass the next point of the course."""
    following = max(result.positions, default=0) + 1
    if course.open_laps or following >= len(course.points):
        return None
    return arrival_at(result, course, following, typical)


def _last_way(result: Result, course: Course) -> tuple[int, Duration] | None:
    """The last point passed that lies behind the start, and the time elapsed there."""
    passed = zip(result.positions, result.elapsed, strict=False)
    measured = [
        (index, elapsed)
        for index, elapsed in passed
        if index < len(course.points) and course.points[index].distance > 0 and elapsed > 0
    ]
    return measured[-1] if measured else None


def _ahead(elapsed: Duration, way: int, left: int, others: tuple[Duration, Duration] | None) -> int:
    """The time still to run: as the others from here to there, scaled by the own pace so far."""
    if others is not None and others[1] > others[0] > 0:
        here, there = others
        return elapsed * (there - here) // here
    return elapsed * left // way


def _by_others(result: Result, index: int, typical: Typical) -> Arrival | None:
    usual = typical.at(index)
    if usual is None or result.started is None:
        return None
    return Arrival(index, Instant(result.started + usual), Duration(usual // 4), own=False)
