"""The setup of an event: contests, courses, rounds, heats, waves and timing points, as values.

Edited freely until the gun, afterwards only by rulings. Knows no entrants and no times.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from msgspec import Struct

from timing.core.clock import Duration, Instant
from timing.core.rulebook.rules import ContestRules
from timing.core.setup.called_off import CalledOff

METRE = 1000
"""Distances are whole millimetres, so that a mile is exactly 1,609,344."""


class Direction(StrEnum):
    """Which way an athlete faces on a leg."""

    FORWARD = "forward"
    BACKWARD = "backward"


class PointKind(StrEnum):
    """What a point of the course is for."""

    START = "start"
    SPLIT = "split"
    FINISH = "finish"


class Choice(StrEnum):
    """Which read of a burst at one point counts."""

    FIRST = "first"
    LAST = "last"
    STRONGEST = "strongest"


class TimingPoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place where stations stand: a mat, a line, a desk. Shared by all contests of an event.

    window: reads of one bib closer together than this are one burst; shorter than a lap.
    prefer: sources from the most trusted on; a read of a less trusted one is a backup.
    tolerance: a backup that differs by more than this is worth a look.
    """

    code: str
    name: str
    choose: Choice = Choice.FIRST
    window: Duration = Duration(20_000_000)
    prefer: tuple[str, ...] = ("photo", "chip", "watch", "button", "typed", "paper")
    tolerance: Duration = Duration(2_000_000)


class CoursePoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place on the course of one contest where a split is expected.

    distance: millimetres from the start.
    earliest: no passing is possible sooner than this after the start; reads before are not used.
    """

    code: str
    name: str
    point: str
    distance: int
    kind: PointKind = PointKind.SPLIT
    earliest: Duration = Duration(0)


class Leg(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The way between two neighbouring course points.

    roles: another direction for a role in a team ("second": "forward"), where couples swap.
    """

    direction: Direction = Direction.FORWARD
    surface: str = ""
    roles: dict[str, Direction] = {}


class Course(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The course points in the order in which they are passed, and the legs between them.

    legs: one fewer than points.
    open_laps: the last leg is repeated until the time is up; every further passing of the last
        point is another lap.
    time_limit: from the gun; a passing later than this does not count (OTL for a fixed course).
    minimum_leg: no leg is faster than this; a read sooner after the last passing is not used.
    fastest: millimetres a second that nobody exceeds over a leg; 0: no bound. On laps a read that
        needs more is not used; elsewhere only where the effort has a believable finish.
    lanes_until: millimetres run in lanes before cutting in; None: no lanes.
    """

    points: tuple[CoursePoint, ...]
    legs: tuple[Leg, ...] = ()
    open_laps: bool = False
    time_limit: Duration | None = None
    minimum_leg: Duration = Duration(0)
    fastest: int = 12_500
    lanes_until: int | None = None
    turn: str = ""

    @property
    def distance(self) -> int:
        """Millimetres from the start to the last point."""
        return self.points[-1].distance if self.points else 0


class Wave(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Those with one gun. Waves belong to the event: one gun may start several contests.

    scheduled: the planned moment; only a gun ruling starts the wave.
    interval: with individual starts, the time between two starters: lane 1 starts at the gun,
        lane 2 so much later, and so on; who does not start leaves a gap.
    """

    code: str
    name: str
    scheduled: Instant | None = None
    interval: Duration | None = None


class Heat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One race of a round. lanes: 0 where there are none."""

    number: int
    wave: str
    name: str = ""
    lanes: int = 0


class Round(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stage of a contest; a road race has one, the final.

    by_place, by_time: how many go on to the next round from each heat (Q) and overall (q).
    reserves: how many more are named should a qualifier not start.
    """

    code: str
    name: str
    heats: tuple[Heat, ...]
    by_place: int = 0
    by_time: int = 0
    reserves: int = 0


class Contest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is ranked together.

    code: unique in the event and part of the web address.
    discipline: the code under which records are kept, such as ``backward-mile``.
    legs_of: how many athletes share the course one after the other (a relay); 1 otherwise.
    requires: what the desk must see before an entrant is ready (``core.telling.checkin.ITEMS``).
    bibs: the numbers of this contest, such as ``1-199, A1-A50``; "" for any.
    """

    code: str
    name: str
    discipline: str
    course: Course
    rounds: tuple[Round, ...]
    rules: ContestRules
    sex: str = ""
    timing: str = "hand"
    surface: str = ""
    legs_of: int = 1
    capacity: int | None = None
    requires: tuple[str, ...] = ()
    bibs: str = ""
    note: str = ""


class Minors(StrEnum):
    """How entrants under 18 are shown in public; their places stay."""

    FULL = "full"
    INITIALS = "initials"
    HIDDEN = "hidden"


class Conditions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a championship sheet says about the day.

    wind: of each heat as recorded (``+1.2``), under contest/round/heat; see
    ``core.telling.conditions``.
    """

    weather: str = ""
    temperature: str = ""
    wind: dict[str, str] = {}


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One or more days of contests that share bibs, timing points and waves.

    slug: the web address. date, last_date: ISO dates of the first and the last day.
    timezone: an IANA name; all local times are shown in it.
    ruleset: the rules of competition printed with the event (``irr-2016``).
    demo: entrants are invented; every page and sheet says so.
    kept_bibs: numbers that nobody gets, and why: ``reserved`` or ``lost``.
    self_checkin: entrants may confirm on a page of their own that they are here.
    schemes: rule files of this event alone, as text, by kind and name (``categories/club``).
    called_off: what is not held as announced, by contest; "" is the whole event. It is ruled and
        never set up: ``core.telling.fates`` adds it to what everybody is shown.
    """

    slug: str
    name: str
    date: str
    last_date: str = ""
    place: str = ""
    timezone: str = "UTC"
    ruleset: str = ""
    organiser: str = ""
    note: str = ""
    demo: bool = False
    public: bool = True
    minors: Minors = Minors.FULL
    robots: bool = True
    languages: tuple[str, ...] = ("en",)
    points: tuple[TimingPoint, ...]
    waves: tuple[Wave, ...]
    contests: tuple[Contest, ...]
    conditions: Conditions = Conditions()
    kept_bibs: dict[str, str] = {}
    self_checkin: bool = False
    schemes: dict[str, str] = {}
    called_off: dict[str, CalledOff] = {}

    def contest(self, code: str) -> Contest | None:
        """The contest of that code, or None."""
        return next((contest for contest in self.contests if contest.code == code), None)

    @property
    def line(self) -> str:
        """The timing point at which most contests end, "" where there is none."""
        ends = Counter(contest.course.points[-1].point for contest in self.contests)
        return ends.most_common(1)[0][0] if ends else ""
