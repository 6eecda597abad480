"""Finding people at a desk: a bib alone, parts of a name, a slip, and how quickly it forgets."""

from __future__ import annotations

import pytest

from tests.services.days import SLUG, go_on, run_day
from timing.core.setup.roster import Entry, Member
from timing.services.entrants import checkin, numbering
from timing.services.entrants.directory import directory_of

PEOPLE = [
    Entry(id=1, bib="101", contest="race", name="Åse Ødegård", person=1, external="RS-7"),
    Entry(id=2, bib="102", contest="race", name="Bob Łukasz", person=2),
    Entry(id=3, bib="103", contest="race", name="Anna Maria d'Ornano", person=3),
    Entry(id=4, bib="", contest="race", name="Anna Müller", person=4),
]  # fmt: skip


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # the directory is made in memory


def find(house, words, **more):
    directory = house.live.ask(SLUG, directory_of)
    return [person.name for person in directory.find(words, **more)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("101", ["Åse Ødegård"]),
        (" rs-7 ", ["Åse Ødegård"]),
        ("ode ase", ["Åse Ødegård"]),
        ("LUKASZ", ["Bob Łukasz"]),
        ("anna", ["Anna Maria d'Ornano", "Anna Müller"]),
        ("anna mu", ["Anna Müller"]),
        ("ornano", ["Anna Maria d'Ornano"]),
        ("Lukazs Bob", ["Bob Łukasz"]),
        ("10", []),
        ("", []),
        ("  ", []),
        ("---", []),
    ],
)
def test_who_is_meant_is_found(house, words, names):
    run_day(house, "gun 0:00", entered=PEOPLE)
    assert find(house, words) == names


def test_only_so_many_are_given(house):
    run_day(house, "gun 0:00", entered=PEOPLE)
    assert find(house, "anna", limit=1) == ["Anna Maria d'Ornano"]


def test_a_bib_that_went_to_somebody_else_finds_the_new_wearer(house):
    run_day(house, "gun 0:00", entered=PEOPLE)
    assert find(house, "102") == ["Bob Łukasz"]
    go_on(house, "bib 2 | bib 4 102")
    assert find(house, "102") == ["Anna Müller"]


def test_a_check_in_makes_no_new_directory_and_a_bib_handed_out_does(house):
    run_day(house, "gun 0:00", entered=PEOPLE)
    before = house.live.ask(SLUG, directory_of)
    checkin.check_in(house, SLUG, 1, by="desk")
    assert house.live.ask(SLUG, directory_of) is before
    go_on(house, "bib 4 104")
    after = house.live.ask(SLUG, directory_of)
    assert after.names is before.names
    assert [person.name for person in after.find("104")] == ["Anna Müller"]


def test_a_chip_finds_its_wearer(house):
    run_day(house, "gun 0:00", entered=PEOPLE)
    numbering.bind_chip(house, SLUG, "E2 77", "102", by="Ada")
    assert find(house, "E2 77") == ["Bob Łukasz"]


def test_a_team_is_found_by_its_members(house):
    team = Entry(id=9, contest="race", name="Flying Feet", members=(Member(name="Zoë Ünal"),))
    run_day(house, "gun 0:00", entered=[*PEOPLE, team])
    assert find(house, "unal") == ["Flying Feet"]
