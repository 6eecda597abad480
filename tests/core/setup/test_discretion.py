"""What of an entrant may be shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from tests.web.race import race
from timing.core.setup.discretion import as_shown, initials, may_be_minor
from timing.core.setup.event import Minors
from timing.core.setup.roster import Entry, Member

DAY = date(2025, 7, 5)


@pytest.mark.parametrize(
    ("born", "age", "minor"),
    [
        ("2007-07-05", None, False),  # eighteen today
        ("2007-07-06", None, True),
        ("2007", None, True),  # seventeen or eighteen
        ("2006", None, False),
        ("", 17, True),
        ("", 18, False),
        ("", None, False),
    ],
)
def test_who_may_be_under_eighteen_is_taken_for_a_minor(born, age, minor):
    assert may_be_minor(born, age, DAY) is minor


def test_initials_are_the_first_letters():
    assert initials("Ana María Núñez") == "A. M. N."
    assert initials("") == ""


@given(st.sampled_from(Minors), st.booleans())
def test_an_adult_is_never_changed(minors, hidden):
    entry = Entry(id=1, contest="five", name="Åse Ødegård", born="1990-01-01", hidden=hidden)
    assert as_shown(entry, race(minors=minors)) is entry


def test_a_minor_is_shown_as_the_event_chooses():
    child = Entry(id=1, contest="five", name="Åse Ødegård", born="2012", club="IL Ås")
    assert as_shown(child, race()) is child
    assert as_shown(child, race(minors=Minors.INITIALS)).name == "Å. Ø."
    assert as_shown(child, race(minors=Minors.INITIALS)).born == ""
    assert as_shown(child, race(minors=Minors.HIDDEN)).hidden


def test_a_young_member_of_a_team_is_kept_back_too():
    team = Entry(id=1, contest="five", name="Reds", members=(
        Member(name="Ann Old", born="1990"), Member(name="Ben Young", born="2012"),
    ))  # fmt: skip
    names = {
        minors: [member.name for member in as_shown(team, race(minors=minors)).members]
        for minors in Minors
    }
    assert names == {
        "full": ["Ann Old", "Ben Young"], "initials": ["Ann Old", "B. Y."],
        "hidden": ["Ann Old", "—"],
    }  # fmt: skip


def test_what_tells_a_minors_name_or_age_is_kept_back_and_nothing_else():
    child = Entry(
        id=1, contest="five", name="Åse Ødegård", family="Ødegård", born="2012-03-04", age=13,
        club="IL Ås", members=(Member(name="Ben Young", born="2012"),),
    )  # fmt: skip
    assert as_shown(child, race(minors=Minors.INITIALS)) == replace(
        child, name="Å. Ø.", family="", born="", age=None,
        members=(Member(name="B. Y.", born=""),),
    )  # fmt: skip
    assert as_shown(child, race(minors=Minors.HIDDEN)) == replace(
        child, hidden=True, members=(Member(name="—", born=""),)
    )


def test_an_age_makes_a_minor_as_well():
    child = Entry(id=1, contest="five", name="Åse Ødegård", age=12)
    assert as_shown(child, race(minors=Minors.INITIALS)).name == "Å. Ø."


def test_at_an_event_without_a_date_nobody_is_a_minor_by_birth():
    child = Entry(id=1, contest="five", name="Åse Ødegård", born="2012-03-04")
    undated = replace(race(minors=Minors.INITIALS), date="")
    assert as_shown(child, undated) is child
