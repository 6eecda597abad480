from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from timing.core.clock import MINUTE, SECOND, Duration
from timing.core.refusal import Refusal
from timing.core.setup.event import Course, CoursePoint, Direction, Leg
from timing.core.setup.retro import (
    RatioRow,
    RatioTable,
    SeedEstimate,
    backward_ratio,
    check_directions,
    check_ratios,
    decode_ratios,
    delegation_of,
    direction_of,
    directions,
    estimate_seed,
    is_for_couples,
    shares,
    stretches,
    turns,
    usual_ratio,
)
from timing.core.setup.roster import Entry

TEXT = (Path(__file__).parents[3] / "config" / "rules" / "backward_ratio.toml").read_text("utf-8")
RATIOS = decode_ratios(TEXT)
B, F = Direction.BACKWARD, Direction.FORWARD


def course(*legs: Leg, metres: tuple[int, ...] = (0, 500, 1000, 1500), **rest) -> Course:
    points = tuple(
        CoursePoint(code=f"p{m}", name=f"{m} m", point="line", distance=m * 1000) for m in metres
    )
    return Course(points=points, legs=legs, **rest)


ALTERNATA = course(Leg(direction=B), Leg(direction=F), Leg(direction=B))
COUPLE = course(
    Leg(roles={"first": B, "second": F}),
    Leg(roles={"first": F, "second": B}),
    metres=(0, 500, 1000),
)


def test_a_leg_has_a_direction_and_a_role_may_have_another():
    leg = Leg(direction=B, roles={"second": F})
    assert direction_of(leg) is B
    assert direction_of(leg, "first") is B
    assert direction_of(leg, "second") is F


def test_an_alternata_changes_direction_at_its_points():
    assert directions(ALTERNATA) == (B, F, B)
    assert turns(ALTERNATA) == ("p500", "p1000")
    assert shares(ALTERNATA) == {F: 500_000, B: 1_000_000}


def test_partners_swap_at_the_turn():
    assert directions(COUPLE, "first") == (B, F)
    assert directions(COUPLE, "second") == (F, B)
    assert turns(COUPLE, "first") == ("p500",)
    assert shares(COUPLE, "second") == {F: 500_000, B: 500_000}


def test_a_race_all_backward_has_no_turn():
    backward = course(Leg(direction=B), Leg(direction=B), Leg(direction=B))
    assert turns(backward) == ()
    assert shares(backward) == {F: 0, B: 1_500_000}


def test_a_course_without_legs_is_run_forward():
    assert directions(course()) == (F, F, F)
    assert directions(Course(points=())) == ()
    assert shares(course()) == {F: 1_500_000, B: 0}


def test_neighbouring_legs_of_one_direction_are_one_stretch():
    legs = (Leg(direction=B), Leg(direction=B), Leg(direction=F))
    assert stretches(course(*legs)) == ((B, 1_000_000), (F, 500_000))
    assert stretches(COUPLE, "second") == ((F, 500_000), (B, 500_000))
    assert stretches(Course(points=())) == ()


def sentences(where: Course) -> list[str]:
    return [problem.sentence for problem in check_directions(where)]


@pytest.mark.parametrize(
    ("mark", "sound"), [(None, True), (1, True), (1_500_000, True), (0, False), (1_500_001, False)]
)
def test_the_lanes_end_on_the_course(mark, sound):
    expected = [] if sound else [f"lanes until {mark} mm; expected 1 to 1500000"]
    assert sentences(course(lanes_until=mark)) == expected


def test_of_a_couple_one_runs_backward_on_every_leg():
    assert is_for_couples(COUPLE)
    assert sentences(COUPLE) == []
    both = replace(COUPLE, legs=(COUPLE.legs[0], Leg(direction=F)))
    assert sentences(both) == ["leg 2: both partners run forward; expected one backward"]


def test_a_role_that_nobody_has_is_refused_with_its_leg():
    third = replace(COUPLE, legs=(COUPLE.legs[0], Leg(roles={"first": F, "third": B})))
    assert sentences(third) == ["leg 2: role 'third'; expected one of ['first', 'second']"]


def test_who_runs_alone_swaps_with_nobody():
    assert not is_for_couples(ALTERNATA)
    assert sentences(ALTERNATA) == []


ENTRY = Entry(id=1, contest="mile", name="Ana")


def test_a_delegation_is_not_always_a_nation():
    assert delegation_of(replace(ENTRY, delegation="CAT", nation="ESP", club="A")) == "CAT"
    assert delegation_of(replace(ENTRY, nation="ESP", club="A")) == "ESP"
    assert delegation_of(replace(ENTRY, club="A")) == "A"
    assert delegation_of(ENTRY) == ""


def test_the_ratio_is_exact():
    assert backward_ratio(Duration(17_800_000), Duration(12_200_000)) == Fraction(178, 122)


@pytest.mark.parametrize("forward", [0, -1])
def test_a_ratio_needs_a_forward_time(forward):
    with pytest.raises(ValueError, match=f"a forward time of {forward} microseconds"):
        backward_ratio(Duration(1), Duration(forward))


@pytest.mark.parametrize(
    ("metres", "ratio"),
    [
        (50, "1.37"),
        (100, "1.37"),
        (1609, "1.5"),
        (5000, "1.5"),
        (10_000, "1.5"),
        (42_195, "1.5"),
    ],
)
def test_the_usual_ratio_is_level_outside_the_rows(metres, ratio):
    assert usual_ratio(RATIOS, metres) == Fraction(ratio)


TABLE = RatioTable(
    source="test",
    low="1.2",
    high="1.8",
    rows=(RatioRow(metres=100, ratio="1.4"), RatioRow(metres=200, ratio="1.6")),
)


def test_between_two_rows_the_ratio_lies_on_a_straight_line():
    assert usual_ratio(TABLE, 150) == Fraction("1.5")
    assert usual_ratio(TABLE, 125) == Fraction("1.45")


def test_an_estimate_says_that_it_is_one_and_how_wide_it_is():
    assert estimate_seed(Duration(MINUTE), 100, TABLE) == SeedEstimate(
        Duration(84 * SECOND), Duration(72 * SECOND), Duration(108 * SECOND), False, "estimate"
    )


def test_an_estimate_is_rounded_up_to_the_second_once():
    assert estimate_seed(Duration(10 * SECOND + 1), 100, TABLE).time == 15 * SECOND
    assert estimate_seed(Duration(5 * SECOND), 100, TABLE).time == 7 * SECOND
    assert estimate_seed(Duration(1), 100, TABLE).time == SECOND


def test_the_mean_of_the_athletes_own_ratios_comes_first():
    own = estimate_seed(Duration(MINUTE), 100, TABLE, [Fraction("1.5"), Fraction("1.7")])
    assert own.time == 96 * SECOND
    assert own.own


@given(st.integers(1, 10**11), st.integers(1, 50_000))
def test_an_estimate_lies_in_its_range_and_grows_with_the_time(forward, metres):
    found = estimate_seed(Duration(forward), metres, RATIOS)
    assert found.low <= found.time <= found.high
    assert found.time <= estimate_seed(Duration(forward + SECOND), metres, RATIOS).time


def ratio_sentences(**changes) -> list[str]:
    return [problem.sentence for problem in check_ratios(replace(TABLE, **changes))]


def rows(*pairs: tuple[int, str]) -> tuple[RatioRow, ...]:
    return tuple(RatioRow(metres=metres, ratio=ratio) for metres, ratio in pairs)


@pytest.mark.parametrize("text", ["", "1,4", "-1.4", "1.", ".4", "x", "0", "0.0", "1.4.1"])
def test_a_text_that_is_no_ratio_is_refused(text):
    assert ratio_sentences(low=text) == [f"low: {text!r} is not a ratio; expected such as 1.4"]


@pytest.mark.parametrize("text", ["1", "1.2", "0.5"])
def test_a_decimal_is_a_ratio(text):
    assert ratio_sentences(low=text) == []


def test_bad_rows_of_ratios_are_refused_by_number():
    assert ratio_sentences(rows=()) == ["no row; expected at least one distance"]
    assert ratio_sentences(rows=rows((100, "1.2"), (200, "1.9"))) == [
        "row 2: ratio 1.9; expected 1.2 to 1.8"
    ]
    assert ratio_sentences(rows=rows((100, "1.1"))) == ["row 1: ratio 1.1; expected 1.2 to 1.8"]
    assert ratio_sentences(rows=rows((100, "1.2"), (100, "1.8"))) == [
        "row 2: 100 m; expected more than 100"
    ]
    assert ratio_sentences(rows=rows((100, "x"))) == [
        "row 1: 'x' is not a ratio; expected such as 1.4"
    ]


def test_a_bad_table_of_ratios_is_refused_with_its_file():
    with pytest.raises(Refusal, match=r"^r\.toml: row 2: ratio 1\.9; expected 1\.35 to 1\.5"):
        decode_ratios(TEXT.replace('1609, ratio = "1.5"', '1609, ratio = "1.9"'), "r.toml")
    with pytest.raises(Refusal, match=r"^r\.toml: "):
        decode_ratios("rows = 3", "r.toml")


def test_every_refusal_has_a_code():
    far = check_directions(course(lanes_until=0))
    both = replace(COUPLE, legs=(Leg(direction=F), COUPLE.legs[1]))
    third = replace(COUPLE, legs=(Leg(roles={"third": B}), COUPLE.legs[1]))
    assert [p.code for p in far] == ["lanes-until"]
    assert [p.code for p in check_directions(both)] == ["no-swap"]
    assert [p.code for p in check_directions(third)] == ["unknown-role"]
    bad = [
        {"low": "x"},
        {"rows": ()},
        {"rows": rows((1, "9"))},
        {"rows": rows((2, "1.2"), (1, "1.2"))},
    ]
    codes = [check_ratios(replace(TABLE, **changes))[0].code for changes in bad]
    assert codes == ["ratio-number", "ratio-rows", "ratio-range", "ratio-order"]
    assert ratio_sentences(high="x") == ["high: 'x' is not a ratio; expected such as 1.4"]


def test_the_way_that_both_partners_run_is_that_of_their_roles():
    leg = Leg(direction=F, roles={"first": B, "second": B})
    assert sentences(replace(COUPLE, legs=(leg,))) == [
        "leg 1: both partners run backward; expected one backward"
    ]


def test_without_a_role_the_direction_of_the_leg_counts():
    odd = course(Leg(direction=F, roles={"XXXX": B}), Leg(), Leg())
    assert direction_of(odd.legs[0]) is F
    assert directions(odd) == (F, F, F)
    assert turns(odd) == ()
    assert shares(odd)[B] == 0


def test_the_shortest_forward_time_has_a_ratio():
    assert backward_ratio(Duration(3), Duration(1)) == 3


def test_level_outside_three_different_rows():
    table = replace(TABLE, rows=rows((100, "1.2"), (200, "1.4"), (300, "1.8")))
    assert [usual_ratio(table, m) for m in (99, 100, 200, 300, 301)] == [
        Fraction(text) for text in ("1.2", "1.2", "1.4", "1.8", "1.8")
    ]


def test_an_estimate_of_a_long_race_is_exact():
    # 10**17 + 1 microseconds is more than a float can hold.
    forward = Duration(10**17 + 1)
    table = replace(TABLE, rows=rows((100, "1.5")))
    exact = -(-forward * 3 // 2)
    assert estimate_seed(forward, 100, table).time == -(-exact // SECOND) * SECOND
