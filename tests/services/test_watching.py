"""Lists and entries are held against the record book of the house and the rules of the event."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, event, story
from timing.core.setup.roster import Entry, Roster, Sex
from timing.services.watching import WATCHED, of_entries, of_times


def mile(time: str):
    of = event([replace(contest(), discipline="backward-mile", surface="track")])
    standings = story(f"gun 0:00 | 101 finish {time}", of=of).standings()
    [row, *_] = standings.rows
    man = row._replace(entry=replace(row.entry, sex=Sex.MEN))
    return standings._replace(rows=(man,)), of


@pytest.mark.parametrize(
    ("time", "code"), [("4:00", "implausible_record"), ("5:40", "possible_record")]
)
def test_a_mile_is_held_against_the_book_of_the_house(time, code):
    standings, of = mile(time)
    found = list(of_times([standings], of, frozenset()))
    assert found
    assert {each.code for each in found} == {code}
    assert not any(each.cleared for each in found)


def test_what_an_official_looked_at_is_marked():
    standings, of = mile("5:40")
    keys = frozenset(each.key for each in of_times([standings], of, frozenset()))
    assert all(each.cleared for each in of_times([standings], of, keys))


def test_an_ordinary_time_is_nothing():
    standings, of = mile("9:00")
    assert list(of_times([standings], of, frozenset())) == []


def test_the_rules_of_the_event_say_how_many_contests_are_too_many():
    of = replace(event(contest(code) for code in "abcd"), ruleset="irr-2016")
    entries = (Entry(id=n, contest=code, name="A", bib="7") for n, code in enumerate("abcd", 1))
    roster = Roster(entries=tuple(entries))
    [found] = of_entries(of, roster, frozenset())
    assert (found.params["bib"], found.params["most"]) == ("7", "3")
    assert list(of_entries(replace(of, ruleset=""), roster, frozenset())) == []
    [looked_at] = of_entries(of, roster, frozenset([found.key]))
    assert looked_at.cleared
    assert looked_at.code in WATCHED
