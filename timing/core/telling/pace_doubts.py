"""Times that nobody runs: every result held against the speeds of its distance and direction.

Doubts and never decides. Where directions change on the way, each leg is held to its own length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from timing.core.clock import format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.journal.anomalies import Anomaly, about_entry
from timing.core.rulebook.plausibility import (
    Doubt,
    SpeedLimit,
    Verdict,
    Way,
    judge_time,
    limit_for,
    span_of,
)
from timing.core.rulebook.rounding import half_up
from timing.core.setup.event import METRE, Contest
from timing.core.setup.retro import directions

CODES = frozenset({"implausible_speed", "very_slow"})


def way_of(contest: Contest, limits: Sequence[SpeedLimit]) -> Way | None:
    """The legs of a course with their limits; None where it has no length of its own.

    A course in one direction is judged by its distance, or that of one runner of a relay.
    """
    course = contest.course
    if course.open_laps or course.distance <= 0:
        return None
    ways = directions(course)
    lengths = [after.distance - before.distance for before, after in pairwise(course.points)]
    if len(set(ways)) == 1:
        share = course.distance // contest.legs_of
        return [(limit_for(limits, ways[0].value, share), sum(lengths))]
    return [
        (limit_for(limits, way.value, length), length)
        for way, length in zip(ways, lengths, strict=False)
    ]


def pace_doubts(standings: Standings, limits: Sequence[SpeedLimit]) -> Iterator[Anomaly]:
    """Look at every time of a list; the net time where there is one."""
    way = way_of(standings.contest, limits)
    if way is None:
        return
    span = span_of(way)
    least, most = ceil(span.least), floor(span.most)  # the same for whole microseconds, and faster
    for row in standings.ranked:
        time = row.result.net
        if time is None or least <= time <= most or row.result.shortened:
            continue
        verdict = judge_time(time, way)
        slow = verdict.doubt is Doubt.TOO_SLOW
        code, bound = ("very_slow", span.most) if slow else ("implausible_speed", span.least)
        yield _doubt(code, standings, row, verdict, bound)


def _doubt(code: str, standings: Standings, row: Row, verdict: Verdict, bound: Fraction) -> Anomaly:
    metres = standings.contest.course.distance / METRE
    return about_entry(
        code, row.entry.id, standings.round, bib=row.bib, metres=f"{metres:g}",
        time=format_duration(row.result.net or 0), bound=format_duration(ceil(bound), 1),
        speed=str(half_up(verdict.speed or Fraction(0), 2)),
    )  # fmt: skip
