"""The journal read aloud, and everything about one bib."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, entry
from tests.services.days import SLUG, run_day
from timing.core.setup.roster import Sex
from timing.services.house import House, UnknownEventError
from timing.services.raceday.history import history, person

RACE = (
    "gun 0:00 | 101 finish 6:45 | 101 finish 6:46 | 102 finish 6:50 | dq 101 TR16.8 | "
    "void finish:3 | withdraw last | photo 101 102 | note finish:1 clear as day"
)


def test_the_newest_is_read_first_with_who_it_is_about(house: House):
    told = "gun 0:00 | a: 101 finish 6:45 | dq 102 TR16.8 | v: void a | withdraw v | photo 101 102"
    run_day(house, told)
    found = history(house, SLUG).told
    assert [(each.kind, each.bibs, each.in_force) for each in found] == [
        ("photo_finish", ("101", "102"), True),
        ("withdraw", ("101",), True),
        ("void", ("101",), False),
        ("set_status", ("102",), True),
        ("gun", (), True),
    ]
    assert found[2].about is not None
    assert found[2].about.bib == "101"
    assert found[0].line == "office:5"


def test_only_what_is_about_a_bib_is_told_on_request(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45 | dq 101 TR16.8 | dns 102")
    assert [each.kind for each in history(house, SLUG, "102").told] == ["set_status"]
    whole = history(house, SLUG)
    assert whole.found == len(whole.told)
    assert history(house, SLUG, first=1, most=1).told == whole.told[1:2]
    assert history(house, SLUG, most=1).found == whole.found


def test_a_reading_that_counts_names_its_point_and_another_why_it_does_not(house: House):
    run_day(house, RACE)
    [effort] = person(house, SLUG, "101").efforts
    assert [(each.used, each.why, each.by and each.by.n) for each in effort.readings] == [
        ("Finish", "", None), ("", "burst", 1),
    ]  # fmt: skip


def test_further_laps_are_counted_on(house: House):
    laps = contest(course=course("start 0 | lap@line 400", open_laps=True), basis="laps")
    run_day(house, "gun 0:00 | 101 line 2:00 | 101 line 4:00", of=laps)
    [effort] = person(house, SLUG, "101").efforts
    assert [each.used for each in effort.readings] == ["Lap", "Lap 2"]


def test_officials_are_told_how_the_team_of_a_runner_stands(house: House):
    mile = contest(teams="dlv-road")
    bibs = ("101", "102", "103")
    run_day(
        house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | 103 finish 6:55", of=mile,
        entered=[entry(bib, club="Frogs", sex=Sex.WOMEN) for bib in bibs],
    )  # fmt: skip
    [effort] = person(house, SLUG, "102").efforts
    said = [each.text() for each in effort.why if each.code.startswith("team-")]
    assert said == ["Counts for Frogs: place 1 of 1 teams with 20:30.0."]


def test_officials_are_told_of_every_prize_also_of_those_for_others(house: House):
    mile = contest()
    mile = replace(mile, rules=replace(mile.rules, prizes="open-and-ten-years"))
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:50", of=mile)
    [effort] = person(house, SLUG, "101").efforts
    awards = [each for each in effort.why if each.code.startswith("prize-")]
    assert len(awards) == 12
    assert {each.code for each in awards} <= {"prize-other-sex", "prize-unclassified", "prize-won"}


def test_readings_of_nobody_are_loose(house: House):
    run_day(house, "gun 0:00 | 999 finish 6:45", entered="101")
    found = person(house, SLUG, "999")
    assert (found.efforts, [read.n for read in found.loose]) == ((), [1])


def test_an_event_that_is_not_there_is_named(house: House):
    for ask in (lambda: history(house, "nowhere"), lambda: person(house, "nowhere", "1")):
        with pytest.raises(UnknownEventError):
            ask()
