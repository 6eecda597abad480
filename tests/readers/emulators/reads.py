"""The race that every emulated box saw: forty chips cross a mat, some twice at one moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from timing.core.clock import Instant, instant_of
from timing.readers.grammar import Setup
from timing.readers.moments import Zone

ROME = ZoneInfo("Europe/Rome")
DAY = date(2026, 6, 14)
SETUP = Setup(Zone(ROME, DAY))
COUNT = 40
_FIRST = datetime(2026, 6, 14, 9, 30, 0, tzinfo=ROME)


def moment(number: int) -> datetime:
    """When the read with this number (from 1) was taken, in local time; hundredths only."""
    return _FIRST + timedelta(milliseconds=730 * number - (730 * number) % 10)


def instant(number: int) -> Instant:
    return instant_of(moment(number).astimezone(UTC))


def chip(number: int) -> str:
    return f"05800012{number:04x}"


def expected() -> set[tuple[str, Instant]]:
    return {(chip(number), instant(number)) for number in range(1, COUNT + 1)}
