"""A course made ready for the fold, and the check of a course when it is set up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from timing.core.clock import DAY, SECOND, Duration, Instant
from timing.core.rulebook.rules import Basis, ContestRules
from timing.core.sentence import Sentence, worded
from timing.core.setup.event import Choice, Contest, Course, PointKind, TimingPoint
from timing.core.setup.retro import check_directions


class Bounds(NamedTuple):
    """The least times from the start to each index of the course.

    steps: as the way between two passings needs. since_start: the same, and what the setup says
    about the point.
    """

    steps: tuple[int, ...]
    since_start: tuple[int, ...]


class Plan(NamedTuple):
    """What the fold needs of a contest, computed once.

    pattern: the timing points in the order of the course. at_point: for each timing point the
    indexes at which the course passes it. windows: of each timing point, for bursts.
    strict, loose: what a passing needs by the speed that nobody exceeds, and by the setup alone.
    latest_start: on laps that begin at their line, a later read is a lap; None: no bound.
    lap: the least time between two passings of one timing point, 0 where there is no bound.
    start_only: the timing point of the start where it is no other point of the course, else "".
    plain: efforts of one clean read at each point may take the short way. skips: how many reads
    may be missing at the start for that. For each of those: patterns, the timing points; whole,
    all indexes; paces, the strict steps with at least a microsecond between; first_until, the
    first read is sooner after the start than this. firsts: at all points the first read of a
    burst counts. limit: over it an effort is late. step: of official times.
    """

    contest: str
    rules: ContestRules
    course: Course
    pattern: tuple[str, ...]
    patterns: tuple[tuple[str, ...], ...]
    at_point: dict[str, tuple[int, ...]]
    index_of: dict[str, int]
    points: dict[str, TimingPoint]
    windows: dict[str, Duration]
    strict: Bounds
    loose: Bounds
    firsts: bool
    paces: tuple[tuple[int, ...], ...]
    lap: int
    latest_start: int | None
    start_only: str
    laps: bool
    plain: bool
    skips: tuple[int, ...]
    first_until: tuple[int, ...]
    limit: int
    last: int
    whole: tuple[tuple[int, ...], ...]
    by_net: bool
    step: int


def plan_of(contest: Contest, points: dict[str, TimingPoint]) -> Plan:
    """Prepare a contest for the fold. A course that is not set up yet has no points."""
    course = contest.course
    stops = [point.point for point in course.points]
    at_point = _visits(stops)
    known = {stop: points.get(stop, TimingPoint(code=stop, name=stop)) for stop in stops}
    first = stops[0] if stops else ""
    laps = course.open_laps or any(len(indexes) > 2 for indexes in at_point.values())
    soonest = _soonest(course)
    start_only = first if len(at_point.get(first, ())) == 1 else ""
    begins_at_line = laps and len(at_point[first]) > 1 and soonest[1] > 0
    latest_start = soonest[1] if begins_at_line else None
    paces = tuple(accumulate(max(after - before, 1) for before, after in pairwise((0, *soonest))))
    return Plan(
        contest=contest.code,
        rules=contest.rules,
        course=course,
        pattern=tuple(stops),
        patterns=(tuple(stops), tuple(stops[1:])),
        at_point=at_point,
        index_of={point.code: index for index, point in enumerate(course.points)},
        points=known,
        windows={stop: point.window for stop, point in known.items()},
        strict=_bounds(course, soonest),
        loose=_bounds(course, [max(0, course.minimum_leg) * index for index in range(len(stops))]),
        firsts=all(point.choose is Choice.FIRST for point in known.values()),
        paces=(paces, paces[1:]),
        lap=_shortest_lap(course, soonest, at_point.values()),
        latest_start=latest_start,
        start_only=start_only,
        laps=laps or any(len(indexes) > 1 for stop, indexes in at_point.items() if stop != first),
        plain=_is_plain(course) and not _bursts_may_span(known, at_point, soonest),
        skips=(0, 1) if start_only or latest_start is not None else (0,),
        first_until=(_NEVER if latest_start is None else latest_start, _NEVER),
        limit=AGES if course.time_limit is None else min(AGES, course.time_limit),
        last=len(stops) - 1,
        whole=(tuple(range(len(stops))), tuple(range(1, len(stops)))),
        by_net=contest.rules.basis in (Basis.NET, Basis.NET_THEN_GUN),
        step=max(1, contest.rules.step),
    )


_NEVER = 1 << 62


def _visits(stops: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """At which indexes of the course each timing point is passed."""
    visits: dict[str, tuple[int, ...]] = {}
    for index, stop in enumerate(stops):
        visits[stop] = (*visits.get(stop, ()), index)
    return visits


def _is_plain(course: Course) -> bool:
    points = course.points
    return len(points) > 1 and not course.open_laps and not any(each.earliest for each in points)


AGES = 100 * DAY
"""Nobody runs so long: such a moment is from a clock that was never set. The longest race that
is held every year, 3100 miles, has a limit of 52 days."""


def _bursts_may_span(
    points: dict[str, TimingPoint], at_point: dict[str, tuple[int, ...]], soonest: Sequence[int]
) -> bool:
    """Whether two passings of one timing point can lie within its window."""
    return any(
        soonest[after] - soonest[before] <= points[stop].window
        for stop, indexes in at_point.items()
        for before, after in pairwise(indexes)
    )


def _bounds(course: Course, steps: Sequence[int]) -> Bounds:
    since_start = (max(step, at.earliest) for step, at in zip(steps, course.points, strict=True))
    return Bounds(tuple(steps), tuple(since_start))


def _soonest(course: Course) -> tuple[int, ...]:
    """Add up, leg by leg, what the fastest needs: by speed, but not less than the shortest leg."""
    soonest = [0] * min(1, len(course.points))
    for before, after in pairwise(course.points):
        way = max(0, after.distance - before.distance)
        needed = way * SECOND // course.fastest if course.fastest > 0 else 0
        soonest.append(soonest[-1] + max(needed, course.minimum_leg, 0))
    return tuple(soonest)


def _shortest_lap(course: Course, soonest: Sequence[int], passed: Iterable[tuple[int, ...]]) -> int:
    laps = [
        soonest[after] - soonest[before]
        for indexes in passed
        for before, after in pairwise(indexes)
        if before or len(indexes) > 2
    ]
    if course.open_laps and len(soonest) > 1:
        laps.append(soonest[-1] - soonest[-2])
    return min(laps, default=0)


def lap_bound(plan: Plan, index: int) -> int:
    """Give the least time from the start to a point of the course or to a further lap."""
    steps = plan.strict.steps
    beyond = index - plan.last
    if beyond <= 0 or plan.last < 1:
        return steps[min(index, plan.last)]
    return steps[-1] + beyond * (steps[-1] - steps[-2])


def is_late(plan: Plan, started: Instant | None, at: int) -> bool:
    """Whether a moment is over the time limit of the course."""
    limit = plan.course.time_limit
    return limit is not None and started is not None and at - started > limit


def course_problems(contest: Contest, points: dict[str, TimingPoint]) -> Iterator[Sentence]:
    """Say in one sentence each what is wrong with a course; nothing when it is sound."""
    course = contest.course
    name = worded("contest {code}", code=contest.code)
    if len(course.points) < 2:
        yield worded(
            "{contest}: a course needs a start and a finish, found {count} points",
            contest=name,
            count=len(course.points),
        )
        return
    if course.legs and len(course.legs) != len(course.points) - 1:
        yield worded(
            "{contest}: {points} course points need {needed} legs, found {legs}",
            contest=name,
            points=len(course.points),
            needed=len(course.points) - 1,
            legs=len(course.legs),
        )
    yield from _order_problems(contest)
    for problem in check_directions(course):
        yield worded("{where}: {told}", where=name, told=problem.said)
    for point in course.points:
        if point.point not in points:
            yield worded(
                "{contest}: {code} uses the timing point {point!r}; there are {known}",
                contest=name,
                code=point.code,
                point=point.point,
                known=", ".join(points) or worded("none"),
            )
    yield from _end_problems(course, name)


def _end_problems(course: Course, name: Sentence) -> Iterator[Sentence]:
    if course.points[0].kind is not PointKind.START:
        yield worded(
            "{contest}: the first course point is {code}, expected kind start",
            contest=name,
            code=course.points[0].code,
        )
    if course.points[-1].kind is not PointKind.FINISH and not course.open_laps:
        yield worded(
            "{contest}: the last course point is {code}, expected kind finish",
            contest=name,
            code=course.points[-1].code,
        )


def _order_problems(contest: Contest) -> Iterator[Sentence]:
    seen: set[str] = set()
    before = -1
    for row, point in enumerate(contest.course.points, 1):
        where = worded(
            "contest {contest}, course point {row} ({code})",
            contest=contest.code,
            row=row,
            code=point.code,
        )
        if point.code in seen:
            yield worded("{where}: the code stands twice", where=where)
        if point.distance < before:
            yield worded(
                "{where}: lies at {distance} mm, before the point that precedes it",
                where=where,
                distance=point.distance,
            )
        seen.add(point.code)
        before = point.distance
