"""Entrants from a table: every row becomes an entry or is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.tables import only_problem, told, written
from timing.core.clock import SECOND
from timing.core.setup.roster import Sex
from timing.files.entrants.entered import Entered, bib_key
from timing.files.entrants.entries import EntryWords, read_entries
from timing.files.tables.findings import Findings

CONTESTS = {"race": "race"}
TWO = {"5k": "5k", "five": "5k", "10k": "10k"}


@pytest.fixture
def findings() -> Findings:
    return Findings()


def entered(
    folder: Path, text: str, findings: Findings, contests=CONTESTS, **words
) -> list[Entered]:
    return read_entries(written(folder, text), contests, findings, EntryWords(**words))


def test_bests_come_with_the_entry_and_the_season_best_seeds(tmp_path, findings) -> None:
    text = "Bib,Name,PB,Season best,Seed\n1,Ann,5:30,5:40.5,\n2,Bea,,5:50,5:45\n3,Cyd,,,\n"
    ann, bea, cyd = (one.entry for one in entered(tmp_path, text, findings))
    assert (ann.pb, ann.sb, ann.seed) == (330 * SECOND, 340_500_000, 340_500_000)
    assert (bea.pb, bea.sb, bea.seed) == (None, 350 * SECOND, 345 * SECOND)
    assert (cyd.pb, cyd.sb, cyd.seed) == (None, None, None)


def test_a_row_becomes_an_entry(tmp_path, findings) -> None:
    text = (
        "Bib,First name,Last name,Sex,Born,Club,Nat,Cat,Chip,Seed,Start offset,Lane,Wave,Guest\n"
        "7,Ana,Núñez,F,1984-05-30,CA Sur,ESP,W40,0A1 0A2,5:40.5,-0:30,3,A,yes\n"
    )
    (one,) = entered(tmp_path, text, findings)
    entry = one.entry
    assert (entry.id, entry.person, entry.contest, entry.bib) == (1, 1, "race", "7")
    assert (entry.name, entry.family, entry.sex) == ("Ana Núñez", "Núñez", Sex.WOMEN)
    assert (entry.born, entry.club, entry.nation) == ("1984-05-30", "CA Sur", "ESP")
    assert (entry.category, entry.chips, entry.seed) == ("W40", ("0A1", "0A2"), 340_500_000)
    assert (one.line, one.wave, one.lane, one.offset) == (2, "A", 3, -30 * SECOND)
    assert entry.out_of_competition
    assert not findings.problems


def test_the_last_name_first_is_turned_at_the_comma(tmp_path, findings) -> None:
    text = 'Pettorale,Cognome e nome\n1,"Rossi, Maria Pia"\n2,Bianchi Ugo\n'
    names = [(one.entry.name, one.entry.family) for one in entered(tmp_path, text, findings)]
    assert names == [("Maria Pia Rossi", "Rossi"), ("Bianchi Ugo", "")]


def test_a_missing_name_is_named(tmp_path, findings) -> None:
    entered(tmp_path, "bib,name\n1,Al\n2,?\n", findings)
    assert str(only_problem(findings)).endswith("table.csv:3: the name is missing")


def test_a_last_name_alone_is_a_name(tmp_path, findings) -> None:
    (one,) = entered(tmp_path, "bib,first,last\n1,,Ronaldo\n", findings)
    assert one.entry.name == "Ronaldo"


def test_clubs_and_categories_have_other_spellings(tmp_path, findings) -> None:
    text = "bib,name,club,category\n1,Al,dundee rr,mv40\n2,Bo,,M50\n"
    words = {
        "clubs": {"Dundee RR": "Dundee Road Runners", "": "Unatt."},
        "categories": {"MV40": "M40"},
    }
    found = [
        (one.entry.club, one.entry.category) for one in entered(tmp_path, text, findings, **words)
    ]
    assert found == [("Dundee Road Runners", "M40"), ("Unatt.", "M50")]


def test_a_bib_given_to_two_people_is_refused_with_both_lines(tmp_path, findings) -> None:
    entered(tmp_path, "bib,name\n7,Al\n8,Bo\n7,Cy\n", findings)
    problem = only_problem(findings)
    assert problem.line == 4
    assert "bib '7' was given to 'Al' in line 2 and here to 'Cy'" in problem.sentence


def test_007_and_7_are_one_number(tmp_path, findings) -> None:
    entered(tmp_path, "bib,name\n007,Al\n7,Bo\n", findings)
    assert told(findings.problems) == [(3, "duplicate-bib")]
    assert [bib_key(bib) for bib in ("007", "0", "a12", "A012", "")] == [
        "7",
        "0",
        "a12",
        "a012",
        "",
    ]


def test_one_person_may_carry_a_bib_in_two_contests(tmp_path, findings) -> None:
    text = "bib,name,contest\n7,Al,5k\n8,Bo,Five\n7,Al,10K\n"
    found = entered(tmp_path, text, findings, TWO)
    assert [(one.entry.contest, one.entry.person) for one in found] == [
        ("5k", 1), ("5k", 2), ("10k", 1),
    ]  # fmt: skip
    assert not findings.problems


def test_nobody_enters_one_contest_twice(tmp_path, findings) -> None:
    entered(tmp_path, "bib,name,club\n7,Al,CA\n8,AL,CA\n9,Al,Other\n", findings)
    assert told(findings.problems) == [(3, "entered-twice")]


def test_an_unknown_contest_is_named_with_those_there_are(tmp_path, findings) -> None:
    entered(tmp_path, "bib,name,contest\n7,Al,50k\n8,Bo,\n", findings, TWO)
    assert [problem.sentence for problem in findings.problems] == [
        "contest '50k' is unknown; expected one of 10k, 5k",
        "no contest is named; expected one of 10k, 5k",
    ]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("age", "twelve", "the age is 'twelve'; expected a number up to 120"),
        ("age", "150", "the age is '150'; expected a number up to 120"),
        ("lane", "-1", "the lane is '-1'; expected a number up to 999"),
        ("seed", "fast", "seed: 'fast' is not a time"),
        ("start offset", "late", "offset: 'late' is not a time"),
        ("sex", "purple", "'purple' is no sex"),
        ("born", "soon", "'soon' is no birth date"),
    ],
)
def test_a_nonsense_cell_is_named(tmp_path, findings, column: str, cell: str, said: str) -> None:
    entered(tmp_path, f"bib,name,{column}\n7,Al,{cell}\n", findings)
    assert f"table.csv:2: {said}" in str(only_problem(findings))


def test_a_team_has_runners_for_each_leg(tmp_path, findings) -> None:
    text = "bib,team,leg 1 runners,leg 2 runners\n1,Team 1,Jo,Al & Bo\n"
    (one,) = entered(tmp_path, text, findings)
    assert one.entry.name == one.entry.team == "Team 1"
    assert [(each.leg, each.name) for each in one.entry.members] == [
        (1, "Jo"),
        (2, "Al"),
        (2, "Bo"),
    ]


def test_a_table_without_entrants_is_refused(tmp_path, findings) -> None:
    entered(tmp_path, "bib,name\n", findings)
    assert "the table has a header but no entrants" in str(only_problem(findings))
    entered(tmp_path, "\n\n", findings)
    assert "there is no row" in str(findings.problems[1])


def test_all_problems_of_a_table_are_told_at_once(tmp_path, findings) -> None:
    entered(tmp_path, "bib,name,age\n1,Al,x\n2,,30\n1,Cy,40\n", findings)
    assert sorted(told(findings.problems)) == [(2, "age"), (3, "name"), (4, "duplicate-bib")]


def test_the_bare_form_of_clubs_has_bib_name_club_and_category(tmp_path, findings) -> None:
    (one, two) = entered(tmp_path, "1\tAl\tFife AC\tM40\n2\tBo\t\tFS\n", findings)
    assert (one.line, one.entry.bib, one.entry.name) == (1, "1", "Al")
    assert (two.entry.club, two.entry.category) == ("", "FS")
    assert not findings.problems


def test_the_spelling_to_use_is_known_in_any_case(tmp_path, findings) -> None:
    words = EntryWords(clubs={"FAC": "Fife AC", "none": "Unatt."}, categories={"Men": "MS"})
    table = "bib,name,club,category\n1,Al,FIFE ac,ms\n2,Bo,fac,men\n3,Cy,unatt.,MS\n"
    found = read_entries(written(tmp_path, table), {"5k": "5k"}, findings, words)
    assert [(one.entry.club, one.entry.category) for one in found] == [
        ("Fife AC", "MS"), ("Fife AC", "MS"), ("Unatt.", "MS"),
    ]  # fmt: skip
