"""The programme of a demonstration: config/demo/*.toml as an event with contests and courses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from timing.core.clock import SECOND, Duration, Instant, instant_of
from timing.core.setup.distances import length_of, told_in_kilometres
from timing.core.setup.event import (
    METRE,
    Conditions,
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
from timing.files.race.presets import rules_of

LINE, START, START_MAT, CHECK_IN = "line", "start", "start-mat", "check-in"
_FASTEST = 8500  # millimetres a second; nobody runs a leg backwards faster than that
_HEAT_INTERVAL = timedelta(minutes=6)
_TO_FINAL = timedelta(hours=1, minutes=30)


class ContestPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One contest. speed: of the slowest and the fastest, metres a second.

    lap: metres; the course is cut so that the last lap ends at the finish. directions: of one leg
    after the other, again from the first. final: how many of the heats' best run the final.
    teams: how clubs score (config/rules/teams.toml); squads: so many clubs send all they have.
    """

    code: str
    name: str
    discipline: str
    distance: str
    rules: str
    start: str
    entrants: int
    speed: tuple[float, float]
    source: str
    directions: tuple[str, ...] = ("forward",)
    lap: str = ""
    sex: str = ""
    surface: str = "road"
    timing: str = "hand"
    categories: str = ""
    teams: str = ""
    squads: int = 0
    day: int = 1
    wave: str = ""
    lanes: int = 0
    final: int = 0
    legs_of: int = 1
    start_mat: bool = False
    trouble: bool = False
    requires: tuple[str, ...] = ()


class Programme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole demonstration event. seed: of everything that is drawn by lot.

    contests_each: so many individual events somebody may enter; in the championships three (IRR
    competition rules, Essen 2016).
    """

    name: str
    slug: str
    date: str
    place: str
    timezone: str
    ruleset: str
    note: str
    organiser: str
    seed: int
    people: int
    bibs_from: int
    contest: tuple[ContestPlan, ...]
    last_date: str = ""
    contests_each: int = 3
    conditions: Conditions = Conditions()


def decode_programme(text: str) -> Programme:
    """Read a programme. Raises msgspec.ValidationError with the place."""
    return msgspec.toml.decode(text, type=Programme)


def sized(programme: Programme, people: int) -> Programme:
    """Give the programme for so many people, with an address of its own.

    The contests keep their shares; together they have as many more or fewer entrants.
    """
    shares = [plan.entrants for plan in programme.contest]
    before, whole = sum(shares), sum(shares) * people // programme.people
    ends = [below * whole // before for below in accumulate(shares)]
    contests = tuple(
        replace(plan, entrants=end - begin)
        for plan, (begin, end) in zip(programme.contest, pairwise([0, *ends]), strict=True)
    )
    slug = f"{programme.slug}-{people}"
    return replace(programme, slug=slug, people=people, contest=contests)


def event_of(programme: Programme) -> Event:
    """Set the event up. Heats are numbered as ``heats_of`` says."""
    contests = tuple(_contest(plan) for plan in programme.contest)
    waves: dict[str, Wave] = {}
    for plan in programme.contest:
        for wave in _waves(programme, plan):
            waves.setdefault(wave.code, wave)
    return Event(
        slug=programme.slug, name=programme.name, date=programme.date,
        last_date=programme.last_date, place=programme.place, timezone=programme.timezone,
        ruleset=programme.ruleset, organiser=programme.organiser, note=programme.note, demo=True,
        languages=("en", "de", "it", "fr", "es"), contests=contests, waves=tuple(waves.values()),
        conditions=programme.conditions,
        points=(
            TimingPoint(code=CHECK_IN, name="Check-in"),
            TimingPoint(code=START, name="Start"),
            TimingPoint(code=START_MAT, name="Start mat"),
            TimingPoint(code=LINE, name="Finish line", window=Duration(10 * SECOND)),
        ),
    )  # fmt: skip


def heats_of(plan: ContestPlan) -> int:
    """How many heats the first round has."""
    return -(-plan.entrants // plan.lanes) if plan.lanes else 1


def wave_code(plan: ContestPlan, round_code: str, heat: int) -> str:
    """The wave of one heat."""
    if plan.wave:
        return plan.wave
    return f"{plan.code}-{round_code}-{heat}" if plan.final else plan.code


def first_round(plan: ContestPlan) -> str:
    """The round in which everybody starts."""
    return "heats" if plan.final else "final"


def _contest(plan: ContestPlan) -> Contest:
    final = Round(
        code="final", name="Final",
        heats=(Heat(number=1, wave=wave_code(plan, "final", 1), lanes=plan.lanes),),
    )  # fmt: skip
    rounds: tuple[Round, ...] = (final,)
    if plan.final:
        heats = tuple(
            Heat(number=number, wave=wave_code(plan, "heats", number), lanes=plan.lanes)
            for number in range(1, heats_of(plan) + 1)
        )
        rounds = (Round(code="heats", name="Heats", heats=heats, by_time=plan.final), final)
    return Contest(
        code=plan.code, name=plan.name, discipline=plan.discipline, course=_course(plan),
        rounds=rounds,
        rules=rules_of(plan.rules, {"categories": plan.categories, "teams": plan.teams}),
        sex=plan.sex, timing=plan.timing, surface=plan.surface, legs_of=plan.legs_of,
        requires=plan.requires,
    )  # fmt: skip


def _course(plan: ContestPlan) -> Course:
    distances = leg_ends(plan)
    far = told_in_kilometres(distances[-1], plan.surface)
    first = START_MAT if plan.start_mat else START
    points = [
        CoursePoint(code="start", name="Start", point=first, distance=0, kind=PointKind.START)
    ]
    for number, distance in enumerate(distances[:-1], 1):
        name = str(length_of(distance, kilometres=far))
        points.append(CoursePoint(code=f"lap-{number}", name=name, point=LINE, distance=distance))
    points.append(
        CoursePoint(
            code="finish", name="Finish", point=LINE, distance=distances[-1], kind=PointKind.FINISH
        )
    )
    legs = tuple(
        Leg(
            direction=Direction(plan.directions[number % len(plan.directions)]),
            surface=plan.surface,
        )
        for number in range(len(distances))
    )
    shortest = min(
        after - before for before, after in zip([0, *distances], distances, strict=False)
    )
    gap = Duration(shortest * SECOND // _FASTEST)
    return Course(
        points=tuple(points), legs=legs, minimum_leg=gap,
        lanes_until=distances[-1] if plan.lanes else None,
    )  # fmt: skip


def leg_ends(plan: ContestPlan) -> list[int]:
    """Millimetres from the start to the end of each leg; the last is the whole distance."""
    whole = int(Decimal(plan.distance) * METRE)
    lap = int(Decimal(plan.lap) * METRE) if plan.lap else whole
    return [distance for distance in range(whole, 0, -lap) if distance >= lap // 2][::-1]


def _waves(programme: Programme, plan: ContestPlan) -> list[Wave]:
    begin = gun_time(programme, plan)
    if not plan.final:
        code = wave_code(plan, "final", 1)
        return [Wave(code=code, name=plan.wave or plan.name, scheduled=begin)]
    micros = _HEAT_INTERVAL // timedelta(microseconds=1)
    waves = [
        Wave(
            code=wave_code(plan, "heats", number), name=f"{plan.name}, heat {number}",
            scheduled=Instant(begin + (number - 1) * micros),
        )
        for number in range(1, heats_of(plan) + 1)
    ]  # fmt: skip
    final = Instant(begin + _TO_FINAL // timedelta(microseconds=1))
    return [
        *waves,
        Wave(code=wave_code(plan, "final", 1), name=f"{plan.name}, final", scheduled=final),
    ]


def gun_time(programme: Programme, plan: ContestPlan) -> Instant:
    """The planned moment of the first gun of a contest."""
    day = date.fromisoformat(programme.date) + timedelta(days=plan.day - 1)
    begin = time.fromisoformat(plan.start)
    return instant_of(datetime.combine(day, begin, ZoneInfo(programme.timezone)))
