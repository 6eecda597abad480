"""A home-made box that speaks the generic acquisition line and rewinds."""

from __future__ import annotations

from datetime import datetime

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth

_FORM = "%d-%m-%Y %H:%M:%S"


def line(number: int, rewound: int = 0) -> bytes:
    when = reads.moment(number)
    time = f"{when:{_FORM}}.{when.microsecond // 1000:03d}"
    return f"{reads.chip(number)};{time};0A;{number};;{rewound}\r".encode()


class HomeMadeBox:
    def __init__(self) -> None:
        self.sent = 0

    def talk(self, mouth: Mouth) -> None:
        while True:
            command = (mouth.hear(b"\r", 0.005) or b"").decode()
            if command == "CLOCK":
                mouth.say(b"CLOCK 14-06-2026 09:00:00\r*\r")
            elif command:
                self._rewind(mouth, command.split())
            elif self.sent < reads.COUNT:
                self.sent += 1
                mouth.say(line(self.sent))

    def _rewind(self, mouth: Mouth, words: list[str]) -> None:
        first, last = (
            datetime.strptime(" ".join(pair), _FORM).replace(tzinfo=reads.ROME)
            for pair in (words[1:3], words[3:5])
        )
        for number in range(1, self.sent + 1):
            if first <= reads.moment(number) <= last:
                mouth.say(line(number, rewound=1))
