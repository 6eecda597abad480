from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from timing.core.clock import SECOND, Duration, Instant
from timing.core.scoring.laps import (
    Decision,
    LapCourse,
    LapPoint,
    Progress,
    Sighting,
    check_lap_course,
    elapsed_times,
    progress_of,
    rank_laps,
    start_of,
    time_at_points,
)
from timing.core.status import Status

COURSE = LapCourse(
    points=(
        LapPoint(name="start", distance=0),
        LapPoint(name="aid", distance=8_000_000, departure=True),
        LapPoint(name="finish", distance=20_000_000),
    )
)
TWO_LAPS = replace(COURSE, laps=2)
OPEN = replace(COURSE, laps=0)
POINTS = {"s": (0, False), "a": (1, False), "A": (1, True), "f": (2, False)}


def seen(text: str) -> list[Sighting]:
    """``"s0 a10 A12 f30!"``: start, aid in, aid out, finish at second; ``!`` stopped here.

    A number before the letter is the lap.
    """
    found = []
    for word in text.split():
        lap, rest = (int(word[0]), word[1:]) if word[0].isdigit() else (1, word)
        point, out = POINTS[rest[0]]
        at = Instant(int(rest[1:].rstrip("!")) * SECOND)
        found.append(Sighting(lap, point, out, at, rest.endswith("!")))
    return found


def ranking(course: LapCourse, **runners: str) -> list[tuple[int | None, str]]:
    rows = rank_laps(course, {name: seen(text) for name, text in runners.items()})
    return [(row.rank, row.runner) for row in rows]


def flags(course: LapCourse, text: str) -> str:
    """The letters of what is true: Started, Finished, Dropped, sTopped."""
    found = progress_of(course, seen(text))
    true = (found.started, found.finished, found.dropped, found.stopped)
    return "".join(letter for letter, yes in zip("SFDT", true, strict=True) if yes)


def test_elapsed_times_run_from_the_runners_own_start():
    assert elapsed_times(seen("s5 a10 f30")) == (0, 5 * SECOND, 25 * SECOND)


def test_without_a_start_time_there_is_no_elapsed_time():
    assert elapsed_times(seen("a10 f30")) == (None, None)
    assert start_of(seen("2s40 a10")) is None
    assert start_of(seen("a10 s5")) == 5 * SECOND


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("s0", "S"),
        ("a10", "S"),
        ("s0 a10 A11", "S"),
        ("s0 f30", "SFT"),
        ("s0 f30!", "SFT"),
        ("s0 a10!", "SDT"),
        ("s0! a10", "SDT"),
        ("s0 a10! f30", "SFT"),
        ("s0 2s31", "SFT"),
        ("s0 f30 2a40", "SFT"),
    ],
)
def test_a_fixed_course_is_finished_at_the_line_or_dropped_before_it(text, expected):
    assert flags(COURSE, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s0 f30", "S"),
        ("s0 f30!", "SDT"),
        ("s0 2s31 2f60", "SFT"),
        ("s0 2a40", "S"),
        ("s0 3s61", "SFT"),
    ],
)
def test_the_last_lap_ends_a_race_of_several_laps(text, expected):
    assert flags(TWO_LAPS, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("s0 f30", "S"), ("s0 f30!", "SFT"), ("s0 a10!", "SFT"), ("s0 9f99", "S"), ("", "")],
)
def test_with_open_laps_nobody_drops_and_who_stops_has_finished(text, expected):
    assert flags(OPEN, text) == expected


@pytest.mark.parametrize(
    ("text", "laps"), [("", 0), ("s0", 0), ("s0 f30", 1), ("s0 2a40", 1), ("s0 2f60", 2)]
)
def test_a_lap_is_complete_at_its_finish(text, laps):
    assert progress_of(OPEN, seen(text)).laps == laps


def test_the_furthest_sighting_is_the_last_one_even_if_its_time_is_earlier():
    found = progress_of(COURSE, seen("s0 f29 a30 A31"))
    assert found == Progress(
        True, True, False, True, 1, Sighting(1, 2, False, Instant(29 * SECOND)), 29 * SECOND
    )


def test_departure_is_further_than_arrival():
    found = progress_of(COURSE, seen("s0 A12 a10")).final
    assert found is not None
    assert found.out


def test_of_two_points_at_one_distance_the_later_one_is_further():
    twice = replace(COURSE, points=(*COURSE.points[:2], LapPoint(name="f", distance=8_000_000)))
    found = progress_of(twice, seen("s0 f30 a10")).final
    assert found is not None
    assert found.point == 2


def test_a_time_of_zero_is_a_time():
    assert progress_of(COURSE, seen("s5")).elapsed == 0


def test_running_comes_before_dropped_before_not_started():
    assert ranking(COURSE, out="", dropped="s0 a10 A11!", start="s0") == [
        (1, "start"),
        (2, "dropped"),
        (3, "out"),
    ]


def test_the_higher_lap_then_the_greater_distance_then_out_over_in_then_less_time():
    assert ranking(
        TWO_LAPS,
        in_slow="s0 a9",
        in_fast="s0 a8",
        gone="s0 a20 A21",
        far="s0 f30",
        lap="s0 2s99",
    ) == [(1, "lap"), (2, "far"), (3, "gone"), (4, "in_fast"), (5, "in_slow")]


def test_elapsed_and_not_the_time_of_day_decides():
    assert ranking(COURSE, early="s0 f30", late="s10 f39") == [(1, "late"), (2, "early")]


def test_who_is_equal_in_all_shares_the_rank():
    assert ranking(COURSE, a="s0 f30", b="s5 f35", c="s0 f31", d="", e="") == [
        (1, "a"),
        (1, "b"),
        (3, "c"),
        (4, "d"),
        (4, "e"),
    ]


def test_who_has_no_start_time_comes_after_those_who_have_one_at_the_same_point():
    assert ranking(COURSE, lost="f1", slow="s0 f99", behind="s0 a10", lost_too="f2") == [
        (1, "slow"),
        (2, "lost"),
        (2, "lost_too"),
        (4, "behind"),
    ]


def test_with_open_laps_who_stopped_ranks_among_those_who_run():
    assert ranking(OPEN, stopped="s0 2f60!", runs="s0 f20", more="s0 3s61") == [
        (1, "more"),
        (2, "stopped"),
        (3, "runs"),
    ]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.integers(1, 50))
def test_a_slower_runner_never_worsens_a_rank(finishes, slower):
    runners = {f"r{k}": f"s0 f{time}" for k, time in enumerate(finishes)}
    before = {name: rank for rank, name in ranking(COURSE, **runners)}
    late = f"s0 f{max(finishes) + slower}"
    after = {name: rank for rank, name in ranking(COURSE, **runners, late=late)}
    assert {name: after[name] for name in before} == before
    assert after["late"] == len(after)


def test_the_time_at_a_point_is_departure_less_arrival():
    times = time_at_points(seen("s0 a10 A14 2a40 2A41 3A60 4a70"))
    assert times == {(1, 1): 4 * SECOND, (2, 1): SECOND}


def sentences(course: LapCourse) -> list[str]:
    return [problem.sentence for problem in check_lap_course(course)]


def test_a_sound_course_has_no_problem():
    assert check_lap_course(COURSE) == ()
    assert check_lap_course(OPEN) == ()
    assert sentences(replace(COURSE, points=COURSE.points[:2])) == []


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (COURSE.points[:1], "1 points; expected a start and a finish"),
        (
            (*COURSE.points, LapPoint(name="aid", distance=20_000_000)),
            "point 4 (aid): the name stands twice",
        ),
        (
            (COURSE.points[0], COURSE.points[2], COURSE.points[1]),
            "point 3 (aid): lies at 8000000 mm; expected 20000000 or more",
        ),
        (
            (*COURSE.points, LapPoint(name="x", distance=20_000_000, arrival=False)),
            "point 4 (x): records neither arrival nor departure",
        ),
    ],
)
def test_a_course_out_of_order_is_refused_and_the_point_named(points, sentence):
    assert sentences(replace(COURSE, points=points)) == [sentence]


def test_fewer_laps_than_none_are_refused():
    assert sentences(replace(COURSE, laps=-1)) == ["-1 laps; expected 0 (open) or more"]


def test_a_point_may_record_departures_only():
    point = LapPoint(name="x", distance=30_000_000, arrival=False, departure=True)
    assert sentences(replace(COURSE, points=(*COURSE.points, point))) == []


def test_every_refusal_of_a_course_has_a_code():
    wrong = LapPoint(name="start", distance=-1, arrival=False)
    found = check_lap_course(LapCourse(points=(COURSE.points[0], wrong), laps=-1))
    assert [problem.code for problem in found] == [
        "lap-course-laps",
        "lap-point-twice",
        "lap-point-records",
        "lap-point-order",
    ]
    assert check_lap_course(LapCourse(points=()))[0].code == "lap-course-points"


def test_what_an_empty_line_of_times_means():
    assert progress_of(COURSE, []) == Progress(False, False, False, False, 0, None, None)
    (row,) = rank_laps(COURSE, {"a": []})
    assert row.progress == progress_of(COURSE, [])


def test_the_first_second_of_elapsed_time_counts():
    assert ranking(COURSE, one="s0 f1", none="s0 f0") == [(1, "none"), (2, "one")]
    course = replace(COURSE, points=(COURSE.points[0], replace(COURSE.points[2], distance=0)))
    runners = {
        name: [Sighting(1, 0, False, Instant(0)), Sighting(1, 1, False, Instant(at))]
        for name, at in (("a", 0), ("b", 1))
    }
    assert [(row.rank, row.runner) for row in rank_laps(course, runners)] == [(1, "a"), (2, "b")]


def test_the_furthest_is_told_by_distance_and_not_by_the_order_of_the_points():
    back = replace(
        COURSE,
        points=(*COURSE.points[:2], LapPoint(name="far", distance=9_000_000), COURSE.points[1]),
    )
    times = [Sighting(1, 3, False, Instant(1)), Sighting(1, 2, False, Instant(2))]
    final = progress_of(back, times).final
    assert final is not None
    assert final.point == 2


def decided(course: LapCourse, **statuses: Status) -> list[tuple[int | None, str]]:
    """Ann finishes in 40, Bob in 50, Cyd is under way."""
    runners = {"ann": seen("s0 f40"), "bob": seen("s0 f50"), "cyd": seen("s0 a10")}
    ruled = {name: Decision(status) for name, status in statuses.items()}
    return [(row.rank, row.runner) for row in rank_laps(course, runners, ruled)]


def test_who_is_out_by_decision_stands_behind_those_who_go_on():
    assert decided(COURSE) == [(1, "ann"), (2, "bob"), (3, "cyd")]
    for status in (Status.DNF, Status.WD):
        assert decided(COURSE, ann=status) == [(1, "bob"), (2, "cyd"), (3, "ann")]


def test_who_is_disqualified_or_over_the_limit_has_no_rank():
    for status in (Status.DQ, Status.OTL):
        assert decided(COURSE, ann=status, bob=Status.DNS) == [
            (1, "cyd"), (2, "bob"), (None, "ann"),
        ]  # fmt: skip


def test_a_penalty_is_added_to_the_time_at_the_last_point():
    runners = {"ann": seen("s0 f40"), "bob": seen("s0 f50")}
    rows = rank_laps(COURSE, runners, {"ann": Decision(penalty=Duration(11 * SECOND))})
    assert [(row.runner, row.progress.elapsed) for row in rows] == [
        ("bob", 50 * SECOND), ("ann", 51 * SECOND),
    ]  # fmt: skip


def test_a_decision_to_stop_counts_with_open_laps_too():
    found = progress_of(OPEN, seen("s0 f40!"), Decision(Status.DNF))
    assert (found.finished, found.dropped, found.ruled) == (False, True, Status.DNF)
