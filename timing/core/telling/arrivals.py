"""When somebody on the course should come to a point, from the own splits or from the others'.

An estimate for officials and announcers; nothing is ranked by it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from timing.core.clock import SECOND, Duration, Instant
from timing.core.fold.results import Result
from timing.core.setup.event import Course
from timing.core.setup.roster import StartKey
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


Times = tuple[list[Duration], list[Duration]]
"""Of all who were seen at two points: the times at the first and those at the second, sorted."""


class Typical:
    """How long the others took, as the middle of those who are past a point."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._passed = {each.key: each for each in results if each.elapsed}
        self._known: dict[tuple[int, int], Times] = {}

    def at(self, index: int) -> Duration | None:
        """The time elapsed at a course point; None where nobody was seen."""
        both = self.between(index, index)
        return both[1] if both else None

    def between(self, here: int, there: int) -> tuple[Duration, Duration] | None:
        """The times elapsed at two points, of those alone who were seen at both.

        Whoever is past the later point is one of the faster, so others must not be mixed in.
        """
        times = self._known.get((here, there))
        if times is None:
            times = self._known[here, there] = self._collect(here, there)
        first, last = times
        middle = (len(first) - 1) // 2
        return (first[middle], last[middle]) if first else None

    def take(self, result: Result) -> None:
        """Count a result in, whose start was not counted before."""
        if result.elapsed:
            self._passed[result.key] = result
            for column, elapsed in self._columns(result):
                insort(column, elapsed)

    def forget(self, key: StartKey) -> None:
        """Leave the result of a start out again, if it was counted."""
        result = self._passed.pop(key, None)
        if result is not None:
            for column, elapsed in self._columns(result):
                del column[bisect_left(column, elapsed)]

    def _columns(self, result: Result) -> Iterator[tuple[list[Duration], Duration]]:
        """Where the times of a result stand, or belong."""
        for (here, there), (first, last) in self._known.items():
            if _seen(result, here, there):
                yield first, _elapsed(result, here)
                yield last, _elapsed(result, there)

    def _collect(self, here: int, there: int) -> Times:
        both = [each for each in self._passed.values() if _seen(each, here, there)]
        first, last = ([_elapsed(each, index) for each in both] for index in (here, there))
        return sorted(first), sorted(last)


def _seen(result: Result, here: int, there: int) -> bool:
    return here in result.positions and there in result.positions


def _elapsed(result: Result, index: int) -> Duration:
    return result.elapsed[result.positions.index(index)]


class Way(NamedTuple):
    """How far a starter is from a course point that is still to be passed.

    reached: the last point passed that lies behind the start, None for none; then elapsed and run
    are nothing. left: the way still to run, in the unit of run.
    """

    started: Instant
    reached: int | None
    elapsed: Duration
    run: int
    left: int
    stop: int

    @property
    def compared(self) -> tuple[int, int]:
        """The two points between which it counts how long the others took."""
        return (self.stop if self.reached is None else self.reached), self.stop


def way_to(result: Result, course: Course, index: int) -> Way | None:
    """The way of a starter to a course point; None if there is none, or it is long behind."""
    if result.started is None or result.status not in (Status.RUN, Status.READY):
        return None
    last = _last_way(result, course)
    if last is None:
        return Way(result.started, None, Duration(0), 0, course.points[index].distance, index)
    reached, elapsed = last
    if reached >= index:
        return None
    run = course.points[reached].distance
    left = course.points[index].distance - run
    return Way(result.started, reached, elapsed, run, left, index)


def arrival_by(way: Way, typical: Typical) -> Arrival | None:
    """When somebody should have gone a way; None if that cannot be told."""
    others = typical.between(*way.compared)
    if way.reached is not None:
        ahead = _ahead(way.elapsed, way.run, way.left, others)
        spread = Duration(max(_LEAST_SPREAD, ahead // _PER_WAY))
        return Arrival(way.stop, Instant(way.started + way.elapsed + ahead), spread, own=True)
    if others is None:
        return None
    usual = others[1]
    return Arrival(way.stop, Instant(way.started + usual), Duration(usual // 4), own=False)


def arrival_at(result: Result, course: Course, index: int, typical: Typical) -> Arrival | None:
    """When a starter should pass a course point; None if that cannot be told, or is long past."""
    way = way_to(result, course, index)
    return None if way is None else arrival_by(way, typical)


def next_arrival(result: Result, course: Course, typical: Typical) -> Arrival | None:
    """When a starter should pass the next point of the course."""
    following = max(result.positions, default=0) + 1
    if course.open_laps or following >= len(course.points):
        return None
    return arrival_at(result, course, following, typical)


def _last_way(result: Result, course: Course) -> tuple[int, Duration] | None:
    """The last point passed that lies behind the start, and the time elapsed there."""
    points = course.points
    for index, elapsed in zip(reversed(result.positions), reversed(result.elapsed), strict=False):
        if index < len(points) and points[index].distance > 0 and elapsed > 0:
            return index, elapsed
    return None


def _ahead(elapsed: Duration, way: int, left: int, others: tuple[Duration, Duration] | None) -> int:
    """The time still to run: as the others from here to there, scaled by the own pace so far."""
    if others is not None and others[1] > others[0] > 0:
        here, there = others
        return elapsed * (there - here) // here
    return elapsed * left // way
