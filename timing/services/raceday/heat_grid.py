"""A heat by lane: watches, photo times, statuses and places, typed by keyboard alone.

A slot of the grid has one identity for ever, so saving twice changes nothing; a changed time is a
correction of the line that is there. A heat without a gun gets one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from timing.core.clock import Duration, Instant, TimeTextError
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import Read
from timing.core.refusal import Problem, Refusal
from timing.core.setup.event import Contest, Event, Heat
from timing.core.setup.roster import Start
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.raceday.grids import digits, write_down

WATCHES = 3
_STATUSES = ("DNS", "DNF", "DQ")
_ATTEMPT = 1000  # a slot that was voided and filled again gets a further number


class Lane(NamedTuple):
    """One row of a heat. times: as typed digits are shown again, "" for an empty watch."""

    start: Start
    bib: str
    name: str
    times: tuple[str, ...]
    photo: bool
    status: str
    place: str


class HeatGrid(NamedTuple):
    """A heat by lane. following: the next heat that has starters, in the order of the day."""

    event: Event
    contest: Contest
    round: str
    heat: Heat
    gun: Instant | None
    lanes: tuple[Lane, ...]
    following: tuple[str, str, int] | None


class Typed(NamedTuple):
    """What was typed into a row. times: one to three watches, or one photo time; or a status."""

    bib: str
    times: tuple[str, ...] = ()
    photo: bool = False
    place: str = ""


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
    lanes = house.live.ask(slug, lambda state: _lanes(state, chosen[0], round_code, number))
    gun = house.live.ask(slug, lambda state: state.lineup.guns.get(chosen[2].wave))
    return HeatGrid(
        event, chosen[0], round_code, chosen[2], gun, lanes or (), after[0] if after else None
    )


def save_heat(house: House, slug: str, grid: HeatGrid, typed: Sequence[Typed], author: str) -> int:
    """Write what was typed and what was changed; returns how many lines that took.

    A heat without a gun gets one, so long ago as its longest time. Raises Refusal with every cell
    that cannot be read; nothing is written then.
    """
    cells = _read_cells(typed)
    longest = max((time for row in cells for time in row.times), default=0)
    now = house.clock()
    gun = grid.gun if grid.gun is not None else Instant(now - longest)

    found = house.live.ask(slug, lambda state: _Sheet(state, grid, gun).fill(cells))
    reads, acts = found or ([], [])
    if grid.gun is None and reads:
        acts.insert(0, act.Gun(wave=grid.heat.wave, at=gun))
    write_down(house, slug, reads, acts, author)
    return len(reads) + len(acts)


class _Cells(NamedTuple):
    """A row that was read."""

    bib: str
    times: tuple[Duration, ...]
    photo: bool
    status: str
    place: int


def _read_cells(typed: Sequence[Typed]) -> list[_Cells]:
    problems: list[Problem] = []
    cells = []
    for number, row in enumerate(typed, 1):
        said = [text.strip() for text in row.times if text.strip()]
        status = next((text.upper() for text in said if text.upper() in _STATUSES), "")
        times = []
        for text in said if not status else ():
            try:
                times.append(digits(text))
            except TimeTextError as error:
                problems.append(Problem("time", f"row {number}, bib {row.bib}: {error}"))
        if row.place.strip() and not row.place.strip().isdigit():
            problems.append(Problem("place", f"row {number}: {row.place!r} is no place"))
            continue
        if (times or status) and not row.bib.strip():
            problems.append(Problem("bib", f"row {number}: a time without a bib"))
        place = int(row.place.strip() or 0)
        cells.append(_Cells(row.bib.strip(), tuple(times[:WATCHES]), row.photo, status, place))
    if problems:
        raise Refusal(*problems)
    return cells


class _Sheet(NamedTuple):
    """One heat on paper: finds the line of each slot and what must be added or corrected."""

    state: State
    grid: HeatGrid
    gun: Instant

    def fill(self, cells: Sequence[_Cells]) -> tuple[list[Read], list[act.Act]]:
        reads: list[Read] = []
        acts: list[act.Act] = []
        for number, row in enumerate(cells, 1):
            for watch in range(WATCHES if not row.status else 0):
                time = row.times[watch] if watch < len(row.times) else None
                self._slot(number * 10 + watch, row, time, reads, acts)
            acts += self._status(row)
        acts += self._order(cells)
        return reads, acts

    def _slot(
        self, slot: int, row: _Cells, time: Duration | None, reads: list[Read], acts: list[act.Act]
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

    def _status(self, row: _Cells) -> Iterator[act.Act]:
        lane = next((lane for lane in self.grid.lanes if lane.bib == row.bib), None)
        if lane is None or row.status == lane.status:
            return
        entry, code = lane.start.entry, self.grid.round
        status = Status(row.status) if row.status else Status.OK
        yield act.SetStatus(entry=entry, round=code, status=status)

    def _order(self, cells: Sequence[_Cells]) -> Iterator[act.Act]:
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
        reads = typed.get(bib, {})
        lanes.append(Lane(
            start=start,
            bib=bib,
            name=state.lineup.entries[start.entry].name,
            times=tuple(_shown(reads.get(watch), result.started) for watch in range(WATCHES)),
            photo=any(read.source == "photo" for read in reads.values()),
            status=result.status.value if result.status.value in _STATUSES else "",
            place=order.get(start.entry, ""),
        ))  # fmt: skip
    return tuple(lanes)


def _shown(read: Read | None, started: Instant | None) -> str:
    if read is None or read.at is None or started is None:
        return ""
    total, hundredths = divmod((read.at - started) // 10_000, 100)
    minutes, seconds = divmod(total, 60)
    return f"{minutes}:{seconds:02d}.{hundredths:02d}" if minutes else f"{seconds}.{hundredths:02d}"


def _starts(state: State, contest: Contest, round_code: str, number: int) -> list[Start]:
    found = [
        start
        for (entry, code), start in state.lineup.starts.items()
        if code == round_code
        and start.heat == number
        and state.lineup.entries[entry].contest == contest.code
    ]
    return sorted(found, key=lambda start: (start.lane, start.entry))
