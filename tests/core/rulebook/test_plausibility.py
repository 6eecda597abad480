from fractions import Fraction
from pathlib import Path

import pytest

from timing.core.clock import parse_duration
from timing.core.refusal import Refusal
from timing.core.rulebook.plausibility import (
    Doubt,
    Verdict,
    decode_limits,
    decode_tops,
    judge_time,
    limit_for,
    top_speed,
)

FILE = Path(__file__).parents[3] / "config" / "rules" / "plausibility.toml"
LIMITS = decode_limits(FILE.read_text(encoding="utf-8"))


def judged(time, metres, direction="forward"):
    distance = metres * 1_000
    return judge_time(parse_duration(time), [(limit_for(LIMITS, direction, distance), distance)])


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
    assert judge_time(time, [(LIMITS[0], 100_000)]) == Verdict(Doubt.BEFORE_START, None)


def test_the_first_microsecond_is_a_time_though_too_fast():
    assert judge_time(1, [(LIMITS[0], 100_000)]).doubt == Doubt.TOO_FAST


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


TOP = '[[top]]\ndirection = "{}"\nfastest = {}\nsource = "x"\n'


def test_nobody_is_faster_for_a_moment_than_the_top_speed_of_the_directions_of_a_course():
    tops = decode_tops(FILE.read_text(encoding="utf-8"))
    assert top_speed(tops, ["backward"]) == 8_500
    assert top_speed(tops, ["backward", "forward"]) == 12_500
    assert all(top.source for top in tops)
    for directions in (["sideways"], ["forward", "sideways"], []):
        with pytest.raises(LookupError, match="no top speed"):
            top_speed(tops, directions)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (TOP.format("forward", 9) * 2, "top speed forward: stands there twice"),
        (
            TOP.format("forward", 8),
            "top speed forward: 8 mm/s is below the limit of a distance; expected 9 or more",
        ),
    ],
)
def test_a_top_speed_below_the_speed_over_a_distance_is_refused(text, sentence):
    with pytest.raises(Refusal) as caught:
        decode_tops(ROW.format(9, 1) + text, "p.toml")
    assert [str(problem) for problem in caught.value.problems] == [f"p.toml: {sentence}"]
    assert decode_tops(ROW.format(9, 1)) == ()
