"""Relay teams as they are named: each one leg, for one team, of the right sexes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, entry, event
from timing.core.setup.event import Contest
from timing.core.setup.roster import Entry, Member, Roster, Sex
from timing.core.telling.line_ups import CODES, line_up_doubts, runners

SEXES = {"m": Sex.MEN, "w": Sex.WOMEN, "?": Sex.UNKNOWN}


def relay(sex: str = "", legs: int = 4) -> Contest:
    return replace(contest(), legs_of=legs, sex=sex)


def team(bib: str, *named: str, **fields) -> Entry:
    """``1 Ann w``: leg, name and sex; a person after a hash (``1 Ann#7 w``)."""
    members = []
    for each in named:
        leg, name, *sex = each.split()
        name, _, person = name.partition("#")
        members.append(
            Member(name=name, leg=int(leg), sex=SEXES[sex[0]] if sex else Sex.UNKNOWN,
                   person=int(person) if person else None)
        )  # fmt: skip
    return entry(bib, members=tuple(members), **fields)


def doubts(*teams: Entry, of: Contest | None = None) -> list[str]:
    found = list(line_up_doubts(event([of or relay(), contest("road")]), Roster(entries=teams)))
    assert {each.code for each in found} <= CODES
    return [each.sentence for each in found]


def test_four_runners_on_four_legs_are_fine_in_any_order():
    assert doubts(team("1", "2 Ben", "1 Ann", "4 Dan", "3 Cay")) == []
    assert [each.name for each in runners(team("1", "2 Ben", "0 Eve", "1 Ann"))] == ["Ann", "Ben"]


def test_a_team_that_names_nobody_or_only_substitutes_is_not_asked():
    assert doubts(team("1"), team("2", "0 Ann")) == []


def test_two_legs_of_one_runner_are_told_once_whatever_the_spelling():
    named = team("1", "1 Ann", "2 ANN", "3 Ann", "4 Dan")
    assert doubts(named) == ["Team 1: Ann runs more than one leg."]


def test_namesakes_who_are_two_people_may_both_run():
    assert doubts(team("1", "1 Ann#1", "2 Ann#2", "3 Cay", "4 Dan")) == []


def test_a_leg_without_a_runner_or_one_too_many_is_told():
    assert doubts(team("1", "1 Ann", "2 Ben", "4 Dan")) == ["Team 1: 3 of 4 legs have a runner."]
    five = team("1", "1 Ann", "2 Ben", "3 Cay", "4 Dan", "5 Eve")
    assert doubts(five) == ["Team 1: 4 of 4 legs have a runner."]


def test_two_may_run_a_leg_together():
    assert doubts(team("1", "1 Ann", "1 Ben", "2 Cay"), of=relay(legs=2)) == []


def test_a_runner_in_two_teams_is_told_also_as_a_substitute():
    one = team("1", "1 Ann", "2 Ben", "3 Cay", "4 Dan")
    other = team("2", "1 Eve", "2 Fay", "3 Gil", "4 Hal", "0 ben")
    assert doubts(one, other) == ["ben is named by team 2 and by team 1."]


def test_a_doubt_is_known_by_the_team_the_first_round_and_the_runner():
    one = team("1", "1 Ann", "2 Ann", "3 Dan")
    other = team("2", "1 Eve", "2 Fay", "3 Dan", "4 Hal")
    found = line_up_doubts(event([relay()]), Roster(entries=(one, other)))
    assert [each.key for each in found] == [
        "line_up_twice:1:final:Ann", "line_up_legs:1:final:", "line_up_shared:2:final:Dan",
    ]  # fmt: skip


def test_a_relay_of_two_legs_is_looked_at_and_a_race_of_one_is_not():
    assert len(doubts(team("1", "1 Ann"), of=relay(legs=2))) == 1
    assert doubts(team("1", "2 Ann"), of=relay(legs=1)) == []


def test_a_runner_may_run_in_two_relays():
    both = event([relay(), replace(relay(), code="long")])
    named = [
        team("1", "1 Ann", "2 Ben", "3 Cay", "4 Dan", contest=code) for code in ("race", "long")
    ]
    roster = Roster(entries=(named[0], replace(named[1], id=2)))
    assert list(line_up_doubts(both, roster)) == []


@pytest.mark.parametrize(
    ("sex", "named", "fine"),
    [
        ("X", "wmwm", True),
        ("X", "wwmm", True),
        ("X", "wwwm", False),
        ("X", "mmmm", False),
        ("X", "www?", True),
        ("W", "wwww", True),
        ("W", "www?", True),
        ("W", "wwwm", False),
        ("M", "mmmm", True),
        ("M", "mmmw", False),
        ("", "mwww", True),
    ],
)
def test_the_sexes_of_a_team_are_those_of_its_contest(sex, named, fine):
    legs = [f"{leg} R{leg} {one}" for leg, one in enumerate(named, start=1)]
    found = doubts(team("1", *legs), of=relay(sex))
    women, men = named.count("w"), named.count("m")
    said = f"Team 1 runs with {women} women and {men} men, which its contest does not allow."
    assert found == ([] if fine else [said])


def test_a_team_of_its_own_sex_in_an_open_relay_is_held_to_it():
    named = ("1 A w", "2 B w", "3 C w", "4 D m")
    assert len(doubts(team("1", *named, sex=Sex.WOMEN))) == 1
    assert doubts(team("1", *named, sex=Sex.MIXED)) == []
    assert len(doubts(team("1", *named, sex=Sex.MIXED), of=relay("X"))) == 1


def test_a_team_without_a_bib_is_known_by_its_name():
    nameless = replace(team("", "1 Ann", "2 Ben", "3 Cay"), name="Club A")
    assert doubts(nameless) == ["Team Club A: 3 of 4 legs have a runner."]


def test_a_relay_that_has_no_round_yet_is_looked_at_too():
    bare = replace(relay(), rounds=())
    assert len(doubts(team("1", "1 Ann"), of=bare)) == 1
