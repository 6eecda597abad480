"""When somebody on the course should come to a point, from the own splits or from the others'.

An estimate for officials and announcers; nothing is ranked by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median_low
from typing import NamedTuple

from timing.core.clock import SECOND, Duration, Instant
from timing.core.event import Course
from timing.core.results import Result
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


def typical_times(results: Iterable[Result]) -> dict[int, Duration]:
    """The middle of the times elapsed at each course point, by its index."""
    seen: dict[int, list[Duration]] = {}
    for result in results:
        for index, elapsed in zip(result.positions, result.elapsed, strict=False):
            seen.setdefault(index, []).append(elapsed)
    return {index: median_low(times) for index, times in seen.items()}


def arrival_at(
    result: Result, course: Course, index: int, typical: Mapping[int, Duration]
) -> Arrival | None:
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
    ahead = _ahead(elapsed, way, left, typical.get(reached), typical.get(index))
    spread = Duration(max(_LEAST_SPREAD, ahead // _PER_WAY))
    return Arrival(index, Instant(result.started + elapsed + ahead), spread, own=True)


def next_arrival(result: Result, course: Course, typical: Mapping[int, Duration]) -> Arrival | None:
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


def _ahead(
    elapsed: Duration, way: int, left: int, here: Duration | None, there: Duration | None
) -> int:
    """The time still to run: as the others from here to there, scaled by the own pace so far."""
    if here is not None and there is not None and there > here > 0:
        return elapsed * (there - here) // here
    return elapsed * left // way


def _by_others(result: Result, index: int, typical: Mapping[int, Duration]) -> Arrival | None:
    usual = typical.get(index)
    if usual is None or result.started is None:
        return None
    return Arrival(index, Instant(result.started + usual), Duration(usual // 4), own=False)
