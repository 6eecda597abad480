from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from timing.core.scoring.tie_breaks import (
    Ranked,
    TieBreak,
    answers,
    break_ties,
    match_ups,
)

A, B = (2, 4, 6, 8, 10), (1, 3, 5, 7, 14)


def ranking(squads: dict[str, tuple], scorers: int, *questions: TieBreak) -> list[Ranked]:
    """Teams with equal totals."""
    return break_ties({team: (30, places) for team, places in squads.items()}, scorers, questions)


def order(squads: dict[str, tuple], scorers: int, *questions: TieBreak) -> str:
    return "".join(row.team for row in ranking(squads, scorers, *questions))


def test_the_lower_total_comes_first_whatever_the_questions():
    teams = {"A": (31, A), "B": (30, B)}
    assert break_ties(teams, 5, [TieBreak.LAST_SCORER]) == [Ranked(1, "B", ""), Ranked(2, "A", "")]


def test_the_same_field_is_won_by_different_teams_under_different_rules():
    assert order({"A": A, "B": B}, 5, TieBreak.LAST_SCORER) == "AB"
    assert order({"A": A, "B": B}, 5, TieBreak.MATCH_UPS) == "BA"


def test_every_first_better_runner_is_a_win():
    assert match_ups({"A": A, "B": B}, 5) == {"A": 1, "B": 4}
    assert match_ups({"A": A, "B": B}, 4) == {"A": 0, "B": 4}


def test_equal_places_win_nothing():
    assert match_ups({"A": (1, Fraction(5, 2)), "B": (2, Fraction(5, 2))}, 2) == {"A": 1, "B": 0}


def test_match_ups_of_three_teams_are_counted_over_both_others():
    assert match_ups({"A": (1, 9), "B": (2, 5), "C": (3, 4)}, 2) == {"A": 2, "B": 2, "C": 2}


def test_the_last_scorer_is_not_the_last_finisher():
    squads = {"A": (1, 9, 10), "B": (2, 8, 11)}
    assert order(squads, 2, TieBreak.LAST_SCORER) == "BA"


def test_from_last_asks_for_the_one_before_when_the_last_are_equal():
    squads = {"A": (2, 3, 9, 12), "B": (1, 5, 8, 12)}
    assert order(squads, 4, TieBreak.FROM_LAST) == "BA"
    assert order(squads, 3, TieBreak.FROM_LAST) == "BA"
    assert order({"A": (1, 5, 8, 11), "B": (2, 3, 9, 12)}, 4, TieBreak.FROM_LAST) == "AB"


def test_the_first_scorer_decides_for_clubs():
    assert order({"A": (2, 4), "B": (1, 5)}, 2, TieBreak.FIRST_SCORER) == "BA"


def test_the_first_non_scorer_decides_and_a_team_without_one_loses():
    squads = {"A": (1, 2, 20), "B": (3, 4, 18, 19), "C": (5, 6)}
    assert order(squads, 2, TieBreak.NEXT_FINISHER) == "BAC"


def test_without_a_further_finisher_the_total_of_all_but_the_last_decides():
    squads = {"A": (1, 4, 7, 8, 10), "B": (2, 3, 5, 9, 11)}
    rows = ranking(squads, 5, TieBreak.NEXT_FINISHER, TieBreak.ALL_BUT_LAST)
    assert rows == [Ranked(1, "B", "all_but_last"), Ranked(2, "A", "all_but_last")]
    assert answers(TieBreak.ALL_BUT_LAST, squads, 5) == {"A": (20,), "B": (19,)}


def test_a_question_that_separates_leaves_nothing_to_the_next():
    squads = {"A": (1, 9), "B": (2, 8)}
    rows = ranking(squads, 2, TieBreak.FIRST_SCORER, TieBreak.LAST_SCORER)
    assert rows == [Ranked(1, "A", "first_scorer"), Ranked(2, "B", "first_scorer")]


def test_teams_that_no_question_separates_share_the_rank_in_order_of_name():
    squads = {"Z": (1, 4), "A": (1, 4), "M": (2, 3), "Q": (2, 5)}
    rows = ranking(squads, 2, TieBreak.FIRST_SCORER)
    assert rows == [
        Ranked(1, "A", "first_scorer"),
        Ranked(1, "Z", "first_scorer"),
        Ranked(3, "M", "first_scorer"),
        Ranked(3, "Q", "first_scorer"),
    ]


def test_a_question_that_separates_nobody_is_not_named():
    squads = {"A": (1, 4), "B": (1, 4)}
    assert {row.decided_by for row in ranking(squads, 2, TieBreak.FIRST_SCORER)} == {""}
    squads = {"A": (1, 5), "B": (1, 4), "C": (2, 3)}
    rows = ranking(squads, 2, TieBreak.FIRST_SCORER, TieBreak.LAST_SCORER)
    assert rows == [
        Ranked(1, "B", "last_scorer"),
        Ranked(2, "A", "last_scorer"),
        Ranked(3, "C", "first_scorer"),
    ]


def test_match_ups_count_among_those_still_tied():
    # All three: A 3, B 3, C 0 wins; among A and B alone B wins two of three.
    squads = {"A": (1, 5, 8), "B": (2, 4, 7), "C": (9, 10, 11)}
    among_all = match_ups(squads, 3)
    assert among_all["A"] > 0 < among_all["B"]
    rows = ranking(squads, 3, TieBreak.ALL_BUT_LAST, TieBreak.MATCH_UPS)
    assert [row.team for row in rows] == ["B", "A", "C"]


@pytest.mark.parametrize("question", list(TieBreak))
def test_no_question_is_asked_of_nobody(question):
    assert break_ties({}, 3, [question]) == []


squads = st.dictionaries(
    st.sampled_from("ABCDE"), st.lists(st.integers(1, 9), min_size=2, max_size=4), min_size=1
)


@given(squads, st.lists(st.sampled_from(list(TieBreak)), max_size=3))
def test_ranks_are_a_competition_ranking_and_no_question_loses_a_team(teams, questions):
    rows = break_ties({team: (sum(p[:2]), p) for team, p in teams.items()}, 2, questions)
    assert sorted(row.team for row in rows) == sorted(teams)
    ranks = [row.rank for row in rows]
    for position, rank in enumerate(ranks, start=1):
        assert rank == ranks.index(rank) + 1 <= position
    totals = [sum(teams[row.team][:2]) for row in rows]
    assert totals == sorted(totals)
