"""From race.toml to the setup of an event: one round, one start, one finish for each contest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from string import ascii_uppercase
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from timing.core.clock import Duration, Instant
from timing.core.setup.course import course_problems
from timing.core.setup.event import (
    Contest,
    Course,
    CoursePoint,
    Direction,
    Event,
    Heat,
    Leg,
    PointKind,
    Round,
    TimingPoint,
    Wave,
)
from timing.files.race.choices import ContestChoice
from timing.files.race.day_clock import DayClock
from timing.files.race.race_toml import RaceText
from timing.files.race.rulings import ROUND
from timing.files.race.times import CLOCKS, DOTS, MOST_DECIMALS, TimeWords
from timing.files.rulebook import team_presets

START, FINISH = "start", "finish"


class RaceSetup(NamedTuple):
    """zero: the moment at which the clock of the times was started. guns: of each wave.

    clock: the clocks of the place, from the day on at which that of the times was started.
    wave_of: the wave of those of whom the entries name none, by contest.
    """

    event: Event
    clock: DayClock
    zero: Instant
    guns: dict[str, Instant]
    wave_of: dict[str, str]
    times: TimeWords


def build_event(text: RaceText) -> RaceSetup:
    """Make the setup; what does not fit is a problem of the findings. Raises Refusal."""
    race = text.race
    if not race.contest:
        text.wrong("$.contest", "there is no contest; expected at least one")
        text.findings.refuse()
    clock = _clock(text)
    start = text.duration("$.times.start", race.times.start)
    zero = clock.moment(start)
    _check_words(text)
    contests = tuple(_contest(text, number) for number in range(len(race.contest)))
    points = _points(contests)
    waves, guns = _waves(text, _begin(text, clock, start))
    event = Event(
        slug=race.slug or slug_of(race.name), name=race.name, date=race.date, place=race.place,
        timezone=race.timezone, ruleset=race.ruleset, organiser=race.organiser, note=race.note,
        languages=race.languages, points=points, waves=waves, contests=contests,
    )  # fmt: skip
    _check(text, event)
    first = waves[0].code
    wave_of = {contest.code: first if race.wave else contest.code for contest in contests}
    times = replace(race.times, date=clock.day.isoformat())
    return RaceSetup(event, clock, zero, guns, wave_of, times)


def slug_of(name: str) -> str:
    """A name as a part of a web address: ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "race"


def _clock(text: RaceText) -> DayClock:
    race = text.race
    try:
        zone = ZoneInfo(race.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        text.wrong("$.timezone", f"{race.timezone!r} is no time zone; expected such as Europe/Rome")
        zone = ZoneInfo("UTC")
    day = _day(text, "$.date", race.date)
    return DayClock(_day(text, "$.times.date", race.times.date or day.isoformat()), zone)


def _day(text: RaceText, key: str, told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        text.wrong(key, f"{told!r} is no date; expected such as 2026-05-30")
        return date(2000, 1, 1)


def _begin(text: RaceText, clock: DayClock, start: int) -> Instant:
    """When the race started. What an ordinary clock shows then is no span on days it is moved."""
    after = text.duration("$.start.after_clock", text.race.start.after_clock, signed=True)
    if text.race.times.clock == "elapsed":
        return Instant(clock.moment(start) + after)
    return clock.moment(start + after)


def _check_words(text: RaceText) -> None:
    """What the times are said to be is one of what there is: a slip would be ignored in silence."""
    words = text.race.times
    for key, told, known in (("clock", words.clock, CLOCKS), ("dots", words.dots, DOTS)):
        if told not in known:
            expected = ", ".join(filter(None, known))
            text.wrong(f"$.times.{key}", f"{key} is {told!r}; expected one of {expected}")
    if not 0 <= words.decimals <= MOST_DECIMALS:
        sentence = f"decimals is {words.decimals}; expected 0 to {MOST_DECIMALS}"
        text.wrong("$.times.decimals", sentence)


def _contest(text: RaceText, number: int) -> Contest:
    choice = text.race.contest[number]
    key = f"$.contest[{number}]"
    points = _course_points(text, choice, key)
    limit = choice.time_limit
    course = Course(
        points=points,
        legs=(Leg(direction=_direction(text, choice, key), surface=choice.surface),)
        * (len(points) - 1),
        time_limit=text.duration(f"{key}.time_limit", limit) if limit else None,
    )
    return Contest(
        code=choice.code, name=choice.name or text.race.name,
        discipline=choice.discipline or choice.code, course=course, sex=choice.sex,
        rounds=(Round(code=ROUND, name="Final", heats=(Heat(number=1, wave=choice.code),)),),
        rules=replace(text.rules(f"{key}.rules", choice.rules), records=choice.records),
        timing=choice.timing, surface=choice.surface,
    )  # fmt: skip


def _direction(text: RaceText, choice: ContestChoice, key: str) -> Direction:
    try:
        return Direction(choice.direction)
    except ValueError:
        text.wrong(f"{key}.direction", f"{choice.direction!r}; expected forward or backward")
        return Direction.FORWARD


def _course_points(text: RaceText, choice: ContestChoice, key: str) -> tuple[CoursePoint, ...]:
    splits = tuple(
        CoursePoint(
            code=point.code, name=point.name or point.code, point=point.code,
            distance=text.millimetres(f"{key}.points[{index}].distance", point.distance),
        )
        for index, point in enumerate(choice.points)
    )  # fmt: skip
    whole = text.millimetres(f"{key}.distance", choice.distance)
    whole = whole or max((split.distance for split in splits), default=0)
    return (
        CoursePoint(code=START, name="Start", point=START, distance=0, kind=PointKind.START),
        *splits,
        CoursePoint(
            code=FINISH, name="Finish", point=FINISH, distance=whole, kind=PointKind.FINISH
        ),
    )


def _points(contests: tuple[Contest, ...]) -> tuple[TimingPoint, ...]:
    points: dict[str, TimingPoint] = {}
    for contest in contests:
        for point in contest.course.points:
            points.setdefault(point.point, TimingPoint(code=point.point, name=point.name))
    return tuple(points.values())


def _waves(text: RaceText, begin: Instant) -> tuple[tuple[Wave, ...], dict[str, Instant]]:
    """The waves that race.toml names, else one for each contest. begin: when the race started."""
    race = text.race
    named = [
        (wave.code, wave.name or wave.code, f"$.wave[{number}].start", wave.start)
        for number, wave in enumerate(race.wave)
    ] or [
        (choice.code, choice.name or race.name, f"$.contest[{number}].start", choice.start)
        for number, choice in enumerate(race.contest)
    ]
    guns = {
        code: Instant(begin + text.duration(key, start, signed=True))
        for code, _, key, start in named
    }
    told = race.times.start != TimeWords().start  # the clock may be a stopwatch without an hour
    waves = tuple(
        Wave(code=code, name=name, scheduled=guns[code] if told else None)
        for code, name, _, _ in named
    )
    return waves, guns


def _check(text: RaceText, event: Event) -> None:
    points = {point.code: point for point in event.points}
    for kind, codes in (
        ("contest", [contest.code for contest in event.contests]),
        ("wave", [wave.code for wave in event.waves]),
    ):
        for number, code in enumerate(codes):
            if code in codes[:number]:
                text.wrong(
                    f"$.{kind}[{number}].code", f"{code!r} stands twice; expected one {kind}"
                )
    for number, contest in enumerate(event.contests):
        for sentence in course_problems(contest, points):
            text.wrong(f"$.contest[{number}]", str(sentence))
        _check_teams(text, number)


def _check_teams(text: RaceText, number: int) -> None:
    teams = text.race.contest[number].teams
    if teams is None:
        return
    key = f"$.contest[{number}].teams"
    if teams.rules not in team_presets():
        known = ", ".join(team_presets())
        sentence = f"{teams.rules!r} is no way of scoring teams; expected one of {known}"
        text.wrong(f"{key}.rules", sentence)
    numbers = (("count", teams.count), ("prizes", teams.prizes), ("of_club", teams.of_club))
    for name, count in numbers:
        if count is not None and count < 1:
            text.wrong(f"{key}.{name}", f"{name} is {count}; expected 1 or more")
    if (teams.of_club or 1) > len(ascii_uppercase):
        text.wrong(f"{key}.of_club", f"of_club is {teams.of_club}; expected at most 26")


def category_delays(text: RaceText) -> dict[str, Duration]:
    """Folded category -> how long after the race its runners started."""
    return {
        category.casefold(): text.duration(f"$.start.by_category.{category}", delay, signed=True)
        for category, delay in text.race.start.by_category.items()
    }


def check_delays(text: RaceText, schemes: Collection[str], entered: Collection[str]) -> None:
    """A delay of a category that nobody can have is a problem; of one that nobody has, a notice.

    schemes: the codes of all category schemes, empty without any. entered: those of the entrants.
    """
    known = {code.casefold() for code in schemes or entered}
    for category in text.race.start.by_category:
        if category.casefold() in known:
            continue
        key = f"$.start.by_category.{category}"
        if schemes:
            expected = f"expected one of {', '.join(schemes)}"
            text.wrong(key, f"category {category!r} is not in the scheme; {expected}")
        else:
            told = f"nobody is of category {category!r}, which starts later or earlier"
            text.findings.notice("delay", told, str(text.path))
