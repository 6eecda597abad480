"""Turns what boxes saw into lines of the journal: one page of lines a batch.

Each kind of sighting has one method; what cannot become a line is listed with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from timing.core.clock import Duration, Instant
from timing.core.journal.lines import LineId, Ruling
from timing.core.journal.rulings import (
    Act,
    Gun,
    Pair,
    Reaction,
    SetClock,
    SetStatus,
    Void,
    Wind,
    Withdraw,
)
from timing.core.refusal import Refusal
from timing.core.setup.roster import StartKey
from timing.core.status import Status
from timing.readers import sighting as seen
from timing.readers.delivery import Batch
from timing.readers.sighting import ELAPSED, Refused, Sighting
from timing.services.raceday.heat_cells import read_wind
from timing.services.readers.boxes import Reader
from timing.services.readers.film import Row, finishes_of, orders, replaced, whole
from timing.services.readers.plain import PHOTO, Page, fresh, read_of, refused_line
from timing.services.readers.race_facts import Facts
from timing.store import readers
from timing.store.connect import Tx
from timing.store.raw_lines import RawLine
from timing.store.readers import Said

_STATUS = {
    "DNS": Status.DNS, "DNF": Status.DNF, "DQ": Status.DQ, "DSQ": Status.DQ, "DQF": Status.DQ,
}  # fmt: skip
_BUTTONS = {
    "mylaps", "mylaps-v1", "raceresult", "raceresult-pull", "chronotrack", "chronotrack-file",
}  # fmt: skip
"""Formats of which a marker is a button that somebody pressed, such as that of the start."""
NEEDS_FACTS = {seen.GUN, seen.MARKER, seen.STATUS, seen.WIND, seen.REACTION}


def needs_facts(batch: Batch) -> bool:
    """Whether somebody must look at the race before the batch can be written down."""
    return any(each.kind in NEEDS_FACTS or each.clock == ELAPSED for each in batch.sightings)


def station_of(reader: Reader, each: Sighting) -> str:
    """The station of a sighting: a clock that runs since a start is a station of its own."""
    if each.clock != ELAPSED or each.at is None:
        return reader.station
    return f"{reader.station}/{each.box or ELAPSED}"


class Scribe:
    """Writes one batch, within the transaction that will keep it."""

    def __init__(self, tx: Tx, reader: Reader, facts: Facts, now: Instant, said: Said) -> None:
        """said: by this reader up to now."""
        self._tx, self._reader, self._facts, self._now, self._said = tx, reader, facts, now, said
        self._numbers: dict[str, int] = {reader.station: said.standing.n}
        self._clocks: dict[str, Duration] = {}
        self._guns: dict[str, Instant] = dict(facts.guns)
        self._line: LineId | None = None
        self.page = Page([], [], [])

    def write(self, batch: Batch) -> Page:
        """Give the lines of what is not known yet."""
        for digest, each in fresh(batch, self._said):
            self._take(digest, each)
        for each in batch.sightings:
            if each.clock == ELAPSED:
                self._set_clock(each)
        if self._reader.order.format == PHOTO:
            for box, finishes in finishes_of(batch.sightings).items():
                self._follow(box, finishes)
        return self.page

    def _take(self, digest: bytes, each: Sighting | Refused) -> None:
        self._line = None
        position = self._said.standing.line + len(self.page.raw) + 1
        if isinstance(each, Refused):
            self.page.raw.append(refused_line(position, digest, each))
            return
        problem = self._BY_KIND.get(each.kind, Scribe._unknown)(self, each)
        station, n = self._line or (None, None)
        other = None if station == self._reader.station else station
        content = each.line.encode("utf-8", "replace")
        self.page.raw.append(RawLine(position, content, n, problem, digest, each.sequence, other))

    def _read(self, each: Sighting) -> str:
        """A chip, a bib or a bare time was seen."""
        self._add_read(each, self._reader.order.point)
        return ""

    def _bib(self, each: Sighting) -> str:
        """The bib of an earlier time: known by its number where the box counts."""
        time = self._with_sequence(each)
        self._add_read(each._replace(at=None), self._reader.order.point)
        if time is not None and self._line is not None:
            self._rule(Pair(time=time, bib=self._line))
        return ""

    def _split(self, each: Sighting) -> str:
        """An intermediate time, whose point the reader was told."""
        number = (each.note or "").removeprefix("split ")
        points = self._reader.order.splits
        if not number.isdecimal() or not 1 <= int(number) <= len(points):
            return f"split: no timing point was named for intermediate time {number}"
        self._add_read(each, points[int(number) - 1])
        return ""

    def _gun(self, each: Sighting) -> str:
        """A start impulse; the first of a wave starts it, another one is for an official."""
        wave = self._reader.order.wave or self._facts.heat_of(each.box)
        if not wave:
            return "gun: no wave was named for this start; use --wave, or set it by hand"
        if each.at is None or each.clock == ELAPSED:
            return "gun: a start without a time of day"
        if wave in self._guns:
            same = self._guns[wave] == each.at
            return "" if same else f"gun: wave {wave} has started already; correct it by hand"
        self._guns[wave] = each.at
        self._line = self._rule(Gun(wave=wave, at=each.at), each.line[:200])
        return ""

    def _marker(self, each: Sighting) -> str:
        """Another button: a start where the box has no other word for one."""
        if self._reader.order.format in _BUTTONS and self._reader.order.wave:
            return self._gun(each)
        return f"marker: {each.note or 'a button of the box'}; nothing follows from it"

    def _status(self, each: Sighting) -> str:
        """DNS, DNF or DQ as a results file says it."""
        word = (each.note or "").split(",")[0].strip().upper()
        status = _STATUS.get(word)
        if status is None:
            return f"status: {word!r} is none; expected one of {', '.join(_STATUS)}"
        start = self._start_of(each)
        if start is None:
            return f"status: bib {each.bib or '(none)'} has no start, or several, here"
        self._line = self._rule(SetStatus(entry=start[0], round=start[1], status=status), word)
        return ""

    def _correction(self, each: Sighting) -> str:
        """The operator of the box cleared a time."""
        note = each.note or "corrected at the box"
        cleared = []
        if "cleared" in note and each.at is not None:
            station = station_of(self._reader, each)
            cleared = readers.reads_at(self._tx, self._reader.event, station, each.at)
            cleared += [read.id for read in self.page.reads if read[0::5] == (station, each.at)]
        if len(cleared) != 1:
            return f"correction: {note}; look at it and correct the time by hand"
        self._line = self._rule(Void(line=cleared[0]), note)
        return ""

    def _wind(self, each: Sighting) -> str:
        """The wind of a heat, recorded as the grid of the heat records it."""
        heat = self._facts.place_of(each.box)
        if heat is None:
            return f"wind: there is no heat {each.box} at this event"
        try:
            speed = read_wind(each.note or "")
        except Refusal as refusal:
            return f"wind: {refusal}"
        self._line = self._rule(
            Wind(contest=heat.contest, round=heat.round, heat=heat.heat, speed=speed)
        )
        return ""

    def _reaction(self, each: Sighting) -> str:
        """How long somebody took to react."""
        start = self._start_of(each)
        if start is None or each.at is None:
            return f"reaction: bib {each.bib or '(none)'} has no start, or several, here"
        time = Duration(each.at)
        self._line = self._rule(Reaction(entry=start[0], round=start[1], time=time))
        return ""

    _BY_KIND: ClassVar[dict[str, Callable[[Scribe, Sighting], str]]] = {
        seen.READ: _read,
        seen.BIB: _bib,
        seen.SPLIT: _split,
        seen.GUN: _gun,
        seen.MARKER: _marker,
        seen.STATUS: _status,
        seen.CORRECTION: _correction,
        seen.WIND: _wind,
        seen.REACTION: _reaction,
    }

    def _unknown(self, each: Sighting) -> str:
        return f"kind: {each.kind!r} is unknown"

    def _follow(self, box: str, finishes: Sequence[Sighting]) -> None:
        """Let what a results file says last of a heat hold."""
        reader, known = self._reader, self._facts
        rows = [Row(each.bib or "", each.at or Instant(0), each.sequence or 0) for each in finishes]
        place = (reader.station, station_of(reader, finishes[0]), reader.order.point)
        there = [
            Row(read.bib, read.at, read.place or 0, read.line)
            for read in readers.rows_of(self._tx, reader.event, *place)
            if read.bib and read.at is not None
        ]
        said = [known.statuses.get(key) for each in finishes if (key := self._start_of(each))]
        acts: list[Act] = [Withdraw(line=one.line) for one in said if one and one.by(place[0])]
        acts += replaced(rows, there, known.voids, reader.station)
        if heat := known.place_of(box):
            every = whole(rows, there, known.voids)
            starts = {row.bib: known.start_of(row.bib, heat.wave) for row in every}
            entries = {bib: start[0] for bib, start in starts.items() if start}
            acts += orders(heat.round, every, entries, known.orders)
        for act in acts:
            self._rule(act, "as the film was read last")

    def _start_of(self, each: Sighting) -> StartKey | None:
        wave = self._facts.wave_of(each.box, self._reader.order.wave)
        return self._facts.start_of(each.bib or "", wave)

    def _set_clock(self, each: Sighting) -> None:
        """Let a clock that runs since a start begin at its gun, until an official says else."""
        station = station_of(self._reader, each)
        if station == self._reader.station or station in self._clocks:
            return
        wave = self._facts.wave_of(each.box, self._reader.order.wave)
        zero = self._guns.get(wave) if self._reader.zero is None else self._reader.zero
        if zero is None:
            return
        offset = self._clocks[station] = Duration(zero)
        said = self._facts.clocks.get(station)
        if said is None or (said.author == self._reader.station and said.offset != offset):
            self._rule(SetClock(station=station, offset=offset))

    def _add_read(self, each: Sighting, point: str) -> None:
        self._line = self._next(station_of(self._reader, each))
        photo = self._reader.order.format == PHOTO
        self.page.reads.append(read_of(each, *self._line, point, photo=photo))

    def _rule(self, act: Act, reason: str = "") -> LineId:
        line = self._next(self._reader.station)
        author = self._reader.order.name[:64]
        self.page.rulings.append(Ruling(*line, self._now, act, reason, author))
        return line

    def _next(self, station: str) -> LineId:
        last = self._numbers.get(station)
        if last is None:
            last = readers.last_number(self._tx, self._reader.event, station)
        self._numbers[station] = last + 1
        return (station, last + 1)

    def _with_sequence(self, each: Sighting) -> LineId | None:
        if each.sequence is None:
            return None
        reader = self._reader
        for line in reversed(self.page.raw):
            if line.sequence == each.sequence and line.n is not None:
                return (line.line_station or reader.station, line.n)
        return readers.with_sequence(self._tx, reader.event, reader.station, each.sequence)
