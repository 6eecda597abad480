"""Which reads of one entry count: bursts to one read, then the reads to the points of the course.

The largest set of reads that fits the course is chosen over the whole effort.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.chains import Node, follows, largest_chain
from timing.core.fold.reasons import Fitted, why_unused
from timing.core.fold.results import Unused
from timing.core.journal.lines import Read
from timing.core.setup.course import AGES, Bounds, Plan, is_late, lap_bound
from timing.core.setup.event import Choice

CLOCK_ORDER = itemgetter(5, 0, 1)
"""The key by which reads are sorted: (at, station, n)."""


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

    reads: in CLOCK_ORDER, each once and with a time. pinned: by course point index, as ruled;
    they always count, unless they contradict each other.
    """
    unused: list[Unused] = []
    picks = _bursts(plan, _timely(plan, started, reads, unused), unused)
    seen = _seen(plan, started, picks, pinned)
    picked = _fitted(seen, plan.strict)
    bounded = True
    if not plan.laps and len(picked) < len(seen.reads) and not _finished(plan, picked):
        doubtful = _fitted(seen, plan.loose)
        if _finished(plan, doubtful):
            picked, bounded = doubtful, False
    passings = [(index, seen.reads[position]) for index, position in picked]
    if len(picked) < len(seen.reads):
        fitted = Fitted(plan, started, passings, frozenset(pinned))
        unused += [
            why_unused(fitted, seen.reads[position], seen.pins.get(position))
            for position in _left_over(seen, picked)
        ]
    return Chosen(passings, unused, bounded)


class Seen(NamedTuple):
    """What may be passings. reads: in CLOCK_ORDER. pins: their indexes, by position."""

    plan: Plan
    started: Instant | None
    reads: Sequence[Read]
    pins: dict[int, int]


def _seen(
    plan: Plan, started: Instant | None, picks: Sequence[Read], pinned: dict[int, Read]
) -> Seen:
    if not pinned:
        return Seen(plan, started, picks, {})
    indexes = {id(read): index for index, read in pinned.items()}
    ordered = sorted((*picks, *pinned.values()), key=CLOCK_ORDER)
    pins = {
        position: indexes[id(read)] for position, read in enumerate(ordered) if id(read) in indexes
    }
    return Seen(plan, started, ordered, pins)


_AT: Callable[[Read], Instant] = itemgetter(5)


def _timely(
    plan: Plan, started: Instant | None, reads: Sequence[Read], unused: list[Unused]
) -> Sequence[Read]:
    """Leave out what was seen before the start, and what no clock of this race can have seen."""
    if started is None or not reads:
        return reads
    if reads[0].moment >= started and reads[-1].moment - started <= AGES:
        return reads
    begin = bisect_left(reads, started - AGES, key=_AT)
    gun = bisect_left(reads, started, key=_AT)
    end = bisect_right(reads, started + AGES, key=_AT)
    start_point = plan.pattern[0]
    left = {
        "wild_clock": (*reads[:begin], *reads[end:]),
        "early_start_read": tuple(read for read in reads[begin:gun] if read.point == start_point),
        "before_start": tuple(read for read in reads[begin:gun] if read.point != start_point),
    }
    unused += [Unused(code, those) for code, those in left.items() if those]
    return reads[gun:end]


def _bursts(plan: Plan, reads: Sequence[Read], unused: list[Unused]) -> Sequence[Read]:
    """Reduce the reads of each crossing of a point to the one that counts, in CLOCK_ORDER."""
    if len(set(map(_POINT, reads))) == len(reads):
        return reads
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
    if len(bursts) == len(reads):
        return reads
    picks = [burst[0] if len(burst) == 1 else _pick(plan, burst, unused) for burst in bursts]
    return sorted(picks, key=CLOCK_ORDER)


_POINT = itemgetter(2)
_UNKNOWN = -1 << 31
"""Weaker than any signal: readers tell it in dBm, which is below 0."""


def _pick(plan: Plan, burst: list[Read], unused: list[Unused]) -> Read:
    point = plan.points[burst[0].point]
    trusted = burst
    if len({read[6] for read in burst}) > 1:
        trust = {source: rank for rank, source in enumerate(point.prefer)}
        best = min(trust.get(read.source, len(trust)) for read in burst)
        trusted = [read for read in burst if trust.get(read.source, len(trust)) == best]
    if point.choose is Choice.STRONGEST:
        place = max(range(len(trusted)), key=lambda each: trusted[each].strength or _UNKNOWN)
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
"""(course point index, position among what was seen), in order."""


def _fitted(seen: Seen, bounds: Bounds) -> Picked:
    """Fit what was seen, which stands in the order of the clock, to the course."""
    if seen.plan.course.open_laps:
        return [(node.step, node.position) for node in _open_laps(seen)]
    ruled = set(seen.pins.values())
    picked = _straight(seen, bounds, ruled)
    if len(picked) == len(seen.reads) or len(picked) > seen.plan.last:
        return picked
    options = [_steps(seen.plan, seen.started, read, bounds) for read in seen.reads]
    left = _left_over(seen, picked)
    if any(each in seen.pins or not ruled.issuperset(options[each]) for each in left):
        return [(node.step, node.position) for node in _largest(seen, options, bounds.steps)]
    return picked


def _left_over(seen: Seen, picked: Picked) -> list[int]:
    """The positions of what was not picked."""
    return sorted(set(range(len(seen.reads))).difference([position for _, position in picked]))


def _steps(plan: Plan, started: Instant | None, read: Read, bounds: Bounds) -> Sequence[int]:
    """At which indexes of the course a read may have been made, by what it says itself."""
    indexes = plan.at_point[read.point]
    if started is None:
        return indexes
    after, since_start = read.moment - started, bounds.since_start
    first = 1 if _is_lap(plan, indexes, after) else 0
    return [index for index in indexes[first:] if after >= since_start[index]]


def _is_lap(plan: Plan, indexes: Sequence[int], after: int) -> bool:
    """Whether a read where a course of laps begins is too late for its start."""
    return bool(
        plan.latest_start is not None and after >= plan.latest_start and indexes and not indexes[0]
    )


def _straight(seen: Seen, bounds: Bounds, ruled: Collection[int]) -> Picked:
    """Give each read the next point of the course where it was made.

    Right for a clean effort, which is known by leaving out no read or no point. ruled: the
    indexes that an official set; of what was set no pace is asked.
    """
    plan, started, reads, pins = seen
    steps, since_start = bounds
    laps = plan.latest_start is not None and started is not None
    gun = -_NEVER if started is None else started
    picked: Picked = []
    before, least = -1, -_NEVER
    for position, read in enumerate(reads):  # this runs for every read of a refolded effort
        at: int = read[5]  # type: ignore[assignment]
        if position in pins:
            if pins[position] > before:
                before, least = pins[position], -_NEVER
                picked.append((before, position))
            continue
        after = at - gun
        indexes = plan.at_point[read[2]]
        if laps and _is_lap(plan, indexes, after):
            indexes = indexes[1:]
        for index in indexes:
            if before < index and after >= since_start[index] and index not in ruled:
                slack = at - steps[index]
                if slack >= least:
                    picked.append((index, position))
                    before, least = index, slack
                    break
    return picked


def _largest(seen: Seen, options: Sequence[Sequence[int]], steps: Sequence[int]) -> list[Node]:
    """Choose the largest consistent set; what an official pinned is always in it.

    Between pinned passings each stretch is fitted for itself.
    """
    moments = list(map(_AT, seen.reads))
    free = [
        Node(index, moments[position] - steps[index], position)
        for position, indexes in enumerate(options)
        if position not in seen.pins
        for index in indexes
    ]
    pins = [Node(index, moments[position], position) for position, index in seen.pins.items()]
    if not pins:
        return largest_chain(free)
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


def _open_laps(seen: Seen) -> list[Node]:
    """Count every passing of the last point as another lap until the time is up."""
    plan, started, reads, pins = seen
    picked: list[Node] = []
    for position, read in enumerate(reads):
        at = read.moment
        before = picked[-1] if picked else _BEFORE_ALL
        step = pins.get(position)
        if step is None:
            step = _next_lap(plan, started, read, before.step)
        node = Node(step, at - lap_bound(plan, step), position)
        if position in pins:
            picked = [*(other for other in picked if other.step < step), node]
        elif step >= 0 and follows(before, node) and not is_late(plan, started, at):
            picked.append(node)
    return picked


def _next_lap(plan: Plan, started: Instant | None, read: Read, reached: int) -> int:
    """The index that a read on an open course would have; -1 for none."""
    allowed = _steps(plan, started, read, plan.strict)
    if reached >= plan.last - 1 and plan.last in allowed:
        return reached + 1
    return next((index for index in allowed if index > reached), -1)


_NEVER = 1 << 62
_BEFORE_ALL = Node(-1, -_NEVER, -1)
_AFTER_ALL = Node(_NEVER, _NEVER, _NEVER)


def _finished(plan: Plan, picked: Picked) -> bool:
    return bool(picked) and picked[-1][0] >= plan.last
