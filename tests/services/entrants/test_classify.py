"""The category of entries where more than one person runs."""

from __future__ import annotations

import pytest

from tests.core.story import contest, entry, event
from timing.core.setup.roster import Member, Roster, Sex
from timing.services.entrants.classify import categories_of


def couple(*born: str, **fields):
    members = tuple(
        Member(name=f"R{number}", role=role, born=day)
        for number, (role, day) in enumerate(zip(("first", "second", "third"), born, strict=False))
    )
    return entry("1", sex=Sex.MIXED, members=members, **fields)


def category(of) -> str:
    race = contest(categories="retro-2016")
    return categories_of(event([race]), Roster(entries=(of,)))[1]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (("1996-05-30", "1976-05-30"), "M1"),  # 30 and 50 on the day: 40
        (("1996-05-31", "1976-05-30"), "Open"),  # 29 and 50: 39 and a half do not count
        (("1996-05-31", "1977-05-31"), "Open"),
        (("1960-01-01", "1966-01-01"), "M2"),
    ],
)
def test_a_couple_is_classified_by_its_mean_age(born, expected):
    assert category(couple(*born)) == expected


def test_a_birth_date_that_is_not_known_to_the_day_leaves_a_couple_unclassified():
    assert category(couple("1976", "1986-05-30")) == ""
    assert category(couple("", "1986-05-30")) == ""


def test_three_are_no_couple_and_what_was_entered_goes_before():
    assert category(couple("1976-05-30", "1986-05-30", "1986-05-30")) == ""
    assert category(couple("1976-05-30", "1966-05-30", age=30)) == "Open"
    assert category(couple("1976-05-30", "1966-05-30", category="Fun")) == "Fun"
