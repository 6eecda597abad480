"""What a box does not know and its lines need: guns, who starts where, clocks that are set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.setup.roster import StartKey
from timing.readers.grammar import whole
from timing.services.house import House


class Clock(NamedTuple):
    """The correction of a station's clock that is in force, and the station that wrote it."""

    offset: Duration
    author: str


class Facts(NamedTuple):
    """guns: of the waves that have started. waves: all. starts: of a bib, each with its wave.

    heats: the wave of each heat as FinishLynx numbers it, ``event-round-heat`` from 1.
    """

    guns: Mapping[str, Instant]
    waves: tuple[str, ...]
    starts: Mapping[str, list[tuple[StartKey, str]]]
    clocks: Mapping[str, Clock]
    heats: Mapping[tuple[int, int, int], str]

    def wave_of(self, box: str | None, told: str) -> str:
        """The wave of a box: as the reader was told, by the heat it names, or the only one."""
        return told or self.heat_of(box) or (self.waves[0] if len(self.waves) == 1 else "")

    def heat_of(self, box: str | None) -> str:
        """The wave of the heat that a box names; "" where it names none."""
        numbers = [whole(part) for part in (box or "").split("-")]
        if len(numbers) != 3:
            return ""
        event, stage, heat = (number or 0 for number in numbers)
        return self.heats.get((event, stage, heat), "")

    def start_of(self, bib: str, wave: str) -> StartKey | None:
        """The start of a bib in a wave, or its only one."""
        found = self.starts.get(bib, [])
        here = [key for key, its in found if its == wave] or [key for key, _ in found]
        return here[0] if len(here) == 1 else None


def facts(house: House, slug: str) -> Facts:
    """Look at the race as it is now."""
    return house.live.ask(slug, _facts) or Facts({}, (), {}, {}, {})


def _facts(state: State) -> Facts:
    starts: dict[str, list[tuple[StartKey, str]]] = {}
    for key, start in state.lineup.starts.items():
        if bib := state.lineup.bibs.get(key[0]):
            starts.setdefault(bib, []).append((key, start.wave))
    clocks = {
        ruling.act.station: Clock(ruling.act.offset, ruling.station)
        for ruling in state.live
        if isinstance(ruling.act, act.SetClock)
    }
    heats = {
        (number, place, heat.number): heat.wave
        for number, contest in enumerate(state.event.contests, 1)
        for place, round_ in enumerate(contest.rounds, 1)
        for heat in round_.heats
    }
    waves = tuple(wave.code for wave in state.event.waves)
    return Facts(dict(state.lineup.guns), waves, starts, clocks, heats)
