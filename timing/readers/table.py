"""Tables of times as people and programs write them: CSV and TSV with a column map.

The club's two columns without a header, exports of timing programs and of stopwatch apps.
"""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Instant, TimeTextError, parse_duration
from timing.core.sentence import worded
from timing.readers.grammar import ByLine, Setup, cells_of, whole
from timing.readers.moments import ELAPSED_HOURS, clock_micros, clock_of, day_of, digits_of
from timing.readers.sighting import (
    DAY,
    ELAPSED,
    READ,
    STATUS,
    Event,
    Sighting,
    UnreadableError,
    shown,
)

FIELDS = ("bib", "chip", "time", "date", "place", "antenna", "note")
WORDS = {
    "bib": "bib|bib number|no|no.|number|nr|race no|startnummer|stnr|dossard|dorsal|pettorale",
    "chip": "chip|chip code|tag|tag id|epc|transponder|identifier",
    "time": "time|timestamp|time of day|finish time|chip time|zeit|temps|tempo|tiempo",
    "date": "date|day|datum|data|fecha",
    "place": "place|pos|position|rank|platz|rang|pl",
    "antenna": "antenna|reader|port",
    "note": "note|leg|comment|lap",
}
_MEANING = {word: name for name, words in WORDS.items() for word in words.split("|")}
_NOTHING = {"", "?", "-"}
_STATUS = {"DNS", "DNF", "DQ", "DSQ", "DQF"}


class ColumnsError(ValueError):
    """A column map cannot be used; the sentence says which part and what was expected."""


class Columns(NamedTuple):
    """Where a field stands, counted from 0; None: the table does not have it."""

    bib: int | None = 0
    chip: int | None = None
    time: int | None = 1
    date: int | None = None
    place: int | None = None
    antenna: int | None = None
    note: int | None = 2


def columns_of(text: str) -> Columns:
    """Read a map like ``bib=5,time=4`` with columns counted from 1. Raises ColumnsError."""
    found: dict[str, int] = {}
    for part in text.split(","):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if name not in FIELDS or not whole(number):
            said = worded(
                "{part!r} is no column; expected NAME=NUMBER with one of {known} and a number "
                "from 1",
                part=part.strip(),
                known=", ".join(FIELDS),
            )
            raise ColumnsError(said)
        found[name] = int(number) - 1
    return _only(found)


def columns_of_header(cells: list[str]) -> Columns | None:
    """The map that a header line describes; None if the line is no header."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = _MEANING.get(cell.strip().strip("#").strip().lower())
        if name:
            found.setdefault(name, index)
    return _only(found) if found.keys() & {"time", "bib", "chip"} else None


def _only(found: dict[str, int]) -> Columns:
    return Columns(*(found.get(name) for name in FIELDS))


class Table(ByLine):
    """A table of bibs or chips and times.

    The separator (tab, semicolon, comma) is that of the first line. A line that starts with
    ``#`` is a comment, ``?`` or nothing stands for an unknown bib or time, DNS/DNF/DQ for no
    time. Times without a date are elapsed unless the setup says clock="day".
    club: ``#`` starts a comment anywhere, and a time without a colon is read as the club
    convention (28.49 = 28 min 49 s).
    """

    def __init__(self, setup: Setup, *, club: bool = False) -> None:
        super().__init__(setup)
        self._club = club
        self._columns = columns_of(setup.columns) if setup.columns else None
        self._separator: str | None = None

    def read(self, line: str) -> list[Event]:
        text = line.removeprefix("\ufeff")
        if text.lstrip().startswith("#"):
            return []
        if self._separator is None:
            self._separator = next((mark for mark in "\t;," if mark in text), ",")
            header = columns_of_header(cells_of(text, self._separator))
            if header:
                self._columns = self._columns or header
                return []
        text = text.split("#", 1)[0].rstrip(" ") if self._club else text
        return [self._row(line, cells_of(text, self._separator), self._columns or Columns())]

    def _row(self, line: str, cells: list[str], columns: Columns) -> Sighting:
        def cell(index: int | None) -> str | None:
            text = cells[index] if index is not None and index < len(cells) else ""
            return None if text in _NOTHING else text

        time, day, place = cell(columns.time), cell(columns.date), cell(columns.place)
        bib, chip = cell(columns.bib), cell(columns.chip)
        if not (time or bib or chip):
            raise UnreadableError("empty", f"{shown(line)} has neither a time nor a bib or chip")
        status = time.upper() if time and time.upper() in _STATUS else None
        at, clock = (None, DAY) if time is None or status else self._time(time, day)
        return Sighting(
            key=self.key(line if day or clock == ELAPSED else f"{at}|{line}"),
            line=line,
            at=at,
            chip=chip,
            bib=bib,
            kind=STATUS if status else READ,
            clock=clock,
            antenna=cell(columns.antenna),
            sequence=whole(place or ""),
            note=status or cell(columns.note),
        )

    def _time(self, time: str, day: str | None) -> tuple[Instant, str]:
        dated = self.calendar.iso(time if day is None else f"{day} {time}")
        if dated is not None:
            return dated, DAY
        packed = len(time) == 8 and whole(time) is not None
        if day is not None or self.setup.clock == DAY:
            clock = _packed(time, 24) if packed else clock_of(time)
            return (self.calendar.next(clock) if day is None else self._dated(day, clock)), DAY
        if packed:
            return Instant(_packed(time, ELAPSED_HOURS)), ELAPSED
        try:
            return Instant(parse_duration(time, dots_separate=self._club)), ELAPSED
        except TimeTextError as error:
            raise UnreadableError("time", str(error)) from error

    def _dated(self, text: str, clock: int) -> Instant:
        """A date column of its own: YYYY-MM-DD, DD.MM.YYYY or DD-MM-YYYY."""
        parts = text.replace(".", "-").replace("/", "-").split("-")
        if len(parts) != 3 or any(whole(part) is None for part in parts):
            raise UnreadableError("date", f"{shown(text)} is no date; expected YYYY-MM-DD")
        numbers = [int(part) for part in parts]
        year, month, day = numbers if len(parts[0]) == 4 else numbers[::-1]
        return self.calendar.at(day_of(year, month, day), clock)


def _packed(text: str, limit: int) -> int:
    """HHMMSScc of stopwatch apps."""
    hours, minutes, seconds, hundredths = digits_of(text, 4, "time HHMMSScc")
    return clock_micros(hours, minutes, seconds, hundredths * 10_000, limit=limit)
