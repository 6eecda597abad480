"""What a box does not know and its lines need: guns, who starts where, clocks that are set."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId
from timing.core.setup.roster import StartKey
from timing.readers.grammar import whole
from timing.services.house import House
from timing.services.readers.film import Ruled


class Clock(NamedTuple):
    """The correction of a station's clock that is in force, and the station that wrote it."""

    offset: Duration
    author: str


class HeatPlace(NamedTuple):
    """A heat by our codes, and the wave in which it starts."""

    contest: str
    round: str
    heat: int
    wave: str


class Facts(NamedTuple):
    """guns: of the waves that have started. waves: all. starts: of a bib, each with its wave.

    heats: each heat as FinishLynx numbers it, ``event-round-heat`` from 1. voids: of the reads that
    are not used. statuses: of each start, as ruled last. orders: read by the judges, in order of
    precedence.
    """

    guns: Mapping[str, Instant] = MappingProxyType({})
    waves: tuple[str, ...] = ()
    starts: Mapping[str, list[tuple[StartKey, str]]] = MappingProxyType({})
    clocks: Mapping[str, Clock] = MappingProxyType({})
    heats: Mapping[tuple[int, int, int], HeatPlace] = MappingProxyType({})
    voids: Mapping[LineId, Ruled] = MappingProxyType({})
    statuses: Mapping[StartKey, Ruled] = MappingProxyType({})
    orders: tuple[act.PhotoFinish, ...] = ()

    def wave_of(self, box: str | None, told: str) -> str:
        """The wave of a box: as the reader was told, by the heat it names, or the only one."""
        return told or self.heat_of(box) or (self.waves[0] if len(self.waves) == 1 else "")

    def place_of(self, box: str | None) -> HeatPlace | None:
        """The heat that a box names; None where it names none."""
        numbers = [whole(part) for part in (box or "").split("-")]
        if len(numbers) != 3:
            return None
        event, stage, heat = (number or 0 for number in numbers)
        return self.heats.get((event, stage, heat))

    def heat_of(self, box: str | None) -> str:
        """The wave of the heat that a box names; "" where it names none."""
        found = self.place_of(box)
        return found.wave if found else ""

    def start_of(self, bib: str, wave: str) -> StartKey | None:
        """The start of a bib in a wave, or its only one."""
        found = self.starts.get(bib, [])
        here = [key for key, its in found if its == wave] or [key for key, _ in found]
        return here[0] if len(here) == 1 else None


def facts(house: House, slug: str) -> Facts:
    """Look at the race as it is now."""
    return house.live.ask(slug, _facts) or Facts()


def _facts(state: State) -> Facts:
    starts: dict[str, list[tuple[StartKey, str]]] = {}
    for key, start in state.lineup.starts.items():
        if bib := state.lineup.bibs.get(key[0]):
            starts.setdefault(bib, []).append((key, start.wave))
    heats = {
        (number, place, heat.number): HeatPlace(contest.code, round_.code, heat.number, heat.wave)
        for number, contest in enumerate(state.event.contests, 1)
        for place, round_ in enumerate(contest.rounds, 1)
        for heat in round_.heats
    }
    waves = tuple(wave.code for wave in state.event.waves)
    return _ruled(state, Facts(dict(state.lineup.guns), waves, starts, heats=heats))


def _ruled(state: State, known: Facts) -> Facts:
    """The same with what the rulings in force say of clocks, reads, statuses and orders."""
    clocks: dict[str, Clock] = {}
    voids: dict[LineId, Ruled] = {}
    statuses: dict[StartKey, Ruled] = {}
    orders: list[act.PhotoFinish] = []
    for ruling in state.live:
        match ruling.act:
            case act.SetClock(station=station, offset=offset):
                clocks[station] = Clock(offset, ruling.station)
            case act.Void(line=line):
                voids[line] = Ruled(ruling.id)
            case act.SetStatus(entry=entry, round=code):
                statuses[entry, code] = Ruled(ruling.id)
            case act.PhotoFinish():
                orders.append(ruling.act)
            case _:
                pass
    return known._replace(clocks=clocks, voids=voids, statuses=statuses, orders=tuple(orders))
