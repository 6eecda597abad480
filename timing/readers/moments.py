"""Box times to instants: local time, missing dates, midnights and summer time.

Pure: the zone, the day and, for a live stream, the present moment are handed in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from timing.core.clock import DAY, HOUR, MINUTE, SECOND, Instant, datetime_of, instant_of
from timing.readers.sighting import UnreadableError, shown

HALF_DAY = DAY // 2
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
ELAPSED_HOURS = 100  # a time since the start may last longer than a day
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]{1,9}))?")
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})[ T]+(" + CLOCK.pattern + r")(Z|[+-][0-9]{2}:?[0-9]{2})?"
)


class Zone(NamedTuple):
    """What a box does not say: its time zone and the day of its first time of day.

    now: for a live stream; the first time of day is then the one nearest to this moment.
    """

    tz: tzinfo = UTC
    day: date = date(1970, 1, 1)
    now: Instant | None = None


def fraction(digits: str | None) -> int:
    """Microseconds of the digits after the point; more than six are cut."""
    return int((digits or "")[:6].ljust(6, "0"))


def clock_micros(
    hours: int, minutes: int, seconds: int, micros: int = 0, *, limit: int = 24
) -> int:
    """Microseconds since midnight, or since a start with another limit of hours.

    Raises UnreadableError.
    """
    if hours >= limit or minutes > 59 or seconds > 60 or micros >= SECOND:
        text = f"{hours}:{minutes:02d}:{seconds:02d}"
        raise UnreadableError("time", f"{text} is no time; expected HH:MM:SS below {limit} hours")
    return hours * HOUR + minutes * MINUTE + seconds * SECOND + micros


def clock_of(text: str, *, limit: int = 24) -> int:
    """Microseconds of ``HH:MM:SS[.fff]``, hours below the limit. Raises UnreadableError."""
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        raise UnreadableError("time", f"{shown(text)} is no time; expected HH:MM:SS[.fff]")
    hours, minutes, seconds, digits = found.groups()
    return clock_micros(int(hours), int(minutes), int(seconds), fraction(digits), limit=limit)


def day_of(year: int, month: int, day: int) -> date:
    """A calendar day; two digits mean 1980 (a box that forgot its date) to 2079.

    Raises UnreadableError.
    """
    full = year if year >= 100 else year + (1900 if year >= 80 else 2000)
    if _FIRST_YEAR <= full <= _LAST_YEAR:
        try:
            return date(full, month, day)
        except ValueError:
            pass
    raise UnreadableError("date", f"{full}-{month:02d}-{day:02d} is no day of the calendar")


def digits_of(text: str, count: int, what: str) -> tuple[int, ...]:
    """Read a run of two-digit numbers (YYMMDD, HHMMSS). Raises UnreadableError."""
    if len(text) != 2 * count or not (text.isascii() and text.isdigit()):
        raise UnreadableError("digits", f"{shown(text)} is no {what}; expected {2 * count} digits")
    return tuple(int(text[i : i + 2]) for i in range(0, 2 * count, 2))


class Calendar:
    """Turns the local times of one stream into instants, one after the other.

    A time of day without a date belongs to the day of the one before; if it is more than
    twelve hours earlier, midnight has passed. In the hour that summer time repeats, the first
    of the two is meant.
    """

    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self._day: date | None = None
        self._last = 0
        self._plain: dict[date, int] = {}

    def at(self, day: date, clock: int) -> Instant:
        """The instant of a local day and of microseconds since its midnight."""
        start = self._plain.get(day)
        if start is None:
            start = self._start_of_plain_day(day)
        if start >= 0 and clock < DAY:
            return Instant(start + clock)
        local = datetime.combine(day, time.min) + timedelta(microseconds=clock)
        return instant_of(local.replace(tzinfo=self.zone.tz))

    def next(self, clock: int) -> Instant:
        """The instant of a time of day without a date."""
        if self._day is None:
            self._day = self._first_day(clock)
        elif clock < self._last - HALF_DAY:
            self._day += timedelta(days=1)
        self._last = clock
        return self.at(self._day, clock)

    def iso(self, text: str) -> Instant | None:
        """Read ``YYYY-MM-DD HH:MM:SS[.fff][+hh:mm]``; None if the text is not of that form.

        With an offset the instant is absolute, else it is local. Raises UnreadableError.
        """
        found = _ISO.fullmatch(text.strip())
        if found is None:
            return None
        day = day_of(int(found[1]), int(found[2]), int(found[3]))
        if found[9] is None:
            return self.at(day, clock_of(found[4]))
        midnight = instant_of(datetime.combine(day, time.min, UTC))
        return Instant(midnight + clock_of(found[4]) - _offset(found[9]))

    def seconds(self, seconds: int, micros: int, epoch: date) -> Instant:
        """The instant of local seconds since an epoch. Raises UnreadableError."""
        days, rest = divmod(seconds, 86_400)
        if not 0 <= days < 80_000:
            raise UnreadableError("time", f"{seconds} seconds since {epoch} is out of range")
        return self.at(epoch + timedelta(days=days), rest * SECOND + micros)

    def text(self, text: str) -> Instant:
        """A date and time, or a time of day alone. Raises UnreadableError."""
        dated = self.iso(text)
        return self.next(clock_of(text)) if dated is None else dated

    def _start_of_plain_day(self, day: date) -> int:
        """Midnight, or -1 where the day does not have 24 even hours (or is before 1970)."""
        midnight = datetime.combine(day, time.min, self.zone.tz)
        start = instant_of(midnight)
        noon, end = midnight + timedelta(hours=12), midnight + timedelta(days=1)
        even = instant_of(noon) - start == HALF_DAY and instant_of(end) - start == DAY
        self._plain[day] = int(start) if even else -1
        return self._plain[day]

    def _first_day(self, clock: int) -> date:
        if self.zone.now is None:
            return self.zone.day
        today = datetime_of(self.zone.now).astimezone(self.zone.tz).date()
        near = (today + timedelta(days=step) for step in (0, -1, 1))
        now = self.zone.now
        return min(near, key=lambda day: abs(self.at(day, clock) - now))


def _offset(text: str) -> int:
    if text == "Z":
        return 0
    sign = -1 if text[0] == "-" else 1
    return sign * (int(text[1:3]) * HOUR + int(text[-2:]) * MINUTE)
