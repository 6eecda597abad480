"""RFID Timing Ultra and Joey: the live line on TCP port 23.

Sources: chronokeep RFIDUltraInterface.cs, PikaTimer PikaRFIDDirectReader.java (the rewind by
log number, as RFID Server sends it), CrossMgr Ultra.py.
"""

from __future__ import annotations

import re
from datetime import date

from timing.readers.gaps import Gaps
from timing.readers.grammar import Setup, signed, whole
from timing.readers.moments import clock_of, day_of
from timing.readers.rewinding import Rewinding
from timing.readers.sighting import (
    GUN,
    READ,
    BoxClock,
    Event,
    Reply,
    Sighting,
    UnreadableError,
    shown,
)

EPOCH = date(1980, 1, 1)  # midnight in the reader's local time
_CLOCK = re.compile(r"([0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}) ([0-9]{1,2})-([0-9]{1,2})-([0-9]{4}).*")
_TALK = ("V=", "U", "u", "S=", "Connected")
_START_CHIP = "0"
_A_DAY = 86_400
_LONGEST = 7 * _A_DAY  # of a race


def rewind_command(first: int, last: int) -> bytes:
    """Ask for the stored reads with the log numbers first..last."""
    return b"6\x00\x00%d\r%d\r" % (first, last)


def rewind_time_command(first: int, last: int) -> bytes:
    """Ask for the stored reads of a span, in the reader's own seconds."""
    return b"8\x00\x00%d\r%d\r" % (first, last)


class Ultra(Rewinding):
    """Reads ``0,Chip,Seconds,Millis,…,LogID``.

    A new connection asks for everything since a second before which nothing is missing; in
    between every gap in the log numbers is asked for at once.
    """

    counted_in = "seconds"

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self._log = Gaps(self._position.get("log"))

    def start_of_day(self) -> int:
        return (self.setup.zone.day - EPOCH).days * _A_DAY

    def greet(self) -> list[Event]:
        return [Reply(b"r\n"), Reply(rewind_time_command(self.since, self.since + _LONGEST))]

    def read(self, line: str) -> list[Event]:
        text = line.strip()
        if text[:2] in {"0,", "1,"}:
            return self._chip(line, text)
        if text.startswith(_TALK):
            return []
        told = _CLOCK.fullmatch(text)
        if told is None:
            raise UnreadableError("layout", f"{shown(text)} is no line of an Ultra")
        day = day_of(int(told[4]), int(told[3]), int(told[2]))
        time = ":".join(part.zfill(2) for part in told[1].split(":"))
        return [BoxClock(self.calendar.at(day, clock_of(time)))]

    def _chip(self, line: str, text: str) -> list[Event]:
        parts = text.split(",")
        if len(parts) < 4:
            raise UnreadableError("fields", f"{shown(text)} has {len(parts)} fields; expected 12")
        parts += [""] * (12 - len(parts))
        _, chip, seconds, millis, antenna, rssi, _rewound, reader, box, *_, log = parts[:12]
        count, thousandths, number = whole(seconds), whole(millis), whole(log)
        if count is None or thousandths is None or thousandths > 999:
            sentence = f"{shown(seconds)} and {shown(millis)} are no seconds and milliseconds"
            raise UnreadableError("time", sentence)
        # A rewound read differs in its flag and arrival only.
        told = f"{box}|{reader}|{antenna}|{chip}|{seconds}.{millis}|{log}"
        start = chip == _START_CHIP
        sighting = Sighting(
            key=told if number is not None else self.key(told),
            line=line,
            at=self.calendar.seconds(count, thousandths * 1000, EPOCH),
            chip=None if start else chip,
            kind=GUN if start else READ,
            box=box or None,
            antenna=f"{reader}/{antenna}" if reader else antenna or None,
            rssi=signed(rssi),
            sequence=number,
        )
        self.heard(count)
        return [sighting, *self._missing(number)]

    def _missing(self, number: int | None) -> list[Event]:
        if not number:
            return []
        if number == 1 and (self._log.done or 0) > 1:
            self._log = Gaps(None)  # the log of the box was cleared and counts anew
        missing = self._log.saw(number)
        self._position["log"] = self._log.done or number
        return [Reply(rewind_command(missing[0], missing[-1]))] if missing else []
