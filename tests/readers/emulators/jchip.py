"""A JChip receiver: tells its name and its time, then sends when it is asked to."""

from __future__ import annotations

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth


def line(number: int) -> bytes:
    when = reads.moment(number)
    time = f"{when:%H:%M:%S}.{when.microsecond // 100:04d}"
    return f"DJ{reads.chip(number)} {time} 10  {number:05X}      C7 date={when:%Y%m%d}\r".encode()


def introduce(mouth: Mouth) -> None:
    mouth.say(b"N0000JCHIP-TEST12\r")
    assert mouth.hear(b"\r") == b"GT"
    mouth.say(b"GT0090000500000 date=20260614\r")
    assert mouth.hear(b"\r") == b"S0000"
