"""Who comes to a timing point next, how often each has passed it, and who has been lapped.

For the person at the point; nothing is decided here. Between two questions only those are looked
at again of whom something new is known, so that a station may ask after every line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from timing.core.clock import Instant
from timing.core.fold.lineup import Lineup
from timing.core.fold.results import Result
from timing.core.fold.state import State
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry, StartKey
from timing.core.status import OUT, Status
from timing.core.telling.arrivals import Typical, Way, arrival_by, way_to
from timing.services.house import House
from timing.services.office.stations import Permit

_NEVER = Instant(1 << 62)
_MOST = 64  # timing points of which is kept what was last told there


class Expected(msgspec.Struct, frozen=True):
    """Somebody who may come to a timing point.

    passed: how often that happened; of: how often the course passes it, 0 where laps are open.
    here: it was the last time. out: nobody waits for them any more. due: when the next passing
    should be, None if nobody can tell. lead: passings of whoever has most of them in the same heat.
    """

    bib: str
    name: str
    contest: str
    status: str
    here: bool
    out: bool
    passed: int
    of: int
    due: Instant | None
    lead: int


Order = tuple[int, int, int, str]


def expected(house: House, permit: Permit) -> list[Expected]:
    """List everybody whose course passes the timing point of a link, who comes next first.

    Whoever starts in several rounds is listed once, for the one that is under way. Every line that
    was acknowledged before is counted.
    """
    return house.live.ask(permit.slug, lambda state: _told(state, permit)) or []


def _told(state: State, permit: Permit) -> list[Expected]:
    """Whoever holds the state may touch what is kept of it; other events have their own."""
    place = (permit.slug, permit.point)
    board = _KEPT.pop(place, None)
    if board is None or board.event != state.event:
        board = _Board(state.event, permit.point)
    _KEPT[place] = board
    while len(_KEPT) > _MOST:
        _KEPT.pop(next(iter(_KEPT)), None)
    return board.told(state)


class _Course(NamedTuple):
    """What a contest has to do with a timing point. visits: where its course passes it."""

    contest: Contest
    visits: tuple[int, ...]
    of: int


@dataclass(slots=True)
class _Round:
    """Those of one round. ways: who goes a way of one kind. told: the others' times on it."""

    typical: Typical = field(default_factory=lambda: Typical(()))
    ways: dict[tuple[int, int], set[StartKey]] = field(default_factory=dict)
    told: dict[tuple[int, int], tuple[int, int] | None] = field(default_factory=dict)


@dataclass(slots=True)
class _Runner:
    """Somebody at the point. times: of the passings. way: to the next one, None if none is due."""

    result: Result
    entry: Entry
    bib: str
    heat: int
    course: _Course
    times: list[Instant]
    way: Way | None
    person: Expected | None = None
    order: Order = (0, 0, 0, "")


class _Board:
    """What is known at a timing point, and brought up to date when somebody asks."""

    def __init__(self, event: Event, point: str) -> None:
        self.event, self._point = event, point
        self._courses = {
            contest.code: _Course(contest, visits, 0 if contest.course.open_laps else len(visits))
            for contest in event.contests
            if (visits := _visits(contest, point))
        }
        self._lineup: Lineup | None = None
        self._seen: dict[StartKey, Result] = {}
        self._runners: dict[StartKey, _Runner] = {}
        self._rounds: dict[tuple[str, str], _Round] = {}
        self._leads: dict[tuple[str, str, int], int] = {}

    def told(self, state: State) -> list[Expected]:
        """Give everybody in the order in which they are expected."""
        self._forget(state)
        fresh = [key for key, result in state.results.items() if self._seen.get(key) is not result]
        self._seen = dict(state.results)
        changed = {key for key in fresh if self._look(state, key)} | self._moved(state)
        changed |= self._led() if changed else set()
        for each in self._rounds.values():
            for way, keys in each.ways.items():
                middle = each.typical.between(*way)
                if each.told.get(way, _UNTOLD) != middle:
                    each.told[way] = middle
                    changed |= keys
        for key in changed:
            self._say(key, self._runners[key])
        return self._in_order()

    def _forget(self, state: State) -> None:
        for key in self._seen.keys() - state.results.keys():
            self._drop(key)

    def _drop(self, key: StartKey) -> None:
        runner = self._runners.pop(key, None)
        if runner is not None:
            own = self._round_of(key, runner)
            own.typical.forget(key)
            if runner.way is not None:
                own.ways[runner.way.compared].discard(key)

    def _round_of(self, key: StartKey, runner: _Runner) -> _Round:
        return self._rounds.setdefault((runner.course.contest.code, key[1]), _Round())

    def _look(self, state: State, key: StartKey) -> bool:
        """Take a new result in; False where the course does not pass this point."""
        self._drop(key)
        entry, result = state.lineup.entries[key[0]], state.results[key]
        course = self._courses.get(entry.contest)
        if course is None:
            return False
        times = [read.at for read in result.reads if read.point == self._point]
        runner = self._runners[key] = _Runner(
            result, entry, state.lineup.bibs[entry.id], state.lineup.starts[key].heat, course,
            [at for at in times if at is not None], _way(result, course),
        )  # fmt: skip
        own = self._round_of(key, runner)
        own.typical.take(result)
        if runner.way is not None:
            own.ways.setdefault(runner.way.compared, set()).add(key)
        return True

    def _moved(self, state: State) -> set[StartKey]:
        """Who was given another name, bib or heat since the last question."""
        lineup, moved = state.lineup, set()
        if lineup is not self._lineup:
            self._lineup = lineup
            for key, runner in self._runners.items():
                now = (lineup.entries[key[0]], lineup.bibs[key[0]], lineup.starts[key].heat)
                if now != (runner.entry, runner.bib, runner.heat):
                    runner.entry, runner.bib, runner.heat = now
                    moved.add(key)
        return moved

    def _led(self) -> set[StartKey]:
        """Whose heat has another leader, or a leader who has passed once more."""
        leads: dict[tuple[str, str, int], int] = {}
        for key, runner in self._runners.items():
            heat = (runner.course.contest.code, key[1], runner.heat)
            leads[heat] = max(leads.get(heat, 0), len(runner.times))
        before, self._leads = self._leads, leads
        if before == leads:
            return set()
        return {
            key
            for key, runner in self._runners.items()
            if leads[heat := (runner.course.contest.code, key[1], runner.heat)] != before.get(heat)
        }

    def _say(self, key: StartKey, runner: _Runner) -> None:
        """Put in words, or rather numbers, what is known of a runner."""
        result, course, passed = runner.result, runner.course, len(runner.times)
        due = self._due(key, runner)
        here = bool(course.of) and (result.status is Status.OK or course.of <= passed)
        out = result.status in OUT
        runner.person = Expected(
            runner.bib, runner.entry.name, course.contest.name, result.status.value, here, out,
            passed, course.of, due, self._leads[course.contest.code, key[1], runner.heat],
        )  # fmt: skip
        gone = here or out
        runner.order = (
            2 if gone else 0 if result.started is not None else 1,
            due if due is not None and not gone else _NEVER,
            len(runner.bib),
            runner.bib,
        )

    def _due(self, key: StartKey, runner: _Runner) -> Instant | None:
        """When the next passing should be; on open laps the last lap is taken to come again."""
        times, started = runner.times, runner.result.started
        if runner.course.contest.course.open_laps:
            if not times or started is None:
                return None
            return Instant(2 * times[-1] - (times[-2] if len(times) > 1 else started))
        if runner.way is None:
            return None
        arrival = arrival_by(runner.way, self._round_of(key, runner).typical)
        return arrival.at if arrival else None

    def _in_order(self) -> list[Expected]:
        """On the way by the moment, then who has not started, then who comes no more."""
        self._runners = dict(sorted(self._runners.items(), key=_by_order))
        found: dict[str, Expected] = {}
        for runner in self._runners.values():
            if runner.bib and runner.person is not None:
                found.setdefault(runner.bib, runner.person)
        return list(found.values())


def _way(result: Result, course: _Course) -> Way | None:
    """The way to the next passing; on open laps the next one is told by the last."""
    if not course.of:
        return None
    furthest = max(result.positions, default=-1)
    stop = next((index for index in course.visits if index > furthest), None)
    return None if stop is None else way_to(result, course.contest.course, stop)


def _by_order(item: tuple[StartKey, _Runner]) -> Order:
    return item[1].order


def _visits(contest: Contest, point: str) -> tuple[int, ...]:
    return tuple(i for i, stop in enumerate(contest.course.points) if stop.point == point)


_UNTOLD = (-1, -1)
_KEPT: dict[tuple[str, str], _Board] = {}
