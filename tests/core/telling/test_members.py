"""A team is told with those who run for it, leg by leg."""

from __future__ import annotations

from tests.core.story import entry
from timing.core.setup.roster import Member
from timing.core.telling.members import member_names, running

ADA, BEA, CEM = Member(name="Ada", leg=2), Member(name="Bea", leg=1), Member(name="Cem")


def test_members_stand_by_their_legs_without_substitutes():
    assert member_names(entry("1", members=(ADA, BEA, CEM))) == ("Bea", "Ada")


def test_where_no_legs_are_known_all_are_told_as_they_were_entered():
    team = entry("1", members=(CEM, Member(name="Ana")))
    assert member_names(team) == ("Cem", "Ana")


def test_a_team_that_is_not_shown_has_no_members():
    assert running(entry("1", members=(ADA, BEA), hidden=True)) == ()


def test_who_runs_alone_has_none():
    assert member_names(entry("1")) == ()
