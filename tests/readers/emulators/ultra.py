"""An RFID Ultra: numbers its log, forgets what was in the air, and rewinds on request."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth

_COMMAND = re.compile(rb"(r)\n|([68])\x00\x00([0-9]+)\r([0-9]+)\r")


def seconds_of(number: int) -> int:
    local = reads.moment(number).replace(tzinfo=None)
    return (local - datetime(1980, 1, 1)) // timedelta(seconds=1)  # noqa: DTZ001 - local time


def line(number: int, rewound: int = 0) -> bytes:
    when = reads.moment(number)
    millis = when.microsecond // 1000
    told = (0, reads.chip(number), seconds_of(number), millis, 2, -55, rewound, 1, 9)
    return (",".join(map(str, told)) + f",{when:%H:%M:%S},0,{number}\n").encode()


class UltraBox:
    def __init__(self) -> None:
        self.sent = 0
        self.rewinds = 0

    def talk(self, mouth: Mouth) -> None:
        mouth.say(b"Connected,0\nV=25.0\n")
        while True:
            command = mouth.match(_COMMAND, 0.005)
            if command is not None:
                self._obey(mouth, command)
            elif self.sent < reads.COUNT:
                # The box counts a read as sent even if the line breaks under it.
                self.sent += 1
                mouth.say(line(self.sent))

    def _obey(self, mouth: Mouth, command: re.Match[bytes]) -> None:
        if command[1]:
            mouth.say(b"09:00:00 14-06-2026 (1)\n")
            return
        self.rewinds += 1
        first, last = int(command[3]), int(command[4])
        for number in range(1, self.sent + 1):
            value = seconds_of(number) if command[2] == b"8" else number
            if first <= value <= last:
                mouth.say(line(number, rewound=1))
