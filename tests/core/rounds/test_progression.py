from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from timing.core.rounds.heats import decode_heat_table
from timing.core.rounds.progression import (
    MIXED_TIMING,
    Draw,
    Finisher,
    Progression,
    Quota,
    advance,
    progression_options,
    rank_by_marks,
    rank_qualifiers,
    replace_withdrawn,
    reserves,
    settle,
    times_decide,
    usual_option,
)
from timing.core.rulebook.lots import draw_lot

HEATS = Path(__file__).parents[3] / "config" / "rules" / "heats"


def heats(*texts: str) -> list[Finisher]:
    """``"A 10300 | B 10402 | C DNF"`` a heat, times in ms, equal times share the place."""
    found = []
    for heat, text in enumerate(texts, start=1):
        times: list[int] = []
        for part in text.split("|"):
            name, mark = part.split()
            if mark.isdigit():
                times.append(int(mark))
                place = times.index(int(mark)) + 1
                found.append(Finisher(name, heat, place, int(mark) * 1000))
            else:
                found.append(Finisher(name, heat, None, None))
    return found


def names(finishers) -> str:
    return "".join(finisher.name for finisher in finishers)


def goes_on(finishers, *quota: int) -> tuple[str, str]:
    progression = advance(finishers, Quota(*quota))
    assert progression.undecided == ()
    return names(progression.places), names(progression.times)


ROUND = heats(
    "A 10301 | B 10402 | C 10455 | D 10700",
    "E 10250 | F 10500 | G 10512 | H 10900",
    "I 10410 | J 10440 | K 10450 | L 10800",
)


@pytest.mark.parametrize(
    ("quota", "places", "times"),
    [
        ((2, 2), "ABEFIJ", "KC"),
        ((1, 3), "AEI", "BJK"),
        ((2, 0), "ABEFIJ", ""),
        ((0, 2), "", "EA"),
        ((4, 4), "ABCDEFGHIJKL", ""),
        ((2, 99), "ABEFIJ", "KCGDLH"),
    ],
)
def test_the_first_of_each_heat_and_the_fastest_of_the_rest_go_on(quota, places, times):
    assert goes_on(ROUND, *quota) == (places, times)


def test_who_did_not_finish_never_goes_on_even_when_a_place_is_free():
    finishers = heats("A 10300 | B 10500 | C DNF", "D 10900 | E DNS | F DQ")
    assert goes_on(finishers, 2, 1) == ("ABD", "")


def test_a_place_that_a_heat_cannot_fill_is_not_handed_to_another():
    finishers = heats("A 10300 | B 10500 | C 10600 | G 10700", "D 10900")
    assert goes_on(finishers, 2, 1) == ("ABD", "C")


def test_who_has_a_place_and_no_time_cannot_go_on_by_time():
    finishers = [*heats("A 10300"), Finisher("B", 1, 2, None)]
    assert goes_on(finishers, 1, 1) == ("A", "")
    assert goes_on(finishers, 2, 0) == ("AB", "")


def test_nobody_goes_on_from_a_round_without_runners():
    assert advance([], Quota(2, 2)) == Progression((), ())


def test_thousandths_separate_what_prints_the_same():
    finishers = heats(
        "A 10300 | B 10402 | C 10455 | D 10458", "E 10250 | F 10400 | G 10459 | H 10600"
    )
    assert goes_on(finishers, 2, 2) == ("ABEF", "CD")


TIED_TIME = heats("A 10300 | B 10402 | C 10455", "E 10250 | F 10400 | G 10455")


def test_a_tie_for_the_last_place_by_time_takes_a_free_lane():
    assert goes_on(TIED_TIME, 2, 1, 1) == ("ABEF", "CG")


def test_a_tie_for_the_last_place_by_time_without_a_lane_is_drawn():
    progression = advance(TIED_TIME, Quota(2, 1))
    assert names(progression.times) == ""
    assert progression.undecided == (Draw(("C", "G"), 1, "qD"),)


def test_a_tie_inside_the_places_by_time_needs_no_draw():
    assert goes_on(TIED_TIME, 2, 2) == ("ABEF", "CG")


def test_three_equals_for_one_place_and_one_free_lane_draw_for_two():
    finishers = heats("A 10300 | B 10455", "C 10301 | D 10455", "E 10302 | F 10455 | G 10456")
    progression = advance(finishers, Quota(1, 1, 1))
    assert progression.undecided == (Draw(("B", "D", "F"), 2),)


def test_those_surely_inside_go_on_before_the_draw():
    finishers = heats("A 10300 | B 10400", "C 10301 | D 10455", "E 10302 | F 10455")
    progression = advance(finishers, Quota(1, 2))
    assert names(progression.times) == "B"
    assert progression.undecided == (Draw(("D", "F"), 1),)


TIED_PLACE = heats("A 55070 | B 55107 | C 55107 | D 55500", "E 54900 | F 55000 | G 55200 | H 55600")


def test_a_tie_for_the_last_place_by_position_costs_a_place_by_time():
    assert goes_on(TIED_PLACE, 2, 2) == ("ABCEF", "G")


def test_a_tie_for_the_last_place_by_position_takes_a_free_lane_first():
    assert goes_on(TIED_PLACE, 2, 2, 1) == ("ABCEF", "GD")


def test_both_equals_go_on_in_a_free_lane_when_no_place_goes_by_time():
    finishers = heats("F 55070 | V 55107 | Y 55107")
    assert goes_on(finishers, 2, 0, 1) == ("FVY", "")


def test_without_lane_and_place_by_time_the_equals_are_drawn():
    progression = advance(heats("F 55070 | V 55107 | Y 55107 | Z 55200"), Quota(2, 0))
    assert names(progression.places) == "F"
    assert progression.undecided == (Draw(("V", "Y"), 1),)


def test_equals_that_wait_for_a_draw_do_not_take_a_place_by_time_as_well():
    progression = advance(heats("A 100 | B 100 | C 100 | D 101"), Quota(1, 1))
    assert progression.undecided == (Draw(("A", "B", "C"), 1),)
    assert names(progression.places) == ""
    assert names(progression.times) == "D"


def test_ties_in_two_heats_share_what_is_left():
    finishers = heats("A 100 | B 101 | C 101", "D 100 | E 102 | F 102", "G 100 | H 103 | I 104")
    assert goes_on(finishers, 2, 1, 1) == ("ABCDEFGH", "")
    progression = advance(finishers, Quota(2, 1))
    assert names(progression.places) == "ABCDGH"
    assert progression.undecided == (Draw(("E", "F"), 1),)


def test_a_draw_is_settled_by_a_lot_that_is_kept():
    progression = settle(advance(TIED_TIME, Quota(2, 1)), TIED_TIME, seed="7", purpose="100m")
    lot = draw_lot(["C", "G"], seed="7", purpose="100m, 1 of 2")
    assert progression.lots == (lot,)
    assert progression.undecided == ()
    assert names(progression.drawn) == lot.drawn[0]
    assert progression.mark_of(lot.drawn[0]) == "qD"
    assert progression.mark_of(lot.drawn[1]) == ""


def test_a_second_draw_keeps_the_first():
    first = settle(advance(TIED_TIME, Quota(2, 1)), TIED_TIME, seed="7", purpose="100m")
    again = settle(first, TIED_TIME, seed="8", purpose="100m")
    assert again == first


def test_marks_say_how_somebody_goes_on():
    progression = advance(ROUND, Quota(2, 2))
    assert [progression.mark_of(name) for name in "AKD"] == ["Q", "q", ""]


@pytest.mark.parametrize(
    ("systems", "by_time", "decide"),
    [
        (["FAT", "FAT"], 2, True),
        (["FAT", "hand"], 2, False),
        (["FAT", "hand"], 1, False),
        (["FAT", "hand"], 0, True),
        ([], 2, True),
    ],
)
def test_only_one_timing_system_may_decide_places_by_time(systems, by_time, decide):
    assert times_decide(systems, by_time) is decide
    assert "referee" in MIXED_TIMING


def test_the_next_round_ranks_winners_by_time_then_seconds_then_the_fastest_losers():
    finishers = heats(
        "A1 10400 | A2 10450 | A3 10460", "B1 10300 | B2 10520", "C1 10600 | C2 10610 | C3 10620"
    )
    ranked = rank_qualifiers(advance(finishers, Quota(2, 2)))
    assert ranked == ("B1", "A1", "C1", "A2", "B2", "C2", "A3", "C3")


def test_who_came_in_by_lot_ranks_last_and_a_winner_without_time_last_of_the_winners():
    winner = Finisher("W", 3, 1, None)
    progression = advance([*TIED_TIME, winner], Quota(1, 3))
    assert rank_qualifiers(progression) == ("E", "A", "W", "F", "B")
    settled = settle(progression, TIED_TIME, seed="7", purpose="x")
    assert rank_qualifiers(settled) == ("E", "A", "W", "F", "B", settled.drawn[0].name)


def test_longer_events_keep_the_seed_list_improved_by_earlier_rounds():
    seeds = [("A", 240), ("B", 241), ("C", None), ("D", None), ("E", 250)]
    rounds = [
        Finisher("B", 1, 1, 239),
        Finisher("A", 1, 2, 245),
        Finisher("D", 1, 3, 248),
        Finisher("E", 1, None, None),
        Finisher("X", 1, 4, 200),
    ]
    assert rank_by_marks(seeds, rounds) == ("B", "A", "D", "E", "C")


def test_equal_marks_keep_the_order_of_the_seed_list():
    assert rank_by_marks([("B", 240), ("A", 240)], []) == ("B", "A")


def test_the_next_fastest_are_reserves():
    progression = advance(ROUND, Quota(2, 2))
    assert reserves(ROUND, progression, 2) == ("G", "D")
    assert reserves(ROUND, progression, 0) == ()


def test_a_reserve_has_finished_and_has_a_time():
    finishers = [*heats("A 100 | B 101 | C DQ"), Finisher("D", 1, 3, None)]
    assert reserves(finishers, advance(finishers, Quota(1, 0)), 9) == ("B",)


def test_who_lost_the_draw_is_the_first_reserve():
    settled = settle(advance(TIED_TIME, Quota(2, 1)), TIED_TIME, seed="7", purpose="x")
    loser = ({"C", "G"} - {settled.drawn[0].name}).pop()
    assert reserves(TIED_TIME, settled, 3) == (loser,)


def test_the_six_best_of_all_heats_make_a_retro_final():
    progression = advance(ROUND, Quota(0, 6))
    assert names(progression.places) == ""
    assert names(progression.times) == "EABIJK"
    assert reserves(ROUND, progression, 2) == ("C", "F")
    assert names(advance(ROUND, Quota(0, 2)).times) == "EA"


@pytest.mark.parametrize(
    ("withdrawn", "final"),
    [
        ((), ("A", "B", "C")),
        (("B",), ("A", "C", "R")),
        (("A", "R"), ("B", "C", "S")),
        (("A", "B", "R"), ("C", "S")),
    ],
)
def test_reserves_fill_the_seats_of_those_who_withdraw(withdrawn, final):
    assert replace_withdrawn(("A", "B", "C"), ("R", "S"), withdrawn) == final


def test_every_way_to_fill_the_next_round_is_an_option():
    assert progression_options(8, 27) == ((3, 3), (2, 11), (1, 19), (0, 27))
    assert progression_options(2, 1) == ((0, 1),)


def test_the_usual_option_is_the_one_of_the_default_table():
    table = decode_heat_table((HEATS / "iaaf-default.toml").read_text("utf-8"))
    for row in table.sections[0].rows:
        stage = row.stages[0]
        options = progression_options(stage.heats, stage.qualifiers)
        assert usual_option(options) == (stage.by_place, stage.by_time), row


def test_two_by_place_come_before_some_by_time():
    assert usual_option(progression_options(4, 8)) == (2, 0)
    assert usual_option(progression_options(5, 8)) == (1, 3)


@given(
    st.lists(st.lists(st.integers(100, 105), max_size=5), max_size=4),
    st.integers(0, 3),
    st.integers(0, 4),
    st.integers(0, 2),
)
def test_nobody_goes_on_while_a_faster_one_of_the_same_heat_stays(times, by_place, by_time, free):
    finishers = heats(
        *(
            " | ".join(f"{heat}.{k} {time}" for k, time in enumerate(sorted(run)))
            for heat, run in enumerate(times)
            if run
        )
    )
    progression = advance(finishers, Quota(by_place, by_time, free))
    on = {f.name for f in (*progression.places, *progression.times)}
    waiting = {name for draw in progression.undecided for name in draw.between}
    assert not on & waiting
    room = len({f.heat for f in finishers}) * by_place + by_time + free
    assert len(on) + sum(draw.slots for draw in progression.undecided) <= room
    for one in finishers:
        for other in finishers:
            if one.heat == other.heat and one.time < other.time and other.name in on:
                assert one.name in on | waiting


def test_finishers_may_come_in_any_order():
    mixed = list(reversed(ROUND))
    assert goes_on(mixed, 2, 2) == ("ABEFIJ", "KC")
    assert goes_on(list(reversed(heats("Z 1 | A 2 | M 3"))), 2, 0) == ("ZA", "")
    tied = list(reversed(TIED_PLACE))
    assert sorted(goes_on(tied, 2, 2)[0]) == list("ABCEF")


def test_the_last_places_are_drawn_among_those_of_the_last_place_only():
    progression = advance(heats("A 1 | B 2 | C 3 | D 3 | E 3"), Quota(3, 0))
    assert names(progression.places) == "AB"
    assert progression.undecided == (Draw(("C", "D", "E"), 1),)
    progression = advance(heats("A 1 | B 1 | C 1"), Quota(2, 0))
    assert progression.undecided == (Draw(("A", "B", "C"), 2),)


def test_exactly_as_many_as_there_are_places_by_time_need_no_draw():
    assert goes_on(heats("A 1 | B 2 | C 2"), 1, 2) == ("A", "BC")


def test_qualifiers_by_time_rank_by_time_even_when_they_were_handed_in_otherwise():
    slow, fast = Finisher("S", 1, 3, 200), Finisher("F", 2, 3, 100)
    assert rank_qualifiers(Progression((), (slow, fast))) == ("F", "S")


def test_a_slower_time_in_a_round_does_not_worsen_the_seed_list():
    assert rank_by_marks([("A", 240), ("B", 245)], [Finisher("A", 1, 1, 250)]) == ("A", "B")


def test_equal_reserves_are_in_order_of_place_and_heat():
    finishers = [Finisher("B", 2, 3, 100), Finisher("C", 1, 3, 100), Finisher("A", 3, 2, 100)]
    assert reserves(finishers, Progression((), ()), 3) == ("A", "C", "B")


def test_two_by_place_and_one_by_time_are_usual():
    assert usual_option(((3, 0), (2, 1), (1, 2))) == (2, 1)
