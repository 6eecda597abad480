"""RACE RESULT decoders (ASCII protocol, TCP port 3601): pushed passings, gaps pulled.

Sources: raceresult.com support pages kbexport2 id=19, 487 and 15788; metarace decoder/rrs.py;
CrossMgr RaceResult.py. The box is never started, stopped or set by us.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import msgspec

from timing.core.clock import DAY, Instant
from timing.readers.gaps import Gaps
from timing.readers.grammar import ByLine, Setup, signed, whole
from timing.readers.moments import clock_of, day_of
from timing.readers.sighting import (
    MARKER,
    READ,
    BoxClock,
    Event,
    Reply,
    Sighting,
    UnreadableError,
    shown,
)

NEWEST = (3, 0)  # newest protocol that was compared with an open program
_PUSH_SINCE = (1, 5)
_BLOCK = 500  # passings asked for at once
_MARKER_TAG = "99999"
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_UNFIT = (msgspec.DecodeError, LookupError, TypeError, AttributeError, RecursionError)
_VERSION = re.compile(r"([0-9]{1,3})\.([0-9]{1,3})")


class RaceResult(ByLine):
    """Agrees on a protocol, asks what is there, then takes pushes and fetches what is missing.

    push: False only pulls, about once a second.
    Position: file and passing number. A box that names no file is read from its first passing
    after every break, because an older count may belong to another file.
    """

    def __init__(self, setup: Setup, *, push: bool = True) -> None:
        super().__init__(setup)
        self._push = push
        self._file = self._position.get("file")
        self._passings = Gaps(self._position.get("passing", 0) if self._file else 0)
        self._asked: range | None = None  # the block that is being sent
        self._came = 0
        self._wanted: list[range] = []
        self._ready = False

    def greet(self) -> list[Event]:
        return [_say("GETPROTOCOL")]

    def idle(self) -> list[Event]:
        return [_say("PASSINGS")] if self._ready and self._asked is None else []

    def blank(self) -> list[Event]:
        return self._block_ended()

    def read(self, line: str) -> list[Event]:
        text = line.strip()
        if text.startswith("{"):
            return [self._exported(line, text)]
        word, _, rest = text.partition(";")
        if word == "#P":
            return self._passing(line, rest.split(";"))
        if whole(word) is not None:
            self._came += 1
            return self._passing(line, text.split(";"))
        if word.startswith("ONLY"):
            return self._block_ended()
        return self._answer(text, word, rest.split(";"))

    def _answer(self, text: str, word: str, cells: list[str]) -> list[Event]:
        if word == "GETPROTOCOL":
            return [_say(f"SETPROTOCOL;{_agreed(cells)}")]
        if word == "SETPROTOCOL":
            self._ready = True
            pushes = self._push and _version(cells[0]) >= _PUSH_SINCE
            begin = [_say("SETPUSHPASSINGS;1;0")] if pushes else []
            return [_say("GETTIME"), *begin, _say("PASSINGS")]
        if word == "PASSINGS":
            return self._count(cells)
        if word == "GETTIME" and len(cells) > 1:
            return [BoxClock(self._at(cells[0], cells[1]))]
        if word.isupper() and word.isalpha():
            return []
        raise UnreadableError("layout", f"{shown(text)} is no line of a RACE RESULT decoder")

    def _count(self, cells: list[str]) -> list[Event]:
        count = whole(cells[0])
        if count is None:
            raise UnreadableError("count", f"{shown(cells[0])} is no number of passings")
        file = whole(cells[1]) if len(cells) > 1 else None
        if file != self._file or count < (self._passings.done or 0):
            self._file, self._passings, self._wanted = file, Gaps(0), []
        done = self._passings.done or 0
        if count > done:
            self._wanted = [range(done + 1, count + 1)]
        return self._next_block()

    def _next_block(self) -> list[Event]:
        if self._asked is not None or not self._wanted:
            return []
        wanted = self._wanted.pop(0)
        self._asked, later = wanted[:_BLOCK], wanted[_BLOCK:]
        if later:
            self._wanted.insert(0, later)
        self._came = 0
        return [_say(f"{self._asked[0]}:{len(self._asked)}")]

    def _block_ended(self) -> list[Event]:
        asked, self._asked = self._asked, None
        if asked is None:
            return []
        # A refused line counts as well: asking again would bring the same line for ever.
        if self._came:
            if asked[0] <= (self._passings.done or 0) + 1:
                self._passings.reached(asked[0] + self._came - 1)
            self._keep_position()
        return self._next_block()

    def _passing(self, line: str, cells: list[str]) -> list[Event]:
        sighting = self._sighting(line, cells)
        missing = self._passings.saw(sighting.sequence or 0)
        self._keep_position()
        if self._asked is None and missing:
            self._wanted.append(missing)
        return [sighting, *(self._next_block() if self._ready else [])]

    def _keep_position(self) -> None:
        if self._file is not None:
            self._position = {"file": self._file, "passing": self._passings.done or 0}

    def _sighting(self, line: str, cells: list[str]) -> Sighting:
        number = whole(cells[0])
        if len(cells) < 4 or number is None or not cells[1]:
            sentence = f"{shown(line)} is no passing; expected PassingNo;Code;Date;Time;…"
            raise UnreadableError("fields", sentence)
        code, event = cells[1], cells[4] if len(cells) > 4 else ""
        newest = len(cells) >= 19
        loop = cells[10] if len(cells) > 10 else ""
        marker = code.startswith(_MARKER_TAG)
        return Sighting(
            key=";".join(cells),
            line=line,
            at=self._at(cells[2], cells[3]),
            chip=None if marker else code,
            bib=code if event not in {"", "0"} and not marker else None,
            kind=MARKER if marker else READ,
            box=cells[-4] or None if newest else None,
            antenna=loop or (cells[-2] if newest else "") or None,
            rssi=signed(cells[6]) if len(cells) > 6 else None,
            sequence=number,
            note=f"event {event}" if event not in {"", "0"} else None,
        )

    def _at(self, date: str, time: str) -> Instant:
        clock = clock_of(time)
        if not date:
            return self.calendar.next(clock)
        found = _DATE.fullmatch(date)
        if found is None:
            raise UnreadableError("date", f"{shown(date)} is no date; expected YYYY-MM-DD")
        if found[1] == "0000":  # no satellite: days since the clock was set
            day = self.setup.zone.day + timedelta(days=int(found[3]))
            return self.calendar.at(day, clock % DAY)
        return self.calendar.at(day_of(int(found[1]), int(found[2]), int(found[3])), clock)

    def _exported(self, line: str, text: str) -> Sighting:
        """One object of the exporter "Raw Data Record JSON"."""
        try:
            record: Any = msgspec.json.decode(text)
            passing = record["Passing"]
            at = self.calendar.iso(passing["UTCTime"])
            chip, bib = _text(passing["Transponder"]), _text(record.get("Bib"))
            box, point = _text(passing.get("DeviceName")), _text(record.get("TimingPoint"))
            number, strength = passing.get("PassingNo"), passing.get("RSSI")
        except (
            msgspec.DecodeError,
            LookupError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as error:
            raise UnreadableError("json", f"{shown(text)} is no raw data record") from error
        if at is None or not chip:
            raise UnreadableError("json", f"{shown(text)} has no time or no transponder")
        return Sighting(
            key=self.key(text),
            line=line,
            at=at,
            chip=chip,
            bib=bib,
            kind=MARKER if passing.get("IsMarker") is True else READ,
            box=box,
            rssi=signed(str(strength)),
            sequence=whole(str(number)),
            note=point,
        )


def _say(words: str) -> Reply:
    return Reply(f"{words}\r\n".encode())


def _text(value: object) -> str | None:
    return str(value).replace("\x00", "␀") if value else None


def _version(text: str) -> tuple[int, int]:
    found = _VERSION.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _agreed(cells: list[str]) -> str:
    """The newest protocol that both sides know; ours where the box says nothing."""
    newest = _version(cells[-1])
    return ".".join(map(str, min(newest, NEWEST) if newest > (0, 0) else NEWEST))
