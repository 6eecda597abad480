"""The legs of a relay on one course: who ran how long, and the place on each leg."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from timing.core.clock import Duration
from timing.core.fold.results import Result
from timing.core.fold.standings import Row
from timing.core.setup.event import Contest
from timing.core.status import Status


class LegTime(NamedTuple):
    """One leg of one team. time: None where its start or end was not seen. name: of the runner."""

    number: int
    name: str
    time: Duration | None
    place: int | None


def has_legs(contest: Contest) -> bool:
    """Whether the points of the course tell where the legs end."""
    points = len(contest.course.points) - 1
    return contest.legs_of > 1 and points >= contest.legs_of and points % contest.legs_of == 0


def leg_times(contest: Contest, result: Result) -> list[Duration | None]:
    """The time of each leg, from the gun or the end of the leg before."""
    if not has_legs(contest):
        return []
    each = (len(contest.course.points) - 1) // contest.legs_of
    elapsed = dict(zip(result.positions, result.elapsed, strict=False)) | {0: Duration(0)}
    ends = [elapsed.get(number * each) for number in range(contest.legs_of + 1)]
    return [
        None if begin is None or end is None else Duration(end - begin)
        for begin, end in pairwise(ends)
    ]


def leg_table(contest: Contest, rows: Sequence[Row]) -> list[list[LegTime]]:
    """The legs of every row, in the order of the rows. A disqualified team takes no place."""
    times = [leg_times(contest, row.result) for row in rows]
    counted = [
        legs for row, legs in zip(rows, times, strict=True) if row.result.status is not Status.DQ
    ]
    sorted_legs = [
        sorted(time for time in column if time is not None) for column in zip(*counted, strict=True)
    ]
    return [
        [
            LegTime(
                number + 1, _runner(row, number + 1), time, _place(row, sorted_legs, number, time)
            )
            for number, time in enumerate(legs)
        ]
        for row, legs in zip(rows, times, strict=True)
    ]


def _place(
    row: Row, ordered: Sequence[Sequence[Duration]], leg: int, time: Duration | None
) -> int | None:
    if time is None or row.result.status is Status.DQ or leg >= len(ordered):
        return None
    return bisect_left(ordered[leg], time) + 1


def _runner(row: Row, leg: int) -> str:
    if row.entry.hidden:
        return ""
    return " / ".join(member.name for member in row.entry.members if member.leg == leg)
