from __future__ import annotations

import pytest

from timing.core.scoring.relay_lineups import check_line_ups


def sentences(*rounds: str, **limit: int) -> list[str]:
    return [problem.sentence for problem in check_line_ups(rounds, **limit).problems]


def test_everybody_runs_one_leg():
    assert sentences("ABCD") == []
    assert sentences("ABCA") == ["round 1: A runs two legs; expected one leg each"]
    assert sentences("ABCD", "ABBB") == ["round 2: B runs two legs; expected one leg each"]


def test_an_athlete_may_run_another_leg_in_the_next_round():
    assert check_line_ups(["ABCD", "DCBA"]) == ((), ())


@pytest.mark.parametrize(
    ("rounds", "additional"),
    [
        ((), ""),
        (("ABCD",), ""),
        (("ABCD", "ABCE"), "E"),
        (("ABCD", "EFGH"), "EFGH"),
        (("ABCD", "ABCE", "FBCE"), "EF"),
        (("ABCD", "ABCE", "ABCD", "ABCE"), "E"),
    ],
)
def test_who_joins_after_the_first_round_is_counted_once(rounds, additional):
    assert check_line_ups(rounds) == ((), tuple(additional))


def test_a_fifth_additional_athlete_is_one_too_many():
    assert check_line_ups(["ABCD", "EFGH", "IBCD"]).additional == tuple("EFGHI")
    assert sentences("ABCD", "EFGH", "IBCD") == ["5 additional athletes; expected at most 4"]


def test_the_limit_is_a_rule_of_the_edition():
    assert sentences("ABCD", "ABEF", most_additional=2) == []
    assert sentences("ABCD", "AEFG", most_additional=2) == [
        "3 additional athletes; expected at most 2"
    ]


def test_an_athlete_in_two_legs_who_joined_late_counts_once():
    assert check_line_ups(["ABCD", "ABEE"]).additional == ("E",)


def test_every_refusal_has_a_code_and_none_is_lost():
    problems = check_line_ups(["AACD", "ABBE"], most_additional=1).problems
    assert [problem.code for problem in problems] == [
        "two-legs",
        "two-legs",
        "additional-athletes",
    ]
