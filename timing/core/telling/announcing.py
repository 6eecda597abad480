"""What an announcer may say already: is a podium safe, who could still beat it, who is lapped.

Careful rather than quick: somebody is a threat as long as no known fact rules it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from timing.core.clock import SECOND, Instant
from timing.core.fold.results import Result
from timing.core.fold.standings import Row
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Contest
from timing.core.status import Status

PODIUM = 3
_LEAST_LAPS = 3  # over fewer crossings of a line nobody speaks of laps
_OUT = (Status.RUN, Status.READY)


class Threat(NamedTuple):
    """Somebody who could still beat or equal the last of a podium.

    until: arriving after this moment is too late; None while no moment can be told.
    """

    row: Row
    until: Instant | None


class Safety(StrEnum):
    """Whether a podium may be called.

    SAFE: nobody can change it by running. WAIT: somebody could. SHORT: places are still open.
    UNSURE: a result on the podium is doubted by an open question for the officials.
    """

    SAFE = "safe"
    WAIT = "wait"
    SHORT = "short"
    UNSURE = "unsure"


class Podium(NamedTuple):
    """The best of a group and whether they may be called. until: when the last threat ends."""

    winners: tuple[Row, ...]
    safety: Safety
    threats: tuple[Threat, ...]
    until: Instant | None


def podium_of(contest: Contest, rows: Sequence[Row], now: Instant, size: int = PODIUM) -> Podium:
    """Judge the podium of some rows of one list (a sex, a category), in their order.

    Rows that tie for the last place all stand on it.
    """
    ranked = [row for row in rows if row.place is not None and row.result.status is Status.OK]
    winners = _tied_with_last(ranked, size)
    out = [row for row in rows if row.result.status in _OUT and not row.entry.out_of_competition]
    threats = tuple(
        threat
        for row in out
        if (threat := _threat(contest, row, winners[-1] if len(winners) >= size else None, now))
    )
    ends = [threat.until for threat in threats]
    until = None if None in ends else max((end for end in ends if end is not None), default=None)
    return Podium(winners, _safety(winners, threats, size), threats, until)


def _tied_with_last(ranked: Sequence[Row], size: int) -> tuple[Row, ...]:
    if len(ranked) <= size:
        return tuple(ranked)
    last = ranked[size - 1].place
    return tuple(row for row in ranked if (row.place or 0) <= (last or 0))


def _safety(winners: Sequence[Row], threats: Sequence[Threat], size: int) -> Safety:
    if threats:
        return Safety.SHORT if len(winners) < size else Safety.WAIT
    if any(row.result.anomalies for row in winners):
        return Safety.UNSURE
    return Safety.SAFE if winners else Safety.SHORT


def _threat(contest: Contest, row: Row, last: Row | None, now: Instant) -> Threat | None:
    """Whether somebody who is out could still come before, or equal, the last of a podium."""
    begin = _begin(contest, row.result)
    if last is None or begin is None or contest.rules.basis is Basis.LAPS:
        return Threat(row, None)
    beat = last.result.official
    if beat is None:
        return Threat(row, None)
    until = Instant(begin + beat - row.result.penalty)
    earliest = max(now, _earliest(contest, row.result))
    return Threat(row, until) if earliest <= until else None


def _begin(contest: Contest, result: Result) -> Instant | None:
    """The moment from which the time that counts runs; None where it has not begun."""
    if contest.rules.basis is Basis.GUN:
        return result.started
    on_mat = bool(result.positions) and result.positions[0] == 0
    if on_mat:
        return result.reads[0].at
    return result.started if result.positions else None


def _earliest(contest: Contest, result: Result) -> Instant:
    """The moment before which the finish cannot be reached, from the last point passed."""
    points, fastest = contest.course.points, contest.course.fastest
    if fastest <= 0 or not result.reads or result.reads[-1].at is None:
        return result.started or Instant(0)
    position = min(result.positions[-1], len(points) - 1)
    left = contest.course.distance - points[position].distance
    return Instant(result.reads[-1].at + left * SECOND // fastest)


class Lapped(NamedTuple):
    """Somebody who is whole laps behind the first, while the first still runs or has just come."""

    row: Row
    laps: int


def lapped(contest: Contest, rows: Iterable[Row]) -> list[Lapped]:
    """Who on a course of laps is behind the furthest by a lap or more."""
    crossings = [point.point for point in contest.course.points[1:]]
    if len(crossings) < _LEAST_LAPS or len(set(crossings)) != 1:
        return []
    running = [row for row in rows if row.result.positions]
    furthest = max((row.result.positions[-1] for row in running), default=0)
    return [
        Lapped(row, furthest - row.result.positions[-1])
        for row in running
        if row.result.status is Status.RUN and furthest > row.result.positions[-1]
    ]
