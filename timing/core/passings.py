"""Which reads of one entry count: bursts to one read, then the reads to the points of the course.

The largest set of reads that fits the course is chosen over the whole effort.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from timing.core.chains import Node, follows, largest_chain
from timing.core.clock import Instant
from timing.core.course import Plan, is_late, lap_bound
from timing.core.event import Choice
from timing.core.journal import Read
from timing.core.reasons import Candidate, Fitted, why_unused
from timing.core.results import Unused

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
    picks = _bursts(plan, _after_start(plan, started, reads, unused), unused)
    candidates = [Candidate(_at(read), read) for read in picks]
    candidates += [Candidate(_at(read), read, index) for index, read in pinned.items()]
    candidates.sort(key=lambda each: MOMENT(each.read))
    search = _Search(plan, started, candidates)
    picked = search.open_laps() if plan.course.open_laps else search.course(plan.soonest)
    bounded = True
    if not plan.laps and len(picked) < len(candidates) and not _finished(plan, picked):
        doubtful = search.course(plan.gaps)
        if _finished(plan, doubtful):
            picked, bounded = doubtful, False
    passings = [(index, candidates[position].read) for index, position in picked]
    used = {position for _, position in picked}
    left = [each for position, each in enumerate(candidates) if position not in used]
    if left:
        effort = Fitted(plan, started, passings, frozenset(pinned))
        unused += [why_unused(effort, each) for each in left]
    return Chosen(passings, unused, bounded)


def _at(read: Read) -> Instant:
    return read.at or Instant(0)


def _after_start(
    plan: Plan, started: Instant | None, reads: Sequence[Read], unused: list[Unused]
) -> Sequence[Read]:
    """Leave out what was seen before the start."""
    if started is None or not reads or _at(reads[0]) >= started:
        return reads
    begin = bisect_left(reads, started, key=_at)
    start_point = plan.pattern[0]
    at_start = tuple(read for read in reads[:begin] if read.point == start_point)
    elsewhere = tuple(read for read in reads[:begin] if read.point != start_point)
    if at_start:
        unused.append(Unused("early_start_read", at_start))
    if elsewhere:
        unused.append(Unused("before_start", elsewhere))
    return reads[begin:]


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


class _Search(NamedTuple):
    """Looks for the passings among the candidates, which stand in the order of the clock."""

    plan: Plan
    started: Instant | None
    candidates: list[Candidate]

    def course(self, bounds: Sequence[int]) -> Picked:
        """Fit a course whose end is known."""
        picked = self._straight(bounds)
        return picked if len(picked) == len(self.candidates) else self._largest(bounds)

    def _straight(self, bounds: Sequence[int]) -> Picked:
        """Give each read the next point of the course where it was made.

        Right for a clean effort, which is found by leaving nothing out.
        """
        picked: Picked = []
        before = _BEFORE_ALL
        for position, each in enumerate(self.candidates):
            for index in self._allowed(each, bounds):
                node = Node(index, each.at - bounds[index], position)
                if follows(before, node):
                    picked.append((index, position))
                    before = node
                    break
        return picked

    def _largest(self, bounds: Sequence[int]) -> Picked:
        """Choose the largest consistent set; what an official pinned is always in it.

        Between pinned passings each stretch is fitted for itself.
        """
        pins: list[Node] = []
        free: list[Node] = []
        for position, each in enumerate(self.candidates):
            for index in self._allowed(each, bounds):
                if each.pinned < 0:
                    free.append(Node(index, each.at - bounds[index], position))
                else:
                    pins.append(Node(index, each.at, position))
        picked: list[Node] = []
        for before, after in pairwise((_BEFORE_ALL, *largest_chain(pins), _AFTER_ALL)):
            picked += largest_chain(
                node
                for node in free
                if before.step < node.step < after.step
                and before.position < node.position < after.position
            )
            picked.append(after)
        return [(node.step, node.position) for node in picked[:-1]]

    def _allowed(self, each: Candidate, bounds: Sequence[int]) -> Sequence[int]:
        """At which indexes of the course the read may have been made."""
        if each.pinned >= 0:
            return (each.pinned,)
        indexes = self.plan.at_point.get(each.read.point, ())
        if self.started is None:
            return indexes
        after = each.at - self.started
        latest = self.plan.latest_start
        return [
            index
            for index in indexes
            if after >= max(bounds[index], self.plan.earliest[index])
            and (index or latest is None or after < latest)
        ]

    def open_laps(self) -> Picked:
        """Count every passing of the last point as another lap until the time is up."""
        plan = self.plan
        picked: list[Node] = []
        for position, each in enumerate(self.candidates):
            before = picked[-1] if picked else _BEFORE_ALL
            index = self._next_lap(each, before.step)
            node = Node(index, each.at - lap_bound(plan, index), position)
            if each.pinned >= 0:
                picked = [*(other for other in picked if other.step < index), node]
            elif index >= 0 and follows(before, node) and not is_late(plan, self.started, each.at):
                picked.append(node)
        return [(node.step, node.position) for node in picked]

    def _next_lap(self, each: Candidate, reached: int) -> int:
        """The index that a read on an open course would have; -1 for none."""
        if each.pinned >= 0:
            return each.pinned
        allowed = self._allowed(each, self.plan.soonest)
        if reached >= self.plan.last - 1 and self.plan.last in allowed:
            return reached + 1
        return next((index for index in allowed if index > reached), -1)


_BEFORE_ALL = Node(-1, -(1 << 62), -1)
_AFTER_ALL = Node(1 << 62, 1 << 62, 1 << 62)


def _finished(plan: Plan, picked: Picked) -> bool:
    return bool(picked) and picked[-1][0] >= plan.last
