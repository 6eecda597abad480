"""IPICO and Trident lines: ``aa`` reads, ``ab`` clock answers and gun times.

Layout: reader-captured lines (tests/readers) and the notes of iwismer/rusty-timer,
docs/ipico-protocol; Trident: manula.com/manuals/tridentrfid, "Tag data message format".
"""

from __future__ import annotations

import re
from datetime import date

from timing.core.clock import Instant
from timing.readers.grammar import ByLine
from timing.readers.moments import clock_micros, day_of, digits_of
from timing.readers.sighting import (
    GUN,
    BoxClock,
    Event,
    Reply,
    Sighting,
    UnreadableError,
    shown,
)

_READ = re.compile(
    r"aa(?P<reader>[0-9a-f]{2})(?P<tag>[0-9a-f]{12})(?P<counts>[0-9a-f]{4})"
    r"(?P<date>[0-9]{6})(?P<time>[0-9]{6})(?P<hundredths>[0-9a-f]{2})"
    r"(?P<tto>[0-9a-f]{6})?(?P<lrc>[0-9a-f]{2})(?P<seen>FS|LS)?",
    re.ASCII | re.IGNORECASE,
)
_TRIDENT = re.compile(
    r"aa(?P<reader>[A-Za-z])(?P<receiver>[0-9])(?P<tag>[0-9A-Fa-f]{12})(?P<count>[0-9A-Fa-f]{4})"
    r"(?P<date>[0-9]{6})(?P<time>[0-9]{6})(?P<hundredths>[0-9A-Fa-f]{2})00"
    r"(?P<seen>FS|LS|BS|RR)(?P<signal>[0-9A-Fa-f]{2})?",
    re.ASCII,
)
_FRAME = re.compile(
    r"ab(?P<reader>[0-9A-Za-z]{2})(?P<length>[0-9a-fA-F]{2})(?P<what>[0-9a-fA-F]{2})"
    r"(?P<data>[0-9a-fA-F]*)(?P<lrc>[0-9a-fA-F]{2})",
    re.ASCII,
)
_ELITE_DATE = re.compile(
    r"date\.[A-Z][a-z]{2} ([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r" (?:[A-Z]{1,5} )?([0-9]{4})"
)
_TRIDENT_DATE = re.compile(
    r"DATE:[A-Z][a-z]{2} ([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2})"
)
_CLOCK_ANSWER, _GUN_TIME = "02", "2c"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ASK_CLOCK = b"ab00000222\r\n"


def checksum(text: str) -> str:
    """Low byte of the sum of the character codes, as two hexadecimal digits."""
    return f"{sum(text.encode('latin-1', 'replace')) & 0xFF:02x}"


def replay_command(file: str, since: str | None = None, port: int = 10300) -> bytes:
    """What makes an Elite reader send a file again: to be sent to its control port 9999.

    file: ``ttyS0`` for raw, ``FS_LS`` for first and last; since: YYMMDDhhmmss.
    """
    tail = f" datetime.{since}" if since else ""
    return f"replay_start file.{file} port.{port}{tail}\r\n".encode("ascii")


class Ipico(ByLine):
    """Elite, Lite, Trident legacy and Trident Time Machine; hundredths are hexadecimal."""

    def read(self, line: str) -> list[Event]:
        text = "".join(line.split())
        if text[:2].lower() == "aa":
            return [self._tag(line, text)]
        if text[:2].lower() == "ab":
            return self._frame_of_control(line, text)
        return self._clock_text(line)

    def _tag(self, line: str, text: str) -> Sighting:
        found = _READ.fullmatch(text)
        if found and checksum(text[2 : found.start("lrc")]) == found["lrc"].lower():
            return self._sighting(line, found)
        trident = _TRIDENT.fullmatch(text)
        if trident:
            signal = trident["signal"]
            return self._sighting(line, trident)._replace(
                antenna=trident["receiver"], rssi=int(signal, 16) if signal else None
            )
        if found is None:
            raise UnreadableError(
                "layout", f"{shown(text)} is no tag read; expected aa and 34 hexadecimal characters"
            )
        raise _wrong_sum(text[2 : found.start("lrc")], found["lrc"])

    def _sighting(self, line: str, told: re.Match[str]) -> Sighting:
        at = self._at(told["date"], told["time"], told["hundredths"])
        return Sighting(
            self.key(line), line, at, told["tag"], box=told["reader"], note=told["seen"]
        )

    def _frame_of_control(self, line: str, text: str) -> list[Event]:
        found = _FRAME.fullmatch(text)
        if found is None:
            raise UnreadableError("layout", f"{shown(text)} is no control frame")
        if checksum(text[2 : found.start("lrc")]) != found["lrc"].lower():
            raise _wrong_sum(text[2 : found.start("lrc")], found["lrc"])
        what, data = found["what"].lower(), found["data"]
        if what not in {_CLOCK_ANSWER, _GUN_TIME} or len(data) < 16:
            return []
        # Year, month, day, weekday, hour, minute, second and hundredths, one byte each.
        at = self._at(data[0:6], data[8:14], data[14:16])
        if what == _CLOCK_ANSWER:
            return [BoxClock(at)]
        return [Sighting(self.key(line), line, at, kind=GUN, box=found["reader"])]

    def _clock_text(self, line: str) -> list[Event]:
        elite, trident = _ELITE_DATE.fullmatch(line.strip()), _TRIDENT_DATE.fullmatch(line.strip())
        if elite:
            month, day, hours, minutes, seconds, year = elite.groups()
        elif trident:
            month, day, year, hours, minutes, seconds = trident.groups()
        elif "[" in line or line.strip().startswith(("ARM9", "CMD", "cmd")):
            return []
        else:
            raise UnreadableError("layout", f"{shown(line)} is no line of an IPICO reader")
        if month not in _MONTHS:
            raise UnreadableError("date", f"{shown(month)} is no month")
        clock = clock_micros(int(hours), int(minutes), int(seconds))
        on = day_of(int(year), _MONTHS.index(month) + 1, int(day))
        return [BoxClock(self.calendar.at(on, clock))]

    def _at(self, day: str, time: str, hundredths: str) -> Instant:
        return self.calendar.at(*_moment(day, time, int(hundredths, 16)))


class IpicoLite(Ipico):
    """A Lite reader is asked for its clock when the connection stands."""

    def greet(self) -> list[Event]:
        return [Reply(ASK_CLOCK)]


def _moment(day: str, time: str, hundredths: int) -> tuple[date, int]:
    if hundredths > 99:
        raise UnreadableError("time", f"{hundredths} hundredths; expected at most 99 (hex 63)")
    hours, minutes, seconds = digits_of(time, 3, "time HHMMSS")
    year, month, number = digits_of(day, 3, "date YYMMDD")
    clock = clock_micros(hours, minutes, seconds, hundredths * 10_000)
    return day_of(year, month, number), clock


def _wrong_sum(text: str, said: str) -> UnreadableError:
    sentence = f"the checksum is {said}; the characters give {checksum(text)}"
    return UnreadableError("checksum", sentence)
