"""Wiclax generic acquisition: one line a passing, from any home-made box.

Source: csutorasa/wiclax4j docs/protocol.md.
"""

from __future__ import annotations

import re

from timing.core.clock import DAY, Instant, datetime_of
from timing.readers.grammar import whole
from timing.readers.moments import clock_of, day_of
from timing.readers.rewinding import Rewinding
from timing.readers.sighting import (
    GUN,
    BoxClock,
    Event,
    Reply,
    Sighting,
    UnreadableError,
    shown,
)

_WHEN = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4}) ([0-9:.,]+)")
_LONGEST = 7 * DAY  # of a race
_TALK = {"*", "CLOCKOK", "READOK"}


class Wiclax(Rewinding):
    """Asks for the clock, and for all passings since a moment before which nothing is missing."""

    counted_in = "at"

    def greet(self) -> list[Event]:
        return [Reply(b"CLOCK\r"), Reply(self._rewind())]

    def read(self, line: str) -> list[Event]:
        text = line.strip()
        if text in _TALK:
            return []
        if text.startswith("CLOCK "):
            return [BoxClock(self._when(text.removeprefix("CLOCK ")))]
        if text.startswith("RACESTART "):
            at = self.calendar.next(clock_of(text.removeprefix("RACESTART ")))
            return [Sighting(self.key(f"{at}|{text}"), line, at, kind=GUN)]
        chip, _, rest = text.partition(";")
        cells = rest.split(";") + [""] * 5
        if not chip or not rest:
            raise UnreadableError("layout", f"{shown(text)} is no passing; expected chip;date time")
        at = self._when(cells[0])
        self.heard(at)
        rewound = cells[4] == "1"
        told = ";".join((chip, *cells[:4]))
        return [
            Sighting(
                # A rewind differs in its flag only.
                key=told,
                line=line,
                at=at,
                chip=chip,
                antenna=cells[1] or None,
                sequence=whole(cells[2]),
                note="rewound" if rewound else None,
            )
        ]

    def _when(self, text: str) -> Instant:
        found = _WHEN.fullmatch(text.strip())
        if found is None:
            raise UnreadableError("time", f"{shown(text)} is no time; expected dd-mm-yyyy hh:mm:ss")
        day = day_of(int(found[3]), int(found[2]), int(found[1]))
        return self.calendar.at(day, clock_of(found[4]))

    def _rewind(self) -> bytes:
        local = (
            datetime_of(moment).astimezone(self.setup.zone.tz).strftime("%d-%m-%Y %H:%M:%S")
            for moment in (self.since, self.since + _LONGEST)
        )
        return f"REWIND {' '.join(local)}\r".encode()
