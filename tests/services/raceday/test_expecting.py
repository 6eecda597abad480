"""Who comes to a timing point next, and how often each has passed it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import MILE_ON_TRACK, contest, course, entry, event, moment, start
from tests.services.days import SLUG, go_on, run_day
from timing.core.journal.rulings import CallOff
from timing.core.setup.called_off import Fate
from timing.core.setup.event import Wave
from timing.services.house import House
from timing.services.office import stations
from timing.services.raceday import expecting
from timing.services.raceday.expecting import Expected, expected
from timing.services.rulings import rule
from timing.store import roster, setup

LAPS = contest(course=course("start 0 | line 400", open_laps=True))


def coming(house: House, point: str = "finish") -> list[Expected]:
    house.live.snapshot(SLUG, fresh=True)
    token = stations.make_link(house, SLUG, "Station", "Ada", point=point)
    return expected(house, stations.permit(house, token))


def bibs(house: House, point: str = "finish") -> list[str]:
    return [person.bib for person in coming(house, point)]


def one(house: House, bib: str, point: str) -> Expected:
    return next(person for person in coming(house, point) if person.bib == bib)


def test_who_should_be_here_first_is_listed_first_and_who_came_last(house: House):
    loop = contest(course=course("start 0 | half@half 1000 | finish 2000"))
    run_day(
        house, "gun 0:00 | 101 half 5:00 | 102 half 4:00 | 103 half 3:00 | 103 finish 6:00", of=loop
    )
    assert bibs(house) == ["102", "101", "103"]
    assert [person.here for person in coming(house)] == [False, False, True]
    assert one(house, "102", "finish").due == moment("8:00")


def test_who_is_out_comes_behind_who_has_not_started(house: House):
    run_day(house, "gun 0:00 race | 101 start 0:02 | dnf 101 | 102 start 0:02", of=event([
        contest(), contest("walk"),
    ]), entered=[entry("101"), entry("102"), entry("103", contest="walk")])  # fmt: skip
    assert bibs(house) == ["102", "103", "101"]


def test_nobody_waits_for_who_is_out_or_whose_race_is_not_held(house: House):
    run_day(house, "gun 0:00 race | 101 start 0:02 | dnf 101", of=event([
        contest(), contest("walk"),
    ]), entered=[entry("101"), entry("102"), entry("103", contest="walk")])  # fmt: skip
    assert [(each.bib, each.out) for each in coming(house)][-1] == ("101", True)
    assert not any(each.out for each in coming(house)[:-1])
    act = CallOff(contests=("walk",), fate=Fate.CANCELLED)
    rule(house, SLUG, [act], reason="Storm", author="Ada")
    assert {each.bib for each in coming(house) if each.out} == {"101", "103"}


def test_laps_are_counted_at_the_line_and_the_runner_stays_expected_until_the_last(house: House):
    run_day(house, "gun 0:00 | 101 line 1:40 | 101 line 3:20", of=contest(course=MILE_ON_TRACK))
    runner = one(house, "101", "line")
    assert (runner.passed, runner.of, runner.here) == (2, 4, False)
    assert moment("4:55") < (runner.due or 0) < moment("5:05")


def test_who_was_lapped_has_fewer_passings_than_the_leader(house: House):
    run_day(
        house, "gun 0:00 | 101 line 1:40 | 102 line 3:10 | 101 line 3:20",
        of=contest(course=MILE_ON_TRACK),
    )  # fmt: skip
    assert [(each.bib, each.passed, each.lead) for each in coming(house, "line")] == [
        ("101", 2, 2), ("102", 1, 2),
    ]  # fmt: skip


def test_on_open_laps_the_next_lap_should_take_as_long_as_the_last(house: House):
    run_day(house, "gun 0:00 | 101 line 2:00 | 101 line 4:10", of=LAPS, entered="101 102")
    assert [(each.bib, each.due, each.of) for each in coming(house, "line")] == [
        ("101", moment("6:20"), 0), ("102", None, 0),
    ]  # fmt: skip


def test_who_starts_in_two_rounds_is_listed_once_for_the_one_under_way(house: House):
    heats = event([contest(rounds="heats final")], waves=[Wave(code="later", name="Later")])
    run_day(
        house, "gun 0:00 race | 101 start 0:02", of=heats, entered="101",
        starts=[start("101", round="final", wave="later"), start("101", round="heats")],
    )  # fmt: skip
    assert [(person.bib, person.status) for person in coming(house)] == [("101", "RUN")]


@pytest.mark.parametrize("point", ["elsewhere", ""])
def test_nobody_is_expected_where_no_course_passes(house: House, point: str):
    run_day(house, "gun 0:00 | 101 start 0:02")
    assert bibs(house, point) == []


def anew(house: House, point: str) -> list[Expected]:
    expecting._KEPT.clear()
    return coming(house, point)


@pytest.mark.parametrize("point", ["start", "half", "finish"])
def test_what_is_told_line_by_line_is_what_is_told_at_once(house: House, point: str):
    loop = contest(course=course("start 0 | half@half 1000 | finish 2000"))
    run_day(house, "gun 0:00", of=loop, entered="101 102 103 104")
    for line in (
        "101 half 5:00", "102 half 4:00 | 103 half 4:20", "103 finish 8:00", "102 finish 9:00",
        "dq 102", "101 half 5:10", "set 101 12:00", "close", "gun 0:30",
    ):  # fmt: skip
        go_on(house, line, station=line.replace(" ", "-"))
        assert coming(house, point) == anew(house, point)


def test_a_leader_who_laps_is_told_of_everybody(house: House):
    run_day(house, "gun 0:00", of=contest(course=MILE_ON_TRACK), entered="101 102")
    for line in ("101 line 1:40", "102 line 1:50", "101 line 3:20", "101 line 5:00"):
        go_on(house, line, station=line.replace(" ", "-"))
        assert coming(house, "line") == anew(house, "line")
    assert [each.lead for each in coming(house, "line")] == [3, 3]


def test_who_comes_late_changes_a_bib_or_is_taken_out_is_told_so(house: House):
    told = run_day(house, "gun 0:00 | 101 start 0:02", entered="101 102")
    assert bibs(house) == ["101", "102"]
    with house.store.write() as tx:
        number = setup.find_event(tx, SLUG)
        late = entry("103")
        other = replace(told.roster.entries[1], bib="77", name="Renamed")
        roster.save_entries(tx, number, [late, other])
        roster.save_starts(tx, number, [start("103")])
    assert {(each.bib, each.name) for each in coming(house)} >= {("77", "Renamed")}
    assert coming(house) == anew(house, "finish")
    with house.store.write() as tx:
        roster.remove_entries(tx, number, [101])
    assert set(bibs(house)) == {"77", "103"}


def test_only_so_many_points_are_kept_in_mind(house: House, monkeypatch):
    monkeypatch.setattr(expecting, "_MOST", 1)
    run_day(house, "gun 0:00 | 101 start 0:02")
    assert bibs(house, "start") == bibs(house, "finish") == ["101"]
    assert list(expecting._KEPT) == [(SLUG, "finish")]
