from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import SECOND, parse_duration
from timing.core.refusal import Refusal
from timing.core.rulebook.plausibility import (
    Contradiction,
    Doubt,
    Mark,
    Verdict,
    contradictions,
    decode_limits,
    earliest_times,
    judge_speed,
    largest_consistent,
    limit_for,
)

FILE = Path(__file__).parents[3] / "config" / "rules" / "plausibility.toml"
LIMITS = decode_limits(FILE.read_text(encoding="utf-8"))


def judged(time, metres, direction="forward"):
    distance = metres * 1_000
    return judge_speed(parse_duration(time), distance, limit_for(LIMITS, direction, distance))


@pytest.mark.parametrize(
    ("time", "metres", "doubt"),
    [
        ("9.05", 100, Doubt.TOO_FAST),
        ("9.58", 100, None),
        ("36.363637", 400, None),  # 10.9999998 m/s
        ("36.363636", 400, Doubt.TOO_FAST),  # a microsecond faster than 11 m/s
        ("1:19.9", 800, Doubt.TOO_FAST),
        ("1:20", 800, None),  # exactly 10 m/s
        ("40.1", 401, None),
        ("40", 401, Doubt.TOO_FAST),
        ("8:00:00", 42_195, None),
        ("3:20", 100, None),  # exactly 0.5 m/s
        ("3:20.000001", 100, Doubt.TOO_SLOW),
    ],
)
def test_a_forward_time_is_judged_by_the_speed_limit_of_its_distance(time, metres, doubt):
    assert judged(time, metres).doubt == doubt
    assert judged(time, metres).plausible == (doubt is None)


@pytest.mark.parametrize(
    ("time", "metres", "doubt"),
    [
        ("13.17", 100, None),
        ("11.90", 100, Doubt.TOO_FAST),
        ("1:08.34", 400, None),
        ("5:30", 1_609, None),
        ("19:16.99", 5_000, None),
        ("15:16", 5_000, Doubt.TOO_FAST),  # printed for Bologna 2018, four minutes under the best
    ],
)
def test_backward_times_have_their_own_limits(time, metres, doubt):
    assert judged(time, metres, "backward").doubt == doubt


def test_the_speed_is_told_with_the_verdict():
    assert judged("20", 100) == Verdict(None, Fraction(5))


@pytest.mark.parametrize("time", [0, -1])
def test_a_time_of_nothing_lies_before_the_start(time):
    assert judge_speed(time, 100_000, LIMITS[0]) == Verdict(Doubt.BEFORE_START, None)


def test_the_first_microsecond_is_a_time_though_too_fast():
    assert judge_speed(1, 100_000, LIMITS[0]).doubt == Doubt.TOO_FAST


def test_a_direction_without_limits_is_an_error_that_names_it():
    with pytest.raises(LookupError, match="no limit of speed for the direction 'sideways'"):
        limit_for(LIMITS, "sideways", 100)


def test_every_limit_tells_its_source():
    assert all(limit.source for limit in LIMITS)


ROW = '[[limit]]\ndirection = "forward"\nfastest = {}\nslowest = {}\nsource = "x"\n'


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            ROW.format(10, 10),
            ["row 1 of limit (forward): 10 to 10 mm/s; expected slowest below fastest"],
        ),
        (
            ROW.format(10, 0),
            ["row 1 of limit (forward): 0 to 10 mm/s; expected slowest below fastest"],
        ),
        (
            ROW.format(9, 1) + ROW.format(9, 1),
            ["row 2 of limit (forward): the rows before leave it nothing"],
        ),
        (
            ROW.format(9, 1) + "up_to = 5\n" + ROW.format(9, 1) + "up_to = 5\n" + ROW.format(9, 1),
            ["row 2 of limit (forward): the rows before leave it nothing"],
        ),
        (
            ROW.format(9, 1) + "up_to = 5\n",
            ["forward: no row beyond 5 mm; expected a last row without up_to"],
        ),
        (
            ROW.format(9, 1) + "up_to = 0\n" + ROW.format(9, 1),
            ["row 1 of limit (forward): the rows before leave it nothing"],
        ),
    ],
)
def test_limits_with_a_gap_or_a_row_too_many_are_refused(text, problems):
    with pytest.raises(Refusal) as caught:
        decode_limits(text, "plausibility.toml")
    assert [problem.sentence for problem in caught.value.problems] == problems
    assert {problem.file for problem in caught.value.problems} == {"plausibility.toml"}


def test_each_direction_has_its_own_rows():
    text = ROW.format(9, 1) + ROW.format(9, 1).replace("forward", "backward")
    assert [limit.direction for limit in decode_limits(text)] == ["forward", "backward"]


def test_a_row_may_begin_one_millimetre_beyond_the_last():
    text = ROW.format(9, 1) + "up_to = 5\n" + ROW.format(9, 1) + "up_to = 6\n" + ROW.format(9, 1)
    assert [limit_for(decode_limits(text), "forward", d).up_to for d in (5, 6, 7)] == [5, 6, None]


def mark(position, at, **fields):
    """A point a kilometre on for each position, reached in 100 s a kilometre at the earliest."""
    known = {"distance": position * 1_000_000, "earliest": position * 100 * SECOND, **fields}
    return Mark(position, at * SECOND, **known)


@pytest.mark.parametrize(
    ("marks", "doubt"),
    [
        ([mark(0, 0), mark(1, -5)], Doubt.BEFORE_START),
        ([mark(1, 200), mark(2, 150)], Doubt.WRONG_ORDER),
        ([mark(1, 200), mark(2, 199)], Doubt.WRONG_ORDER),
        ([mark(1, 200), mark(2, 200)], Doubt.TOO_FAST),
        ([mark(1, 200), mark(2, 299)], Doubt.TOO_FAST),
        ([mark(1, 400), mark(2, 350, finish=True)], Doubt.AFTER_FINISH),
        (
            [mark(1, 200), mark(2, 190, distance=1_000_000, earliest=100 * SECOND)],
            Doubt.OUT_BEFORE_IN,
        ),
    ],
)
def test_what_contradicts_is_named(marks, doubt):
    assert contradictions(marks) == [Contradiction(0, 1, doubt)]
    assert contradictions(marks[::-1]) == [Contradiction(1, 0, doubt)]


def test_the_fastest_believable_leg_is_believed():
    assert contradictions([mark(0, 0), mark(1, 100), mark(2, 200)]) == []


def test_in_and_out_at_one_moment_is_believed():
    same = {"distance": 1_000_000, "earliest": 100 * SECOND}
    assert contradictions([mark(1, 200, **same), mark(2, 200, **same)]) == []


def test_two_readings_of_one_point_do_not_contradict():
    assert contradictions([mark(1, 200), mark(1, 900)]) == []


def test_every_pair_that_cannot_be_is_named():
    marks = [mark(1, 900), mark(2, 400), mark(3, 600)]
    assert contradictions(marks) == [
        Contradiction(0, 1, Doubt.WRONG_ORDER),
        Contradiction(0, 2, Doubt.WRONG_ORDER),
    ]


def test_one_wrong_early_reading_throws_no_doubt_on_what_follows():
    marks = [mark(0, 0), mark(1, 900), mark(2, 400), mark(3, 600), mark(4, 850)]
    chosen = largest_consistent(marks)
    assert chosen.kept == (0, 2, 3, 4)
    assert chosen.doubted == (1,)
    assert chosen.sure


def test_of_two_readings_at_one_point_the_one_that_fits_is_kept():
    marks = [mark(3, 600), mark(2, 650), mark(2, 400), mark(1, 200)]
    assert largest_consistent(marks) == ((3, 2, 0), (1,), True)


def test_when_both_readings_fit_the_earlier_is_kept_and_the_choice_is_not_sure():
    assert largest_consistent([mark(1, 300), mark(1, 200)]) == ((1,), (0,), False)
    marks = [mark(1, 300), mark(1, 200), mark(2, 500)]
    assert largest_consistent(marks) == ((1, 2), (0,), False)


def test_a_reading_that_is_trusted_more_wins():
    marks = [mark(1, 500, weight=3), mark(2, 300)]
    assert largest_consistent(marks) == ((0,), (1,), True)
    marks = [mark(1, 500), mark(2, 300, weight=3)]
    assert largest_consistent(marks) == ((1,), (0,), True)


def test_no_readings_are_consistent():
    assert largest_consistent([]) == ((), (), True)


marks_of_an_effort = st.lists(
    st.builds(mark, st.integers(0, 4), st.integers(-50, 600), weight=st.integers(1, 2)), max_size=7
)


def _consistent_sets(marks):
    for size in range(len(marks) + 1):
        for chosen in combinations(range(len(marks)), size):
            own = [marks[n] for n in chosen]
            apart = len({m.position for m in own}) == size
            if apart and not contradictions(own):
                yield chosen


@given(marks_of_an_effort)
def test_no_consistent_set_is_heavier_than_the_one_chosen(marks):
    def weight(chosen):
        return sum(marks[n].weight for n in chosen)

    sets = list(_consistent_sets(marks))
    heaviest = max(map(weight, sets))
    result = largest_consistent(marks)
    assert tuple(sorted(result.kept)) in sets
    assert weight(result.kept) == heaviest
    assert sorted(result.kept + result.doubted) == list(range(len(marks)))
    assert result.sure == (sum(weight(chosen) == heaviest for chosen in sets) == 1)


@given(marks_of_an_effort)
def test_what_is_kept_runs_along_the_course(marks):
    result = largest_consistent(marks)
    positions = [marks[n].position for n in result.kept]
    assert positions == sorted(set(positions))
    doubted = [marks[n].position for n in result.doubted]
    assert doubted == sorted(doubted)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ROW.format(1, 2), "bad-speeds"),
        (ROW.format(9, 1) * 2, "limit-unreachable"),
        (ROW.format(9, 1) + "up_to = 5", "limit-missing"),
        ("", "bad-rules"),
    ],
)
def test_what_is_wrong_with_limits_has_a_code_and_its_file(text, code):
    with pytest.raises(Refusal) as caught:
        decode_limits(text, "p.toml")
    assert [(p.code, p.file) for p in caught.value.problems] == [(code, "p.toml")]


def test_a_first_row_may_end_after_one_millimetre():
    text = ROW.format(9, 1) + "up_to = 1\n" + ROW.format(9, 1)
    assert decode_limits(text)[0].up_to == 1


def test_the_speed_is_told_where_it_is_doubted():
    assert judged("5", 100) == Verdict(Doubt.TOO_FAST, Fraction(20))
    assert judged("1000", 100) == Verdict(Doubt.TOO_SLOW, Fraction(1, 10))


def test_each_point_has_its_earliest_time_by_the_direction_and_length_of_the_legs():
    legs = [("backward", 400_000), ("forward", 800_000), ("backward", 200_000)]
    reached = earliest_times(LIMITS, legs)
    assert reached == [0, 58_823_529, 138_823_529, 162_633_052]
    assert earliest_times(LIMITS, []) == [0]


@given(st.lists(st.tuples(st.sampled_from(["forward", "backward"]), st.integers(1, 10**8))))
def test_nobody_at_the_speed_limit_is_doubted(legs):
    reached = earliest_times(LIMITS, legs)
    assert reached == sorted(reached)
    marks = [Mark(n, at, earliest=at) for n, at in enumerate(reached)]
    assert contradictions(marks) == []
    assert largest_consistent(marks).sure
