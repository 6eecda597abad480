"""Who comes to a timing point next, how often each has passed it, and who has been lapped.

For the person at the point; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.results import Result
from timing.core.fold.standings import Standings
from timing.core.setup.event import Course
from timing.core.status import Status
from timing.core.telling.arrivals import Typical, arrival_at
from timing.services.house import House
from timing.services.office.stations import Permit

_OUT = (Status.DNS, Status.DNF, Status.DQ, Status.WD)
_NEVER = Instant(1 << 62)


class Expected(NamedTuple):
    """Somebody who may come to a timing point.

    passed: how often that happened; of: how often the course passes it, 0 where laps are open.
    here: it was the last time. due: when the next passing should be, None if nobody can tell.
    lead: passings of whoever has most of them in the same heat.
    """

    bib: str
    name: str
    contest: str
    status: str
    here: bool
    passed: int
    of: int
    due: Instant | None
    lead: int


def expected(house: House, permit: Permit) -> list[Expected]:
    """List everybody whose course passes the timing point of a link, who comes next first.

    Whoever starts in several rounds is listed once, for the one that is under way. Every line that
    was acknowledged before is counted.
    """
    snapshot = house.live.snapshot(permit.slug, fresh=True)
    found: dict[str, tuple[tuple[int, int, int, str], Expected]] = {}
    for standings in snapshot.standings.values() if snapshot else ():
        for started, person in _of(standings, permit.point):
            order = _order(person, started=started)
            if person.bib not in found or order < found[person.bib][0]:
                found[person.bib] = (order, person)
    return [person for _, person in sorted(found.values())]


def _order(person: Expected, *, started: bool) -> tuple[int, int, int, str]:
    """Who is on the way by the moment, then who has not started, then who comes no more."""
    gone = person.here or person.status in _OUT
    return (
        2 if gone else 0 if started else 1,
        person.due if person.due is not None and not gone else _NEVER,
        len(person.bib),
        person.bib,
    )


def _of(standings: Standings, point: str) -> Iterator[tuple[bool, Expected]]:
    course = standings.contest.course
    visits = [index for index, each in enumerate(course.points) if each.point == point]
    if not visits:
        return
    typical = Typical(row.result for row in standings.rows)
    passed = {row.entry.id: _passings(row.result, point) for row in standings.rows}
    lead: dict[int, int] = {}
    for row in standings.rows:
        heat = row.start.heat
        lead[heat] = max(lead.get(heat, 0), len(passed[row.entry.id]))
    for row in standings.rows:
        if not row.bib:
            continue
        times, of = passed[row.entry.id], 0 if course.open_laps else len(visits)
        result = row.result
        yield result.started is not None, Expected(
            row.bib, row.entry.name, standings.contest.name, result.status.value,
            not course.open_laps and (result.status is Status.OK or of <= len(times)),
            len(times), of,
            _due(result, course, visits, times, typical), lead[row.start.heat],
        )  # fmt: skip


def _passings(result: Result, point: str) -> list[Instant]:
    return [read.at for read in result.reads if read.point == point and read.at is not None]


def _due(
    result: Result, course: Course, visits: Iterable[int], times: list[Instant], typical: Typical
) -> Instant | None:
    """When the next passing should be; on open laps the last lap is taken to come again."""
    if course.open_laps:
        if not times or result.started is None:
            return None
        before = times[-2] if len(times) > 1 else result.started
        return Instant(2 * times[-1] - before)
    furthest = max(result.positions, default=-1)
    index = next((index for index in visits if index > furthest), None)
    arrival = arrival_at(result, course, index, typical) if index is not None else None
    return arrival.at if arrival else None
