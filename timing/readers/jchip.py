"""JChip receivers and every bridge that speaks like one (Impinj, Alien): we are the server.

Source: CrossMgr JChip.py, JChipClient.py. The index counts in hexadecimal; its box digit and
the other fields are not explained there.
"""

from __future__ import annotations

import re

from timing.readers.grammar import ByLine
from timing.readers.moments import clock_micros, clock_of, day_of, fraction
from timing.readers.sighting import BoxClock, Event, Reply, Sighting, UnreadableError, shown

_DATA = re.compile(
    r"D[A-Za-z]([0-9A-Fa-f]+) +([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)"
    r"(?: +(\S+))?(?: +([0-9A-Fa-f]{5,8}))?(.*)"
)
_TIME = re.compile(r"GT([0-9])([0-9]{2})([0-9]{2})([0-9]{2})([0-9]*)(.*)")
_DATE = re.compile(r" date=([0-9]{4})([0-9]{2})([0-9]{2})")


class JChip(ByLine):
    """``N…`` names the receiver, we ask its time with GT, then S0000 makes it send."""

    _name: str | None = None

    def read(self, line: str) -> list[Event]:
        text = line.strip()
        if text.startswith("N"):
            self._name = text[5:].strip() or None
            return [Reply(b"GT\r")]
        if text.startswith("GT"):
            return self._clock(text)
        found = _DATA.fullmatch(text)
        if found is None:
            raise UnreadableError("layout", f"{shown(text)} is no line of a JChip receiver")
        tag, time, _, index, tail = found.groups()
        day = _DATE.search(tail)
        clock = clock_of(time)
        if day:
            at = self.calendar.at(day_of(int(day[1]), int(day[2]), int(day[3])), clock)
        else:
            at = self.calendar.next(clock)
        return [
            Sighting(
                key=self.key(f"{self._name or ''}|{text if day else f'{at}|{text}'}"),
                line=line,
                at=at,
                chip=tag,
                box=self._name,
                sequence=int(index, 16) if index else None,
            )
        ]

    def _clock(self, text: str) -> list[Event]:
        found = _TIME.fullmatch(text)
        if found is None:
            raise UnreadableError("layout", f"{shown(text)} is no time; expected GT0HHMMSShh")
        clock = clock_micros(int(found[2]), int(found[3]), int(found[4]), fraction(found[5]))
        day = _DATE.search(found[6])
        if day:
            at = self.calendar.at(day_of(int(day[1]), int(day[2]), int(day[3])), clock)
        else:
            at = self.calendar.next(clock)
        return [BoxClock(at), Reply(b"S0000\r")]
