"""From the reads of one start and the rulings about it to its result.

Local: looks at nobody else, so that a changed line costs one result.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, islice
from operator import eq, ge, itemgetter, sub

from timing.core.attribution import DESK, WILD
from timing.core.clock import Duration, Instant
from timing.core.course import Plan
from timing.core.doubts import doubts_about
from timing.core.effort import RULED, Effort, marks_of, set_times, status_of
from timing.core.journal import Read
from timing.core.passings import MOMENT, Chosen, choose
from timing.core.results import NOT_RECORDED, Result, Unused, recorded_order
from timing.core.rounding import official_hand_time, round_up
from timing.core.status import Status

_POINT, _AT, _SOURCE = itemgetter(2), itemgetter(5), itemgetter(6)
_ZERO = Duration(0)


def clean_result(
    entry: int, round_code: str, plan: Plan, started: Instant, reads: Sequence[Read]
) -> Result | None:
    """Take the short way of most efforts: one read at each point, in order, and no ruling.

    reads: of the only start of a bib, as they were written. Gives the same result as the long
    way, only sooner (a property test compares them); None where the long way is needed.
    """
    skip = plan.last + 1 - len(reads)
    if not plan.plain or skip not in plan.skips:
        return None
    try:
        ordered = sorted(reads, key=_AT)
        moments: list[int] = list(map(_AT, ordered))
        elapsed = [at - started for at in moments]
    except TypeError:  # a read without a time among them
        return None
    if not (
        list(map(_POINT, ordered)) == (plan.pattern_after_start if skip else plan.pattern)
        and -WILD < moments[0] <= moments[-1] < WILD
        and plan.soonest[skip] <= elapsed[0] < plan.first_until[skip]
        and elapsed[-1] <= plan.limit
        and all(map(ge, map(sub, moments[1:], moments), plan.least[skip:]))
        and DESK not in map(_SOURCE, ordered)
    ):
        return None
    gun = elapsed[-1]
    net = gun if skip else gun - elapsed[0]
    ranked, step = net if plan.by_net else gun, plan.rules.step
    return Result._make((
        entry, round_code, Status.OK, "", started, plan.whole[skip:], tuple(ordered),
        tuple(elapsed), gun, net, -(-ranked // step) * step, _ZERO, plan.last,
        recorded_order(moments[-1], ordered[-1][1]), (), (), (),
    ))  # fmt: skip


def result_of(effort: Effort, reads: Sequence[Read]) -> Result:
    """Work out the result. reads: all of this start, in any order, each with a time."""
    ordered = sorted(reads, key=MOMENT)
    if any(map(eq, ordered, islice(ordered, 1, None))):
        ordered = [read for read, _ in groupby(ordered)]  # lines that were sent twice
    pinned = set_times(effort)
    if effort.started is None and pinned:
        left = [Unused("no_gun", tuple(ordered))] if ordered else []
        return _judged(effort, Chosen(sorted(pinned.items()), left))
    chosen = choose(effort.plan, effort.started, ordered, pinned)
    return _judged(effort, _by_watches(effort, chosen, ordered))


def _by_watches(effort: Effort, chosen: Chosen, reads: Sequence[Read]) -> Chosen:
    """Let two or three watches at the finish make one hand time (TR 19.11)."""
    if effort.started is None or not chosen.passings:
        return chosen
    index, finish = chosen.passings[-1]
    if finish.source != "watch" or index != effort.plan.last:
        return chosen
    window = effort.plan.points[finish.point].window
    watches = [
        read
        for read in reads
        if read.source == "watch"
        and read.point == finish.point
        and abs((read.at or 0) - (finish.at or 0)) <= window
    ][:3]
    if len(watches) < 2:
        return chosen
    time = official_hand_time([Duration((read.at or 0) - effort.started) for read in watches])
    passing = finish._replace(at=Instant(effort.started + time))
    unused = [Unused("watch", tuple(watches), passing)]
    unused += [
        each._replace(reads=left)
        for each in chosen.unused
        if (left := tuple(read for read in each.reads if read not in watches))
    ]
    return chosen._replace(passings=[*chosen.passings[:-1], (index, passing)], unused=unused)


def _judged(effort: Effort, chosen: Chosen) -> Result:
    """Put times, status and marks together."""
    plan, passings = effort.plan, chosen.passings
    index, last = passings[-1] if passings else (0, None)
    elapsed = _elapsed(effort, passings)
    finish = last if index >= plan.last else None
    gun = net = official = None
    if finish is not None and elapsed:
        gun = net = elapsed[-1]
        if passings[0][0] == 0 and len(passings) > 1 and finish.source != RULED:
            net = Duration(gun - elapsed[0])
    marks = marks_of(effort.rulings)
    penalty = Duration(sum(mark.time for mark in marks if mark.kind == "penalty"))
    if gun is not None and net is not None:
        official = round_up((net if plan.by_net else gun) + penalty, plan.rules.step)
    passed = index > 0 or (bool(passings) and effort.started is not None)
    status, rule = status_of(effort, marks, gun, passed=passed)
    result = Result(
        effort.entry, effort.round, status, rule, effort.started,
        tuple(index for index, _ in passings), tuple(read for _, read in passings), elapsed, gun,
        net, official, penalty, index,
        recorded_order(finish.at or 0, finish.n) if finish else NOT_RECORDED,
        marks, tuple(chosen.unused), (),
    )  # fmt: skip
    return result._replace(anomalies=tuple(doubts_about(effort, result, bounded=chosen.bounded)))


def _elapsed(effort: Effort, passings: Sequence[tuple[int, Read]]) -> tuple[Duration, ...]:
    """Since the start; times that were set need no gun, others have none without it."""
    base = effort.started
    if base is None:
        if not passings or passings[-1][1].source != RULED:
            return ()
        base = Instant(0)
    return tuple(Duration((read.at or 0) - base) for _, read in passings)
