"""Who is on the course: passed each point, finished, still out, overdue, not seen since when."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.results import Result
from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry
from timing.core.status import Status
from timing.core.telling.arrivals import Arrival, Typical
from timing.core.telling.whereabouts import whereabouts
from timing.services.house import House, UnknownEventError

_ON_THE_WAY = (Status.RUN, Status.READY)


class Passed(NamedTuple):
    """One point of the course. passed: how many; out: how many of the starters have not."""

    name: str
    passed: int
    out: int


class Runner(NamedTuple):
    """Somebody who is still out.

    seen, where: the last passing. due, due_at: at the next point, and its name. overdue: so late
    that somebody should ask. since: time gone since the last passing.
    """

    entry: Entry
    bib: str
    category: str
    seen: Instant | None
    where: str
    due: Arrival | None
    due_at: str
    overdue: bool
    since: Duration | None


class Field(NamedTuple):
    """One round of a contest on the course. out: the overdue first, then by the next arrival.

    waiting: the gun went, and their own start is still to come.
    """

    contest: Contest
    round: str
    started: int
    finished: int
    waiting: int
    unstarted: int
    others: int
    points: tuple[Passed, ...]
    out: tuple[Runner, ...]


class OnCourse(NamedTuple):
    """All rounds that have begun."""

    event: Event
    now: Instant
    fields: tuple[Field, ...]


def on_course(house: House, slug: str, contest: str = "", category: str = "") -> OnCourse:
    """Look at the course now. Raises UnknownEventError."""
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    now = house.clock()
    fields = (
        _field(standings, category, now)
        for (code, _round), standings in snapshot.standings.items()
        if contest in ("", code) and standings.rows
    )
    return OnCourse(snapshot.event, now, tuple(each for each in fields if each.started))


def _field(standings: Standings, category: str, now: Instant) -> Field:
    rows = [row for row in standings.rows if category in ("", row.category)]
    results = [row.result for row in rows]
    begun = [each for each in results if _begun(each, now)]
    waiting = sum(_waits(each, now) for each in results)
    typical = Typical(row.result for row in standings.rows)
    contest = standings.contest
    out = [
        _runner(contest, row, typical, now)
        for row in rows
        if row.result.status in _ON_THE_WAY and _begun(row.result, now)
    ]
    out.sort(key=_urgency)
    return Field(
        contest=contest,
        round=standings.round,
        started=len(begun),
        finished=sum(each.status is Status.OK for each in results),
        waiting=waiting,
        unstarted=len(results) - len(begun) - waiting,
        others=sum(each.status not in (*_ON_THE_WAY, Status.OK) for each in begun),
        points=tuple(_passed(contest, begun)),
        out=tuple(out),
    )


def _urgency(runner: Runner) -> tuple[bool, int, int, str]:
    """Who is overdue, then who comes next, then by number: 2 before 10."""
    due = runner.due.at if runner.due else 1 << 62
    return not runner.overdue, due, len(runner.bib), runner.bib


def _begun(result: Result, now: Instant) -> bool:
    """Whether somebody is, or was, on the course: the own start was, and nobody said DNS."""
    gone = result.started is not None and not _waits(result, now)
    return (gone or bool(result.reads)) and result.status is not Status.DNS


def _waits(result: Result, now: Instant) -> bool:
    """Whether somebody with a start of their own has not left yet."""
    later = result.started is not None and result.started > now
    return later and result.status in _ON_THE_WAY


def _passed(contest: Contest, results: list[Result]) -> list[Passed]:
    """Count each point after the start; a later point passed means an earlier one was."""
    reached = [
        (max(result.positions, default=0), result.status in _ON_THE_WAY) for result in results
    ]
    return [
        Passed(
            point.name,
            sum(furthest >= index for furthest, _ in reached),
            sum(furthest < index and out for furthest, out in reached),
        )
        for index, point in enumerate(contest.course.points)
        if index
    ]


def _runner(contest: Contest, row: Row, typical: Typical, now: Instant) -> Runner:
    there = whereabouts(contest, row.result, typical)
    return Runner(
        entry=row.entry,
        bib=row.bib,
        category=row.category,
        seen=there.seen,
        where=there.where,
        due=there.due,
        due_at=there.due_at,
        overdue=there.due is not None and there.due.overdue(now),
        since=None if there.seen is None else Duration(now - there.seen),
    )
