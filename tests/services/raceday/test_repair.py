"""The officials' queue, and which bib was meant."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course
from tests.services.days import SLUG, go_on, run_day
from timing.core.journal.rulings import Clear
from timing.services.house import House, UnknownEventError
from timing.services.raceday.repair import Case, queue
from timing.services.rulings import rule

LOOP = contest(course=course("start 0 | half@half 1000 | finish 2000"))
SPLITS = "gun 0:00 | 103 half 4:00 | 113 half 8:00 | 123 half 12:00"


def cases(house: House, code: str = "") -> list[Case]:
    return list(queue(house, SLUG, code).cases)


def suggested(house: House, code: str) -> list[str]:
    [case] = cases(house, code)
    return [each.bib for each in case.suggestions]


def test_the_gravest_come_first_and_of_those_the_newest(house: House):
    run_day(
        house,
        "gun 0:00 | 101 finish 6:45 | 7 finish 6:46 | 8 finish 6:50 | 101 finish 9:00",
        entered="101 102",
    )
    assert [(c.anomaly.code, c.read and c.read.bib) for c in cases(house)] == [
        ("unknown_bib", "8"), ("unknown_bib", "7"), ("after_finish", None),
    ]  # fmt: skip


def test_what_is_explained_leaves_the_queue(house: House):
    run_day(house, "gun 0:00 | 7 finish 6:46", entered="101")
    rule(house, SLUG, [Clear(anomaly="unknown_bib:finish:1")], reason="a dog", author="R")
    found = queue(house, SLUG)
    assert (found.cases, found.cleared) == ((), 1)


def test_whose_own_split_says_so_is_suggested_first(house: House):
    run_day(house, SPLITS + " | 13 finish 16:05", of=LOOP, entered="103 113 123")
    assert suggested(house, "unknown_bib")[0] == "113"
    [case] = cases(house, "unknown_bib")
    assert case.suggestions[0].expected


def test_who_has_finished_already_is_not_suggested_first(house: House):
    run_day(house, SPLITS + " | 103 finish 8:00 | 13 finish 8:20", of=LOOP, entered="103 113 123")
    assert suggested(house, "unknown_bib")[0] != "103"


def test_another_station_that_read_somebody_at_that_moment_agrees(house: House):
    run_day(house, "gun 0:00 | @left 911 finish 6:45", entered="102 103")
    go_on(house, "103 finish 6:45.4", station="right")
    [case] = cases(house, "unknown_bib")
    assert (case.suggestions[0].bib, case.suggestions[0].agrees) == ("103", True)


def test_a_time_without_bib_suggests_who_is_due(house: House):
    run_day(house, SPLITS + " | - finish 16:05", of=LOOP, entered="103 113 123")
    assert suggested(house, "no_bib")[0] == "113"


def test_a_missed_split_lies_between_its_neighbours(house: House):
    both = "gun 0:00 | 103 finish 8:00 | 104 half 10:00 | 104 finish 20:00 | 13 half 4:05"
    run_day(house, both, of=LOOP, entered="103 113 104")
    assert suggested(house, "unknown_bib")[0] == "103"


def test_who_dropped_out_comes_last(house: House):
    run_day(house, SPLITS + " | dnf 113 | 13 finish 16:05", of=LOOP, entered="103 113 123")
    assert suggested(house, "unknown_bib")[-1] == "113"


def test_half_read_bibs_are_completed(house: House):
    run_day(house, "gun 0:00 | 1?4 finish 6:45 | 105 finish 6:46", entered="104 105 114")
    assert set(suggested(house, "half_read_bib")) == {"104", "114"}


def test_both_readings_of_a_contradiction_are_shown(house: House):
    run_day(house, "gun 0:00 | @a 101 finish 6:45 | @b 101 finish 6:49 photo", entered="101")
    [case] = cases(house, "times_differ")
    assert [read.station for read in case.readings] == ["a", "b"]
    assert (case.bib, case.name) == ("101", "Runner 101")


def test_names_of_suggested_people_are_told(house: House):
    run_day(house, "gun 0:00 | 130 finish 6:45", entered="103")
    assert queue(house, SLUG).names == {"103": "Runner 103"}


def test_an_event_that_is_not_there_is_named(house: House):
    with pytest.raises(UnknownEventError):
        queue(house, "nowhere")
