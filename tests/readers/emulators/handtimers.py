"""Devices of hand timers behind a bridge from serial line to network: Timy and Time Machine."""

from __future__ import annotations

from tests.readers.emulators import reads
from timing.core.clock import Instant

_GUN = reads.instant(0)


def timy(number: int) -> bytes:
    """An impulse of channel 1 with the start number; the Timy knows the time of day only."""
    when = reads.moment(number)
    return f" {number:04d} C1  {when:%H:%M:%S}.{when.microsecond // 100:04d} 00\r".encode()


def timed(number: int) -> Instant:
    """The time since the start, as a Time Machine counts it."""
    return Instant(reads.instant(number) - _GUN)


def time_machine(number: int) -> bytes:
    """A finish, then the bib that was keyed in for it."""
    seconds, micros = divmod(timed(number), 1_000_000)
    clock = f"00:{seconds // 60:02d}:{seconds % 60:02d}.{micros // 10_000:02d}"
    columns = f"{'':7}{number:5d}{clock:11}"
    return f"\x17{columns}\r\n\x14{columns}{'':3}{number:5d}\r\n".encode()
