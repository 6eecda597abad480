"""From the reads of one start and the rulings about it to its result.

Local: looks at nobody else, so that a changed line costs one result.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from timing.core.clock import Duration, Instant
from timing.core.fold.doubts import doubts_about
from timing.core.fold.effort import RULED, WATCH, Effort, marks_of, set_times, status_of
from timing.core.fold.passings import CLOCK_ORDER, Chosen, choose
from timing.core.fold.results import (
    NOT_RECORDED,
    SHORTENED,
    Mark,
    Result,
    Unused,
    recorded_order,
)
from timing.core.journal.lines import Read
from timing.core.rulebook.rounding import official_hand_time, round_up
from timing.core.status import Status

_AT = itemgetter(5)


def result_of(effort: Effort, reads: Sequence[Read]) -> Result:
    """Work out the result. reads: all of this start, in any order, each with a time."""
    ordered, late = _until_it_stopped(effort, _in_order(reads))
    if late:  # whoever came later was there
        effort = effort._replace(seen=True)
    pinned = set_times(effort)
    if effort.started is None and pinned:
        left = [Unused("no_gun", tuple(ordered))] if ordered else []
        return _judged(effort, Chosen(sorted(pinned.items()), left + late))
    chosen = _by_watches(effort, choose(effort.plan, effort.started, ordered, pinned), ordered)
    return _judged(effort, chosen._replace(unused=[*chosen.unused, *late]) if late else chosen)


def _until_it_stopped(
    effort: Effort, ordered: Sequence[Read]
) -> tuple[Sequence[Read], list[Unused]]:
    """Leave out what came after the moment as of which the results of a stopped race count."""
    stands = None if effort.called_off is None else effort.called_off.stands
    if stands is None:
        return ordered, []
    late = tuple([read for read in ordered if read.moment > stands])
    return ordered[: len(ordered) - len(late)], [Unused("after_stop", late)] if late else []


def _in_order(reads: Sequence[Read]) -> Sequence[Read]:
    """Put into CLOCK_ORDER and drop lines that were sent twice; most moments are different."""
    ordered = sorted(reads, key=_AT)
    if len(set(map(_AT, ordered))) == len(ordered):
        return ordered
    return [read for read, _ in groupby(sorted(ordered, key=CLOCK_ORDER))]


def _by_watches(effort: Effort, chosen: Chosen, reads: Sequence[Read]) -> Chosen:
    """Let two or three watches at the finish make one hand time (TR 19.11)."""
    if effort.started is None or not chosen.passings:
        return chosen
    index, finish = chosen.passings[-1]
    if finish.source != WATCH or index != effort.plan.last:
        return chosen
    window = effort.plan.points[finish.point].window
    watches = [
        read
        for read in reads
        if read.source == WATCH
        and read.point == finish.point
        and abs(read.moment - finish.moment) <= window
    ][:3]
    if len(watches) < 2:
        return chosen
    time = official_hand_time([Duration(read.moment - effort.started) for read in watches])
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
    index = passings[-1][0] if passings else 0
    elapsed = _elapsed(effort, passings)
    ended = _ended(effort, passings)
    finish = None if ended is None else passings[ended][1]
    gun = net = official = None
    if ended is not None and finish is not None and elapsed:
        gun = net = elapsed[ended]
        if passings[0][0] == 0 and len(passings) > 1 and finish.source != RULED:
            net = Duration(gun - elapsed[0])
        official = round_up(net if plan.by_net else gun, plan.step)
    result = Result(
        effort.entry, effort.round, Status.OK, "", effort.started,
        tuple([index for index, _ in passings]), tuple([read for _, read in passings]), elapsed,
        gun, net, official, _ZERO, index, _recorded(finish), (), tuple(chosen.unused), (),
    )  # fmt: skip
    return marked(effort, result, bounded=chosen.bounded)


def _ended(effort: Effort, passings: Sequence[tuple[int, Read]]) -> int | None:
    """Which passing is the result: that of the finish, the last lap, or the point of a stop."""
    last = effort.plan.last
    if effort.end != last:
        return next((n for n, (at, _) in enumerate(passings) if at == effort.end), None)
    return len(passings) - 1 if passings and passings[-1][0] >= last else None


def marked(effort: Effort, result: Result, *, bounded: bool = True) -> Result:
    """Add to the times of a result what was ruled beside them: marks, penalties, the status.

    bounded: all passings are slow enough to be believed.
    """
    plan, marks = effort.plan, marks_of(effort.rulings)
    if effort.end != plan.last:
        marks += (Mark(SHORTENED, plan.course.points[effort.end].code),)
    penalty = Duration(sum([mark.time for mark in marks if mark.kind == "penalty"]))
    official = result.official
    if penalty and result.gun is not None and result.net is not None:
        official = round_up((result.net if plan.by_net else result.gun) + penalty, plan.step)
    passed = result.laps > 0 or (bool(result.reads) and effort.started is not None)
    status, rule = status_of(effort, marks, result.gun, passed=passed)
    told = result._replace(
        status=status, rule=rule, official=official, penalty=penalty, marks=marks
    )
    doubts = tuple(doubts_about(effort, told, bounded=bounded))
    return told._replace(anomalies=doubts) if doubts else told


_ZERO = Duration(0)


def _recorded(finish: Read | None) -> int:
    """Order of recording; a time that was only ruled comes behind equal ones of the line."""
    if finish is None:
        return NOT_RECORDED
    order = recorded_order(finish.moment, finish.n)
    return NOT_RECORDED + order if finish.source == RULED else order


def _elapsed(effort: Effort, passings: Sequence[tuple[int, Read]]) -> tuple[Duration, ...]:
    """Since the start; times that were set need no gun, others have none without it."""
    base = effort.started
    if base is None:
        if not passings or passings[-1][1].source != RULED:
            return ()
        base = Instant(0)
    return tuple([Duration(read.moment - base) for _, read in passings])
