"""The short way for clean efforts: every point seen in order, and no ruling about it.

Most efforts of a large race are such. The result is the same as that of ``core.fold.judging``, only
sooner; a property test compares them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter, sub
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.attribution import DESK, WILD
from timing.core.fold.effort import WATCH
from timing.core.fold.results import Result, Unused, recorded_order
from timing.core.journal.lines import Read
from timing.core.setup.course import AGES, Plan
from timing.core.status import Status

_N, _POINT, _AT, _SOURCE = itemgetter(1), itemgetter(2), itemgetter(5), itemgetter(6)
_ZERO = Duration(0)


def clean_result(
    entry: int, round_code: str, plan: Plan, started: Instant, reads: Sequence[Read]
) -> Result | None:
    """Give the result of an effort, or None where the long way is needed.

    reads: of the only start of a bib, as they were written, in any order. Lines that clash with
    others (their numbers are negative) take the long way, on which they are looked for.
    """
    if not plan.plain or len(reads) < plan.last:
        return None
    try:
        ordered = sorted(reads, key=_AT)
    except TypeError:  # a read without a time among them
        return None
    if len(ordered) <= plan.last + 1:
        return _straight(entry, round_code, plan, started, ordered, ())
    thinned = _thinned(plan, started, ordered)
    if thinned is None:
        return None
    return _straight(entry, round_code, plan, started, thinned.reads, thinned.unused)


def _straight(
    entry: int, round_code: str, plan: Plan, started: Instant, ordered: Sequence[Read],
    unused: tuple[Unused, ...],
) -> Result | None:  # fmt: skip
    """Take one read a point as passings, the start being allowed to miss, if they fit."""
    skip = plan.last + 1 - len(ordered)
    if skip not in plan.skips:
        return None
    _, numbers, points, _, _, moments, sources, _ = zip(*ordered, strict=False)
    if points != plan.patterns[skip] or DESK in sources or moments[0] is None or min(numbers) < 0:
        return None
    slack = list(map(sub, moments, plan.paces[skip]))
    if not (
        slack == sorted(slack)
        and plan.strict.steps[skip] <= moments[0] - started < plan.first_until[skip]
        and moments[-1] - started <= plan.limit
        and -WILD < moments[0] <= moments[-1] < WILD
    ):
        return None
    elapsed = tuple([at - started for at in moments])  # a list first: it knows its length
    gun = elapsed[-1]
    net = gun if skip else gun - elapsed[0]
    ranked = net if plan.by_net else gun
    return tuple.__new__(Result, (  # what _make does, without counting the fields
        entry, round_code, Status.OK, "", started, plan.whole[skip], tuple(ordered), elapsed, gun,
        net, -(-ranked // plan.step) * plan.step, _ZERO, plan.last,
        recorded_order(moments[-1], numbers[-1]), (), unused, (),
    ))  # fmt: skip


class _Thinned(NamedTuple):
    """One read of each crossing, and the others."""

    reads: list[Read]
    unused: tuple[Unused, ...]


def _thinned(plan: Plan, started: Instant, ordered: Sequence[Read]) -> _Thinned | None:
    """Reduce the bursts of a chip to the read that counts, where that needs no second thought.

    Needs one source (but not watches, several of which make one time), no two reads at one
    moment, and each point seen in one stretch that is not longer than its window. What the start
    mat saw before the gun is left out.
    """
    moments = list(map(_AT, ordered))
    sources = set(map(_SOURCE, ordered))
    if len(set(moments)) < len(moments) or len(sources) > 1 or WATCH in sources or not plan.firsts:
        return None
    if min(map(_N, ordered)) < 0:
        return None
    begin = bisect_left(moments, started)
    unused: list[Unused] = []
    if begin:
        early = tuple(ordered[:begin])
        if set(map(_POINT, early)) != {plan.start_only} or started - moments[0] > AGES:
            return None
        unused.append(Unused("early_start_read", early))
    kept: list[Read] = []
    for point, run in groupby(ordered[begin:], _POINT):
        burst = list(run)
        if len(burst) > 1:
            if point not in plan.windows or burst[-1][5] - burst[0][5] > plan.windows[point]:  # type: ignore[operator]
                return None
            counts = burst.pop(-1 if point == plan.start_only else 0)
            unused.append(Unused("burst", tuple(burst), counts))
            kept.append(counts)
        else:
            kept += burst
    return _Thinned(kept, tuple(unused))
