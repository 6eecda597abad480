"""What was typed into the grid of a heat becomes lines of the journal, by keyboard alone.

A slot of the grid has one identity for ever, so saving twice changes nothing; a changed time is a
correction of the line that is there, and an emptied cell takes back what stood in it. A heat
without a gun gets one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import Duration, Instant, format_duration
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId, Read, Ruling
from timing.core.setup.roster import EntryId
from timing.core.status import Status
from timing.core.telling.conditions import wind_of
from timing.services.house import House
from timing.services.raceday.grids import write_down
from timing.services.raceday.heat_cells import WATCHES, Cells, Typed, read_cells, read_wind
from timing.services.raceday.heat_grid import HeatGrid, Lane, station_of
from timing.services.raceday.starting import causer_acts

_ATTEMPT = 1000  # a slot that was voided and filled again gets a further number


class Field(NamedTuple):
    """A field beside the lanes. before: what stood in it when the page was opened."""

    now: str = ""
    before: str = ""


_UNTOUCHED = Field()


def save_heat(
    house: House,
    slug: str,
    grid: HeatGrid,
    typed: Sequence[Typed],
    author: str,
    wind: Field = _UNTOUCHED,
) -> list[LineId]:
    """Write what was typed and what was changed; returns the lines.

    A heat without a gun gets one, so long ago as its longest time. A false start is judged by the
    rule set of the event. Raises Refusal with every cell that cannot be read; nothing is written
    then.
    """
    cells = read_cells(typed)
    blown = read_wind(wind.now)
    longest = max((time for row in cells for time in row.times), default=0)
    now = house.clock()
    gun = grid.gun if grid.gun is not None else Instant(now - longest)

    found = house.live.ask(slug, lambda state: _Sheet(state, grid, gun).fill(cells))
    reads, acts = found or ([], [])
    if grid.gun is None and reads:
        acts.insert(0, act.Gun(wave=grid.heat.wave, at=gun))
    if wind.now.strip() != wind.before.strip():
        acts += house.live.ask(slug, lambda state: list(_blown(state, grid, blown))) or []
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
        """What was typed is ruled; an emptied cell withdraws what was ruled before."""
        lane = self._lane(row.bib)
        if lane is None or not row.reacted:
            return
        entry, code = lane.start.entry, self.grid.round
        if row.reaction is None:
            yield from _withdrawn(
                ruling
                for ruling in self.state.live
                if isinstance(ruling.act, act.Reaction)
                and (ruling.act.entry, ruling.act.round) == (entry, code)
            )
        elif format_duration(row.reaction, 3) != lane.reaction:
            yield act.Reaction(entry=entry, round=code, time=row.reaction)

    def _lane(self, bib: str) -> Lane | None:
        return next((lane for lane in self.grid.lanes if lane.bib == bib), None)

    def _order(self, cells: Sequence[Cells]) -> Iterator[act.Act]:
        """Places that were typed are an order read by the judges; no place at all withdraws it."""
        entries = {lane.bib: lane.start.entry for lane in self.grid.lanes}
        placed = sorted(
            (row.place, entries[row.bib]) for row in cells if row.place and row.bib in entries
        )
        before = [lane.place for lane in self.grid.lanes]
        typed = [str(row.place or "") for row in cells]
        if typed == before or not any(row.placed for row in cells):
            return
        if placed:
            yield act.PhotoFinish(round=self.grid.round, order=tuple(each for _, each in placed))
        else:
            yield from _withdrawn(_orders(self.state, self.grid.round, set(entries.values())))


def _orders(state: State, round_code: str, entries: set[EntryId]) -> Iterator[Ruling]:
    """The orders in force that the judges read of these entries alone."""
    for ruling in state.live:
        match ruling.act:
            case act.PhotoFinish(round=code, order=order) if code == round_code:
                if entries.issuperset(order):
                    yield ruling
            case _:
                pass


def _blown(state: State, grid: HeatGrid, wind: str) -> Iterator[act.Act]:
    """Rule the wind that was typed; an emptied field withdraws what was ruled before.

    A wind of the setup cannot be withdrawn: it is ruled to be not known.
    """
    if wind == grid.wind:
        return
    contest, code, number = grid.contest.code, grid.round, grid.heat.number
    unknown = act.Wind(contest=contest, round=code, heat=number, speed="")
    if wind:
        yield act.Wind(contest=contest, round=code, heat=number, speed=wind)
        return
    yield from _withdrawn(
        ruling
        for ruling in state.live
        if isinstance(ruling.act, act.Wind) and replace(ruling.act, speed="") == unknown
    )
    if wind_of(state.event, contest, code, number):
        yield unknown


def _withdrawn(rulings: Iterable[Ruling]) -> Iterator[act.Act]:
    return (act.Withdraw(line=ruling.id) for ruling in rulings)
