"""What templates are handed: times, days and distances in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from flask_babel import format_time, get_locale

from timing.core.clock import Instant, datetime_of, format_duration
from timing.core.setup.event import Contest
from timing.core.telling.listing import brief
from timing.printing.phrases import phrases_of
from timing.printing.sheets.contest_facts import distance_text
from timing.services.house import House


def the_house() -> House:
    """Give the wired parts of the present application."""
    house: House = current_app.extensions["house"]
    return house


def local(instant: Instant | None, timezone: str) -> datetime | None:
    """Turn an instant into the local time of an event."""
    return None if instant is None else datetime_of(instant).astimezone(ZoneInfo(timezone))


def clock_time(instant: Instant | None, timezone: str) -> str:
    """Print the time of day at an event, with seconds."""
    at = local(instant, timezone)
    if at is None:
        return ""
    return str(format_time(at.replace(tzinfo=None), "HH:mm:ss", rebase=False))


def hour_minute(instant: Instant | None, timezone: str) -> str:
    """Print the time of day at an event without seconds."""
    return clock_time(instant, timezone)[:5]


def moment(instant: Instant, timezone: str) -> str:
    """Print the day and the time of day at an event, without seconds."""
    at = local(instant, timezone)
    day = "" if at is None else set_on(at.date().isoformat())
    return f"{day}, {hour_minute(instant, timezone)}"


def day(iso: str) -> str:
    """Print an ISO date in the reader's language; what is no date is printed as it stands."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return phrases_of(str(get_locale())).days(found.date().isoformat())


def set_on(iso: str) -> str:
    """Print the day of a record as the sheets do."""
    return phrases_of(str(get_locale())).when(iso)


def body(name: str) -> str:
    """Say who lists a record as the sheets do."""
    return phrases_of(str(get_locale())).body(name)


def distance(millimetres: int, contest: Contest) -> str:
    """Print a distance along a contest as the sheets do; it is not broken between two lines."""
    return distance_text(phrases_of(str(get_locale())), contest, millimetres).replace(" ", "\u00a0")


def point(name: str) -> str:
    """Print the name of a point; one that is a distance as the reader's language writes it."""
    return phrases_of(str(get_locale())).point(name)


def in_pairs(values: Iterable[object], names: Mapping[object, str]) -> list[tuple[object, str]]:
    """Give each value with its name; one without a name is its own."""
    return [(value, names.get(value, str(value))) for value in values]


def furnish(app: Flask) -> None:
    """Hand these to the templates."""
    app.jinja_env.filters |= {
        "clock_time": clock_time,
        "hour_minute": hour_minute,
        "moment": moment,
        "set_on": set_on,
        "body": body,
        "day": day,
        "duration": format_duration,
        "distance": distance,
        "in_pairs": in_pairs,
        "point": point,
        "brief": brief,
    }
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
