from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from timing.core.clock import SECOND, format_duration, parse_duration
from timing.core.refusal import Refusal
from timing.core.rulebook.rounding import (
    RoundingRule,
    decode_rounding,
    half_up,
    official_hand_time,
    round_up,
    rule_for,
)

ROUNDING = Path(__file__).parents[3] / "config" / "rules" / "rounding.toml"
RULES = decode_rounding(ROUNDING.read_text(encoding="utf-8"))

steps = st.sampled_from([1, 1_000, 10_000, 100_000, 1_000_000])
spans = st.integers(-(10**12), 10**13)


@given(spans, steps)
def test_rounding_up_is_exact_at_every_microsecond(span, step):
    rounded = round_up(span, step)
    assert rounded % step == 0
    assert span <= rounded < span + step


@given(spans, steps)
def test_rounding_twice_changes_nothing(span, step):
    assert round_up(round_up(span, step), step) == round_up(span, step)


@given(spans, spans, steps)
def test_rounding_never_turns_an_order_around(one, other, step):
    slower, faster = max(one, other), min(one, other)
    assert round_up(faster, step) <= round_up(slower, step)


@pytest.mark.parametrize("step", [0, -1])
def test_a_step_must_be_positive(step):
    with pytest.raises(ValueError, match=rf"step {step} is not a step; expected .* above 0"):
        round_up(1, step)


def test_a_step_of_one_microsecond_keeps_the_reading():
    assert round_up(123_457, 1) == 123_457


@pytest.mark.parametrize(
    ("method", "reading", "official"),
    [
        ("fat_track_le_10000", "9.572", "9.58"),
        ("fat_track_le_10000", "9.630", "9.63"),  # ceil(9.63 * 100) / 100 gives 9.64 on floats
        ("fat_track_le_10000", "1:59.995", "2:00.00"),
        ("fat_track_gt_10000", "59:59.901", "1:00:00.0"),
        ("fat_track_gt_10000", "59:26.300", "59:26.3"),
        ("fat_road", "2:09:44.322", "2:09:45"),
        ("fat_road", "2:09:44.000", "2:09:44"),
        ("hand_track", "10.11", "10.2"),
        ("hand_track", "10.10", "10.1"),
        ("hand_road", "2:09:44.000001", "2:09:45"),
        ("transponder", "59:59.4", "1:00:00"),
        ("usatf_off_track", "2:09:44.32", "2:09:45"),
        ("ncaa_xc", "24:31.21", "24:31.3"),
    ],
)
def test_each_method_goes_up_to_its_own_step(method, reading, official):
    rule = RULES[method]
    rounded = round_up(parse_duration(reading), rule.step)
    assert format_duration(rounded, rule.decimals) == official


def test_the_time_is_subtracted_first_and_rounded_once():
    start, finish = parse_duration("10:00:00.120"), parse_duration("10:00:09.160")
    assert round_up(finish - start, RULES["fat_track_le_10000"].step) == parse_duration("9.04")
    start, finish = parse_duration("9:00:12.9"), parse_duration("9:45:03.2")
    assert round_up(finish - start, RULES["transponder"].step) == parse_duration("44:51")


@pytest.mark.parametrize(
    ("watches", "official"),
    [
        (["12.33"], "12.4"),
        (["10.40", "10.40"], "10.4"),
        (["10.31", "10.42"], "10.5"),  # two differ: the longer
        (["10.42", "10.31"], "10.5"),
        (["11.50", "11.50", "11.31"], "11.5"),  # two agree
        (["11.41", "11.50", "11.31"], "11.5"),  # two agree after rounding only
        (["10.20", "10.25", "10.41"], "10.3"),  # all differ: the middle
        (["10.41", "10.20", "10.25"], "10.3"),
    ],
)
def test_watches_are_rounded_and_then_compared(watches, official):
    readings = [parse_duration(watch) for watch in watches]
    assert official_hand_time(readings) == parse_duration(official)


def test_watches_on_the_road_are_rounded_to_the_second():
    assert official_hand_time([parse_duration("2:09:44.3")], SECOND) == parse_duration("2:09:45")


@pytest.mark.parametrize("count", [0, 4])
def test_there_are_one_to_three_watches(count):
    with pytest.raises(ValueError, match=f"{count} watches; expected one, two or three"):
        official_hand_time([SECOND] * count)


@given(st.lists(st.integers(1, 10**8), min_size=3, max_size=3))
def test_of_three_watches_one_is_faster_or_equal_and_one_slower_or_equal(watches):
    official = official_hand_time(watches)
    converted = [round_up(watch, 100_000) for watch in watches]
    assert official in converted
    assert sum(watch <= official for watch in converted) >= 2
    assert sum(watch >= official for watch in converted) >= 2


@pytest.mark.parametrize(
    ("timing", "surface", "metres", "method"),
    [
        ("fat", "track", 100, "fat_track_le_10000"),
        ("fat", "track", 10_000, "fat_track_le_10000"),
        ("fat", "track", 10_001, "fat_track_gt_10000"),
        ("fat", "road", 5_000, "fat_road"),
        ("hand", "track", 20_000, "hand_track"),
        ("hand", "road", 42_195, "hand_road"),
        ("transponder", "trail", 42_195, "transponder"),
        ("transponder", "cross", 8_000, "transponder"),
        ("fat", "grass", 400, None),
        ("sundial", "track", 400, None),
    ],
)
def test_the_rule_follows_from_timing_surface_and_distance(timing, surface, metres, method):
    rule = rule_for(RULES.values(), timing, surface, metres * 1_000)
    assert (rule and rule.method) == method


def test_a_distance_of_nothing_has_no_rule():
    assert rule_for(RULES.values(), "fat", "track", 0) is None


def test_every_rule_says_whose_it_is_and_where_it_is_written():
    assert all(rule.body and rule.source for rule in RULES.values())
    assert {rule.certainty for rule in RULES.values()} <= {"V", "S", "?"}


def test_every_official_time_can_be_printed_without_losing_a_digit():
    for rule in RULES.values():
        assert parse_duration(format_duration(rule.step, rule.decimals)) == rule.step


def row(**changes):
    rule = RoundingRule(
        method="m", timing="hand", step=100_000, decimals=1, body="club", source="club rules"
    )
    return msgspec.to_builtins(msgspec.structs.replace(rule, **changes))


def toml(*rows):
    lines = []
    for fields in rows:
        lines.append("[[rule]]")
        lines += [f"{key} = {value!r}" for key, value in fields.items() if value is not None]
    return "\n".join(lines)


@pytest.mark.parametrize("decimals", [0, 6])
def test_none_to_six_decimals_can_be_printed(decimals):
    rules = decode_rounding(toml(row(step=1_000_000, decimals=decimals)))
    assert rules["m"].decimals == decimals


@pytest.mark.parametrize(
    ("rows", "code", "sentence"),
    [
        (
            [row(), row()],
            "duplicate-rule",
            "row 2 of rule (m): the method stands there twice",
        ),
        (
            [row(step=0)],
            "bad-step",
            "row 1 of rule (m): step 0, decimals 1; expected above 0 and 0-6",
        ),
        (
            [row(), row(method="n", decimals=7)],
            "bad-step",
            "row 2 of rule (n): step 100000, decimals 7; expected above 0 and 0-6",
        ),
        (
            [row(decimals=-1)],
            "bad-step",
            "row 1 of rule (m): step 100000, decimals -1; expected above 0 and 0-6",
        ),
        (
            [row(step=10_000)],
            "step-not-printable",
            "row 1 of rule (m): a step of 10000 microseconds shows more than 1 decimals",
        ),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_row(rows, code, sentence):
    with pytest.raises(Refusal) as caught:
        decode_rounding(toml(*rows), "rounding.toml")
    assert [(p.code, p.sentence, p.file) for p in caught.value.problems] == [
        (code, sentence, "rounding.toml")
    ]


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Fraction(171465, 1000), 2, "171.47"),
        (Fraction(-171465, 1000), 2, "-171.47"),
        (Fraction(171464, 1000), 2, "171.46"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("-0.5"), 0, "-1"),
        (Decimal(240), 2, "240.00"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(0), 2, "0.00"),
        (Fraction(10**40 - 1, 2 * 10**40), 0, "0"),  # a hair under one half
    ],
)
def test_what_is_shown_for_information_goes_to_the_nearest_and_a_half_away_from_zero(
    value, decimals, shown
):
    assert str(half_up(value, decimals)) == shown


def test_nothing_is_shown_without_a_sign():
    assert str(half_up(Decimal(0), 1)) == "0.0"


def test_rules_that_cannot_be_read_are_refused_with_their_file():
    with pytest.raises(Refusal) as caught:
        decode_rounding("", "rounding.toml")
    assert [problem.file for problem in caught.value.problems] == ["rounding.toml"]


def test_a_step_of_one_microsecond_may_be_ruled():
    assert decode_rounding(toml(row(step=1, decimals=6)))["m"].step == 1
