"""A road race of known times for tests of pages: bib 101 wins, each next is ten seconds behind."""

from __future__ import annotations

from collections.abc import Sequence

from timing.core.clock import MINUTE, SECOND, Instant
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.rulings import Gun
from timing.core.rulebook.rules import ContestRules
from timing.core.setup.event import (
    Contest,
    Course,
    CoursePoint,
    Event,
    Heat,
    Leg,
    PointKind,
    Round,
    TimingPoint,
    Wave,
)  # fmt: skip
from timing.core.setup.roster import Entry, Roster, Sex, Start
from timing.services.house import House
from timing.store import journal, roster, setup

GUN = Instant(1_751_702_400_000_000 - 60 * MINUTE)
"""An hour before the clock of the tests."""
WINNER = 20 * MINUTE
NAMES = ("Åse Ødegård", "Bob Łukasz", "Zoë Ünal", "Carla d'Ornano", "Dan O'Neill", "Eva Núñez")
CLUBS = ("IL Ås", "Reds", "")


def race(slug: str = "mile", **changes) -> Event:
    """A five kilometre run with a split at 2 km."""
    points = (
        CoursePoint(code="start", name="Start", point="line", distance=0, kind=PointKind.START),
        CoursePoint(code="2k", name="Turn", point="turn", distance=2_000_000),
        CoursePoint(code="finish", name="Finish", point="line", distance=5_000_000,
                    kind=PointKind.FINISH),
    )  # fmt: skip
    contest = Contest(
        code="five", name="Five kilometres", discipline="backward-5000m",
        course=Course(points=points, legs=(Leg(), Leg())),
        rounds=(Round(code="final", name="Final", heats=(Heat(number=1, wave="a"),)),),
        rules=ContestRules(),
    )  # fmt: skip
    values = {
        "slug": slug, "name": "Backward Five", "date": "2025-07-05", "place": "Ålesund",
        "timezone": "Europe/Oslo", "contests": (contest,),
        "points": (TimingPoint(code="line", name="Line"), TimingPoint(code="turn", name="Turn")),
        "waves": (Wave(code="a", name="All", scheduled=GUN),),
    }  # fmt: skip
    return Event(**(values | changes))


def entry(number: int, **changes) -> Entry:
    """The runner of this number: names and clubs in turn, every second a woman."""
    values = {
        "id": number, "contest": "five", "bib": str(100 + number),
        "name": NAMES[(number - 1) % len(NAMES)], "club": CLUBS[(number - 1) % len(CLUBS)],
        "sex": Sex.WOMEN if number % 2 else Sex.MEN,
        "born": str(1970 + number % 40), "nation": ("NOR", "POL")[number % 2], "person": number,
    }  # fmt: skip
    return Entry(**(values | changes))


def field(count: int, **special) -> Roster:
    """So many runners; special: keyword ``n2={...}`` changes the entry of runner 2."""
    numbers = range(1, count + 1)
    return Roster(
        entries=tuple(entry(number, **special.get(f"n{number}", {})) for number in numbers),
        starts=tuple(Start(entry=number, round="final", heat=1, wave="a") for number in numbers),
    )


def passing(number: int, point: str, after: int, n: int, **changes) -> Read:
    """A runner at a point, so long after the gun."""
    values = {
        "station": "mat", "n": n, "point": point, "bib": str(100 + number), "chip": None,
        "at": Instant(GUN + after), "source": "chip",
    }  # fmt: skip
    return Read(**(values | changes))


def times(numbers: Sequence[int]) -> list[Read]:
    """Everybody at the turn and at the line, in the order of their numbers."""
    reads = []
    for number in numbers:
        at = WINNER + (number - 1) * 10 * SECOND
        reads.append(passing(number, "turn", at * 2 // 5, 2 * number - 1))
        reads.append(passing(number, "line", at, 2 * number))
    return reads


def hold(
    house: House, event: Event, who: Roster, reads: Sequence[Read], rulings: Sequence[Ruling] = ()
) -> int:
    """Put a race into the store as it stands after these lines; gives its number."""
    gun = Ruling("starter", 1, GUN, Gun(wave="a", at=GUN), "", "ref")
    with house.store.write() as tx:
        number = setup.save_event(tx, event)
        roster.save_roster(tx, number, who)
        journal.append(tx, number, list(reads), [gun, *rulings])
    return number


def more(house: House, slug: str, *lines: Read | Ruling) -> None:
    """Write further lines of the journal."""
    with house.store.write() as tx:
        number = setup.find_event(tx, slug)
        reads = [line for line in lines if isinstance(line, Read)]
        rulings = [line for line in lines if isinstance(line, Ruling)]
        journal.append(tx, number, reads, rulings)
