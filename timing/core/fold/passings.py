"""Which reads of one entry count: bursts to one read, then the reads to the points of the course.

The largest set of reads that fits the course is chosen over the whole effort.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.chains import Node, follows, largest_chain
from timing.core.fold.reasons import Candidate, Fitted, why_unused
from timing.core.fold.results import Unused
from timing.core.journal.lines import Read
from timing.core.setup.course import AGES, Bounds, Plan, is_late, lap_bound
from timing.core.setup.event import Choice

MOMENT = itemgetter(5, 0, 1)
"""The order of the clock: (at, station, n) of a read."""


class Chosen(NamedTuple):
    """passings: (course point index, read), in order; unused: the other reads with the reason.

    bounded: whether all passings are slow enough to be believed.
    """

    passings: list[tuple[int, Read]]
    unused: list[Unused]
    bounded: bool = True


def choose(
    plan: Plan, started: Instant | None, reads: Sequence[Read], pinned: dict[int, Read]
) -> Chosen:
    """Choose the passings of one entry.

    reads: in order of MOMENT, each once and with a time. pinned: by course point index, as ruled.
    """
    unused: list[Unused] = []
    picks = _bursts(plan, _timely(plan, started, reads, unused), unused)
    candidates = _candidates(picks, pinned)
    picked = _fitted(plan, started, candidates, plan.strict)
    bounded = True
    if not plan.laps and len(picked) < len(candidates) and not _finished(plan, picked):
        doubtful = _fitted(plan, started, candidates, plan.loose)
        if _finished(plan, doubtful):
            picked, bounded = doubtful, False
    passings = [(index, candidates[position].read) for index, position in picked]
    used = {position for _, position in picked}
    left = [each for position, each in enumerate(candidates) if position not in used]
    if left:
        effort = Fitted(plan, started, passings, frozenset(pinned))
        unused += [why_unused(effort, each) for each in left]
    return Chosen(passings, unused, bounded)


def _candidates(picks: Sequence[Read], pinned: dict[int, Read]) -> list[Candidate]:
    """In order of MOMENT."""
    if not pinned:
        return [Candidate(_at(read), read) for read in sorted(picks, key=MOMENT)]
    indexes = {id(read): index for index, read in pinned.items()}
    ordered = sorted((*picks, *pinned.values()), key=MOMENT)
    return [Candidate(_at(read), read, indexes.get(id(read), -1)) for read in ordered]


def _at(read: Read) -> Instant:
    return read[5] or _EPOCH


_EPOCH = Instant(0)


def _timely(
    plan: Plan, started: Instant | None, reads: Sequence[Read], unused: list[Unused]
) -> Sequence[Read]:
    """Leave out what was seen before the start, and what no clock of this race can have seen."""
    if started is None or not reads:
        return reads
    if _at(reads[0]) >= started and _at(reads[-1]) - started <= AGES:
        return reads
    begin = bisect_left(reads, started - AGES, key=_at)
    gun = bisect_left(reads, started, key=_at)
    end = bisect_right(reads, started + AGES, key=_at)
    start_point = plan.pattern[0]
    left = {
        "wild_clock": (*reads[:begin], *reads[end:]),
        "early_start_read": tuple(read for read in reads[begin:gun] if read.point == start_point),
        "before_start": tuple(read for read in reads[begin:gun] if read.point != start_point),
    }
    unused += [Unused(code, those) for code, those in left.items() if those]
    return reads[gun:end]


def _bursts(plan: Plan, reads: Sequence[Read], unused: list[Unused]) -> list[Read]:
    """Reduce the reads of each crossing of a point to the one that counts."""
    windows = plan.windows
    running: dict[str, list[Read]] = {}
    latest: dict[str, int] = {}
    bursts: list[list[Read]] = []
    for read in reads:  # positions instead of names: some mats give a hundred reads a crossing
        point: str = read[2]
        at: int = read[5]  # type: ignore[assignment]
        if point in latest and at - latest[point] <= windows[point]:
            running[point].append(read)
        else:
            running[point] = burst = [read]
            bursts.append(burst)
        latest[point] = at
    return [burst[0] if len(burst) == 1 else _pick(plan, burst, unused) for burst in bursts]


def _pick(plan: Plan, burst: list[Read], unused: list[Unused]) -> Read:
    point = plan.points[burst[0].point]
    trusted = burst
    if len({read[6] for read in burst}) > 1:
        trust = {source: rank for rank, source in enumerate(point.prefer)}
        best = min(trust.get(read.source, len(trust)) for read in burst)
        trusted = [read for read in burst if trust.get(read.source, len(trust)) == best]
    if point.choose is Choice.STRONGEST:
        place = max(range(len(trusted)), key=lambda each: trusted[each].strength)
    else:
        late = point.choose is Choice.LAST or point.code == plan.start_only
        place = len(trusted) - 1 if late else 0
    chosen = trusted[place]
    others = (*trusted[:place], *trusted[place + 1 :])
    if others:
        unused.append(Unused("burst", others, chosen))
    if trusted is not burst:
        backups = tuple(read for read in burst if read not in trusted)
        unused.append(Unused("backup", backups, chosen))
    return chosen


Picked = list[tuple[int, int]]
"""(course point index, position among the candidates), in order."""


def _fitted(
    plan: Plan, started: Instant | None, candidates: Sequence[Candidate], bounds: Bounds
) -> Picked:
    """Fit the candidates, which stand in the order of the clock, to the course."""
    if plan.course.open_laps:
        picked = _open_laps(plan, started, candidates)
    else:
        options = _options(plan, started, candidates, bounds)
        picked = _straight(options)
        if len(picked) < min(len(candidates), plan.last + 1):
            picked = _largest(candidates, options)
    return [(node.step, node.position) for node in picked]


def _options(
    plan: Plan, started: Instant | None, candidates: Sequence[Candidate], bounds: Bounds
) -> list[list[Node]]:
    """For each candidate the passings that it may be."""
    steps = bounds.steps
    return [
        [
            Node(step, each.at - steps[step], position)
            for step in _steps(plan, started, each, bounds)
        ]
        for position, each in enumerate(candidates)
    ]


def _steps(plan: Plan, started: Instant | None, each: Candidate, bounds: Bounds) -> Sequence[int]:
    """At which indexes of the course a read may have been made."""
    if each.pinned >= 0:
        return (each.pinned,)
    indexes = plan.at_point.get(each.read.point, ())
    if started is None:
        return indexes
    after, since_start = each.at - started, bounds.since_start
    if len(indexes) == 1:
        return indexes if after >= since_start[indexes[0]] else ()
    if indexes and indexes[0] == 0 and plan.latest_start is not None and after >= plan.latest_start:
        indexes = indexes[1:]
    return [index for index in indexes if after >= since_start[index]]


def _straight(options: Sequence[Sequence[Node]]) -> list[Node]:
    """Give each read the next point of the course where it was made.

    Right for a clean effort, which is known by leaving out no read or no point.
    """
    picked: list[Node] = []
    before = _BEFORE_ALL
    for nodes in options:
        for node in nodes:
            if follows(before, node):
                picked.append(node)
                before = node
                break
    return picked


def _largest(candidates: Sequence[Candidate], options: Sequence[Sequence[Node]]) -> list[Node]:
    """Choose the largest consistent set; what an official pinned is always in it.

    Between pinned passings each stretch is fitted for itself.
    """
    pins = [
        Node(each.pinned, each.at, position)
        for position, each in enumerate(candidates)
        if each.pinned >= 0
    ]
    if not pins:
        return largest_chain([node for nodes in options for node in nodes])
    free = [
        node
        for each, nodes in zip(candidates, options, strict=True)
        if each.pinned < 0
        for node in nodes
    ]
    picked: list[Node] = []
    for before, after in pairwise((_BEFORE_ALL, *largest_chain(pins), _AFTER_ALL)):
        picked += largest_chain(
            [
                node
                for node in free
                if before.step < node.step < after.step
                and before.position < node.position < after.position
            ]
        )
        picked.append(after)
    return picked[:-1]


def _open_laps(plan: Plan, started: Instant | None, candidates: Sequence[Candidate]) -> list[Node]:
    """Count every passing of the last point as another lap until the time is up."""
    picked: list[Node] = []
    for position, each in enumerate(candidates):
        before = picked[-1] if picked else _BEFORE_ALL
        step = _next_lap(plan, started, each, before.step)
        node = Node(step, each.at - lap_bound(plan, step), position)
        if each.pinned >= 0:
            picked = [*(other for other in picked if other.step < step), node]
        elif step >= 0 and follows(before, node) and not is_late(plan, started, each.at):
            picked.append(node)
    return picked


def _next_lap(plan: Plan, started: Instant | None, each: Candidate, reached: int) -> int:
    """The index that a read on an open course would have; -1 for none."""
    if each.pinned >= 0:
        return each.pinned
    allowed = _steps(plan, started, each, plan.strict)
    if reached >= plan.last - 1 and plan.last in allowed:
        return reached + 1
    return next((index for index in allowed if index > reached), -1)


_BEFORE_ALL = Node(-1, -(1 << 62), -1)
_AFTER_ALL = Node(1 << 62, 1 << 62, 1 << 62)


def _finished(plan: Plan, picked: Picked) -> bool:
    return bool(picked) and picked[-1][0] >= plan.last
