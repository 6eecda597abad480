"""Where somebody was last seen on the course, and where and when they are expected next."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.results import Result
from timing.core.setup.event import Contest
from timing.core.telling.arrivals import Arrival, Typical, next_arrival


class Whereabouts(NamedTuple):
    """One starter.

    passed: index of the last course point, 0 before any but the start; laps go on counting.
    where: its name, of the last one for laps beyond. seen: when, the own gun where nothing was
    read. elapsed: since the gun, None where nothing was read. due, due_at: at the next point.
    """

    passed: int
    where: str
    seen: Instant | None
    elapsed: Duration | None
    due: Arrival | None
    due_at: str


def whereabouts(contest: Contest, result: Result, typical: Typical) -> Whereabouts:
    """Tell of a starter by the own result and how long the others took."""
    points = contest.course.points
    passed = result.positions[-1] if result.positions else 0
    due = next_arrival(result, contest.course, typical)
    return Whereabouts(
        passed=passed,
        where=points[min(passed, len(points) - 1)].name,
        seen=result.reads[-1].at if result.reads else result.started,
        elapsed=result.elapsed[-1] if result.elapsed and passed else None,
        due=due,
        due_at=points[due.stop].name if due else "",
    )
