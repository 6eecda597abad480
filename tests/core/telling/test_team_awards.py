"""What a result means for the team of a runner, as sentences."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timing.core.scoring.teams import Basis, Runner, TeamRules, score_teams
from timing.core.scoring.tie_breaks import TieBreak
from timing.core.telling.awards import WITHIN_REACH
from timing.core.telling.sentences import SENTENCES
from timing.core.telling.team_awards import CODES, score_text, team_sentences


def rules(**how) -> TeamRules:
    how = {"scorers": 2} | how
    return TeamRules(code="t", name="T", source="s", **how)


def told(finish: str, runner: str, of: TeamRules | None = None) -> list[str]:
    """finish: ``A1 B1 A2``: runners by team and number; a bare number runs for nobody."""
    groups = [
        [Runner(name, name[0] if name[0].isalpha() else "", 100_000_000 * place, "W")]
        for place, name in enumerate(finish.split(), start=1)
    ]
    of = of or rules()
    return [each.text() for each in team_sentences(groups, of, score_teams(groups, of), runner)]


def test_a_scorer_a_further_runner_and_somebody_without_a_team():
    race = "A1 B1 7 A2 A3 B2"
    assert told(race, "A1") == ["Counts for A: place 1 of 2 teams with 5."]
    assert told(race, "A3") == ["A has place 1 of 2 teams with 5; 2 others count for it."]
    assert told(race, "B2") == ["Counts for B: place 2 of 2 teams with 8."]
    assert told(race, "7") == ["Runs for no team."]
    assert told(race, "nobody") == ["Runs for no team."]


def test_a_team_without_a_place_says_why():
    assert told("A1 B1 B2", "A1") == ["A has no place as a team: 1 finished, and 2 count."]
    assert told("A1 A2 A3", "A3", rules(most=2)) == [
        "A has no place as a team: 3 finished, and at most 2 may run for it."
    ]
    assert told("A1 A2", "A1", rules(sexes={"M": 1})) == [
        "A has no place as a team: 0 of one sex, and 1 must count."
    ]


def test_a_tie_says_what_decided_it():
    race, of = "A1 B1 B2 A2", rules(tie_breaks=(TieBreak.LAST_SCORER,))
    assert told(race, "B1", of)[1:] == ["Equal totals of teams: the better last scorer decided."]


def test_the_second_team_of_a_club_is_another_team():
    found = told("A1 A2 A3 A4", "A3", rules(teams=2))
    assert found == ["Counts for A B: place 2 of 2 teams with 7."]


def test_totals_are_shown_as_what_they_are():
    assert told("A1 A2", "A1", rules(basis=Basis.TIME)) == [
        "Counts for A: place 1 of 1 teams with 5:00."
    ]
    assert score_text(Fraction(25, 2), rules()) == "12.50"
    assert score_text(7, rules()) == "7"
    assert score_text(7_000_000, rules(basis=Basis.LAST), 1) == "7.0"


@pytest.mark.parametrize("way", TieBreak)
def test_every_tie_break_has_a_sentence(way):
    assert SENTENCES[f"team-tie-{way.value}"].endswith(".")


def test_every_code_of_a_team_has_a_sentence_and_is_told_in_public():
    assert set(SENTENCES) >= CODES
    assert CODES <= WITHIN_REACH
    assert "team-none" not in WITHIN_REACH
