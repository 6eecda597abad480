"""Splits of a whole field: the place and the pace at every point of the course.

For readers only; nobody is ranked by a split.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from timing.core.clock import Duration
from timing.core.fold.results import Result
from timing.core.fold.standings import Row
from timing.core.rulebook.pace import pace_time
from timing.core.setup.event import Contest
from timing.core.status import Status

SHORTEST_PACED = 800_000
"""Millimetres; over less, minutes a kilometre tell nobody anything."""

Ladder = Mapping[int, Sequence[int]]
"""Course point index -> the times elapsed there, in order."""


class Passage(NamedTuple):
    """One point of the course as one runner passed it; None where that cannot be told.

    name, distance: of the point; further laps of an open course have neither. leg: the time since
    the point before. pace: a kilometre of that leg, to the nearest second.
    """

    position: int
    name: str
    distance: int | None
    elapsed: Duration | None = None
    leg: Duration | None = None
    pace: Duration | None = None
    place: int | None = None


def ladder_of(rows: Iterable[Row]) -> Ladder:
    """Sort the times at every point. Who is disqualified takes no place from anybody."""
    times: dict[int, list[int]] = {}
    for row in rows:
        if row.result.status is Status.DQ:
            continue
        for position, elapsed in zip(row.result.positions, row.result.elapsed, strict=False):
            times.setdefault(position, []).append(elapsed)
    for each in times.values():
        each.sort()
    return times


def last_position(contest: Contest, results: Iterable[Result]) -> int:
    """The index of the last column of splits: the finish, or the furthest lap of anybody."""
    fixed = len(contest.course.points) - 1
    if not contest.course.open_laps:
        return fixed
    return max((max(result.positions, default=0) for result in results), default=fixed)


def passages(contest: Contest, result: Result, ladder: Ladder, last: int) -> list[Passage]:
    """Every point after the start up to index ``last``; one that was not passed has no time."""
    elapsed = dict(zip(result.positions, result.elapsed, strict=False))
    listed = []
    for position in range(1, last + 1):
        blank = _point(contest, position)
        time = elapsed.get(position)
        before = Duration(0) if position == 1 else elapsed.get(position - 1)
        if time is None:
            listed.append(blank)
            continue
        leg = None if before is None else Duration(time - before)
        place = None
        if result.status is not Status.DQ:
            place = bisect_left(ladder.get(position, ()), time) + 1
        listed.append(
            blank._replace(elapsed=time, leg=leg, pace=_pace(contest, position, leg), place=place)
        )
    return listed


def _point(contest: Contest, position: int) -> Passage:
    points = contest.course.points
    if position < len(points):
        return Passage(position, points[position].name, points[position].distance)
    return Passage(position, "", None)


def _pace(contest: Contest, position: int, leg: Duration | None) -> Duration | None:
    """The pace of a leg; of a further lap that of the last leg, which is repeated."""
    points = contest.course.points
    here = min(position, len(points) - 1)
    way = points[here].distance - points[here - 1].distance
    if leg is None or leg <= 0 or way <= 0 or points[-1].distance < SHORTEST_PACED:
        return None
    return pace_time(leg, way)


def whole_pace(contest: Contest, result: Result) -> Duration | None:
    """The pace over the whole course of who has finished; None on laps and short courses."""
    distance = contest.course.distance
    if result.official is None or result.official <= 0 or result.status is not Status.OK:
        return None
    if contest.course.open_laps or distance < SHORTEST_PACED or result.shortened:
        return None
    return pace_time(result.official, distance)
