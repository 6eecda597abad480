"""Chronokeep: the log that the desktop program exports and the live line of a portal.

Sources: chronokeep-windows LogImporter.cs and ChipRead.cs; chronokeep-portal
src/control/socket. The log counts local seconds since 1980, the portal UTC since 1970.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from timing.core.clock import MILLISECOND, SECOND, Instant
from timing.readers.grammar import ByLine, Setup, cells_of, signed, whole
from timing.readers.rewinding import Rewinding
from timing.readers.sighting import READ, Event, Reply, Sighting, UnreadableError, shown
from timing.readers.ultra import EPOCH

_LOG_FIELDS = (
    *("status", "chip_number", "seconds", "milliseconds", "time_seconds", "time_milliseconds"),
    *("antenna", "reader", "box", "log_index", "rssi", "is_rewind", "reader_time"),
    *("start_time", "read_bib", "type"),
)
_NOBODY = {"", "-1", "0"}
_LAST_SECOND = (date(2199, 12, 31) - date(1970, 1, 1)).days * 86_400


class ChronokeepLog(ByLine):
    """CSV with the header of the program; columns are found by their names."""

    _fields: Sequence[str] = _LOG_FIELDS

    def read(self, line: str) -> list[Event]:
        cells = cells_of(line)
        if "chip_number" in cells:
            self._fields = cells
            return []
        if len(cells) < len(self._fields):
            sentence = f"{shown(line)} has {len(cells)} fields; expected {len(self._fields)}"
            raise UnreadableError("fields", sentence)
        told = dict(zip(self._fields, cells, strict=False))
        seconds = whole(told.get("time_seconds") or told.get("seconds", ""))
        millis = whole(told.get("time_milliseconds") or told.get("milliseconds", ""))
        if seconds is None or millis is None or millis > 999:
            raise UnreadableError("time", f"{shown(line)} has no seconds and milliseconds")
        chip, bib = told["chip_number"], told.get("read_bib", "")
        return [
            Sighting(
                key=self.key(line),
                line=line,
                at=self.calendar.seconds(seconds, millis * 1000, EPOCH),
                chip=None if chip in _NOBODY else chip,
                bib=None if bib in _NOBODY else bib,
                box=told.get("box") or None,
                antenna=f"{told.get('reader', '')}/{told.get('antenna', '')}",
                rssi=signed(told.get("rssi", "")),
                sequence=whole(told.get("log_index", "")) or None,
            )
        ]


class ChronokeepPortal(Rewinding):
    """JSON objects, one a line; asks for all reads since a second before which none is missing."""

    counted_in = "seconds"

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self._box: str | None = None

    def start_of_day(self) -> int:
        return super().start_of_day() // SECOND

    def greet(self) -> list[Event]:
        span = {"start_seconds": self.since, "end_seconds": _LAST_SECOND}
        return [
            _say({"command": "connect", "reads": True, "sightings": False}),
            _say({"command": "reads_get", **span}),
        ]

    def read(self, line: str) -> list[Event]:
        try:
            message: Any = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError) as error:
            raise UnreadableError("json", f"{shown(line)} is no JSON object") from error
        if not isinstance(message, dict) or not isinstance(message.get("command"), str):
            raise UnreadableError("json", f"{shown(line)} is no command of a portal")
        if message["command"] == "keepalive":
            return [_say({"command": "keepalive_ack"})]
        if message["command"] == "connection_successful":
            self._box = _text(message.get("name")) or None
            return []
        if message["command"] != "reads":
            return []
        reads = message.get("list")
        if not isinstance(reads, list):
            raise UnreadableError("json", f"{shown(line)} has no list of reads")
        return [self._read_or_refusal(each) for each in reads]

    def _read_or_refusal(self, read: Any) -> Event:
        line = _text(msgspec.json.encode(read, order="sorted").decode())
        try:
            return self._one(line, read)
        except UnreadableError as error:
            return self.unread(line, error.code, error.sentence)

    def _one(self, line: str, read: Any) -> Sighting:
        if not isinstance(read, dict):
            raise UnreadableError("json", f"{shown(line)} is no read")
        seconds = whole(_text(read.get("seconds")))
        millis = whole(_text(read.get("milliseconds")))
        who = _text(read.get("identifier") or read.get("chip"))
        if not who or seconds is None or millis is None or seconds > _LAST_SECOND or millis > 999:
            raise UnreadableError("json", f"{shown(line)} has no identifier or no time")
        self.heard(seconds)
        is_bib = read.get("ident_type") == "bib"
        return Sighting(
            key=line,
            line=line,
            at=Instant(seconds * SECOND + millis * MILLISECOND),
            chip=None if is_bib else who,
            bib=who if is_bib else None,
            kind=READ,
            box=self._box,
            antenna=f"{_text(read.get('reader'))}/{_text(read.get('antenna'))}",
            rssi=signed(_text(read.get("rssi"))),
            note=_text(read.get("type")) or None,
        )


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("\x00", "␀")


def _say(message: dict[str, object]) -> Reply:
    return Reply(msgspec.json.encode(message) + b"\n")
