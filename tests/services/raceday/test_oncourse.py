"""Who is still out."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, entry, event, moment
from tests.services.days import SLUG, run_day
from timing.core.clock import MINUTE
from timing.services.house import House, UnknownEventError
from timing.services.raceday.oncourse import on_course

LOOP = contest(course=course("start 0 | half@half 1000 | finish 2000"))
RACE = (
    "gun 0:00 | 101 half 4:00 | 101 finish 8:00 | 102 half 5:00 | 103 start 0:02 | dns 104 | "
    "105 half 6:00 | dnf 105"
)


def test_everybody_is_counted_once(house: House):
    run_day(house, RACE, of=LOOP, until="7:00")
    [field] = on_course(house, SLUG).fields
    assert (field.started, field.finished, len(field.out), field.others, field.unstarted) == (
        4, 1, 2, 1, 1,
    )  # fmt: skip
    assert [(p.name, p.passed, p.out) for p in field.points] == [("Half", 3, 1), ("Finish", 1, 2)]


def test_who_is_out_stands_with_last_point_and_next_arrival(house: House):
    run_day(house, RACE, of=LOOP, until="7:00")
    [late, runner] = on_course(house, SLUG).fields[0].out
    assert (late.bib, late.due_at, late.overdue, late.due and late.due.own) == (
        "103", "Half", False, False,
    )  # fmt: skip
    assert (runner.bib, runner.where, runner.seen) == ("102", "Half", moment("5:00"))
    assert (runner.due_at, runner.due and runner.due.at) == ("Finish", moment("10:00"))
    assert runner.since == 2 * MINUTE


def test_the_overdue_come_first(house: House):
    run_day(house, RACE, of=LOOP, until="12:00")
    assert [(each.bib, each.overdue) for each in on_course(house, SLUG).fields[0].out] == [
        ("103", True), ("102", True),
    ]  # fmt: skip


def test_a_contest_that_has_not_begun_is_not_on_the_course(house: House):
    run_day(house, RACE, of=event([LOOP, contest("walk")]), until="7:00")
    assert [each.contest.code for each in on_course(house, SLUG).fields] == ["race"]
    assert on_course(house, SLUG, contest="walk").fields == ()


def test_who_leaves_later_in_a_pursuit_is_yet_to_start_and_not_out(house: House):
    later = "gun 0:00 | offset 102 5:00 | offset 103 9:00 | offset 104 9:00 | dns 104"
    run_day(house, later, entered="101 102 103 104", until="7:00")
    [field] = on_course(house, SLUG).fields
    assert (field.started, field.waiting, field.unstarted) == (2, 1, 1)
    assert [each.bib for each in field.out] == ["101", "102"]


def test_a_category_is_looked_at_alone(house: House):
    women = [entry("102", category="W40"), *(entry(b) for b in ("101", "103", "104", "105"))]
    run_day(house, RACE, of=LOOP, entered=women, until="7:00")
    [field] = on_course(house, SLUG, category="W40").fields
    assert [each.bib for each in field.out] == ["102"]


def test_an_event_that_is_not_there_is_named(house: House):
    with pytest.raises(UnknownEventError):
        on_course(house, "nowhere")


def test_who_has_no_news_is_listed_by_number_and_not_by_letters(house: House):
    run_day(house, "gun 0:00", of=LOOP, entered="10 9 100", until="1:00")
    assert [each.bib for each in on_course(house, SLUG).fields[0].out] == ["9", "10", "100"]
