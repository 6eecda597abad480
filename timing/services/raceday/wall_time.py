"""A time of day as people say it, without a date: the moment that was meant.

Knows time zones and the change to summer time; is handed the present moment.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from timing.core.clock import MINUTE, Instant, datetime_of, instant_of, parse_duration
from timing.core.refusal import Refusal, refused

_AHEAD = MINUTE  # a clock on the wall may be a little fast
_FORM = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,6}))?)?")


def said_ago(text: str, now: Instant) -> Instant:
    """The moment so long ago: ``1:20`` is 1 min 20 s before now. Raises Refusal, TimeTextError."""
    return Instant(now - parse_duration(text))


def said_time(text: str, timezone: str, now: Instant) -> Instant:
    """The last moment at which the clocks of a place showed this time of day.

    ``23:59:30`` said shortly after midnight was yesterday; where a clock shows a time twice, in
    autumn, the later one that has been is meant. Raises Refusal.
    """
    form = _FORM.fullmatch(text.strip())
    if form is None:
        raise _refused(text)
    hour, minute, second = int(form[1]), int(form[2]), int(form[3] or 0)
    micros = int((form[4] or "").ljust(6, "0"))
    if hour > 23 or minute > 59 or second > 59:
        raise _refused(text)
    zone = ZoneInfo(timezone)
    here = datetime_of(now).astimezone(zone)
    shown = here.replace(hour=hour, minute=minute, second=second, microsecond=micros, tzinfo=None)
    latest = Instant(now + _AHEAD)
    return max(
        moment
        for days in (-1, 0, 1)
        for moment in _moments(shown + timedelta(days=days), zone)
        if moment <= latest
    )


def _moments(shown: datetime, zone: ZoneInfo) -> tuple[Instant, Instant]:
    """When a clock shows a time: twice in autumn; in spring the hour that is left out is moved."""
    first, second = (
        instant_of(shown.replace(tzinfo=zone, fold=fold).astimezone(UTC)) for fold in (0, 1)
    )
    return first, second


def _refused(text: str) -> Refusal:
    return refused(
        "time-of-day",
        "{text!r} is no time of day; expected HH:MM:SS, such as 10:02:30",
        text=text[:24],
    )
