"""A course that is set up wrongly is refused in a sentence that names the row."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import MILE_ON_TRACK, contest, course, event
from timing.core.setup.course import AGES, course_problems, plan_of
from timing.core.setup.event import Course, CoursePoint, Leg, PointKind, TimingPoint

POINTS = {code: TimingPoint(code=code, name=code) for code in ("start", "a", "line", "finish")}


def problems(laid_out):
    return list(map(str, course_problems(contest(course=laid_out), POINTS)))


def test_a_sound_course_has_no_problems():
    assert problems(course("start 0 | a 800 | finish 1600")) == []
    assert problems(MILE_ON_TRACK) == []
    assert problems(course("start 0 | lap@line 400", open_laps=True)) == []


@pytest.mark.parametrize(
    ("laid_out", "sentence"),
    [
        (course("start 0"), "a course needs a start and a finish, found 1 points"),
        (
            course("start 0 | finish 1600", legs=(Leg(), Leg())),
            "2 course points need 1 legs, found 2",
        ),
        (
            course("start 0 | finish 1600", lanes_until=0),
            "lanes until 0 mm; expected 1 to 1600000",
        ),
        (
            course("start 0 | a 800 | a 900 | finish 1600"),
            "course point 3 (a): the code stands twice",
        ),
        (
            course("start 0 | a 800 | finish 700"),
            "course point 3 (finish): lies at 700000 mm, before the point that precedes it",
        ),
        (
            course("start 0 | moon 800 | finish 1600"),
            "moon uses the timing point 'moon'; there are start, a, line, finish",
        ),
    ],
)
def test_a_problem_is_named_with_its_row(laid_out, sentence):
    assert [each.partition(":")[2].strip() or each for each in problems(laid_out)] == [
        sentence
    ] or problems(laid_out) == [f"contest race, {sentence}"]


def test_the_ends_of_a_course_are_of_the_right_kind():
    ends = [
        CoursePoint(code=code, name=code, point=code, distance=0) for code in ("start", "finish")
    ]
    assert problems(Course(points=tuple(ends))) == [
        "contest race: the first course point is start, expected kind start",
        "contest race: the last course point is finish, expected kind finish",
    ]


def test_a_course_without_timing_points_says_so():
    found = list(map(str, course_problems(contest(course=course("start 0 | finish 9")), {})))
    assert found[0] == "contest race: start uses the timing point 'start'; there are none"


def test_the_distance_of_a_course_is_that_of_its_last_point():
    assert MILE_ON_TRACK.distance == 1_609_344
    assert Course(points=()).distance == 0


def test_a_course_that_is_not_set_up_yet_has_a_plan():
    plan = plan_of(contest(course=Course(points=())), {})
    assert (plan.last, plan.plain, plan.limit) == (-1, False, AGES)


def test_the_soonest_times_follow_from_the_distances():
    plan = plan_of(contest(course=MILE_ON_TRACK), {})
    assert plan.strict.steps == (0, 32_747_520, 64_747_520, 96_747_520, 128_747_520)
    assert plan.lap == 32_000_000


def test_kinds_of_points_are_named():
    assert [kind.value for kind in PointKind] == ["start", "split", "finish"]
    assert replace(MILE_ON_TRACK, fastest=0).fastest == 0


def test_a_course_has_a_leg_between_each_two_points():
    assert problems(course("start 0 | a 800 | finish 1600", legs=(Leg(), Leg()))) == []
    assert problems(course("start 0 | a 800 | finish 1600", legs=(Leg(),))) == [
        "contest race: 3 course points need 2 legs, found 1"
    ]


def test_the_last_point_is_named_where_it_is_no_finish():
    ends = [
        CoursePoint(code=code, name=code, point="a", distance=0, kind=kind)
        for code, kind in (
            ("start", PointKind.START), ("a", PointKind.SPLIT), ("b", PointKind.SPLIT),
        )
    ]  # fmt: skip
    assert problems(Course(points=tuple(ends))) == [
        "contest race: the last course point is b, expected kind finish"
    ]


def test_the_line_of_an_event_is_where_most_of_its_contests_end():
    short, long = contest("short"), contest("long")
    away = contest("away", course=course("start 0 | hut@hut 1000"))
    assert event([away, short, long]).line == "finish"
    assert event([away]).line == "hut"
    assert event([]).line == ""
