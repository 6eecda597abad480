"""An IPICO reader: lines with a checksum; a Lite one tells its clock when it is asked."""

from __future__ import annotations

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth
from timing.readers.ipico import ASK_CLOCK, checksum


def line(number: int) -> bytes:
    when = reads.moment(number)
    body = f"00{reads.chip(number)}0001{when:%y%m%d%H%M%S}{when.microsecond // 10_000:02x}"
    return f"aa{body}{checksum(body)}\r\n".encode()


def tell_clock(mouth: Mouth) -> None:
    """Nine o'clock of a Sunday, one byte in two digits each."""
    assert mouth.hear(b"\r\n") == ASK_CLOCK.removesuffix(b"\r\n")
    body = "0008022606140709000000"
    mouth.say(f"ab{body}{checksum(body)}\r\n".encode())
