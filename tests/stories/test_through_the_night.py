"""Six hours of laps from ten in the evening: midnight, the limit, a lap on paper, who stops."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.machines.clocks import StandingClock
from tests.stories.crew import Phone, board, decide, doubts, entry_of, local, set_up
from timing.core.clock import HOUR, MINUTE, SECOND, Duration, Instant
from timing.core.journal import rulings as act
from timing.core.status import Status
from timing.services.entrants import entries
from timing.services.entrants.incoming import Source
from timing.services.house import House
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.services.raceday import oncourse, paper_grid, starting
from timing.services.raceday.paper_grid import Paper
from timing.services.raceday.starting import Press

ZONE, DATE = "Europe/Vienna", "2026-06-20"
EVENT = {
    "name": "Through the Night", "slug": "night", "date": DATE, "last_date": "2026-06-21",
    "timezone": ZONE, "public": "yes", "language-en": "yes",
}  # fmt: skip
LAPS = {
    "name": "Six hours", "code": "six", "distance": "2 km", "laps": "1", "open_laps": "yes",
    "time_limit": "6:00:00", "preset": "ultra-laps", "start": "22:00", "direction": "backward",
    "minimum_leg": "7:00",
}  # fmt: skip
FIELD = """bib,name,sex,contest
1,Ann Owl,F,six
2,Bob Bat,M,six
3,Cyd Fox,F,six
4,Dan Cat,M,six
"""
LAP = {"1": 15 * MINUTE, "2": 16 * MINUTE, "3": 18 * MINUTE + 30 * SECOND, "4": 17 * MINUTE}
"""Everybody runs laps of the same length; 4 stops after eight of them."""


@pytest.fixture
def house(app: Flask, clock: StandingClock, tmp_path) -> House:
    house = app.extensions["house"]
    clock.at = local(DATE, "21:00:00", ZONE)
    set_up(house, EVENT, LAPS)
    path = tmp_path / "list.csv"
    path.write_text(FIELD, encoding="utf-8")
    entries.import_entries(house, "night", Source(path, "list.csv"), {}, author="Office")
    clock.at = local(DATE, "22:00:00", ZONE)
    starting.fire(house, "night", "six", Press(), "Starter")
    return house


def passings(bib: str, until: int = 6 * HOUR) -> list[Instant]:
    gun = local(DATE, "22:00:00", ZONE)
    laps = 8 if bib == "4" else until // LAP[bib] + 1
    return [Instant(gun + LAP[bib] * number) for number in range(1, laps + 1)]


def run(house: House, *, lost: tuple[tuple[str, int], ...] = ()) -> Phone:
    """Type everybody at the line; lost: laps (bib, number) that nobody has seen."""
    phone = Phone(house, "night", "line", "line")
    seen = sorted(
        (at, bib)
        for bib in LAP
        for number, at in enumerate(passings(bib), 1)
        if (bib, number) not in lost
    )
    for number, (at, bib) in enumerate(seen):
        phone.online = number % 10 == 0  # the network of the wood
        house.clock.at = at
        phone.key(at, bib)
    phone.online = True
    phone.send()
    return phone


def laps(house: House) -> list[str]:
    snapshot = house.live.snapshot("night", fresh=True)
    rows = snapshot.standings["six", "final"].rows
    return [f"{row.bib} {row.result.laps} {row.result.status}" for row in rows]


def test_midnight_is_a_moment_like_any_other(house: House):
    run(house)
    assert [each.split()[:2] for each in laps(house)] == [
        ["1", "24"], ["2", "22"], ["3", "19"], ["4", "8"],
    ]  # fmt: skip
    snapshot = house.live.snapshot("night", fresh=True)
    first = snapshot.standings["six", "final"].rows[0].result
    elapsed = [split.elapsed for split in first.splits]
    assert elapsed == [Duration(15 * MINUTE * number) for number in range(1, 25)]
    assert first.splits[8].at > local("2026-06-21", "00:00:00", ZONE)


def test_a_lap_after_six_hours_counts_no_more_and_the_last_second_does(house: House):
    run(house)
    late = local("2026-06-21", "04:00:00", ZONE)
    phone = Phone(house, "night", "second", "line")
    phone.key(late + 1, "3")
    assert "3 19" in " ".join(laps(house))
    decide(house, "night", act.Retime(line=(phone.id, 1), at=late), because="the film")
    assert "3 20" in " ".join(laps(house))


def test_a_lap_that_nobody_saw_comes_from_paper_and_only_once(house: House):
    run(house, lost=(("2", 11),))
    assert "2 21" in " ".join(laps(house))
    house.clock.advance(MINUTE)
    paper = Paper(text="2 2:56:00", columns="bib time", point="line")
    [line] = paper_grid.check_paper(house, "night", paper)
    assert (line.bib, line.name, line.at) == ("2", "Bob Bat", passings("2")[10])
    for _ in range(2):
        paper_grid.save_paper(house, "night", paper, "Office")
    assert "2 22" in " ".join(laps(house))


def test_paper_with_times_of_day_after_midnight_is_understood(house: House):
    run(house, lost=(("2", 11),))
    house.clock.at = local("2026-06-21", "04:10:00", ZONE)
    paper = Paper(text="2 00:56:00", columns="bib time", point="line", clock="day")
    [line] = paper_grid.check_paper(house, "night", paper)
    assert line.at == passings("2")[10]


def test_two_readings_of_one_lap_are_one_lap(house: House):
    phone = Phone(house, "night", "line", "line")
    for at in passings("1")[:4]:
        house.clock.at = at
        for late in (0, 3 * SECOND, 4 * MINUTE):
            phone.key(at + late, "1")
    assert laps(house)[0].startswith("1 4")


def test_who_stops_keeps_the_laps_and_is_not_looked_for(house: House):
    run(house)
    house.clock.at = local("2026-06-21", "03:00:00", ZONE)
    entry = entry_of(house, "night", "4")
    stop = act.SetStatus(entry=entry, round="final", status=Status.DNF)
    decide(house, "night", stop, because="handed the chip in at 00:16")
    field = oncourse.on_course(house, "night", "six")
    assert "4" not in [each.bib for one in field.fields for each in getattr(one, "out", ())]
    assert any(each.startswith("4 8") for each in laps(house))


def test_the_morning_list_is_official_once_the_round_is_closed(house: House, client):
    run(house)
    house.clock.at = local("2026-06-21", "04:30:00", ZONE)
    decide(house, "night", act.Close(contest="six", round="final"), because="all are in")
    left = [code for code in doubts(house, "night") if code in ("still_out", "unknown_bib")]
    assert left == []
    version = publishing.publish(house, "night", "six", Order("Timer", official=True))
    assert version.version == 1
    assert [line.split()[:3] for line in board(house, "night", "six")] == [
        ["1", "1", "24"], ["2", "2", "22"], ["3", "3", "19"], ["4", "4", "8"],
    ]  # fmt: skip
    page = client.get("/night/six")
    assert page.status_code == 200
    assert page.text.index("Ann Owl") < page.text.index("Dan Cat")
