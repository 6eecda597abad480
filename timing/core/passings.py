"""Which reads of one entry count: bursts to one read, then the reads to the points of the course.

The largest set of reads that fits the course in order is chosen over the whole effort, so that
one wrong early time does not spoil the later ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.course import Plan
from timing.core.event import Choice
from timing.core.journal import Read
from timing.core.results import Unused

RULED = "ruling"
"""The source of a passing that an official set."""


class Chosen(NamedTuple):
    """passings: (course point index, read), in order; unused: the other reads with the reason."""

    passings: list[tuple[int, Read]]
    unused: list[Unused]


class Candidate(NamedTuple):
    """A read that may be a passing. pinned: the index that an official gave it, else -1."""

    at: int
    read: Read
    pinned: int = -1


def choose(
    plan: Plan, started: Instant | None, reads: Sequence[Read], pinned: dict[int, Read]
) -> Chosen:
    """Choose the passings of one entry.

    reads: in order of (at, station, n), each with a time. pinned: by course point index, as ruled.
    """
    unused: list[Unused] = []
    timely = list(_not_before(plan, started, reads, unused))
    candidates = [Candidate(_at(read), read) for read in _bursts(plan, timely, unused)]
    candidates += [Candidate(_at(read), read, index) for index, read in pinned.items()]
    candidates.sort(key=lambda each: (each.at, each.read.station, each.read.n))
    if plan.open_laps:
        picked = _open_laps(plan, started, candidates)
    else:
        picked = _greedy(plan, started, candidates)
        if len(picked) < len(candidates):
            picked = _largest(plan, started, candidates)
    used = {id(read) for _, read in picked}
    finish = picked[-1][1] if picked and picked[-1][0] == plan.last else None
    for each in candidates:
        if id(each.read) not in used:
            unused.append(Unused(each.read.id, _why(each, finish, plan)))
    return Chosen(picked, unused)


def _at(read: Read) -> int:
    return 0 if read.at is None else read.at


def _why(each: Candidate, finish: Read | None, plan: Plan) -> str:
    if finish is not None and each.at > _at(finish) and not plan.open_laps:
        return "after_finish"
    return "contradiction"


def _not_before(
    plan: Plan, started: Instant | None, reads: Sequence[Read], unused: list[Unused]
) -> Iterator[Read]:
    """Drop what was seen before the start, and bursts that were sent twice."""
    start_point = plan.full_pattern[0]
    previous = ("", -1)
    for read in reads:
        if read.id == previous:
            continue
        previous = read.id
        if started is not None and _at(read) < started:
            code = "early_start_read" if read.point == start_point else "before_start"
            unused.append(Unused(read.id, code))
        else:
            yield read


def _bursts(plan: Plan, reads: Sequence[Read], unused: list[Unused]) -> Iterator[Read]:
    """Reduce neighbouring reads at one point to the one that counts."""
    burst: list[Read] = []
    for read in reads:
        if burst and (
            read.point != burst[-1].point
            or _at(read) - _at(burst[-1]) > plan.points[read.point].window
        ):
            yield _pick(plan, burst, unused)
            burst = []
        burst.append(read)
    if burst:
        yield _pick(plan, burst, unused)


def _pick(plan: Plan, burst: list[Read], unused: list[Unused]) -> Read:
    if len(burst) == 1:
        return burst[0]
    point = plan.points[burst[0].point]
    trust = {source: rank for rank, source in enumerate(point.prefer)}
    best = min(trust.get(read.source, len(trust)) for read in burst)
    trusted = [read for read in burst if trust.get(read.source, len(trust)) == best]
    is_start = plan.full_pattern[0] == point.code and len(plan.at_point[point.code]) == 1
    if point.choose is Choice.STRONGEST:
        chosen = max(trusted, key=lambda read: read.strength)
    else:
        chosen = trusted[-1] if is_start or point.choose is Choice.LAST else trusted[0]
    for read in burst:
        if read is not chosen:
            unused.append(Unused(read.id, "burst" if read in trusted else "backup"))
    return chosen


def _sooner_than(plan: Plan, started: Instant | None, index: int, at: int) -> bool:
    return started is not None and at - started < plan.earliest[index]


def _allowed(plan: Plan, started: Instant | None, each: Candidate) -> list[int]:
    if each.pinned >= 0:
        return [each.pinned]
    indexes = plan.at_point.get(each.read.point, ())
    return [index for index in indexes if not _sooner_than(plan, started, index, each.at)]


Place = tuple[int, int]
"""(course point index, moment)."""


def _origin(started: Instant | None) -> Place:
    """Where every effort begins: before the first course point, at the gun."""
    return (-1, -(1 << 62) if started is None else started)


def _fits(plan: Plan, before: Place, after: Place) -> bool:
    """Whether one passing can follow another; only reaching the start line takes no time."""
    return after[0] > before[0] and after[1] - before[1] >= (plan.gap if after[0] else 0)


def _greedy(
    plan: Plan, started: Instant | None, candidates: list[Candidate]
) -> list[tuple[int, Read]]:
    """Give each read the next point of the course where it was made; right for a clean effort."""
    picked: list[tuple[int, Read]] = []
    place = _origin(started)
    for each in candidates:
        for index in _allowed(plan, started, each):
            if _fits(plan, place, (index, each.at)):
                picked.append((index, each.read))
                place = (index, each.at)
                break
    return picked


def _largest(
    plan: Plan, started: Instant | None, candidates: list[Candidate]
) -> list[tuple[int, Read]]:
    """Choose the largest consistent set; what an official pinned is always in it.

    Longest chain over (candidate, index) pairs; of equally long chains the one with the earlier
    reads, then the lower indexes.
    """
    weights = len(candidates) + 1
    origin = _origin(started)
    nodes = [
        (position, index, weights if each.pinned >= 0 else 1)
        for position, each in enumerate(candidates)
        for index in _allowed(plan, started, each)
        if _fits(plan, origin, (index, each.at)) or each.pinned >= 0
    ]
    best: list[tuple[int, int]] = []  # weight of the best chain that ends here, its predecessor
    for number, (position, index, weight) in enumerate(nodes):
        place = (index, candidates[position].at)
        longest, link = weight, -1
        for other in range(number):
            behind, behind_index, _ = nodes[other]
            if (
                behind < position
                and best[other][0] + weight > longest
                and _fits(plan, (behind_index, candidates[behind].at), place)
            ):
                longest, link = best[other][0] + weight, other
        best.append((longest, link))
    chain = max(range(len(nodes)), key=lambda number: (best[number][0], -number), default=-1)
    picked: list[tuple[int, Read]] = []
    while chain >= 0:
        position, index, _ = nodes[chain]
        picked.append((index, candidates[position].read))
        chain = best[chain][1]
    return picked[::-1]


def _open_laps(
    plan: Plan, started: Instant | None, candidates: list[Candidate]
) -> list[tuple[int, Read]]:
    """Count every passing of the last point as another lap until the time is up."""
    picked: list[tuple[int, Read]] = []
    limit = plan.course.time_limit
    place = _origin(started)
    for each in candidates:
        if limit is not None and started is not None and each.at - started > limit:
            continue
        index = _next_lap(plan, started, each, place[0])
        if index is not None and _fits(plan, place, (index, each.at)):
            picked.append((index, each.read))
            place = (index, each.at)
    return picked


def _next_lap(plan: Plan, started: Instant | None, each: Candidate, reached: int) -> int | None:
    if each.pinned >= 0:
        return each.pinned
    if reached >= plan.last - 1 and each.read.point == plan.full_pattern[-1]:
        return reached + 1
    allowed = _allowed(plan, started, each)
    return next((index for index in allowed if index > reached), None)
