"""A heat by lane: times, reaction times, wind, statuses and places, typed by keyboard alone.

A slot of the grid has one identity for ever, so saving twice changes nothing; a changed time is a
correction of the line that is there. A heat without a gun gets one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from timing.core.clock import Duration, Instant, format_duration
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId, Read
from timing.core.refusal import Problem, Refusal
from timing.core.setup.event import Contest, Event, Heat
from timing.core.setup.roster import Start
from timing.core.status import Status
from timing.core.telling.conditions import wind_of, with_wind
from timing.core.telling.listing import reaction_of
from timing.services.house import House, UnknownEventError
from timing.services.raceday.grids import write_down
from timing.services.raceday.heat_cells import (
    STATUSES,
    WATCHES,
    Cells,
    Typed,
    read_cells,
    read_wind,
)
from timing.services.raceday.starting import FALSE_START, causer_acts

_ATTEMPT = 1000  # a slot that was voided and filled again gets a further number


class Lane(NamedTuple):
    """One row of a heat. times: as typed digits are shown again, "" for an empty watch.

    status: with its rule. reaction: to the thousandth. false_starts: how many were noted.
    """

    start: Start
    bib: str
    name: str
    times: tuple[str, ...]
    photo: bool
    status: str
    place: str
    reaction: str
    false_starts: int


class HeatGrid(NamedTuple):
    """A heat by lane. wind: as recorded, "" where nobody noted one.

    recalls: how often its gun was recalled. following: the next heat that has starters, in the
    order of the day.
    """

    event: Event
    contest: Contest
    round: str
    heat: Heat
    gun: Instant | None
    wind: str
    recalls: int
    lanes: tuple[Lane, ...]
    following: tuple[str, str, int] | None


def heats(house: House, slug: str) -> tuple[Event, list[tuple[Contest, str, Heat, int]]]:
    """Every heat with how many start in it. Raises UnknownEventError."""

    def ask(state: State) -> tuple[Event, list[tuple[Contest, str, Heat, int]]]:
        return state.event, [
            (contest, each.code, heat, len(_starts(state, contest, each.code, heat.number)))
            for contest in state.event.contests
            for each in contest.rounds
            for heat in each.heats
        ]

    found = house.live.ask(slug, ask)
    if found is None:
        raise UnknownEventError(slug)
    return found


def heat_grid(house: House, slug: str, contest: str, round_code: str, number: int) -> HeatGrid:
    """Show a heat as it was typed so far. Raises UnknownEventError, Refusal for no such heat."""
    event, every = heats(house, slug)
    places = [(each.code, code, heat.number) for each, code, heat, count in every if count]
    key = (contest, round_code, number)
    chosen = next((row for row in every if (row[0].code, row[1], row[2].number) == key), None)
    if chosen is None:
        raise Refusal(Problem("heat", f"there is no heat {number} of {contest} {round_code}"))
    after = places[places.index(key) + 1 :] if key in places else places
    following = after[0] if after else None

    def ask(state: State) -> HeatGrid:
        ruled = with_wind(state.event, state.live)
        return HeatGrid(
            event, chosen[0], round_code, chosen[2], state.lineup.guns.get(chosen[2].wave),
            wind_of(ruled, contest, round_code, number), _recalls(state, chosen[2].wave),
            _lanes(state, chosen[0], round_code, number), following,
        )  # fmt: skip

    found = house.live.ask(slug, ask)
    if found is None:
        raise UnknownEventError(slug)
    return found


def _recalls(state: State, wave: str) -> int:
    return sum(ruling.act == act.Gun(wave=wave, at=None) for ruling in state.live)


def save_heat(
    house: House, slug: str, grid: HeatGrid, typed: Sequence[Typed], author: str, wind: str = ""
) -> list[LineId]:
    """Write what was typed and what was changed; returns the lines.

    A heat without a gun gets one, so long ago as its longest time. A false start is judged by the
    rule set of the event. Raises Refusal with every cell that cannot be read; nothing is written
    then.
    """
    cells = read_cells(typed)
    blown = read_wind(wind)
    longest = max((time for row in cells for time in row.times), default=0)
    now = house.clock()
    gun = grid.gun if grid.gun is not None else Instant(now - longest)

    found = house.live.ask(slug, lambda state: _Sheet(state, grid, gun).fill(cells))
    reads, acts = found or ([], [])
    if grid.gun is None and reads:
        acts.insert(0, act.Gun(wave=grid.heat.wave, at=gun))
    if blown != grid.wind:
        code, number = grid.contest.code, grid.heat.number
        acts.append(act.Wind(contest=code, round=grid.round, heat=number, speed=blown))
    causers = [row.bib for row in cells if row.false_start]
    acts += causer_acts(house, slug, grid.heat.wave, causers) if causers else []
    return write_down(house, slug, reads, acts, author)


class _Sheet(NamedTuple):
    """One heat on paper: finds the line of each slot and what must be added or corrected."""

    state: State
    grid: HeatGrid
    gun: Instant

    def fill(self, cells: Sequence[Cells]) -> tuple[list[Read], list[act.Act]]:
        reads: list[Read] = []
        acts: list[act.Act] = []
        for number, row in enumerate(cells, 1):
            for watch in range(WATCHES if not row.status and not row.false_start else 0):
                time = row.times[watch] if watch < len(row.times) else None
                self._slot(number * 10 + watch, row, time, reads, acts)
            acts += self._status(row)
            acts += self._reaction(row)
        acts += self._order(cells)
        return reads, acts

    def _slot(
        self, slot: int, row: Cells, time: Duration | None, reads: list[Read], acts: list[act.Act]
    ) -> None:
        """Compare one cell with the line that stands for it."""
        station, found, n = station_of(self.grid), None, slot
        while (written := self.state.read((station, n))) is not None:
            found = self.state.fix.applied(written)
            if found is not None:
                break
            n += _ATTEMPT
        if time is None:
            if found is not None:
                acts.append(act.Void(line=found.id))
            return
        at = Instant(self._started(row.bib) + time)
        if found is None:
            point = self.grid.contest.course.points[-1].point
            source = "photo" if row.photo else "watch"
            reads.append(Read(station, n, point, row.bib, None, at, source))
            return
        if found.bib != row.bib:
            acts.append(act.Attribute(line=found.id, bib=row.bib))
        if found.at != at:
            acts.append(act.Retime(line=found.id, at=at))

    def _started(self, bib: str) -> Instant:
        """The gun of the heat and the starter's own offset."""
        start = next((lane.start for lane in self.grid.lanes if lane.bib == bib), None)
        return Instant(self.gun + (start.offset if start else 0))

    def _status(self, row: Cells) -> Iterator[act.Act]:
        lane = self._lane(row.bib)
        said = f"{row.status} {row.rule}".strip()
        if lane is None or row.false_start or said == lane.status:
            return
        status = Status(row.status) if row.status else Status.OK
        entry, code = lane.start.entry, self.grid.round
        yield act.SetStatus(entry=entry, round=code, status=status, rule=row.rule)

    def _reaction(self, row: Cells) -> Iterator[act.Act]:
        lane = self._lane(row.bib)
        if lane is None or row.reaction is None:
            return
        if format_duration(row.reaction, 3) != lane.reaction:
            entry, code = lane.start.entry, self.grid.round
            yield act.Reaction(entry=entry, round=code, time=row.reaction)

    def _lane(self, bib: str) -> Lane | None:
        return next((lane for lane in self.grid.lanes if lane.bib == bib), None)

    def _order(self, cells: Sequence[Cells]) -> Iterator[act.Act]:
        """Places that were typed are an order read by the judges."""
        entries = {lane.bib: lane.start.entry for lane in self.grid.lanes}
        placed = sorted(
            (row.place, entries[row.bib]) for row in cells if row.place and row.bib in entries
        )
        before = [lane.place for lane in self.grid.lanes]
        typed = [str(row.place or "") for row in cells]
        if placed and typed != before:
            yield act.PhotoFinish(round=self.grid.round, order=tuple(each for _, each in placed))


def station_of(grid: HeatGrid) -> str:
    """The station under which the lines of a heat's grid stand."""
    return f"grid-{grid.contest.code}-{grid.round}-{grid.heat.number}"


def _lanes(state: State, contest: Contest, round_code: str, number: int) -> tuple[Lane, ...]:
    station = f"grid-{contest.code}-{round_code}-{number}"
    typed: dict[str, dict[int, Read]] = {}
    for pile in state.piles.values():
        for read in pile:
            if read.station == station and read.bib:
                typed.setdefault(read.bib, {})[read.n % 10] = read
    order: dict[int, str] = {}
    for ruling in state.live:
        if isinstance(ruling.act, act.PhotoFinish) and ruling.act.round == round_code:
            order |= {entry: str(place) for place, entry in enumerate(ruling.act.order, 1)}
    lanes = []
    for start in _starts(state, contest, round_code, number):
        bib = state.lineup.bibs[start.entry]
        result = state.results[start.entry, round_code]
        reads, status = typed.get(bib, {}), result.status.value
        lanes.append(Lane(
            start=start,
            bib=bib,
            name=state.lineup.entries[start.entry].name,
            times=tuple(_shown(reads.get(watch), result.started) for watch in range(WATCHES)),
            photo=any(read.source == "photo" for read in reads.values()),
            status=f"{status} {result.rule}".strip() if status in STATUSES else "",
            place=order.get(start.entry, ""),
            reaction=reaction_of(result),
            false_starts=sum(mark.code == FALSE_START for mark in result.marks),
        ))  # fmt: skip
    return tuple(lanes)


def _shown(read: Read | None, started: Instant | None) -> str:
    if read is None or read.at is None or started is None:
        return ""
    time = Duration(read.at - started)
    return format_duration(time, 2) if time % 10_000 == 0 else format_duration(time)


def _starts(state: State, contest: Contest, round_code: str, number: int) -> list[Start]:
    found = [
        start
        for (entry, code), start in state.lineup.starts.items()
        if code == round_code
        and start.heat == number
        and state.lineup.entries[entry].contest == contest.code
    ]
    return sorted(found, key=lambda start: (start.lane, start.entry))
