"""An IPICO reader: a raw stream that cannot repeat itself, and a replay port that can."""

from __future__ import annotations

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth
from timing.readers.ipico import checksum


def line(number: int) -> bytes:
    when = reads.moment(number)
    body = f"00{reads.chip(number)}0001{when:%y%m%d%H%M%S}{when.microsecond // 10_000:02x}"
    return f"aa{body}{checksum(body)}\r\n".encode()


class Raw:
    """Sends each read once. A read whose line broke is sent on the next connection."""

    def __init__(self) -> None:
        self.next = 1

    def talk(self, mouth: Mouth) -> None:
        while self.next <= reads.COUNT:
            mouth.say(line(self.next))
            self.next += 1
        mouth.until_gone()


class Replay:
    """Port 10300: the whole file to everybody who connects."""

    def talk(self, mouth: Mouth) -> None:
        for number in range(1, reads.COUNT + 1):
            mouth.say(line(number))
        mouth.until_gone()
