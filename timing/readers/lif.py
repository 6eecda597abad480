"""FinishLynx results of one heat (.lif): places, times, splits and the start of the race.

Sources: FinishLynx help, CrossMgr FinishLynx.py. Fields at the end of a row may be missing.
"""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Duration, Instant, TimeTextError, parse_duration
from timing.readers.grammar import ByLine, Setup, cells_of, whole
from timing.readers.moments import CLOCK, clock_of
from timing.readers.sighting import (
    ELAPSED,
    GUN,
    REACTION,
    READ,
    SPLIT,
    STATUS,
    WIND,
    Event,
    Sighting,
    UnreadableError,
    shown,
)

_METRES_A_SECOND = {"", "m/s", "mps", "meters per second"}


class Heat(NamedTuple):
    """The header: event, round and heat are the numbers that link to the schedule."""

    event: str
    round: str
    heat: str
    name: str
    wind: str
    wind_unit: str
    distance: str
    start: str


class Row(NamedTuple):
    """One athlete. place: a number, or DNS, DNF, DQ… as the file says; times since the start."""

    place: str
    id: str
    lane: str
    last: str
    first: str
    affiliation: str
    time: Duration | None
    reaction: Duration | None
    splits: tuple[Duration, ...]


def heat_of(cells: list[str]) -> Heat:
    """Read a header. Raises UnreadableError."""
    padded = cells + [""] * 11
    if not all(whole(cell) is not None for cell in padded[:3]):
        sentence = f"{shown(','.join(cells))} is no header; expected event,round,heat,name,…"
        raise UnreadableError("header", sentence)
    event, number, heat, name, wind, unit = padded[:6]
    return Heat(event, number, heat, name, wind, unit, distance=padded[9], start=padded[10])


def row_of(cells: list[str]) -> Row:
    """Read a row. Raises UnreadableError."""
    padded = cells + [""] * 11
    if not (padded[0] or padded[1] or padded[2]):
        sentence = f"{shown(','.join(cells))} has neither a place nor an ID nor a lane"
        raise UnreadableError("row", sentence)
    splits = tuple(
        time
        for part in padded[10].split(",")
        if (time := _time(part.strip().split(" ")[0])) is not None
    )
    place, athlete, lane, last, first, affiliation = padded[:6]
    times = _time(padded[6]), _time(padded[9])
    return Row(place, athlete, lane, last, first, affiliation, *times, splits)


def _time(text: str) -> Duration | None:
    try:
        return parse_duration(text) if text else None
    except TimeTextError as error:
        raise UnreadableError("time", str(error)) from error


class Lif(ByLine):
    """The first line is the header; every other an athlete in the order of the photo."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.heat: Heat | None = None

    def read(self, line: str) -> list[Event]:
        if line.lstrip("\ufeff ").startswith(";"):
            return []
        if self.heat is None:
            self.heat = heat_of(cells_of(line))
            return [*self._start(line, self.heat), *self._wind(line, self.heat)]
        return self._row(line, row_of(cells_of(line)), self.heat)

    def _start(self, line: str, heat: Heat) -> list[Event]:
        if not CLOCK.fullmatch(heat.start):
            return []
        at = self.calendar.next(clock_of(heat.start))
        return [Sighting(self.key(f"{at}|{line}"), line, at, kind=GUN, box=_box(heat))]

    def _wind(self, line: str, heat: Heat) -> list[Event]:
        if not heat.wind or heat.wind_unit.casefold() not in _METRES_A_SECOND:
            return []
        key = self.key(f"{_box(heat)}|wind {heat.wind}")
        return [Sighting(key, line, None, kind=WIND, box=_box(heat), note=heat.wind)]

    def _row(self, line: str, row: Row, heat: Heat) -> list[Event]:
        place = whole(row.place)
        words = (row.place if place is None else f"place {place}", f"lane {row.lane}")
        finish = Sighting(
            key=self.key(f"{_box(heat)}|{line}"),
            line=line,
            at=None if row.time is None else Instant(row.time),
            bib=row.id or None,
            kind=READ if place is not None and row.time is not None else STATUS,
            clock=ELAPSED,
            box=_box(heat),
            sequence=place,
            note=", ".join(word for word in words if word and word != "lane ") or None,
        )
        return [*self._splits(finish, row), finish, *self._reaction(finish, row)]

    def _reaction(self, finish: Sighting, row: Row) -> list[Event]:
        if row.reaction is None or not row.id:
            return []
        key = self.key(f"{finish.box}|{row.id} reaction {row.reaction}")
        return [
            finish._replace(
                key=key, at=Instant(row.reaction), kind=REACTION, sequence=None, note=None
            )
        ]

    @staticmethod
    def _splits(finish: Sighting, row: Row) -> list[Event]:
        return [
            finish._replace(
                key=f"{finish.key}|split {n}",
                at=Instant(time),
                kind=SPLIT,
                sequence=None,
                note=f"split {n}",
            )
            for n, time in enumerate(row.splits, start=1)
        ]


def _box(heat: Heat) -> str:
    return f"{heat.event}-{heat.round}-{heat.heat}"
