from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from timing.core.scoring.identities import (
    UNKNOWN_CLUB,
    ClubNames,
    Inference,
    Person,
    identify,
    key_of,
)

CLUBS = ClubNames({"": "Unatt.", "FTR": "Falkland Trail Runners", "U/A": "Unatt."})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana  Maria", " ana maria "),
        ("D'Agostini", "D\u2019Agostini"),
        ("O' Connor", "O Connor"),
        ("Straße", "STRASSE"),
        ("O\u2018Neill", "ONeill"),
    ],
)
def test_case_apostrophes_and_double_spaces_do_not_count(one, other):
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("Ana", "Anna"), ("René", "Rene"), ("A B", "AB")])
def test_letters_and_words_do_count(one, other):
    assert key_of(one) != key_of(other)


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert key_of(key_of(text)) == key_of(text)


@pytest.mark.parametrize(
    ("club", "printed"),
    [
        ("ftr", "Falkland Trail Runners"),
        ("Falkland trail  runners", "Falkland Trail Runners"),
        ("", "Unatt."),
        ("  ", "Unatt."),
        ("u/a", "Unatt."),
        ("Fife  AC", "Fife AC"),
        ("?", "?"),
    ],
)
def test_aliases_give_a_club_its_canonical_name(club, printed):
    assert CLUBS.printed(club) == printed


def test_an_alias_of_a_canonical_name_goes_on_to_the_other():
    assert ClubNames({"A": "B", "B": "C"}).printed("B") == "C"


def test_one_name_in_one_club_is_one_person_however_it_is_spelt():
    people = identify([("Ana D'Or", "FTR"), ("ana d\u2019or", "Falkland Trail runners")], CLUBS)
    person = Person("ana dor", "falkland trail runners")
    assert set(people.persons.values()) == {person}
    assert people.club_of(person) == "Falkland Trail Runners"
    assert people.inferences == ()


def test_an_unknown_club_is_filled_in_when_the_name_has_one_club():
    people = identify([("Ana", "?"), ("Ana", "Fife AC")], CLUBS)
    assert people.persons[("Ana", "?")] == Person("ana", "fife ac")
    assert people.inferences == (Inference("club_filled_in", "Ana", ("Fife AC",)),)
    assert people.inferences[0].sentence == "Ana ran once without a club; taken for Ana of Fife AC."


def test_unattached_is_a_club_and_can_be_filled_in():
    people = identify([("Ana", "?"), ("Ana", "")], CLUBS)
    assert people.persons[("Ana", "?")] == people.persons[("Ana", "")] == Person("ana", "unatt.")


def test_a_name_with_two_clubs_is_two_persons_and_an_unknown_club_a_third():
    people = identify([("Ana", "Fife AC"), ("Ana", "FTR"), ("Ana", "?")], CLUBS)
    assert len(set(people.persons.values())) == 3
    assert people.club_of(people.persons[("Ana", "?")]) == UNKNOWN_CLUB
    assert people.inferences == (
        Inference("several_clubs", "Ana", ("Fife AC", "Falkland Trail Runners")),
    )
    assert people.inferences[0].sentence == (
        "Ana ran for Fife AC, Falkland Trail Runners; taken for as many persons."
    )


def test_a_name_without_any_club_stays_unknown():
    people = identify([("Ana", "?")], CLUBS)
    assert people.persons[("Ana", "?")] == Person("ana", "?")
    assert people.inferences == ()


def test_other_names_do_not_give_a_club():
    people = identify([("Ana", "?"), ("Eva", "Fife AC")], CLUBS)
    assert people.persons[("Ana", "?")].club == "?"


def test_a_club_without_an_alias_is_printed_as_it_was_first_spelt():
    people = identify([("Ana", "Fife AC"), ("Eva", "FIFE ac")], CLUBS)
    assert {people.club_of(person) for person in people.persons.values()} == {"Fife AC"}


def test_a_club_that_nobody_entered_is_printed_by_its_key():
    assert identify([], CLUBS).club_of(Person("ana", "fife ac")) == "fife ac"


def test_a_canonical_name_is_known_in_any_case():
    assert ClubNames({"FTR": "Falkland TR"}).printed("FALKLAND tr") == "Falkland TR"
