"""Who is still on the course: last seen where, and expected when."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.standings import Row
from timing.core.setup.event import Contest, Event
from timing.core.status import Status
from timing.core.telling.arrivals import Arrival, Typical
from timing.core.telling.listing import Line
from timing.core.telling.whereabouts import whereabouts
from timing.services.house import House
from timing.services.public.field import Field, field_of
from timing.services.public.shown import public

MOST = 500
"""Runners on one page."""


class OnWay(NamedTuple):
    """One runner on the course. seen: the last point, "" for none. next: where, with the moment."""

    contest: Contest
    line: Line
    seen: str
    elapsed: Duration | None
    way: int
    next: str
    arrival: Arrival | None


class WayPage(NamedTuple):
    """Everybody on the course, those furthest on first; total: also those beyond MOST."""

    event: Event
    runners: tuple[OnWay, ...]
    total: int
    changed: Instant


def on_course(house: House, slug: str) -> WayPage | None:
    """List who is still out; None if there is no such event."""
    snapshot = public(house, slug)
    if snapshot is None:
        return None
    out = [
        (field, row)
        for standings in snapshot.standings.values()
        for field in (field_of(house, slug, standings),)
        if field.progress.on_course
        for row in standings.rows
        if row.result.status is Status.RUN
    ]
    out.sort(key=lambda pair: (pair[0].standings.contest.code, -len(pair[1].result.positions)))
    shown = tuple(on_way(field, row) for field, row in out[:MOST])
    return WayPage(snapshot.event, shown, len(out), snapshot.changed)


def on_way(field: Field, row: Row) -> OnWay:
    """Tell where somebody was last seen and when the next point is due."""
    contest = field.standings.contest
    points = contest.course.points
    typical = field.once("typical", lambda: Typical(r.result for r in field.standings.rows))
    there = whereabouts(contest, row.result, typical)
    known = 0 < there.passed < len(points)
    return OnWay(
        contest=contest,
        line=field.line(row),
        seen=there.where if known else "",
        elapsed=there.elapsed,
        way=points[there.passed].distance if known else 0,
        next=there.due_at,
        arrival=there.due,
    )
