"""What a page says about a race in words: day, place, course and weather; who is not home yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from flask_babel import get_locale, gettext as _

from timing.core.clock import Instant
from timing.core.setup.event import Contest, Event
from timing.core.status import Status
from timing.core.telling.conditions import wind_of
from timing.core.telling.listing import Line
from timing.core.whole_number import whole
from timing.files.entrants.nations import nation_name
from timing.printing.phrases import Phrases, phrases_of
from timing.printing.sheets.contest_facts import course_text, wind_note
from timing.services.public.results import ContestPage
from timing.web.pages import clock_time, hour_minute, local, moment

_UNIT = re.compile(r"(\d) (k?m)\b")
"""A number and its unit, which stand in one line."""


def event_facts(event: Event) -> list[str]:
    """Days and place."""
    return [part for part in (_say().days(event.date, event.last_date), event.place) if part]


def contest_facts(page: ContestPage) -> list[str]:
    """Day, start and place, course, weather; the wind where there is one heat."""
    return list(_facts(_say(), page))


def seen(at: Instant | None, event: Event) -> str:
    """The time of day of a moment; with its day where that is none of the days of the event."""
    here = local(at, event.timezone)
    if at is None or here is None:
        return ""
    within = event.date <= here.date().isoformat() <= (event.last_date or event.date)
    return clock_time(at, event.timezone) if within else moment(at, event.timezone)


def heat_wind(page: ContestPage, heat: str) -> str:
    """The wind of a heat as the sheets say it; "" where it is not known."""
    number = whole(heat)
    if number is None:
        return ""
    return wind_note(_say(), page.event, page.contest, page.round, number)


def result(line: Line) -> str:
    """The result of a line; of who is not home yet in words instead of a code."""
    if line.time != line.status.value:
        return line.time
    words = {Status.READY: _("not seen yet"), Status.RUN: _("on the way")}
    return str(words.get(line.status, line.time))


def last_seen(line: Line, contest: Contest) -> str:
    """Where and when who is on the way was seen last; "" for everybody else."""
    if line.time != Status.RUN.value:
        return ""
    names = {point.code: point.name for point in contest.course.points}
    passed = [cell for cell in line.splits if cell.elapsed]
    if not passed:
        return ""
    return f"{_say().point(names.get(passed[-1].code, ''))} {passed[-1].elapsed}".strip()


def nation(code: str) -> str:
    """The name of a nation in the language of the reader; "" for a code that stands for none."""
    return nation_name(code, str(get_locale() or "en"))


def _facts(say: Phrases, page: ContestPage) -> Iterator[str]:
    event, course = page.event, page.contest.course
    start = local(page.start, event.timezone)
    if start is None:
        yield say.days(event.date, event.last_date)
    else:
        yield f"{say.days(start.date().isoformat())}, {hour_minute(page.start, event.timezone)}"
    if event.place:
        yield event.place
    if course.points:
        yield _UNIT.sub("\\1\u00a0\\2", course_text(say, page.contest))
    weather = (event.conditions.weather, event.conditions.temperature.replace(" °", "\u00a0°"))
    yield from filter(None, weather)
    if page.heats <= 1 and wind_of(event, page.contest.code, page.round, 1):
        yield wind_note(say, event, page.contest, page.round, 1)


def _say() -> Phrases:
    return phrases_of(str(get_locale() or "en"))


def furnish(app: Flask) -> None:
    """Hand these to the templates."""
    app.jinja_env.filters |= {
        "event_facts": event_facts,
        "contest_facts": contest_facts,
        "heat_wind": heat_wind,
        "last_seen": last_seen,
        "nation": nation,
        "seen": seen,
        "result": result,
    }
