"""What the head of a sheet says about a contest: course, rules, timing, weather, who goes on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from timing.core.clock import SECOND, Instant, format_duration
from timing.core.rulebook.rules import ContestRules
from timing.core.setup.distances import length_in
from timing.core.setup.event import Contest, Course, Direction, Event, Heat, Round
from timing.core.setup.retro import PARTNERS, is_for_couples, stretches, turns
from timing.core.telling.conditions import wind_of
from timing.printing.phrases import Phrases, clock_time
from timing.printing.sheet import Fact
from timing.printing.sheets.frame import Frame


def round_of(contest: Contest, code: str) -> Round | None:
    """The round of a contest by its code."""
    return next((each for each in contest.rounds if each.code == code), None)


def contest_facts(
    frame: Frame, contest: Contest, round_: Round | None, gun: Instant | None = None
) -> Iterator[Fact]:
    """Facts about one round of a contest, in the order of importance.

    gun: when it was started; without it the scheduled start is told.
    """
    say, event = frame.phrases, frame.event
    yield from _start(say, event, round_, gun)
    yield from _weather(say, event)
    yield from _wind(say, event, contest, round_)
    if contest.course.distance:
        yield Fact(say("fact.course"), course_text(say, contest))
    rules = ruleset_name(frame)
    if rules:
        yield Fact(say("fact.ruleset"), rules)
    yield Fact(say("fact.timing"), say.get(f"timing.{contest.timing}", contest.timing))
    yield Fact(say("fact.ranked"), ranked_by(say, contest.rules))
    going = qualification(say, round_)
    if going:
        yield Fact(say("fact.goes_on"), going)
    if contest.note:
        yield Fact(say("word.notes"), contest.note)


def _start(say: Phrases, event: Event, round_: Round | None, gun: Instant | None) -> Iterator[Fact]:
    if gun is not None:
        yield Fact(say("fact.started"), _when(say, event, gun))
        return
    waves = {heat.wave for heat in round_.heats} if round_ else set()
    planned = [
        wave.scheduled for wave in event.waves if wave.code in waves and wave.scheduled is not None
    ]
    if planned:
        yield Fact(say("fact.scheduled"), _when(say, event, min(planned)))


def _when(say: Phrases, event: Event, at: Instant) -> str:
    """The local time, with its day where the event has several."""
    if event.last_date and event.last_date != event.date:
        return say.day_and_time(at, event.timezone)
    return clock_time(at, event.timezone)


def _weather(say: Phrases, event: Event) -> Iterator[Fact]:
    conditions = event.conditions
    parts = [part for part in (conditions.weather, conditions.temperature) if part]
    if parts:
        yield Fact(say("fact.weather"), ", ".join(parts))


def _wind(say: Phrases, event: Event, contest: Contest, round_: Round | None) -> Iterator[Fact]:
    """The wind of a round of one heat; several heats have it beside their titles."""
    if round_ is not None and len(round_.heats) == 1:
        wind = wind_of(event, contest.code, round_.code, round_.heats[0].number)
        if wind:
            yield Fact(say("fact.wind"), _blown(wind))


def heat_title(say: Phrases, heat: Heat) -> str:
    """The name of a heat, or its number in words."""
    return heat.name or say("word.heat", number=heat.number)


def wind_note(say: Phrases, event: Event, contest: Contest, round_code: str, heat: int) -> str:
    """The wind of a heat, where it is known."""
    wind = wind_of(event, contest.code, round_code, heat)
    return say("word.wind", wind=_blown(wind)) if wind else ""


def _blown(wind: str) -> str:
    """A reading with its unit; what is no reading (``NWI``) as it is."""
    return f"{wind} m/s" if wind[-1:].isdigit() else wind


def course_text(say: Phrases, contest: Contest) -> str:
    """Length and direction: ``1609.344 m backward``, or leg by leg where the direction changes.

    Then where partners swap, and where the lanes end before the finish.
    """
    course = contest.course
    if course.open_laps:
        lap = course.points[-1].distance - course.points[-2].distance
        return say("word.laps_open", distance=distance_text(say, contest, lap))
    parts = [_ways(say, contest)]
    if course.lanes_until is not None and course.lanes_until < course.distance:
        until = distance_text(say, contest, course.lanes_until)
        parts.append(say("word.lanes_until", distance=until))
    return ", ".join(parts)


def _ways(say: Phrases, contest: Contest) -> str:
    course = contest.course
    told = partial(distance_text, say, contest)
    if not course.legs:
        return told(course.distance)
    if is_for_couples(course):
        at = {point.code: point.distance for point in course.points}
        places = ", ".join(told(at[code]) for code in turns(course, PARTNERS[0]))
        how = say("word.partners_swap", places=places) if places else say("word.partners")
        return f"{told(course.distance)}, {how}"
    run = [f"{told(long)} {say(f'word.{way.value}')}" for way, long in stretches(course)]
    part = next(run[:size] for size in range(1, len(run) + 1) if _repeats(run, size))
    count, ways = len(run) // len(part), ", ".join(part)
    return say("word.repeated", count=count, ways=ways) if count > 1 else ways


def _repeats(run: list[str], size: int) -> bool:
    """Whether the beginning of that size, again and again, is the whole."""
    return len(run) % size == 0 and run == run[:size] * (len(run) // size)


def distance_text(say: Phrases, contest: Contest, millimetres: int) -> str:
    """A distance along a contest as the sport and the language write it: ``1609.344 m``."""
    return say.length(length_in(contest, millimetres))


def is_backward(course: Course) -> bool:
    """Whether some leg of the course is run backward."""
    return any(Direction.BACKWARD in (leg.direction, *leg.roles.values()) for leg in course.legs)


def ruleset_name(frame: Frame) -> str:
    """The rule set of the event by its name; one that the house does not know by its code."""
    rules = frame.ruleset
    return rules.named(frame.phrases.language) if rules else frame.event.ruleset


def rules_note(frame: Frame, contest: Contest) -> Iterator[str]:
    """What the rule set says, under a contest that is run backward: its rules are about that."""
    rules = frame.ruleset
    if rules and rules.sentences and is_backward(contest.course):
        sentences = " ".join(rules.printed(frame.phrases.language))
        yield f"{ruleset_name(frame)}: {sentences}"


def ranked_by(say: Phrases, rules: ContestRules) -> str:
    """Which time counts and how it is rounded, in words."""
    basis = say(f"basis.{rules.basis.value}")
    if rules.basis.value == "laps":
        return basis
    step = format_duration(rules.step) if rules.step < SECOND else str(rules.step // SECOND)
    return say("rule.rounded", basis=basis, step=step)


def qualification(say: Phrases, round_: Round | None) -> str:
    """Who goes on to the next round, in words; "" where nobody does."""
    if round_ is None:
        return ""
    who = []
    if round_.by_place:
        who.append(say("rule.by_place", count=round_.by_place))
    if round_.by_time:
        key = "rule.by_time" if round_.by_place else "rule.by_time_only"
        who.append(say(key, count=round_.by_time))
    return say("rule.go_on", who=", ".join(who)) if who else ""
