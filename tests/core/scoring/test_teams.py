from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from timing.core.refusal import Refusal
from timing.core.scoring.teams import (
    Basis,
    DeadHeats,
    Removed,
    Runner,
    TeamRules,
    Unranked,
    check_team_rules,
    decode_team_rules,
    finish_points,
    score_teams,
)
from timing.core.scoring.tie_breaks import TieBreak

TEXT = (Path(__file__).parents[3] / "config" / "rules" / "teams.toml").read_text("utf-8")
PRESETS = decode_team_rules(TEXT)
PLAIN = TeamRules(code="plain", name="plain", source="test", scorers=2)


def finish(text: str) -> list[list[Runner]]:
    """``A B1 -`` one runner a word by team, ``-`` an individual, ``A+B`` a dead heat.

    Each runner is named by team and number in the team; the k-th group takes k minutes.
    """
    count: dict[str, int] = {}
    groups = []
    for minute, word in enumerate(text.split(), start=1):
        group = []
        for letter in word.split("+"):
            count[letter] = count.get(letter, 0) + 1
            team = "" if letter == "-" else letter
            group.append(Runner(f"{letter}{count[letter]}", team, minute * 60_000_000))
        groups.append(group)
    return groups


def scores(text: str, rules: TeamRules) -> dict[str, object]:
    return {row.team: row.score for row in score_teams(finish(text), rules).rows}


def test_every_preset_is_sound_and_names_its_source():
    assert check_team_rules(PRESETS.values()) == ()
    assert all(rules.source for rules in PRESETS.values())


def test_places_are_added_and_nobody_is_taken_out_at_world_cross():
    result = score_teams(finish("A B - B A A B B A"), PRESETS["world-xc"])
    assert [(row.rank, row.team, row.score) for row in result.rows] == [(1, "B", 21), (2, "A", 21)]
    assert result.rows[0].decided_by == "last_scorer"
    assert result.rows[0].scorers == ("B1", "B2", "B3", "B4")
    assert result.rows[0].places == (2, 4, 7, 8)


def test_surplus_runners_keep_their_places_and_push_others_back():
    assert scores("A B A A A A A B B B", PRESETS["world-xc"]) == {"A": 13, "B": 29}


def test_an_incomplete_team_is_not_ranked_and_its_runners_keep_their_places():
    result = score_teams(finish("A A A B B B B"), PRESETS["world-xc"])
    assert {row.team: row.score for row in result.rows} == {"B": 22}
    assert result.unranked == (Unranked("A", "too-few", 3, 4),)
    assert result.points["B1"] == 4


def test_a_team_with_more_than_it_may_have_is_not_ranked():
    result = score_teams(finish("A A A A A A A"), PRESETS["world-xc"])
    assert result.unranked == (Unranked("A", "too-many", 7, 6),)
    assert score_teams(finish("A A A A A A"), PRESETS["world-xc"]).unranked == ()


def test_incomplete_teams_and_individuals_are_taken_out_and_those_behind_move_up():
    assert scores("A B B C A B A C - A B A B", PRESETS["us-school-xc"]) == {"A": 27, "B": 28}


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("A B A B B A A B B B A", "B"),  # 28 each; A has no sixth
        ("A A B B A B B B A B A A", "B"),  # 28 each; the sixth of B is tenth, that of A twelfth
        ("B B A A B A A A B A B B", "A"),
    ],
)
def test_equal_schools_are_separated_by_the_sixth_who_finishes(order, first):
    assert score_teams(finish(order), PRESETS["us-school-xc"]).rows[0].team == first


def test_the_sixth_and_seventh_displace_and_the_eighth_does_not():
    rules = replace(PRESETS["us-school-xc"], scorers=1, displace=2)
    result = score_teams(finish("A A A B"), rules)
    assert {row.team: row.score for row in result.rows} == {"A": 1, "B": 3}
    assert result.points == {"A1": 1, "A2": 2, "B1": 3}
    assert result.rows[0].places == (1, 2)


def test_only_individuals_can_be_taken_out():
    rules = replace(PLAIN, removed=(Removed.INDIVIDUALS,))
    assert scores("- A B A", rules) == {"A": 4}
    rules = replace(PLAIN, removed=(Removed.INCOMPLETE,))
    assert scores("- A B A", rules) == {"A": 5}


def test_an_individual_is_never_a_team_even_where_individuals_stay():
    assert scores("- - A A", PLAIN) == {"A": 7}


def test_unattached_runners_are_individuals():
    rules = replace(PRESETS["club"], scorers=2, nobody=("U",))
    assert scores("U U A A", rules) == {"A": 7}
    assert scores("U U A A", replace(rules, removed=(Removed.INDIVIDUALS,))) == {"A": 3}


def test_tied_individuals_average_their_places_or_share_the_better_one():
    field = finish("A A+B B A")
    assert finish_points(field, DeadHeats.AVERAGED) == {
        "A1": 1,
        "A2": Fraction(5, 2),
        "B1": Fraction(5, 2),
        "B2": 4,
        "A3": 5,
    }
    assert finish_points(field, DeadHeats.SHARED)["A2"] == 2
    averaged = replace(PLAIN, dead_heats=DeadHeats.AVERAGED)
    assert scores("A A+B B A", averaged) == {"A": Fraction(7, 2), "B": Fraction(13, 2)}


def test_a_dead_heat_with_somebody_taken_out_is_no_dead_heat():
    rules = replace(PLAIN, dead_heats=DeadHeats.AVERAGED, removed=(Removed.INDIVIDUALS,))
    assert scores("A A+- B B", rules) == {"A": 3, "B": 7}


def test_times_are_added_where_the_rules_say_so():
    runners = [Runner("a1", "A", 40), Runner("b1", "B", 10), Runner("a2", "A", 20)]
    runners += [Runner("a3", "A", 30), Runner("b2", "B", 41)]
    result = score_teams([[r] for r in runners], replace(PLAIN, basis=Basis.TIME))
    # Net times need not come in the order of finish; the two best count.
    assert [(row.team, row.score, row.scorers) for row in result.rows] == [
        ("A", 50, ("a2", "a3")),
        ("B", 51, ("b1", "b2")),
    ]
    assert result.rows[0].places == (3, 4, 1)


def test_equal_aggregate_times_go_to_the_better_first_runner():
    runners = [Runner("a1", "A", 20), Runner("b1", "B", 10), Runner("b2", "B", 40)]
    runners += [Runner("a2", "A", 30)]
    rules = replace(PLAIN, basis=Basis.TIME, tie_breaks=(TieBreak.FIRST_SCORER,))
    rows = score_teams([[r] for r in runners], rules).rows
    assert [(row.rank, row.team, row.decided_by) for row in rows] == [
        (1, "A", "first_scorer"),
        (2, "B", "first_scorer"),
    ]


LAST = PRESETS["uk-backwards"]


def test_the_last_of_four_to_eight_over_the_line_gives_the_team_its_time():
    result = score_teams(finish("A B A B B B A A A"), LAST)
    assert [(row.team, row.score) for row in result.rows] == [
        ("B", 6 * 60_000_000),
        ("A", 9 * 60_000_000),
    ]
    assert result.rows[1].scorers == ("A1", "A2", "A3", "A4", "A5")


def test_a_team_waits_for_every_member_who_was_entered():
    field = finish("A A A A B B B B")
    result = score_teams(field, LAST, {"A": 5, "B": 4})
    assert [row.team for row in result.rows] == ["B"]
    assert result.unranked == (Unranked("A", "member-missing", 4, 5),)


def test_only_the_last_over_the_line_rule_asks_for_missing_members():
    assert score_teams(finish("A A"), PLAIN, {"A": 3}).unranked == ()


@pytest.mark.parametrize(("size", "code"), [(3, "too-few"), (4, None), (8, None), (9, "too-many")])
def test_a_backwards_team_has_four_to_eight(size, code):
    unranked = score_teams(finish("A " * size), LAST).unranked
    assert [why.code for why in unranked] == ([code] if code else [])


MIXED = replace(PLAIN, scorers=3, sexes={"W": 1, "M": 1})


def mixed(text: str):
    return [[Runner(f"{k}{sex}", "A", k, sex)] for k, sex in enumerate(text, start=1)]


def test_a_mixed_team_takes_its_best_woman_even_when_four_men_are_faster():
    row = score_teams(mixed("MMMMW"), MIXED).rows[0]
    assert row.scorers == ("1M", "2M", "5W")
    assert row.score == 8
    assert row.places == (1, 2, 5, 3, 4)


def test_a_mixed_team_takes_no_more_of_a_sex_than_is_best():
    assert score_teams(mixed("WWMMM"), MIXED).rows[0].scorers == ("1W", "2W", "3M")


def test_a_mixed_team_without_a_woman_is_not_ranked():
    assert score_teams(mixed("MMM"), MIXED).unranked == (Unranked("A", "too-few-of-sex", 0, 1),)


def test_teams_without_a_score_are_in_order_of_name():
    unranked = score_teams(finish("C A B"), PLAIN).unranked
    assert [why.team for why in unranked] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"scorers": 0}, "team-scorers", "plain: 0 scorers; expected at least 1"),
        (
            {"most": 1},
            "team-size",
            "plain: most is 1; expected 0 or at least the 2 scorers",
        ),
        (
            {"displace": 1},
            "team-size",
            "plain: displace is 1; expected 0 or at least the 2 scorers",
        ),
        (
            {"sexes": {"W": 2, "M": 1}},
            "team-sexes",
            "plain: 3 of given sexes for 2 scorers; expected at most as many",
        ),
    ],
)
def test_numbers_that_do_not_fit_each_other_are_refused(changes, code, sentence):
    (problem,) = check_team_rules([replace(PLAIN, **changes)])
    assert (problem.code, problem.sentence) == (code, sentence)


def test_numbers_at_their_limit_are_not_refused():
    assert check_team_rules([replace(PLAIN, most=2, displace=2, sexes={"W": 2})]) == ()
    assert check_team_rules([replace(PLAIN, scorers=1)]) == ()


def test_a_preset_cannot_stand_twice():
    (problem,) = check_team_rules([PLAIN, PLAIN])
    assert problem.code == "team-rules-twice"
    assert problem.sentence == "'plain' stands twice; expected once"


def test_a_bad_preset_is_refused_with_its_file():
    with pytest.raises(Refusal, match=r"^teams\.toml: world-xc: most is 2; expected 0 or"):
        decode_team_rules(TEXT.replace("most = 6", "most = 2", 1), "teams.toml")


teams = st.text(alphabet="ABC-", max_size=16).map(" ".join)


@given(teams, st.sampled_from(sorted(set(PRESETS) - {"uk-backwards"})))
def test_a_slower_runner_never_worsens_the_score_of_any_team(field, code):
    rules = replace(PRESETS[code], scorers=2, most=0, displace=0, removed=())
    before = {row.team: row.score for row in score_teams(finish(field), rules).rows}
    for late in "ABC-":
        result = score_teams(finish(f"{field} {late}"), rules)
        after = {row.team: row.score for row in result.rows}
        assert all(after[team] == score for team, score in before.items())


@given(teams)
def test_every_team_is_ranked_or_says_why_not(field):
    result = score_teams(finish(field), PLAIN)
    found = {row.team for row in result.rows} | {why.team for why in result.unranked}
    assert found == set(field) - {"-", " "}
    assert [row.score for row in result.rows] == sorted(row.score for row in result.rows)


def test_a_mixed_team_takes_the_best_of_each_sex_that_it_must_have():
    rules = replace(PLAIN, scorers=3, sexes={"W": 2})
    assert score_teams(mixed("MMWMW"), rules).rows[0].scorers == ("1M", "3W", "5W")


def test_whom_the_first_team_has_no_room_for_runs_for_the_second():
    rules = TeamRules(code="x", name="x", source="x", scorers=2, teams=2, nobody=("Unatt.",))
    finish = [
        [Runner(f"{club}{number}", club)]
        for number, club in enumerate("A B A A A A U U U U".replace("U", "Unatt.").split())
    ]
    result = score_teams(finish, rules)
    assert [(row.team, row.score, row.scorers) for row in result.rows] == [
        ("A", 4, ("A0", "A2")), ("A B", 9, ("A3", "A4")),
    ]  # fmt: skip
    assert [why.team for why in result.unranked] == ["B"]
    assert len(score_teams(finish, replace(rules, teams=1)).rows) == 1


def test_a_team_with_room_for_more_than_its_scorers_fills_it_first():
    rules = TeamRules(code="x", name="x", source="x", scorers=2, most=3, teams=3)
    finish = [[Runner(f"A{number}", "A")] for number in range(8)]
    teams = [row.team for row in score_teams(finish, rules).rows]
    assert teams == ["A", "A B", "A C"]


def test_whom_the_last_team_has_no_room_for_runs_for_nobody():
    rules = TeamRules(code="x", name="x", source="x", scorers=2, most=3, teams=2)
    finish = [[Runner(f"A{number}", "A")] for number in range(9)]
    result = score_teams(finish, rules)
    assert [row.team for row in result.rows] == ["A", "A B"]
    assert result.unranked == ()


@pytest.mark.parametrize("teams", [0, 27])
def test_a_club_has_one_team_to_as_many_as_there_are_letters(teams):
    rules = TeamRules(code="x", name="x", source="x", scorers=2, teams=teams)
    [problem] = check_team_rules([rules])
    assert problem.sentence == f"x: {teams} teams of a club; expected 1 to 26"
