"""What an announcer and a big screen show: who comes, who came, which podium is safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from timing.core.clock import MINUTE, Instant
from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Contest, Event
from timing.core.status import Status
from timing.core.telling.announcing import Lapped, Podium, lapped, podium_of
from timing.core.telling.arrivals import Typical, arrival_at
from timing.core.telling.listing import Line, line_of
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.public.field import Field, Progress, field_of
from timing.services.public.onway import OnWay, on_way

DESKS = ("announcer", "screen")
"""The desks for which links without a sign-in are made. A link of the announcer opens both."""

_COMING, _CAME, _LAPPED = 15, 12, 12
_SPOKEN_OF = 3  # lists
_LATE = 30 * MINUTE  # who is expected since longer than that comes last


class Coming(NamedTuple):
    """Somebody before the finish. at: expected there."""

    way: OnWay
    at: Instant


class Came(NamedTuple):
    """Somebody who has just finished."""

    contest: Contest
    line: Line
    at: Instant


class Called(NamedTuple):
    """One podium to call. sex, category: of whom; "" where it is about everybody."""

    contest: Contest
    round: str
    sex: str
    category: str
    lines: tuple[Line, ...]
    podium: Podium


class Desk(NamedTuple):
    """The announcer's page."""

    event: Event
    coming: tuple[Coming, ...]
    came: tuple[Came, ...]
    podiums: tuple[Called, ...]
    lapped: tuple[tuple[Line, Lapped], ...]
    changed: Instant


class Screen(NamedTuple):
    """One list on a big screen; lines: its first two hundred."""

    event: Event
    standings: Standings
    lines: tuple[Line, ...]
    progress: Progress
    changed: Instant


def desk(house: House, slug: str) -> Desk:
    """Show what an announcer needs just now. Raises UnknownEventError."""
    snapshot, now = _snapshot(house, slug), house.clock()
    fields = [field_of(house, slug, each) for each in snapshot.standings.values()]
    busy = [field for field in fields if field.progress.on_course]
    coming = sorted((each for field in busy for each in _coming(field)), key=lambda one: one.at)
    fresh = [each for each in coming if each.at > now - _LATE]
    came = sorted((each for field in fields for each in _came(field)), key=lambda one: -one.at)
    return Desk(
        event=snapshot.event,
        coming=tuple(fresh[:_COMING]),
        came=tuple(came[:_CAME]),
        podiums=tuple(each for field in _newest(fields) for each in _podiums(field, now)),
        lapped=tuple(
            (line_of(field.standings.contest, each.row), each)
            for field in busy
            for each in lapped(field.standings.contest, field.standings.rows)[:_LAPPED]
        ),
        changed=snapshot.changed,
    )


def _newest(fields: Sequence[Field]) -> list[Field]:
    """The lists that an announcer still speaks about: those with the newest finishes first."""
    begun = [field for field in fields if field.progress.finished]
    return sorted(begun, key=lambda each: -(each.last_finish or 0))[:_SPOKEN_OF]


def _coming(field: Field) -> Iterator[Coming]:
    contest = field.standings.contest
    if contest.course.open_laps:
        return
    finish = len(contest.course.points) - 1
    typical = field.once("typical", lambda: Typical(r.result for r in field.standings.rows))
    for row in field.standings.rows:
        if row.result.status is Status.RUN:
            arrival = arrival_at(row.result, contest.course, finish, typical)
            if arrival is not None:
                yield Coming(on_way(field, row), arrival.at)


def _came(field: Field) -> list[Came]:
    """The newest finishers of one list."""
    contest = field.standings.contest
    home = [row for row in field.standings.ranked if row.result.status is Status.OK]
    home.sort(key=lambda row: -_seen(row))
    return [Came(contest, line_of(contest, row), _seen(row)) for row in home[:_CAME]]


def _seen(row: Row) -> Instant:
    return (row.result.reads[-1].at if row.result.reads else None) or Instant(0)


def _podiums(field: Field, now: Instant) -> Iterator[Called]:
    """The podiums of a list that has begun: of each sex, then of each category."""
    if not field.progress.finished:
        return
    standings = field.standings
    contest = standings.contest
    for (sex, category), rows in sorted(_groups(standings).items(), key=_women_first):
        podium = podium_of(contest, rows, now)
        if podium.winners:
            lines = tuple(line_of(contest, row) for row in podium.winners)
            yield Called(contest, standings.round, sex, category, lines, podium)


def _groups(standings: Standings) -> dict[tuple[str, str], list[Row]]:
    """Everybody by sex, and by sex and category; a relay is one group."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in standings.rows:
        sex = "" if standings.contest.legs_of > 1 else row.entry.sex.value
        groups.setdefault((sex, ""), []).append(row)
        if row.category:
            groups.setdefault((sex, row.category), []).append(row)
    return groups


def _women_first(group: tuple[tuple[str, str], list[Row]]) -> tuple[bool, str, int]:
    (sex, category), _rows = group
    return (bool(category), category, "WMXN".find(sex))


def screen(house: House, slug: str, code: str = "") -> Screen:
    """Show one list: the contest asked for, else the one with the newest finish.

    Raises UnknownEventError, also for a contest that is not there.
    """
    snapshot = _snapshot(house, slug)
    fields = [
        field_of(house, slug, each)
        for (contest, _), each in snapshot.standings.items()
        if code in ("", contest)
    ]
    if not fields:
        raise UnknownEventError(f"{slug}/{code}")
    field = max(fields, key=lambda each: each.last_finish or Instant(0))
    contest = field.standings.contest
    lines = tuple(line_of(contest, row) for row in field.standings.rows[:200])
    return Screen(snapshot.event, field.standings, lines, field.progress, snapshot.changed)


def _snapshot(house: House, slug: str) -> Snapshot:
    snapshot = house.live.snapshot(slug)
    if snapshot is None:
        raise UnknownEventError(slug)
    return snapshot
