from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from timing.core.refusal import Refusal
from timing.core.rounds.lanes import (
    LaneFault,
    LaneGroup,
    LaneList,
    LanePlan,
    LaneRules,
    Method,
    check_lane_rules,
    decode_lanes,
    draw_all_by_lot,
    draw_lanes,
    lane_faults,
    lane_method,
    lane_plan,
)
from timing.core.rulebook.lots import draw_lot

TEXT = (Path(__file__).parents[3] / "config" / "rules" / "lanes.toml").read_text("utf-8")
RULES = decode_lanes(TEXT)
CLASSES = [lane_class.code for lane_class in RULES.classes]


def groups(event_class, track_lanes, athletes=None):
    plan = lane_plan(RULES, event_class, track_lanes, athletes)
    assert plan is not None
    return [(group.ranks, group.lanes) for group in plan.groups]


def spoiled(**changes) -> LaneRules:
    """The rules with the first table of the straight changed."""
    straight = RULES.classes[0]
    table = replace(straight.tables[0], **changes)
    return replace(RULES, classes=(replace(straight, tables=(table,)), *RULES.classes[1:]))


def sentences(rules: LaneRules) -> list[str]:
    return [problem.sentence for problem in check_lane_rules(rules)]


def test_the_rules_of_the_house_are_sound():
    assert check_lane_rules(RULES) == ()


@pytest.mark.parametrize("event_class", CLASSES)
def test_a_full_track_gives_every_rank_a_lane_and_leaves_none_unused(event_class):
    for table in next(found for found in RULES.classes if found.code == event_class).tables:
        plan = lane_plan(RULES, event_class, table.lanes)
        assert plan == LanePlan(table.groups, ())


def test_nine_lanes_for_eight_athletes_make_lane_two_count_as_lane_one():
    plan = lane_plan(RULES, "straight", 9, 8)
    assert plan is not None
    assert plan.unused == (1,)
    assert groups("straight", 9, 8) == [
        ((1, 2, 3, 4), (4, 5, 6, 7)),
        ((5, 6), (3, 8)),
        ((7, 8), (2, 9)),
    ]


@pytest.mark.parametrize(
    ("athletes", "expected"),
    [
        (7, [((1, 2, 3, 4), (3, 4, 5, 6)), ((5, 6), (2, 7)), ((7,), (8,))]),
        (6, [((1, 2, 3, 4), (3, 4, 5, 6)), ((5, 6), (7, 8))]),
        (5, [((1, 2, 3, 4), (4, 5, 6, 7)), ((5,), (8,))]),
        (2, [((1, 2), (7, 8))]),
        (0, []),
    ],
)
def test_with_fewer_athletes_the_inside_lanes_stay_empty(athletes, expected):
    assert groups("straight", 8, athletes) == expected


@given(
    event_class=st.sampled_from(CLASSES),
    track=st.integers(4, 10),
    athletes=st.integers(0, 9),
)
def test_every_starter_has_one_lane_and_the_empty_ones_are_inside(event_class, track, athletes):
    plan = lane_plan(RULES, event_class, track, athletes)
    if plan is None:
        return
    ranks = [rank for group in plan.groups for rank in group.ranks]
    lanes = sorted(lane for group in plan.groups for lane in group.lanes)
    assert ranks == list(range(1, athletes + 1))
    assert len(lanes) == len(set(lanes)) == athletes
    assert plan.unused == tuple(range(1, track - athletes + 1))
    assert not set(lanes) & set(plan.unused)
    assert all(1 <= lane <= track for lane in lanes)


@pytest.mark.parametrize(
    ("event_class", "track", "athletes"),
    [("straight", 7, 7), ("straight", 8, 9), ("straight", 10, 10), ("steeplechase", 8, 8)],
)
def test_where_the_rules_have_no_table_there_is_no_plan(event_class, track, athletes):
    assert lane_plan(RULES, event_class, track, athletes) is None


def test_the_smallest_table_that_holds_the_athletes_is_used():
    assert groups("straight", 10, 9)[0] == ((1, 2, 3), (5, 6, 7))
    assert groups("straight", 10, 8)[0] == ((1, 2, 3, 4), (5, 6, 7, 8))


@pytest.mark.parametrize(
    ("round_number", "metres", "legs", "method"),
    [
        (1, 100, 1, Method.LOT),
        (2, 100, 1, Method.GROUPS),
        (2, 800, 1, Method.GROUPS),
        (2, 801, 1, Method.LOT),
        (3, 1500, 1, Method.LOT),
        (2, 400, 4, Method.GROUPS),
        (2, 401, 4, Method.LOT),
        (2, 800, 4, Method.LOT),
        (1, 1500, 1, Method.LOT),
    ],
)
def test_first_rounds_and_long_races_are_drawn_by_lot(round_number, metres, legs, method):
    drawn = lane_method(RULES, round_number=round_number, metres=metres, legs=legs)
    assert drawn is method


def test_a_regulation_may_seed_the_first_round():
    rules = replace(RULES, first_round=Method.GROUPS)
    assert lane_method(rules, round_number=1, metres=100) is Method.GROUPS
    assert lane_method(rules, round_number=1, metres=1500) is Method.LOT


def test_one_lane_group_of_one_is_named_by_its_rank():
    plan = LanePlan((LaneGroup((1, 2), (3, 4)), LaneGroup((3,), (2,))), (1,))
    drawn = draw_lanes(plan, ["A", "B", "C"], seed="s", purpose="60m final")
    assert [lot.purpose for lot in drawn.lots] == ["60m final, ranks 1-2", "60m final, ranks 3"]
    assert [lot.seed for lot in drawn.lots] == ["s", "s"]
    assert drawn.lanes["C"] == 2


@given(st.text(min_size=1), st.sampled_from(CLASSES[:3]), st.integers(8, 9))
def test_a_draw_by_groups_never_has_a_fault_and_its_lots_can_be_drawn_again(seed, name, lanes):
    plan = lane_plan(RULES, name, lanes)
    assert plan is not None
    ranked = [f"rank {rank}" for rank in range(1, lanes + 1)]
    drawn = draw_lanes(plan, ranked, seed=seed, purpose="final")
    assert lane_faults(plan, [drawn.lanes[who] for who in ranked]) == ()
    for lot, group in zip(drawn.lots, plan.groups, strict=True):
        assert draw_lot(reversed(lot.drawn), seed=seed, purpose=lot.purpose) == lot
        assert tuple(drawn.lanes[who] for who in lot.drawn) == group.lanes


def test_a_draw_of_all_by_lot_fills_the_outside_lanes():
    drawn = draw_all_by_lot(["A", "B", "C"], 8, seed="s", purpose="heat 1")
    lot = draw_lot(["A", "B", "C"], seed="s", purpose="heat 1")
    first, second, third = lot.drawn
    assert drawn == LaneList({first: 6, second: 7, third: 8}, (lot,))


def test_without_lanes_the_lot_is_the_order_on_the_line():
    drawn = draw_all_by_lot(["A", "B", "C"], 0, seed="s", purpose="mile")
    assert sorted(drawn.lanes.values()) == [1, 2, 3]


def test_a_rank_outside_its_group_is_a_fault_that_says_what_is_allowed():
    plan = lane_plan(RULES, "straight", 8)
    assert plan is not None
    assert lane_faults(plan, [4, 7, 6, 5, 3, 2, 8, 1]) == (
        LaneFault("wrong-lane", 2, 7, (3, 4, 5, 6)),
        LaneFault("wrong-lane", 5, 3, (2, 7)),
    )


def test_two_in_one_lane_are_a_fault_of_the_second():
    plan = lane_plan(RULES, "straight", 8)
    assert plan is not None
    assert lane_faults(plan, [4, 4]) == (LaneFault("lane-twice", 2, 4, (3, 4, 5, 6)),)


def test_a_rank_that_the_plan_does_not_know_may_stand_nowhere():
    plan = LanePlan((LaneGroup((1,), (1,)),), ())
    assert lane_faults(plan, [1, 2]) == (LaneFault("wrong-lane", 2, 2, ()),)


def test_a_table_that_leaves_out_a_rank_is_refused_by_name():
    rules = spoiled(groups=(LaneGroup((1, 3), (1, 2)),), lanes=2)
    assert sentences(rules) == ["straight, 2 lanes: ranks [1, 3]; expected 1 to 2 in order"]


def test_a_table_that_names_a_lane_twice_is_refused_by_name():
    rules = spoiled(groups=(LaneGroup((1, 2), (2, 2)),), lanes=2)
    assert sentences(rules) == ["straight, 2 lanes: lanes [2, 2]; expected 1 to 2 once each"]


def test_a_group_with_more_ranks_than_lanes_is_refused_by_its_first_rank():
    rules = spoiled(groups=(LaneGroup((1, 2), (1,)), LaneGroup((3,), (2, 3))), lanes=3)
    assert sentences(rules) == [
        "straight, 3 lanes, ranks from 1: 2 ranks for 1 lanes; expected as many",
        "straight, 3 lanes, ranks from 3: 1 ranks for 2 lanes; expected as many",
    ]
    assert {problem.code for problem in check_lane_rules(rules)} == {"lane-group"}


def test_a_class_cannot_stand_twice():
    rules = replace(RULES, classes=RULES.classes + RULES.classes[:1])
    problem = check_lane_rules(rules)[0]
    assert problem.code == "lane-class-twice"
    assert problem.sentence == "lane class 'straight' stands twice; expected it once"


def test_a_bad_rule_file_is_refused_with_its_name():
    with pytest.raises(Refusal) as refused:
        decode_lanes(TEXT.replace("{ ranks = [7, 8], lanes = [1, 8] },", "", 1), "lanes.toml")
    assert str(refused.value).startswith("lanes.toml: straight, 8 lanes: ranks [1, 2, 3, 4, 5, 6]")
    assert [problem.code for problem in refused.value.problems] == ["lane-ranks", "lane-lanes"]


def test_a_race_has_one_leg_unless_it_is_a_relay():
    assert lane_method(RULES, round_number=2, metres=600) is Method.GROUPS
    assert lane_method(RULES, round_number=2, metres=600, legs=2) is Method.LOT


def test_a_group_of_more_than_two_is_named_by_its_first_and_last_rank():
    plan = LanePlan((LaneGroup((1, 2, 3), (3, 4, 5)),), ())
    (lot,) = draw_lanes(plan, ["A", "B", "C"], seed="s", purpose="final").lots
    assert lot.purpose == "final, ranks 1-3"
