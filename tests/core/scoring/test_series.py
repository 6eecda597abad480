from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from timing.core.clock import SECOND, Duration
from timing.core.scoring.series import (
    Race,
    Row,
    Run,
    fastest_times,
    in_time_order,
    rank_series,
    series_scores,
)
from timing.core.scoring.series_rules import RaceGroup, Scoring, SeriesRules, SeriesTie

POINTS = SeriesRules(scoring=Scoring.POSITION_POINTS, first=10, races=3, counted=2)
TIMES = SeriesRules(scoring=Scoring.AGGREGATE_TIME, races=3, counted=3)
RATIO = SeriesRules(scoring=Scoring.MEDIAN_RATIO, races=3, counted=2)


def race(text: str, median: int | None = None) -> Race[str]:
    """``"A10 b12 C12= D-"``: capital letters one sex, small the other; ``-`` did not finish.

    Places follow the order; ``=`` shares the place of the one before.
    """
    runs: list[Run[str]] = []
    for number, word in enumerate(text.split(), start=1):
        letter, rest = word[0], word[1:]
        sex = "M" if letter.isupper() else "W"
        if rest == "-":
            runs.append(Run(letter, sex, 0, None))
        else:
            place = runs[-1].place if rest.endswith("=") else number
            runs.append(Run(letter, sex, place, Duration(int(rest.strip("=")) * SECOND)))
    return Race("", tuple(runs), None if median is None else Duration(median * SECOND))


COMING: Race[str] = Race("", None)


def scored(rules: SeriesRules, *races: Race[str]) -> dict[str, tuple]:
    return series_scores(races, rules)


def table(rules: SeriesRules, *races: Race[str]) -> tuple[Row[str], ...]:
    run = [number for number, one in enumerate(races, start=1) if one.runs is not None]
    return rank_series(series_scores(races, rules), rules, run)


def shown(rows) -> list[tuple[str, str]]:
    return [
        ("-" if row.place is None else f"{row.place}{'=' if row.tied else ''}", row.person)
        for row in rows
    ]


def ranked(scores: dict[str, list], **rules) -> list[tuple[str, str]]:
    setup = SeriesRules(**{"scoring": Scoring.POSITION_POINTS, **rules})
    size = max(map(len, scores.values()))
    return shown(rank_series(scores, setup, range(1, size + 1)))


def test_points_go_by_the_place_within_the_sex():
    assert scored(POINTS, race("A1 b2 C3 d4")) == {
        "A": (10,),
        "b": (10,),
        "C": (9,),
        "d": (9,),
    }


def test_points_over_all_do_not_ask_for_the_sex():
    assert scored(replace(POINTS, by_sex=False), race("A1 b2 C3")) == {
        "A": (10,),
        "b": (9,),
        "C": (8,),
    }


def test_a_dead_heat_shares_the_points_and_the_next_place_is_skipped():
    assert scored(POINTS, race("A1 B1= b1= C2")) == {
        "A": (10,),
        "B": (10,),
        "b": (10,),
        "C": (8,),
    }


def test_who_does_not_finish_scores_nothing_and_costs_nobody_a_place():
    assert scored(POINTS, race("A- B2 C3")) == {"A": (None,), "B": (10,), "C": (9,)}


def test_a_race_that_is_still_to_come_scores_nothing():
    assert scored(POINTS, race("A1"), COMING) == {"A": (10, None)}


def test_a_table_of_points_is_shared_in_a_dead_heat():
    rules = SeriesRules(scoring=Scoring.TABLE_POINTS, table=(100, 96), floor=50, by_sex=False)
    assert scored(rules, race("A1 B1= C2")) == {"A": (98,), "B": (98,), "C": (50,)}


def test_percentile_points_go_by_how_many_finished():
    rules = SeriesRules(scoring=Scoring.PERCENTILE, by_sex=False)
    assert scored(rules, race("A1 B2 C3 D-")) == {
        "A": (1000,),
        "B": (Fraction(2000, 3),),
        "C": (Fraction(1000, 3),),
        "D": (None,),
    }


def test_times_are_scores_where_they_are_added():
    assert scored(TIMES, race("A60 b61 C-")) == {
        "A": (60 * SECOND,),
        "b": (61 * SECOND,),
        "C": (None,),
    }


def test_the_ratio_goes_by_the_median_of_all_finishers_of_both_sexes():
    assert scored(RATIO, race("A50 b100 C130 d-")) == {
        "A": (500,),
        "b": (1000,),
        "C": (1300,),
        "d": (None,),
    }
    assert scored(RATIO, race("A50 b100")) == {"A": (667,), "b": (1333,)}


def test_a_given_median_overrides_that_of_the_known_finishers():
    assert scored(RATIO, race("A50 b100", median=200)) == {"A": (250,), "b": (500,)}
    assert scored(replace(RATIO, median_score=100), race("A50", median=200)) == {"A": (25,)}


def test_a_race_that_nobody_finished_has_no_median():
    assert scored(RATIO, race("A-")) == {"A": (None,)}


def test_everybody_comes_in_the_order_of_the_first_race_in_time():
    rules = replace(POINTS, order=(2, 1, 3))
    races = (race("A1"), race("B1"), COMING)
    assert list(scored(rules, *races)) == ["B", "A"]
    assert scored(rules, *races)["A"] == (10, None, None)
    assert in_time_order(races, rules) == [races[1], races[0], races[2]]
    assert in_time_order(races, POINTS) == list(races)


def test_the_best_count_and_most_points_win():
    rows = table(POINTS, race("A1 B2"), race("B1 A2"), race("A1 C2 B3"))
    assert [(row.person, row.total, row.counting) for row in rows] == [
        ("A", 20, (1, 3)),
        ("B", 19, (1, 2)),
        ("C", 9, (3,)),
    ]
    assert shown(rows) == [("1", "A"), ("2", "B"), ("-", "C")]


def test_of_equal_scores_the_earlier_race_counts():
    (row,) = rank_series({"A": [5, 9, 5]}, POINTS, (1, 2, 3))
    assert row.counting == (1, 2)


def test_the_lowest_sum_of_ratios_wins():
    rows = rank_series({"A": [900, 1100, 950], "B": [1000, 800, 1000]}, RATIO, (1, 2, 3))
    assert [(row.person, row.total, row.counting) for row in rows] == [
        ("B", 1800, (1, 2)),
        ("A", 1850, (1, 3)),
    ]


def test_the_lowest_sum_of_times_wins_and_all_races_are_needed():
    rows = table(TIMES, race("A10 B11 C5"), race("B10 A12"), race("B10 A10 C5"))
    assert [(row.person, row.total, row.complete) for row in rows] == [
        ("B", 31 * SECOND, True),
        ("A", 32 * SECOND, True),
        ("C", None, False),
    ]
    assert shown(rows)[2] == ("-", "C")


def test_times_so_far_are_added_while_the_series_can_still_be_completed():
    rows = table(TIMES, race("A10"), COMING, COMING)
    assert [(row.total, row.complete, row.place) for row in rows] == [(10 * SECOND, False, 1)]


def test_points_of_who_cannot_complete_are_still_shown():
    rows = table(POINTS, race("A1 C2"), race("A1"), race("A1"))
    assert [(row.person, row.total, row.place) for row in rows] == [("A", 20, 1), ("C", 9, None)]


def test_who_never_finished_is_listed_with_nothing():
    rows = table(POINTS, race("A1 C-"), race("A1"), race("A1"))
    assert rows[1] == Row(None, False, "C", (None, None, None), (), 0, False, ())


def test_more_races_come_before_more_points():
    rows = table(POINTS, race("A1 B2 C3"), race("C1"), COMING)
    assert shown(rows) == [("1", "C"), ("2", "A"), ("3", "B")]


def test_races_beyond_those_that_count_are_no_advantage():
    assert ranked({"A": [5, 5, 5], "B": [9, 9, None]}, races=3, counted=2) == [
        ("1", "B"),
        ("2", "A"),
    ]


def test_equal_totals_share_the_place_and_the_next_is_skipped():
    scores = {"A": [9, 9], "B": [10, 8], "C": [9, 8], "D": [10, 10]}
    assert ranked(scores, races=2, counted=2) == [
        ("1", "D"),
        ("2=", "A"),
        ("2=", "B"),
        ("4", "C"),
    ]


def test_who_cannot_complete_any_more_comes_last_whatever_the_points():
    scores = {"A": [99, None, None], "B": [1, 1, None]}
    assert ranked(scores, races=3, counted=2) == [("1", "B"), ("-", "A")]


def test_a_race_to_come_keeps_the_series_open():
    rows = rank_series({"A": [99, None]}, replace(POINTS, races=3, counted=2), (1, 2))
    assert (rows[0].place, rows[0].complete) == (1, False)
    rows = rank_series({"A": [99, None]}, replace(POINTS, races=2, counted=2), (1, 2))
    assert rows[0].place is None


def test_a_minimum_of_races_may_differ_from_those_that_count():
    scores = {"A": [9, 9, None], "B": [1, 1, 1]}
    assert ranked(scores, least=3) == [("1", "B"), ("-", "A")]
    assert ranked(scores, least=2, counted=1) == [("1", "A"), ("2", "B")]


def test_without_a_number_all_races_count_and_nobody_needs_one():
    scores = {"A": [9, None], "B": [5, 5]}
    assert ranked(scores) == [("1", "B"), ("2", "A")]
    (row,) = rank_series({"A": [1, 2, 3]}, SeriesRules(scoring=Scoring.PERCENTILE), ())
    assert (row.total, row.complete) == (6, True)


GROUPED = replace(
    POINTS,
    races=4,
    groups=(RaceGroup(name="hill", races=(1, 2)), RaceGroup(name="road", least=2, races=(3, 4))),
)


@pytest.mark.parametrize(
    ("scores", "run", "groups", "complete", "possible"),
    [
        ([1, None, 1, 1], (1, 2, 3, 4), (True, True), True, True),
        ([None, None, 1, 1], (1, 2, 3, 4), (False, True), False, False),
        ([None, None, 1, 1], (1, 3, 4), (False, True), False, True),
        ([1, 1, 1, None], (1, 2, 3, 4), (True, False), False, False),
        ([1, 1, 1, None], (1, 2, 3), (True, False), False, True),
        ([1, 1, None, None], (1, 2, 3), (True, False), False, False),
    ],
)
def test_so_many_races_of_each_kind_belong_to_a_series(scores, run, groups, complete, possible):
    (row,) = rank_series({"A": scores}, GROUPED, run)
    assert (row.groups, row.complete, row.place is not None) == (groups, complete, possible)


def test_enough_of_each_kind_is_not_enough_races():
    rules = replace(GROUPED, counted=4, groups=GROUPED.groups[:1])
    (row,) = rank_series({"A": [1, None, 1, None]}, rules, (1, 2, 3, 4))
    assert (row.groups, row.complete, row.place) == ((True,), False, None)


NEXT = (SeriesTie.NEXT_BEST,)


def test_the_next_best_score_separates_equal_totals():
    scores = {"A": [20, 18, 15], "B": [20, 18, 12]}
    assert ranked(scores, counted=2) == [("1=", "A"), ("1=", "B")]
    assert ranked(scores, counted=2, tie_breaks=NEXT) == [("1", "A"), ("2", "B")]


def test_then_the_one_after_that_and_who_has_no_more_loses():
    assert ranked({"B": [9, 5, 3], "A": [9, 5, 4]}, counted=1, tie_breaks=NEXT)[0] == ("1", "A")
    assert ranked({"B": [9, None], "A": [9, 0]}, counted=1, tie_breaks=NEXT)[0] == ("1", "A")
    assert ranked({"B": [9], "A": [9]}, counted=1, tie_breaks=NEXT) == [("1=", "B"), ("1=", "A")]


def test_the_next_best_ratio_is_the_lower_one():
    scores = {"A": [900, 1100], "B": [900, 1000], "C": [900, None]}
    rules = {"scoring": Scoring.MEDIAN_RATIO, "counted": 1, "tie_breaks": NEXT}
    assert ranked(scores, **rules) == [("1", "B"), ("2", "A"), ("3", "C")]


def test_head_to_head_counts_the_races_won_against_those_tied():
    tie = (SeriesTie.HEAD_TO_HEAD,)
    assert ranked({"A": [12, 7, 7], "B": [8, 9, 9]}, tie_breaks=tie) == [("1", "B"), ("2", "A")]
    scores = {"A": [10, 9, None], "B": [9, 10, None], "C": [None, 9, 10]}
    assert ranked(scores, tie_breaks=tie) == [("1", "B"), ("2", "A"), ("3", "C")]
    assert ranked({"A": [3, 1], "B": [2, 2]}, tie_breaks=tie) == [("1=", "A"), ("1=", "B")]


def test_head_to_head_of_times_is_won_by_the_lower():
    rules = {"scoring": Scoring.AGGREGATE_TIME, "tie_breaks": (SeriesTie.HEAD_TO_HEAD,)}
    assert ranked({"A": [10, 20, 33], "B": [11, 21, 31]}, **rules)[0] == ("1", "A")


def test_a_second_question_is_put_only_to_those_still_equal():
    scores = {"A": [9, 3, 1], "B": [3, 9, 1], "C": [9, 2, 2]}
    ties = (SeriesTie.NEXT_BEST, SeriesTie.HEAD_TO_HEAD)
    assert ranked(scores, counted=1, tie_breaks=ties) == [("1=", "A"), ("1=", "B"), ("3", "C")]


points = st.none() | st.integers(0, 9)
field = st.dictionaries(
    st.sampled_from("ABCDEF"), st.lists(points, min_size=3, max_size=3), min_size=1
)


@given(field, st.integers(0, 3), st.sampled_from([(), NEXT, (SeriesTie.HEAD_TO_HEAD,)]))
def test_the_table_is_a_competition_ranking_of_everybody(scores, counted, ties):
    rules = replace(POINTS, counted=counted, tie_breaks=ties)
    rows = rank_series(scores, rules, (1, 2, 3))
    assert sorted(row.person for row in rows) == sorted(scores)
    found = [row.place for row in rows if row.place is not None]
    for position, place in enumerate(found, start=1):
        assert place == found.index(place) + 1 <= position
    for row in rows:
        assert row.tied == (row.place is not None and found.count(row.place) > 1)


@given(field, st.integers(1, 3))
def test_somebody_with_fewer_points_never_changes_a_place(scores, counted):
    rules = replace(POINTS, counted=counted)
    before = {row.person: row.place for row in rank_series(scores, rules, (1, 2, 3))}
    after = rank_series({**scores, "late": [-1, -1, -1]}, rules, (1, 2, 3))
    assert {row.person: row.place for row in after if row.person != "late"} == before


def test_a_whole_series_to_come_counts_its_first_race_too():
    rules = replace(POINTS, races=2, counted=2)
    (row,) = rank_series({"A": [None, None]}, rules, ())
    assert row.place == 1
    (row,) = rank_series({"A": [None, 5]}, rules, (2,))
    assert row.place == 1


def test_a_score_of_zero_counts_as_zero():
    (row,) = rank_series({"A": [0, 0, 0]}, POINTS, (1, 2, 3))
    assert (row.total, row.counting) == (0, (1, 2))
    assert ranked({"A": [1, 0], "B": [0, 0]}, counted=2) == [("1", "A"), ("2", "B")]


def test_a_further_score_of_zero_is_worth_less_than_one():
    scores = {"A": [9, 0], "B": [9, 1]}
    assert ranked(scores, counted=1, tie_breaks=NEXT) == [("1", "B"), ("2", "A")]


def test_points_over_all_are_not_split_by_an_unknown_sex():
    runs = (Run("A", "", 1, Duration(1)), Run("B", "M", 2, Duration(2)))
    assert series_scores([Race("", runs)], POINTS) == {"A": (10,), "B": (10,)}


def test_three_questions_can_follow_each_other():
    ties = (SeriesTie.NEXT_BEST, SeriesTie.HEAD_TO_HEAD, SeriesTie.NEXT_BEST)
    scores = {"A": [9, 1, 2], "B": [1, 9, 2], "C": [2, 1, 9]}
    assert len(ranked(scores, counted=1, tie_breaks=ties)) == 3


def test_the_fastest_time_separates_who_is_equal_in_all_else():
    rules = replace(POINTS, races=2, counted=2, tie_breaks=(SeriesTie.FASTEST,))
    scores = {"A": [99, 98], "B": [98, 99], "C": [98, 99]}
    fastest = {"A": Duration(1_200), "B": Duration(1_100)}
    rows = rank_series(scores, rules, (1, 2), fastest)
    assert [(row.person, row.place, row.tied) for row in rows] == [
        ("B", 1, False), ("A", 2, False), ("C", 3, False),
    ]  # fmt: skip
    equal = rank_series(scores, rules, (1, 2), dict.fromkeys("ABC", Duration(1)))
    assert {row.place for row in equal} == {1}


def test_the_fastest_time_is_the_best_of_all_races():
    races = [
        Race("one", (Run("A", "W", 1, Duration(12)), Run("B", "W", 2, None))),
        Race("two", (Run("A", "W", 1, Duration(11)),)),
        Race("three", None),
    ]
    assert fastest_times(races) == {"A": 11}
