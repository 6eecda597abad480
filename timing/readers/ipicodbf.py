"""The DBF file that "IPICO Direct" keeps for Race Director: fixed records of 41 bytes.

Layout: header of the file itself and iwismer/rusty-timer docs/race-director.
"""

from __future__ import annotations

from timing.readers.grammar import Occurrences, Setup, text_of
from timing.readers.moments import Calendar, clock_micros, day_of, digits_of
from timing.readers.sighting import Event, Position, Refused, Sighting, UnreadableError, shown

_FIELDS = (  # name, width; one byte of deletion mark goes before
    ("event", 1),
    ("division", 2),
    ("chip", 12),
    ("time", 8),
    ("runner", 5),
    ("day", 6),
    ("lap", 3),
    ("point", 2),
    ("reader", 1),
)
RECORD = 1 + sum(width for _, width in _FIELDS)
_END_OF_FILE = b"\x1a"
_SMALLEST_HEADER = 32


class IpicoDbf:
    """Reads the header for where records begin, then record by record; runner is the bib."""

    def __init__(self, setup: Setup) -> None:
        self._calendar = Calendar(setup.zone)
        self._occurrences = Occurrences()
        self._bytes = b""
        self._skip: int | None = None  # header bytes still to come; None: not known yet
        self._wrong: str | None = None
        self._number = 0

    def greet(self) -> list[Event]:
        return []

    def idle(self) -> list[Event]:
        return []

    @property
    def position(self) -> Position:
        return {}

    def feed(self, data: bytes) -> list[Event]:
        self._bytes += data
        if self._wrong or not self._past_header():
            return []
        events: list[Event] = []
        while len(self._bytes) >= RECORD and not self._bytes.startswith(_END_OF_FILE):
            record, self._bytes = self._bytes[:RECORD], self._bytes[RECORD:]
            events.append(self._record(record))
        return events

    def close(self, *, cut: bool = False) -> list[Event]:  # noqa: ARG002 - the end is the same
        rest, self._bytes = self._bytes, b""
        if self._wrong:
            return [Refused(1, text_of(rest[:_SMALLEST_HEADER]), "header", self._wrong)]
        if not rest or rest.startswith(_END_OF_FILE):
            return []
        sentence = f"the file ends after {len(rest)} bytes of a record of {RECORD}"
        return [Refused(self._number + 1, text_of(rest), "cut-off", sentence)]

    def _past_header(self) -> bool:
        if self._skip is None:
            if len(self._bytes) < _SMALLEST_HEADER:
                return False
            self._skip = int.from_bytes(self._bytes[8:10], "little")
            width = int.from_bytes(self._bytes[10:12], "little")
            if width != RECORD or self._skip < _SMALLEST_HEADER:
                self._wrong = f"records of {width} bytes; expected IPICO Direct with {RECORD}"
                return False
        if len(self._bytes) < self._skip:
            return False
        self._bytes, self._skip = self._bytes[self._skip :], 0
        return True

    def _record(self, record: bytes) -> Event:
        self._number += 1
        line = text_of(record)
        try:
            return self._sighting(line)
        except UnreadableError as error:
            return Refused(self._number, line, error.code, error.sentence)

    def _sighting(self, line: str) -> Sighting:
        if len(line) != RECORD or line[0] == "*":
            raise UnreadableError("deleted", f"{shown(line)} is a deleted or broken record")
        cells, start = {}, 1
        for name, width in _FIELDS:
            cells[name], start = line[start : start + width].strip(), start + width
        hours, minutes, seconds, hundredths = digits_of(cells["time"], 4, "time HHMMSSHH")
        year, month, day = digits_of(cells["day"], 3, "day YYMMDD")
        clock = clock_micros(hours, minutes, seconds, hundredths * 10_000)
        return Sighting(
            key=self._occurrences.key(line),
            line=line,
            at=self._calendar.at(day_of(year, month, day), clock),
            chip=cells["chip"] or None,
            bib=cells["runner"] or None,
            box=cells["reader"] or None,
            antenna=cells["point"] or None,
            note=cells["event"] or None,
        )
