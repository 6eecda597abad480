"""What cannot be: speeds nobody runs, points passed in an impossible order, and which reading lies.

Works at the first race without any data of others. The limits are data
(config/rules/plausibility.toml). It doubts and never decides: an official rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from timing.core.clock import SECOND
from timing.core.refusal import Problem
from timing.core.rulebook.pace import speed
from timing.core.rulefile import accept, read_rules


class Doubt(StrEnum):
    """Why a time is not believed."""

    BEFORE_START = "before-start"
    AFTER_FINISH = "after-finish"
    OUT_BEFORE_IN = "out-before-in"
    WRONG_ORDER = "wrong-order"
    TOO_FAST = "too-fast"
    TOO_SLOW = "too-slow"


class SpeedLimit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The speeds that are believed over distances to ``up_to`` millimetres; None: any distance.

    fastest, slowest: millimetres a second; exactly the limit is believed.
    """

    direction: str
    up_to: int | None = None
    fastest: int
    slowest: int
    source: str


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    limit: tuple[SpeedLimit, ...]


class Verdict(NamedTuple):
    """doubt: None where the time is believed. speed: metres a second; None for no time at all."""

    doubt: Doubt | None
    speed: Fraction | None

    @property
    def plausible(self) -> bool:
        """Whether the time is believed."""
        return self.doubt is None


class Mark(NamedTuple):
    """One reading of one effort, tied to where on the course it was made.

    position: the number of the course point along the course, the start being 0; a point that
        is entered and left is two positions at one distance.
    at: microseconds after the start, negative before it.
    distance: millimetres from the start.
    earliest: microseconds from the start in which the fastest believable athlete gets here.
    finish: nothing comes after it.
    weight: how much it is trusted against others.
    """

    position: int
    at: int
    distance: int = 0
    earliest: int = 0
    finish: bool = False
    weight: int = 1


class Contradiction(NamedTuple):
    """Two marks, by their place in the list, that cannot both be true, and why."""

    one: int
    other: int
    doubt: Doubt


class Consistent(NamedTuple):
    """Which marks can all be true together.

    kept, doubted: places in the list of marks, in their order along the course.
    sure: no other set of marks weighs as much.
    """

    kept: tuple[int, ...]
    doubted: tuple[int, ...]
    sure: bool


def decode_limits(text: str, file: str | None = None) -> tuple[SpeedLimit, ...]:
    """Read the limits of speed. Raises Refusal."""
    limits = read_rules(text, _File, file=file).limit
    accept(list(_problems(limits, file)))
    return limits


def _problems(limits: Sequence[SpeedLimit], file: str | None) -> Iterable[Problem]:
    reached: dict[str, int | None] = {}
    for number, limit in enumerate(limits, 1):
        where = f"row {number} of limit ({limit.direction})"
        if not 0 < limit.slowest < limit.fastest:
            found = f"{limit.slowest} to {limit.fastest} mm/s"
            yield Problem("bad-speeds", f"{where}: {found}; expected slowest below fastest", file)
        before = reached.get(limit.direction, 0)
        if before is None or (limit.up_to is not None and limit.up_to <= before):
            yield Problem("limit-unreachable", f"{where}: the rows before leave it nothing", file)
        reached[limit.direction] = limit.up_to
    for direction, last in reached.items():
        if last is not None:
            sentence = f"{direction}: no row beyond {last} mm; expected a last row without up_to"
            yield Problem("limit-missing", sentence, file)


def limit_for(limits: Iterable[SpeedLimit], direction: str, distance: int) -> SpeedLimit:
    """Find the limit for a direction and a distance (mm). Raises LookupError for no direction."""
    for limit in limits:
        if limit.direction == direction and (limit.up_to is None or distance <= limit.up_to):
            return limit
    raise LookupError(f"no limit of speed for the direction {direction!r}")


def judge_speed(time: int, distance: int, limit: SpeedLimit) -> Verdict:
    """Judge the time (microseconds) over a distance (mm)."""
    if time <= 0:
        return Verdict(Doubt.BEFORE_START, None)
    reached = speed(time, distance)
    if reached * 1_000 > limit.fastest:
        return Verdict(Doubt.TOO_FAST, reached)
    if reached * 1_000 < limit.slowest:
        return Verdict(Doubt.TOO_SLOW, reached)
    return Verdict(None, reached)


def earliest_times(limits: Sequence[SpeedLimit], legs: Iterable[tuple[str, int]]) -> list[int]:
    """Give the microseconds in which the fastest believable athlete reaches each point.

    legs: direction and millimetres of each leg in order; the start comes first, with 0. A leg is
    judged by its own length, so that nobody is doubted for a fast last lap.
    """
    reached = [0]
    for direction, length in legs:
        fastest = limit_for(limits, direction, length).fastest
        reached.append(reached[-1] + length * SECOND // fastest)
    return reached


def contradictions(marks: Sequence[Mark]) -> list[Contradiction]:
    """Name every pair of marks that cannot both be true. Two marks of one position are no pair."""
    order = _along(marks)
    return [
        Contradiction(one, other, doubt)
        for number, one in enumerate(order)
        for other in order[number + 1 :]
        if (doubt := _doubt(marks[one], marks[other])) is not None
    ]


def _along(marks: Sequence[Mark]) -> list[int]:
    return sorted(range(len(marks)), key=lambda place: (marks[place].position, marks[place].at))


def _doubt(former: Mark, later: Mark) -> Doubt | None:
    took = later.at - former.at
    if former.position == later.position or took >= later.earliest - former.earliest:
        return None
    if took >= 0:
        return Doubt.TOO_FAST
    if former.position == 0:
        return Doubt.BEFORE_START
    if later.finish:
        return Doubt.AFTER_FINISH
    return Doubt.OUT_BEFORE_IN if former.distance == later.distance else Doubt.WRONG_ORDER


def largest_consistent(marks: Sequence[Mark]) -> Consistent:
    """Choose the heaviest set of marks of one effort that can all be true.

    At most one mark of each position is kept, and between any two there is the time that the
    fastest athlete needs. Looks at the whole effort, so that one wrong early reading does not
    throw doubt on all that follow. Of equally heavy sets the one with the earlier readings.
    """
    order = _along(marks)
    best: list[int] = []
    ways: list[int] = []
    before: list[int | None] = []
    for here, place in enumerate(order):
        former = [n for n in range(here) if _follows(marks[order[n]], marks[place])]
        top = max((best[n] for n in former), default=0)
        tops = [n for n in former if best[n] == top]
        best.append(top + marks[place].weight)
        ways.append(sum(ways[n] for n in tops) or 1)
        before.append(tops[0] if tops else None)
    heaviest = max(best, default=0)
    ends = [n for n, weight in enumerate(best) if weight == heaviest]
    kept = _chain(ends[0], before) if ends else []
    return Consistent(
        tuple(order[n] for n in kept),
        tuple(place for n, place in enumerate(order) if n not in set(kept)),
        sum(ways[n] for n in ends) <= 1,
    )


def _follows(former: Mark, later: Mark) -> bool:
    return former.position < later.position and _doubt(former, later) is None


def _chain(end: int, before: Sequence[int | None]) -> list[int]:
    chain: list[int] = []
    here: int | None = end
    while here is not None:
        chain.append(here)
        here = before[here]
    return chain[::-1]
