"""Time Machine (TMSI) on a serial line, cross-country mode: places, times, then bibs.

Source: columns as louking/tm-csv-connector reads them. The times run since the start.
"""

from __future__ import annotations

from timing.core.clock import Instant
from timing.readers.grammar import ByLine, whole
from timing.readers.moments import ELAPSED_HOURS, clock_of
from timing.readers.sighting import BIB, ELAPSED, READ, Event, Sighting, UnreadableError, shown

_FINISH, _SELECT = "\x17", "\x14"


class TimeMachine(ByLine):
    """0x17 is a finish without a bib, 0x14 the bib that belongs to a place."""

    def read(self, line: str) -> list[Event]:
        text = line.rstrip("\r\n")
        if text[:1] not in {_FINISH, _SELECT}:
            raise UnreadableError("layout", f"{shown(text)} is no finish or bib of a Time Machine")
        place, at = whole(text[8:13].strip()), Instant(clock_of(text[13:24], limit=ELAPSED_HOURS))
        if place is None:
            raise UnreadableError("place", f"{shown(text[8:13])} is no place; expected a number")
        named = text[0] == _SELECT
        bib = whole(text[27:32].strip()) if named else None
        if named and bib is None:
            raise UnreadableError("bib", f"{shown(text[27:32])} is no bib; expected a number")
        return [
            Sighting(
                key=self.key(text),
                line=line,
                at=at,
                bib=None if bib is None else str(bib),
                kind=BIB if named else READ,
                clock=ELAPSED,
                sequence=place,
            )
        ]
