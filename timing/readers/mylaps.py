"""MYLAPS Timing & Scoring "TCP/IP exporter" (BibTag, ProChip): we are the server.

Grammar: MYLAPS T&S TCP-IP V2 protocol, v2021.1; older records: their checksum is the low byte
of the sum of all characters before it, which fixes the columns.
"""

from __future__ import annotations

import re

from timing.core.clock import Instant
from timing.readers.grammar import ByLine, Setup, signed
from timing.readers.ipico import checksum
from timing.readers.moments import clock_of, day_of, digits_of
from timing.readers.sighting import (
    GUN,
    MARKER,
    Event,
    Reply,
    Sighting,
    UnreadableError,
    shown,
)

PASSING_FIELDS = "c|t|d|ct|l|dv|re|an|g|b|n"
_RECORD = 39  # characters of an older record; a printed one may have lost doubled blanks
_RESERVED = re.compile(r"[@$|\s-]+")
_UNPRINTED = str.maketrans("", "", "\r\n␀")
_PING_EVERY = 10  # idle calls
_REMEMBERED = 500  # messages that may come again in one connection


class Mylaps(ByLine):
    """Answers the hand-shake at once and acknowledges data only after it is committed.

    version: 2 asks for named fields, 1 for the older fixed records; both are read anyway.
    """

    end = b"$"

    def __init__(self, setup: Setup, *, version: int = 2) -> None:
        super().__init__(setup)
        self._name = _RESERVED.sub("_", setup.name) or "timing"
        self._title = _RESERVED.sub(" ", setup.title)
        self._version = version
        self._seen: dict[str, str] = {}

    def idle(self) -> list[Event]:
        super().idle()
        return [self._say("Ping")] if self.quiet % _PING_EVERY == 0 else []

    def read(self, line: str) -> list[Event]:
        text = line.translate(_UNPRINTED).strip()
        if not text:
            return []
        if "@" not in text:
            return self._bare_records(line)
        source, _, rest = text.removesuffix("@").partition("@")
        function, *data = rest.split("@")
        if function in {"Passing", "Store", "Marker"}:
            return self._batch(line, source, function, data)
        if function.startswith("Ack") or function == "GetLocations":
            return []
        answers = {"Pong": self._greeting(), "Ping": "AckPing", "GetInfo": self._info()}
        if function not in answers:
            raise UnreadableError("function", f"{shown(function)} is no function of this protocol")
        return [self._say(answers[function])]

    def _greeting(self) -> str:
        return f"AckPong@Version2.1@{PASSING_FIELDS}" if self._version == 2 else "AckPong"

    def _info(self) -> str:
        return f"AckGetInfo@sd={self.setup.zone.day}|rn={self._title}"

    def _say(self, words: str, *, after_commit: bool = False) -> Reply:
        return Reply(f"{self._name}@{words}@$".encode(), after_commit)

    def _batch(self, line: str, source: str, function: str, data: list[str]) -> list[Event]:
        if not data or not (data[-1].isascii() and data[-1].isalnum()):
            raise UnreadableError("number", f"{function} without a message number at its end")
        number = data[-1]
        acknowledgement = self._say(f"Ack{function}@{number}", after_commit=True)
        # The same message again means that our answer was lost: nothing new was seen.
        if self._seen.get(f"{source}@{function}@{number}") == line:
            return [acknowledgement]
        self._seen[f"{source}@{function}@{number}"] = line
        if len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]
        events: list[Event] = []
        for record in data[:-1]:
            try:
                events.append(self._record(source, function, record))
            except UnreadableError as error:
                events.append(self.unread(record, error.code, error.sentence))
        return [*events, acknowledgement]

    def _record(self, source: str, function: str, record: str) -> Sighting:
        if function == "Store":
            return self._store(source, record)
        fields = dict(part.partition("=")[::2] for part in record.split("|"))
        if "t" not in fields:
            raise UnreadableError("field", f"{shown(record)} has no time; expected t=HH:MM:SS.mmm")
        at = self._at(fields["t"], fields.get("d"))
        scope = source if "d" in fields else f"{source}|{at}"
        key = self.key(f"{scope}|{record}")
        if function == "Marker":
            kind = GUN if fields.get("mt") == "Gunshot" else MARKER
            note = fields.get("n") or fields.get("mt")
            return Sighting(key, record, at, kind=kind, box=source, note=note)
        if not fields.get("c"):
            raise UnreadableError("field", f"{shown(record)} has no chip; expected c=CHIP")
        return Sighting(
            key=key,
            line=record,
            at=at,
            chip=fields["c"],
            bib=fields.get("b") or None,
            box=source,
            antenna=fields.get("an") or fields.get("re"),
            rssi=signed(fields.get("am", "")),
            note=fields.get("ct"),
        )

    def _store(self, source: str, record: str) -> Sighting:
        full = _restored(record)
        day = digits_of(full[31:37], 3, "date YYMMDD")
        at = self.calendar.at(day_of(*day), clock_of(full[7:19]))
        return Sighting(
            key=self.key(f"{source}|{record}"),
            line=record,
            at=at,
            chip=full[:7].strip(),
            box=source or None,
        )

    def _bare_records(self, line: str) -> list[Event]:
        """Older records without a frame, as they stand in log files."""
        events: list[Event] = []
        for record in filter(None, (part.strip("␀") for part in line.splitlines())):
            try:
                events.append(self._store("", record))
            except UnreadableError as error:
                events.append(self.unread(record, error.code, error.sentence))
        return events

    def _at(self, time: str, day: str | None) -> Instant:
        clock = clock_of(time)
        if not day:
            return self.calendar.next(clock)
        return self.calendar.at(day_of(*digits_of(day, 3, "date YYMMDD")), clock)


def _restored(record: str) -> str:
    """The record with its lost blanks, so that its checksum is right. Raises UnreadableError."""
    lost = _RECORD - len(record)
    full = record if lost <= 0 else f"{record[:24]}{' ' * lost}{record[24:]}"
    if len(full) != _RECORD or lost > 2:
        raise UnreadableError("layout", f"{shown(record)} is no record of {_RECORD} characters")
    if checksum(full[:-2]) != full[-2:].lower():
        sentence = f"the checksum is {full[-2:]}; the characters give {checksum(full[:-2])}"
        raise UnreadableError("checksum", sentence)
    return full
