"""A course made ready for the fold, and the check of a course when it is set up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from timing.core.clock import Duration
from timing.core.event import Choice, Contest, Course, PointKind, TimingPoint
from timing.core.rules import Basis, ContestRules


class Plan(NamedTuple):
    """What the fold needs of a contest, computed once.

    pattern: the timing points in the order of the course, without the start.
    codes: the course point codes in that order, index 0 being the start (which may have none).
    at_point: for each timing point the indexes at which the course passes it.
    plain: only the gap between passings bounds them; such courses are folded the short way.
    whole: all indexes, in order.
    """

    contest: str
    rules: ContestRules
    course: Course
    pattern: list[str]
    full_pattern: list[str]
    at_point: dict[str, tuple[int, ...]]
    index_of: dict[str, int]
    earliest: tuple[Duration, ...]
    plain: bool
    gap: Duration
    last: int
    whole: tuple[int, ...]
    points: dict[str, TimingPoint]
    by_net: bool
    open_laps: bool


def plan_of(contest: Contest, points: dict[str, TimingPoint]) -> Plan:
    """Prepare a contest for the fold. The course has passed ``course_problems``."""
    course = contest.course
    stops = [point.point for point in course.points]
    at_point: dict[str, tuple[int, ...]] = {}
    for index, stop in enumerate(stops):
        at_point[stop] = (*at_point.get(stop, ()), index)
    return Plan(
        contest=contest.code,
        rules=contest.rules,
        course=course,
        pattern=stops[1:],
        full_pattern=stops,
        at_point=at_point,
        index_of={point.code: index for index, point in enumerate(course.points)},
        earliest=tuple(point.earliest for point in course.points),
        plain=not course.open_laps and not any(point.earliest for point in course.points),
        gap=course.minimum_leg,
        last=len(stops) - 1,
        whole=tuple(range(len(stops))),
        points={stop: points.get(stop, TimingPoint(code=stop, name=stop)) for stop in stops},
        by_net=contest.rules.basis in (Basis.NET, Basis.NET_THEN_GUN),
        open_laps=course.open_laps,
    )


def course_problems(contest: Contest, points: dict[str, TimingPoint]) -> Iterator[str]:
    """Say in one sentence each what is wrong with a course; nothing when it is sound."""
    course = contest.course
    name = f"contest {contest.code}"
    if len(course.points) < 2:
        yield f"{name}: a course needs a start and a finish, found {len(course.points)} points"
        return
    if course.legs and len(course.legs) != len(course.points) - 1:
        yield (
            f"{name}: {len(course.points)} course points need {len(course.points) - 1} legs, "
            f"found {len(course.legs)}"
        )
    yield from _order_problems(contest)
    for point in course.points:
        if point.point not in points:
            known = ", ".join(points) or "none"
            yield f"{name}: {point.code} uses the timing point {point.point!r}; there are {known}"
    if course.points[0].kind is not PointKind.START:
        yield f"{name}: the first course point is {course.points[0].code}, expected kind start"
    if course.points[-1].kind is not PointKind.FINISH and not course.open_laps:
        yield f"{name}: the last course point is {course.points[-1].code}, expected kind finish"


def _order_problems(contest: Contest) -> Iterator[str]:
    seen: set[str] = set()
    before = -1
    for row, point in enumerate(contest.course.points, 1):
        where = f"contest {contest.code}, course point {row} ({point.code})"
        if point.code in seen:
            yield f"{where}: the code stands twice"
        if point.distance < before:
            yield f"{where}: lies at {point.distance} mm, before the point that precedes it"
        seen.add(point.code)
        before = point.distance


def chooses_last(plan: Plan, point: str) -> bool:
    """Whether the last read of a burst counts: at the start, or where the point says so."""
    return plan.points[point].choose is Choice.LAST
