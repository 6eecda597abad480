"""ChronoTrack: the live protocol CTP01 and the files of a controller's thumb drive.

Sources: racemap/2-racemap-forwarder (src/main/chronoTrack) and its real files of a marathon.
In those files the "unix" times and the wall times of the markers run on one scale, so both are
read as the box's wall clock in the zone of the setup.
"""

from __future__ import annotations

import re
from datetime import date

from timing.core.clock import Instant
from timing.readers.grammar import ByLine, Setup, signed, whole
from timing.readers.moments import clock_micros, day_of, digits_of, fraction
from timing.readers.sighting import (
    GUN,
    MARKER,
    READ,
    Event,
    Reply,
    Sighting,
    UnreadableError,
    shown,
)

SETTINGS = {
    "guntimes": "true",
    "newlocations": "true",
    "connection-id": "false",
    "stream-mode": "push",
    "time-format": "iso",
}
_UNIX_EPOCH = date(1970, 1, 1)
_UNIX = re.compile(r"([0-9]{9,14})(?:\.([0-9]+))?")
_DATA = re.compile(r"CT01_[0-9]{2}")
_WORD = re.compile(r"[~\s]+")
_PING_EVERY = 10  # idle calls


class Ctp01(ByLine):
    """The source of data says who it is; we state our settings and ask for every location.

    Works whoever opened the connection. A location goes on at the last committed sequence;
    what comes twice has the same key.
    """

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self._name = _WORD.sub("_", setup.name) or "timing"
        self._started: set[str] = set()

    def idle(self) -> list[Event]:
        super().idle()
        return [self._say("ping")] if self.quiet % _PING_EVERY == 0 else []

    def read(self, line: str) -> list[Event]:
        parts = line.strip().split("~")
        if _DATA.fullmatch(parts[0]):
            return self._data(line, parts)
        if parts[0] == "ack" and len(parts) > 1:
            return self._starts(parts[2:]) if parts[1] == "getlocations" else []
        if parts[0] == "err":
            raise UnreadableError("error", f"the box answers with an error: {shown(line)}")
        if parts[-1] == "CTP01" and len(parts) == 3:
            return self._answer_to_greeting()
        if parts[0] == "ping":
            return [self._say("ack~ping")]
        raise UnreadableError("layout", f"{shown(line)} is no line of CTP01")

    def _say(self, words: str) -> Reply:
        return Reply(f"{words}\r\n".encode())

    def _answer_to_greeting(self) -> list[Event]:
        words = [f"{self._name}~1.0~{len(SETTINGS)}"]
        words += [f"{name}={value}" for name, value in SETTINGS.items()]
        words += ["geteventinfo", "getlocations"]
        return [self._say(each) for each in words]

    def _starts(self, locations: list[str]) -> list[Event]:
        events: list[Event] = []
        for location in locations:
            if location and location not in self._started:
                self._started.add(location)
                last = self._position.get(location)
                events.append(self._say(f"start~{location}" + (f"~{last}" if last else "")))
        return events

    def _data(self, line: str, parts: list[str]) -> list[Event]:
        if len(parts) < 8:
            raise UnreadableError("fields", f"{shown(line)} has {len(parts)} fields; expected 8")
        _, sequence, location, tag, time, occurrence, reader, antenna = parts[:8]
        if tag == "newlocation":
            return [self._say("getlocations")]
        number = whole(sequence)
        at = self._at(time)
        if number is not None:
            self._position[location] = number
        gun = tag == "guntime"
        dated = "-" in time or _UNIX.fullmatch(time) is not None
        return [
            Sighting(
                key=line.strip() if dated else f"{at}|{line.strip()}",
                line=line,
                at=at,
                chip=None if gun else tag,
                kind=GUN if gun else READ,
                box=location,
                antenna=f"{reader}/{antenna}",
                sequence=number,
                note=None if gun else f"occurrence {occurrence}",
            )
        ]

    def _at(self, time: str) -> Instant:
        unix = _UNIX.fullmatch(time)
        if unix is None:
            return self.calendar.text(time)
        if len(unix[1]) >= 12:  # msecs
            seconds, thousandths = divmod(int(unix[1]), 1000)
            return self.calendar.seconds(seconds, thousandths * 1000, _UNIX_EPOCH)
        return self.calendar.seconds(int(unix[1]), fraction(unix[2]), _UNIX_EPOCH)


class ControllerFile(ByLine):
    """Lines ``TO~seq~tag~…`` of the tag file and ``box,seq,name,row,time,value`` of markers."""

    def read(self, line: str) -> list[Event]:
        text = line.strip()
        return [self._tag(line, text) if text.startswith("TO~") else self._mark(line, text)]

    def _tag(self, line: str, text: str) -> Sighting:
        parts = text.split("~")
        if len(parts) not in {11, 12}:
            sentence = f"{shown(text)} has {len(parts)} fields; expected 11 or 12"
            raise UnreadableError("fields", sentence)
        time = _UNIX.fullmatch(parts[5])
        if time is None:
            raise UnreadableError("time", f"{shown(parts[5])} is no time; expected SECONDS.hh")
        return Sighting(
            key=self.key(text),
            line=line,
            at=self.calendar.seconds(int(time[1]), fraction(time[2]), _UNIX_EPOCH),
            chip=parts[2],
            box=parts[6],
            antenna=parts[7],
            rssi=signed(parts[8]),
            sequence=whole(parts[1]),
        )

    def _mark(self, line: str, text: str) -> Sighting:
        parts = text.split(",", 5)
        if len(parts) != 6:
            sentence = f"{shown(text)} is no line of a controller; expected TO~… or 6 fields"
            raise UnreadableError("layout", sentence)
        box, sequence, name, _, time, value = parts
        year, month, day, hours, minutes, seconds, hundredths = digits_of(time, 7, "time")
        clock = clock_micros(hours, minutes, seconds, hundredths * 10_000)
        return Sighting(
            key=self.key(text),
            line=line,
            at=self.calendar.at(day_of(year, month, day), clock),
            kind=GUN if name == "Gun" else MARKER,
            box=box,
            sequence=whole(sequence),
            note=f"{name}: {value}",
        )
