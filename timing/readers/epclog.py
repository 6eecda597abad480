"""Tag logs of Impinj and Alien readers: ``EPC,timestamp``.

Source: CrossMgr ImpinjImport.py and its examples.
"""

from __future__ import annotations

import re

from timing.core.clock import Instant
from timing.readers.grammar import ByLine
from timing.readers.moments import CLOCK, clock_of, day_of
from timing.readers.sighting import Event, Sighting, UnreadableError, shown

_SPELLED = re.compile(
    r"[A-Z][a-z]{2} [A-Z][a-z]{2} +[0-9]{1,2} (" + CLOCK.pattern + r") +"
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
)
_EPC = re.compile(r"[0-9A-Za-z]+")


class EpcLog(ByLine):
    """``EPC,2016-09-11 09:15:34.305`` or ``EPC,Sat Feb 01 14:11:29.139089  2020-02-01``."""

    def read(self, line: str) -> list[Event]:
        text = line.removeprefix("\ufeff").strip()
        epc, comma, when = text.partition(",")
        if self.line_no == 1 and when.strip().lower().startswith("time"):
            return []
        if not comma or not _EPC.fullmatch(epc.strip()):
            raise UnreadableError("layout", f"{shown(text)} is no read; expected EPC,timestamp")
        at = self._at(when.strip())
        return [Sighting(key=self.key(text), line=line, at=at, chip=epc.strip())]

    def _at(self, when: str) -> Instant:
        spelled = _SPELLED.fullmatch(when)
        if spelled:
            day = day_of(int(spelled[6]), int(spelled[7]), int(spelled[8]))
            return self.calendar.at(day, clock_of(spelled[1]))
        at = self.calendar.iso(when)
        if at is None:
            raise UnreadableError("time", f"{shown(when)} is no time; expected a date and a time")
        return at
