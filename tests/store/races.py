"""A small race of every shape that the schema knows: rounds, heats, relays, laps and teams."""

from __future__ import annotations

from timing.core.clock import MINUTE, SECOND, Duration, Instant
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.rulings import Gun
from timing.core.rulebook.rules import Basis, ContestRules, Ties
from timing.core.setup.event import (
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
from timing.core.setup.roster import Entry, Member, Roster, Sex, Start

GUN = Instant(1_751_709_600_000_000)
"""2025-07-05 10:00 UTC."""


def backwards_mile(slug: str = "mile-2025") -> Event:
    """A mile backwards on the track, a half marathon with heats, and a relay both ways."""
    return Event(
        slug=slug,
        name="Backwards Mile",
        date="2025-07-05",
        place="Ålesund",
        timezone="Europe/Oslo",
        demo=True,
        languages=("en", "nb"),
        points=(
            TimingPoint(code="line", name="Finish line"),
            TimingPoint(code="far", name="Far side", window=Duration(5 * SECOND)),
        ),
        waves=(Wave(code="a", name="First gun", scheduled=GUN), Wave(code="b", name="Second gun")),
        contests=(_mile(), _relay()),
        conditions=Conditions(weather="rain", wind={"1": "+1.2"}),
    )


def _mile() -> Contest:
    start = CoursePoint(code="start", name="Start", point="line", distance=0, kind=PointKind.START)
    laps = tuple(
        CoursePoint(code=f"lap{n}", name=f"Lap {n}", point="line", distance=n * 400_000)
        for n in range(1, 4)
    )
    finish = CoursePoint(
        code="finish",
        name="Finish",
        point="line",
        distance=1_609_344,
        kind=PointKind.FINISH,
        earliest=Duration(4 * MINUTE),
    )
    back = Leg(direction=Direction.BACKWARD, surface="track")
    return Contest(
        code="mile",
        name="Backward mile",
        discipline="backward-mile",
        course=Course(points=(start, *laps, finish), legs=(back,) * 4, lanes_until=100_000),
        rounds=(
            Round(
                code="heats",
                name="Heats",
                heats=(
                    Heat(number=1, wave="a", lanes=8),
                    Heat(number=2, wave="b", name="Second", lanes=8),
                ),
                by_place=2,
                by_time=1,
            ),
            Round(code="final", name="Final", heats=(Heat(number=1, wave="b"),)),
        ),
        rules=ContestRules(basis=Basis.NET, ties=Ties.RECORDED, decimals=2),
        sex="W",
        capacity=60,
    )


def _relay() -> Contest:
    points = tuple(
        CoursePoint(code=code, name=code, point="far", distance=distance)
        for code, distance in (("start", 0), ("swap", 200_000), ("finish", 400_000))
    )
    legs = (
        Leg(direction=Direction.BACKWARD, roles={"second": Direction.FORWARD}),
        Leg(direction=Direction.FORWARD, roles={"second": Direction.BACKWARD}),
    )
    return Contest(
        code="alternata",
        name="Alternata",
        discipline="alternata",
        course=Course(points=points, legs=legs, turn="cone"),
        rounds=(Round(code="final", name="Final", heats=(Heat(number=1, wave="a"),)),),
        rules=ContestRules(),
        legs_of=2,
    )


def field() -> Roster:
    """Åse runs the mile and leads a couple in the relay; Bob runs the mile; Zoë's bib is open."""
    return Roster(
        entries=(
            Entry(id=1, contest="mile", name="Åse Ødegård", family="Ødegård", bib="101",
                  chips=("AA01", "AA02"), sex=Sex.WOMEN, born="1990-02-28", person=1, club="IL Ås"),
            Entry(id=2, contest="mile", name="Bob Łukasz", family="Łukasz", bib="102", age=47,
                  seed=Duration(7 * MINUTE), team="Reds"),
            Entry(id=3, contest="alternata", name="Ås couple", bib="101", person=1, sex=Sex.MIXED,
                  members=(Member(name="Åse Ødegård", leg=1, role="first", person=1),
                           Member(name="Zoë Ünal", leg=2, role="second", person=2))),
            Entry(id=4, contest="mile", name="Zoë Ünal", person=2, out_of_competition=True),
        ),
        starts=(
            Start(entry=1, round="heats", heat=1, wave="a", lane=4),
            Start(entry=2, round="heats", heat=2, wave="b", lane=1, offset=Duration(-SECOND)),
            Start(entry=3, round="final", heat=1, wave="a"),
        ),
    )  # fmt: skip


def read(n: int, bib: str | None = "101", station: str = "mat", **other) -> Read:
    """A passing of the line, n tenths of a second after the gun."""
    values = {"point": "line", "chip": None, "at": Instant(GUN + n * 100_000), "source": "chip"}
    return Read(station=station, n=n, bib=bib, **(values | other))


def gun(n: int = 1, station: str = "desk", at: Instant | None = GUN) -> Ruling:
    """The gun of the first wave."""
    return Ruling(station=station, n=n, at=GUN, act=Gun(wave="a", at=at), author="ref")
