"""Which events are on today, which come and which are over: by the day at the place of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from timing.core.clock import Instant, datetime_of
from timing.core.setup.event import Event


class Calendar(NamedTuple):
    """today: by their names. upcoming: the next first. past: the newest first."""

    today: tuple[Event, ...]
    upcoming: tuple[Event, ...]
    past: tuple[Event, ...]


def calendar_of(events: Iterable[Event], now: Instant) -> Calendar:
    """Sort events by when they are; a day begins and ends at midnight of the event's own zone."""
    today, upcoming, past = [], [], []
    for event in events:
        day = datetime_of(now).astimezone(ZoneInfo(event.timezone)).date().isoformat()
        if day < event.date:
            upcoming.append(event)
        elif day > _last_day(event):
            past.append(event)
        else:
            today.append(event)
    return Calendar(
        tuple(sorted(today, key=_name)),
        tuple(sorted(upcoming, key=lambda event: (event.date, _name(event)))),
        tuple(sorted(sorted(past, key=_name), key=_last_day, reverse=True)),
    )


def _last_day(event: Event) -> str:
    return event.last_date or event.date


def _name(event: Event) -> tuple[str, str]:
    return event.name.casefold(), event.slug
