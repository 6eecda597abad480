"""What is particular to backward running: which way each leg is run, and by whom; seeding by ratio.

Direction belongs to the leg and, where partners swap, to the role. Knows no times of a race.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from msgspec import Struct

from timing.core.clock import SECOND, Duration
from timing.core.refusal import Problem
from timing.core.rulebook.rounding import round_up
from timing.core.rulefile import read_checked
from timing.core.sentence import worded
from timing.core.setup.event import Course, Direction, Leg
from timing.core.setup.roster import Entry

PARTNERS = ("first", "second")
"""The roles of a couple, as its members have them (``core.setup.roster.Member``)."""


class RatioRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Backward time over forward time at a distance; a decimal text, never a float."""

    metres: int
    ratio: str


class RatioTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """low, high: the range in which an estimate must be read. rows: by distance."""

    source: str
    low: str
    high: str
    rows: tuple[RatioRow, ...]


class SeedEstimate(NamedTuple):
    """A seeding time that nobody ran. label: says so wherever it is shown.

    low, high: the range it may as well be. own: from the athlete's own ratio.
    """

    time: Duration
    low: Duration
    high: Duration
    own: bool
    label: str = "estimate"


class Stretch(NamedTuple):
    """A part of a course that is run one way. length: millimetres."""

    direction: Direction
    length: int


def direction_of(leg: Leg, role: str = "") -> Direction:
    """Which way somebody in a role runs a leg; couples swap by having roles."""
    return leg.roles.get(role, leg.direction)


def directions(course: Course, role: str = "") -> tuple[Direction, ...]:
    """One direction a leg; a course without legs is run forward all the way."""
    legs = course.legs or (Leg(),) * max(len(course.points) - 1, 0)
    return tuple(direction_of(leg, role) for leg in legs)


def turns(course: Course, role: str = "") -> tuple[str, ...]:
    """Codes of the course points where the direction changes: split points are needed there."""
    ways = directions(course, role)
    return tuple(
        course.points[number].code
        for number, (before, after) in enumerate(pairwise(ways), start=1)
        if before is not after
    )


def stretches(course: Course, role: str = "") -> tuple[Stretch, ...]:
    """The parts of the course in their order, neighbours that are run the same way as one."""
    lengths = (after.distance - before.distance for before, after in pairwise(course.points))
    legs = zip(directions(course, role), lengths, strict=False)
    return tuple(
        Stretch(way, sum(length for _, length in part))
        for way, part in groupby(legs, key=lambda leg: leg[0])
    )


def shares(course: Course, role: str = "") -> dict[Direction, int]:
    """Millimetres in each direction."""
    found = dict.fromkeys(Direction, 0)
    for way, length in stretches(course, role):
        found[way] += length
    return found


def is_for_couples(course: Course) -> bool:
    """Whether partners run it together, each leg one of them this way and one the other."""
    return any(leg.roles for leg in course.legs)


def check_directions(course: Course) -> tuple[Problem, ...]:
    """The lanes end on the course, and of a couple exactly one runs backward on every leg."""
    couple = _role_problems(course) if is_for_couples(course) else ()
    return (*_lane_problems(course), *couple)


def _lane_problems(course: Course) -> Iterator[Problem]:
    mark = course.lanes_until
    if mark is not None and not 0 < mark <= course.distance:
        yield Problem(
            "lanes-until",
            worded(
                "lanes until {mark} mm; expected 1 to {distance}",
                mark=mark,
                distance=course.distance,
            ),
        )


def _role_problems(course: Course) -> Iterator[Problem]:
    for number, leg in enumerate(course.legs, start=1):
        unknown = sorted(set(leg.roles) - set(PARTNERS))
        ways = {direction_of(leg, partner) for partner in PARTNERS}
        if unknown:
            yield Problem(
                "unknown-role",
                worded(
                    "leg {number}: role {role!r}; expected one of {known}",
                    number=number,
                    role=unknown[0],
                    known=str(list(PARTNERS)),
                ),
            )
        elif len(ways) == 1:
            way = direction_of(leg, PARTNERS[0])
            yield Problem(
                "no-swap",
                worded(
                    "leg {number}: both partners run {way}; expected one backward",
                    number=number,
                    way=worded("backward") if way is Direction.BACKWARD else worded("forward"),
                ),
            )


def delegation_of(entry: Entry) -> str:
    """The team whose medals these are: not always a nation (Catalonia beside Spain, 2012)."""
    return entry.delegation or entry.nation or entry.club


def decode_ratios(text: str, file: str | None = None) -> RatioTable:
    """Read config/rules/backward_ratio.toml. Raises Refusal."""
    return read_checked(text, RatioTable, check_ratios, file=file)


def check_ratios(table: RatioTable) -> tuple[Problem, ...]:
    """Ratios are numbers inside the range, distances grow."""
    return tuple(_ratio_problems(table))


def _ratio_problems(table: RatioTable) -> Iterator[Problem]:
    texts = [("low", table.low), ("high", table.high)]
    texts += [(f"row {k}", row.ratio) for k, row in enumerate(table.rows, start=1)]
    bad = [(where, text) for where, text in texts if not _is_ratio(text)]
    for where, text in bad:
        yield Problem("ratio-number", f"{where}: {text!r} is not a ratio; expected such as 1.4")
    if bad:
        return
    low, high = Fraction(table.low), Fraction(table.high)
    if not table.rows:
        yield Problem("ratio-rows", "no row; expected at least one distance")
    for number, row in enumerate(table.rows, start=1):
        if not low <= Fraction(row.ratio) <= high:
            sentence = f"ratio {row.ratio}; expected {table.low} to {table.high}"
            yield Problem("ratio-range", f"row {number}: {sentence}")
    for number, (before, after) in enumerate(pairwise(table.rows), start=2):
        if after.metres <= before.metres:
            sentence = f"{after.metres} m; expected more than {before.metres}"
            yield Problem("ratio-order", f"row {number}: {sentence}")


def _is_ratio(text: str) -> bool:
    whole, dot, part = text.partition(".")
    return whole.isdecimal() and (part.isdecimal() if dot else True) and Fraction(text) > 0


def backward_ratio(backward: Duration, forward: Duration) -> Fraction:
    """How much slower somebody is backward. Raises ValueError without a forward time."""
    if forward <= 0:
        raise ValueError(f"a forward time of {forward} microseconds; expected more than 0")
    return Fraction(backward, forward)


def usual_ratio(table: RatioTable, metres: int) -> Fraction:
    """The ratio at a distance, on a straight line between the rows and level outside them."""
    rows = [(row.metres, Fraction(row.ratio)) for row in table.rows]
    for (near, before), (far, after) in pairwise(rows):
        if near <= metres <= far:
            return before + (after - before) * Fraction(metres - near, far - near)
    return rows[0][1] if metres < rows[0][0] else rows[-1][1]


def estimate_seed(
    forward: Duration, metres: int, table: RatioTable, known: Iterable[Fraction] = ()
) -> SeedEstimate:
    """Estimate a backward time from a forward one, in whole seconds, rounded up.

    known: the athlete's own ratios at other distances; their mean comes before the usual one.
    """
    ratios = list(known)
    ratio = sum(ratios, Fraction(0)) / len(ratios) if ratios else usual_ratio(table, metres)

    def at(factor: Fraction) -> Duration:
        exact = forward * factor
        return round_up(-(-exact.numerator // exact.denominator), SECOND)

    return SeedEstimate(
        at(ratio), at(Fraction(table.low)), at(Fraction(table.high)), own=bool(ratios)
    )
