"""Speeds that nobody runs, over a whole distance and for a moment.

Works at the first race without any data of others. The limits are data
(config/rules/plausibility.toml). It doubts and never decides: an official rules. Which of the
readings of an effort can all be true is the business of ``core.fold.chains``.
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


class TopSpeed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The speed that nobody exceeds on any leg, however short; millimetres a second."""

    direction: str
    fastest: int
    source: str


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    limit: tuple[SpeedLimit, ...]
    top: tuple[TopSpeed, ...] = ()


class Verdict(NamedTuple):
    """doubt: None where the time is believed. speed: metres a second; None for no time at all."""

    doubt: Doubt | None
    speed: Fraction | None

    @property
    def plausible(self) -> bool:
        """Whether the time is believed."""
        return self.doubt is None


def decode_limits(text: str, file: str | None = None) -> tuple[SpeedLimit, ...]:
    """Read the limits of speed. Raises Refusal."""
    limits = read_rules(text, _File, file=file).limit
    accept(list(_problems(limits, file)))
    return limits


def decode_tops(text: str, file: str | None = None) -> tuple[TopSpeed, ...]:
    """Read the top speeds of the same file. Raises Refusal."""
    rules = read_rules(text, _File, file=file)
    accept(list(_top_problems(rules, file)))
    return rules.top


def _top_problems(rules: _File, file: str | None) -> Iterable[Problem]:
    seen: set[str] = set()
    for top in rules.top:
        if top.direction in seen:
            yield Problem("top-twice", f"top speed {top.direction}: stands there twice", file)
        seen.add(top.direction)
        most = max(
            (each.fastest for each in rules.limit if each.direction == top.direction), default=0
        )
        if top.fastest < most:
            sentence = (
                f"{top.fastest} mm/s is below the limit of a distance; expected {most} or more"
            )
            yield Problem("top-low", f"top speed {top.direction}: {sentence}", file)


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


Way = Sequence[tuple[SpeedLimit, int]]
"""The legs of a course: the limit by which each is judged, and its millimetres."""


class Span(NamedTuple):
    """Microseconds: what the fastest needs, and what the slowest takes who is believed."""

    least: Fraction
    most: Fraction


def span_of(way: Way) -> Span:
    """Give the times over a way that are believed, exactly."""
    return Span(
        sum((Fraction(length * SECOND, limit.fastest) for limit, length in way), Fraction(0)),
        sum((Fraction(length * SECOND, limit.slowest) for limit, length in way), Fraction(0)),
    )


def judge_time(time: int, way: Way) -> Verdict:
    """Judge the time (microseconds) over a way; exactly a limit is believed."""
    if time <= 0:
        return Verdict(Doubt.BEFORE_START, None)
    reached = speed(time, sum(length for _limit, length in way))
    span = span_of(way)
    if time < span.least:
        return Verdict(Doubt.TOO_FAST, reached)
    return Verdict(Doubt.TOO_SLOW if time > span.most else None, reached)


def top_speed(tops: Iterable[TopSpeed], directions: Iterable[str]) -> int:
    """Give the millimetres a second that nobody exceeds for a moment in any of the directions.

    Raises LookupError for a direction without one.
    """
    known = {top.direction: top.fastest for top in tops}
    missing = sorted(set(directions := tuple(directions)) - set(known))
    if missing or not directions:
        raise LookupError(f"no top speed for the directions {missing}")
    return max(known[direction] for direction in directions)
