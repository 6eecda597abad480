"""Ultras and races on laps: times in and out of points, who is where, who is ahead of whom.

A course is passed once or several times (laps), a fixed number or as often as time allows. A
point may record arrival, departure or both. Knows nothing of names, bibs and publication.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from timing.core.clock import Duration, Instant
from timing.core.refusal import Problem
from timing.core.rulebook.ranking import places
from timing.core.status import Status

K = TypeVar("K", bound=Hashable)


class LapPoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A point of one lap. distance: millimetres from the start of the lap.

    arrival, departure: which of the two is recorded here.
    """

    name: str
    distance: int
    arrival: bool = True
    departure: bool = False


class LapCourse(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """points: the start first, the finish last. laps: to be run; 0: as many as time allows."""

    points: tuple[LapPoint, ...]
    laps: int = 1


class Sighting(NamedTuple):
    """A time of one runner at a point that counts.

    point: index in the course. out: departure. stopped: the runner stopped here.
    """

    lap: int
    point: int
    out: bool
    at: Instant
    stopped: bool = False


class Decision(NamedTuple):
    """What officials decided about a runner. penalty: time added to that of the last sighting."""

    status: Status = Status.OK
    penalty: Duration = Duration(0)


_UNDECIDED = Decision()
_OUT = frozenset({Status.DNF, Status.WD, Status.OTL, Status.DQ})
"""Who has one of these by decision did not finish, whatever the times say."""
_UNRANKED = frozenset({Status.OTL, Status.DQ})


class Progress(NamedTuple):
    """What a runner's times say.

    started: there is any time. finished: all laps, or with open laps stopped for good. dropped:
    stopped before the end of a fixed course. final: the furthest sighting. elapsed: there, since
    the runner's start; None without a start time. ruled: a status by decision, else OK.
    """

    started: bool
    finished: bool
    dropped: bool
    stopped: bool
    laps: int
    final: Sighting | None
    elapsed: Duration | None
    ruled: Status = Status.OK


class Ranked(NamedTuple, Generic[K]):
    """rank: shared by who is equal in all; the next rank is skipped. None: out by decision."""

    rank: int | None
    runner: K
    progress: Progress


def check_lap_course(course: LapCourse) -> tuple[Problem, ...]:
    """Points in the order in which they are passed, each with a name and something to record."""
    return tuple(_problems(course))


def _problems(course: LapCourse) -> Iterator[Problem]:
    if len(course.points) < 2:
        found = len(course.points)
        yield Problem("lap-course-points", f"{found} points; expected a start and a finish")
    if course.laps < 0:
        yield Problem("lap-course-laps", f"{course.laps} laps; expected 0 (open) or more")
    seen: set[str] = set()
    for row, point in enumerate(course.points, start=1):
        where = f"point {row} ({point.name})"
        if point.name in seen:
            yield Problem("lap-point-twice", f"{where}: the name stands twice")
        if not (point.arrival or point.departure):
            yield Problem("lap-point-records", f"{where}: records neither arrival nor departure")
        seen.add(point.name)
    for row, (before, after) in enumerate(pairwise(course.points), start=2):
        if after.distance < before.distance:
            sentence = f"lies at {after.distance} mm; expected {before.distance} or more"
            yield Problem("lap-point-order", f"point {row} ({after.name}): {sentence}")


def start_of(sightings: Iterable[Sighting]) -> Instant | None:
    """The runner's own start: the time at the first point of the first lap."""
    return next((s.at for s in sightings if s.lap == 1 and s.point == 0), None)


def elapsed_times(sightings: Sequence[Sighting]) -> tuple[Duration | None, ...]:
    """Time since the runner's own start at every sighting; None without a start time."""
    start = start_of(sightings)
    return tuple(None if start is None else Duration(s.at - start) for s in sightings)


def progress_of(
    course: LapCourse, sightings: Sequence[Sighting], decided: Decision = _UNDECIDED
) -> Progress:
    """Read one runner's times. The furthest sighting is the last one, whatever its time."""
    ruled = decided.status
    if not sightings or ruled is Status.DNS:
        return Progress(False, False, False, False, 0, None, None, ruled)
    final = max(sightings, key=lambda sighting: how_far(course, sighting))
    at_finish = final.point == len(course.points) - 1
    complete = bool(course.laps) and (
        final.lap > course.laps or (at_finish and final.lap == course.laps)
    )
    out = ruled in _OUT
    given_up = out or any(sighting.stopped for sighting in sightings)
    start = start_of(sightings)
    return Progress(
        started=True,
        finished=not out and (complete if course.laps else given_up),
        dropped=out or (bool(course.laps) and given_up and not complete),
        stopped=given_up or complete,
        laps=final.lap if at_finish else final.lap - 1,
        final=final,
        elapsed=None if start is None else Duration(final.at - start + decided.penalty),
        ruled=ruled,
    )


def how_far(course: LapCourse, sighting: Sighting) -> tuple[int, int, bool, int]:
    """By what a sighting is further than another: lap, distance, out after in."""
    return (
        sighting.lap,
        course.points[sighting.point].distance,
        sighting.out,
        sighting.point,
    )


def rank_laps(
    course: LapCourse,
    runners: Mapping[K, Sequence[Sighting]],
    decided: Mapping[K, Decision] | None = None,
) -> tuple[Ranked[K], ...]:
    """Rank everybody, also who is still running.

    Started and not dropped before dropped before not started. Inside these: the higher lap, the
    greater distance, out over in, the less time there; who has no start time comes after those
    who have. Equal in all shares the rank. Who is disqualified or over the time limit comes last,
    without a rank.
    """
    progress = {
        runner: progress_of(course, times, (decided or {}).get(runner, _UNDECIDED))
        for runner, times in runners.items()
    }
    ordered = sorted(progress.items(), key=lambda item: _behind(course, item[1]))
    ranks = places(_behind(course, found) for _, found in ordered)
    return tuple(
        Ranked(None if found.ruled in _UNRANKED else int(rank), runner, found)
        for rank, (runner, found) in zip(ranks, ordered, strict=True)
    )


def _behind(course: LapCourse, progress: Progress) -> tuple[int, ...]:
    """Less is better."""
    final = progress.final
    if progress.ruled in _UNRANKED:
        return (3,)
    if final is None:
        return (2,)
    lap, distance, out, _ = how_far(course, final)
    no_start = progress.elapsed is None
    return (int(progress.dropped), -lap, -distance, -int(out), int(no_start), progress.elapsed or 0)


def time_at_points(sightings: Iterable[Sighting]) -> dict[tuple[int, int], Duration]:
    """How long the runner stayed at each (lap, point) with both arrival and departure."""
    seen = {(s.lap, s.point, s.out): s.at for s in sightings}
    return {
        (lap, point): Duration(seen[lap, point, True] - at)
        for (lap, point, out), at in seen.items()
        if not out and (lap, point, True) in seen
    }
