"""ALGE Timy on a serial line: ``yNNNNxCCCxHH:MM:SS.zhtq[xGG[RRRR]]``.

Sources: Timy and Timy3 manuals, RS 232 interface; checksum as metarace timy.py reads it.
"""

from __future__ import annotations

import re

from timing.readers.grammar import ByLine
from timing.readers.moments import CLOCK, clock_of
from timing.readers.sighting import (
    CORRECTION,
    GUN,
    MARKER,
    READ,
    Event,
    Sighting,
    UnreadableError,
    shown,
)

_IMPULSE = re.compile(
    r"(?P<info>[ ?mcCdin]?) *(?P<number>[0-9]{1,4})? +(?P<channel>[cC][0-9]|RT|TT|SQ)"
    r"(?P<manual>M?) +(?P<time>" + CLOCK.pattern + r")(?: +(?P<group>[0-9]{2}) *"
    r"(?P<rank>[0-9]{1,4})?)? *"
)
_NEW_NUMBER = re.compile(r"n *[0-9]{1,4} *")
_RUNNING = re.compile(r" *[0-9]{0,2}:?[0-9]{0,2}:?[0-9]{1,2}\.[0-9] *")
_ANSWER = re.compile(r"[A-Z]{2,10}[0-9A-Z?. ]{0,24}")
_CHECKED = {28, 32}  # characters of an impulse with its checksum, without and with a rank
_INFO = {
    "m": "from memory",
    "c": "cleared",
    "C": "cleared",
    "d": "disqualified",
    "i": "time typed in",
    "n": "number changed",
    "?": "number not valid",
}
_CORRECTIONS = {"c", "C", "d", "n"}


class Timy(ByLine):
    """Channel 0 is a start, every other channel a passing; the start number is the bib.

    A time that the operator cleared, disqualified or renumbered is a correction, not a read.
    """

    def read(self, line: str) -> list[Event]:
        text = self._checked(line.rstrip("\r\n"))
        found = _IMPULSE.fullmatch(text)
        if found is None:
            if _NEW_NUMBER.fullmatch(text) or _RUNNING.fullmatch(text) or _ANSWER.fullmatch(text):
                return []
            raise UnreadableError("layout", f"{shown(text)} is no impulse of a Timy")
        info, channel = found["info"].strip(), found["channel"].upper()
        at = self.calendar.next(clock_of(found["time"]))
        manual = "by keypad" if found["manual"] else None
        number = found["number"]
        return [
            Sighting(
                key=self.key(f"{at}|{text}"),
                line=line,
                at=at,
                bib=number.lstrip("0") or None if number and info != "?" else None,
                kind=self._kind(info, channel),
                antenna=channel,
                note=", ".join(filter(None, (_INFO.get(info), manual))) or None,
            )
        ]

    @staticmethod
    def _kind(info: str, channel: str) -> str:
        if info in _CORRECTIONS:
            return CORRECTION
        if not channel.startswith("C"):
            return MARKER  # run, total and lap times that the device worked out itself
        return GUN if channel == "C0" else READ

    @staticmethod
    def _checked(text: str) -> str:
        """The impulse without its checksum. Raises UnreadableError if that is wrong."""
        if len(text) not in _CHECKED:
            return text
        told = ((ord(text[-2]) - 0x30) & 0xF) << 4 | (ord(text[-1]) - 0x30) & 0xF
        body = text[:-2]
        if sum(map(ord, body)) & 0xFF != told:
            raise UnreadableError("checksum", f"{shown(text)}: the checksum does not fit")
        return body
