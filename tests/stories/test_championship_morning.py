"""A championship morning: heats, who goes on, a final in lanes, a relay, the table of medals."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.machines.clocks import StandingClock
from tests.stories.crew import Phone, after, board, decide, entry_of, local, set_up
from timing.core.clock import MINUTE, SECOND, Duration
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.status import Status
from timing.services.entrants import entries
from timing.services.entrants.incoming import Source
from timing.services.house import House
from timing.services.office import setting_up
from timing.services.public import honours
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.services.raceday import advancing, starting
from timing.services.raceday.advancing import NextRound
from timing.services.raceday.heat_cells import Typed
from timing.services.raceday.heat_grid import heat_grid
from timing.services.raceday.heat_sheet import save_heat
from timing.services.raceday.starting import Press

ZONE, DATE = "Europe/Rome", "2026-07-18"
EVENT = {
    "name": "Retro Championship", "slug": "retro", "date": DATE, "timezone": ZONE,
    "public": "yes", "language-en": "yes", "ruleset": "irr-2016",
}  # fmt: skip
HUNDRED = {
    "name": "100 m", "code": "hundred", "distance": "100 m", "laps": "1", "sex": "W",
    "direction": "backward", "preset": "track-fat", "timing": "fat", "start": "10:00",
    "heats": "2", "lanes": "8", "by_place": "2", "by_time": "2",
}  # fmt: skip
RELAY = {
    "name": "4 x 200 m", "code": "relay", "distance": "800 m", "laps": "4", "legs_of": "4",
    "direction": "backward", "preset": "track-hand", "start": "12:00", "decimals": "1",
}  # fmt: skip
SPRINTERS = """bib,name,sex,nation,contest
1,Ada,F,ITA,hundred
2,Bea,F,GER,hundred
3,Cyd,F,JPN,hundred
4,Dia,F,FRA,hundred
5,Eva,F,ITA,hundred
6,Fay,F,GER,hundred
7,Gil,F,JPN,hundred
8,Hie,F,FRA,hundred
"""
TEAMS = """bib,team,leg 1,leg 2,leg 3,leg 4,nation,contest
901,Italia,Ada,Eva,Ivo,Leo,ITA,relay
902,Deutschland,Bea,Fay,Jan,Max,GER,relay
903,Nippon,Cyd,Gil,Ken,Nao,JPN,relay
"""


@pytest.fixture
def house(app: Flask, clock: StandingClock, tmp_path) -> House:
    """Nine o'clock: two heats of four, three relay teams."""
    house = app.extensions["house"]
    clock.at = local(DATE, "09:00:00", ZONE)
    set_up(house, EVENT, HUNDRED, RELAY)
    for name, text in (("sprint.csv", SPRINTERS), ("teams.csv", TEAMS)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        entries.import_entries(house, "retro", Source(path, name), {}, author="Office")
    moves = [
        act.Move(
            entry=entry_of(house, "retro", str(bib)), round="heats",
            wave=wave(house, "heats", heat), heat=heat, lane=lane,
        )
        for heat, bibs in ((1, range(1, 5)), (2, range(5, 9)))
        for lane, bib in enumerate(bibs, 3)
    ]  # fmt: skip
    decide(house, "retro", *moves, because="drawn by lot")
    return house


def wave(house: House, round_code: str, heat: int) -> str:
    contest = setting_up.loaded(house, "retro").contest("hundred")
    rounds = {each.code: each for each in contest.rounds}
    return rounds[round_code].heats[heat - 1].wave


def run_heat(house: House, round_code: str, number: int, times: dict[str, str]) -> None:
    """The gun, and the film of the finish typed into the grid of the heat."""
    starting.fire(house, "retro", wave(house, round_code, number), Press(), "Starter")
    house.clock.advance(MINUTE)
    grid = heat_grid(house, "retro", "hundred", round_code, number)
    assert {lane.bib for lane in grid.lanes} == set(times)
    rows = [Typed(bib, (time,), photo=True) for bib, time in times.items()]
    save_heat(house, "retro", grid, rows, "Photo finish")
    house.clock.advance(5 * MINUTE)


def run_heats(house: House) -> None:
    """Fay of the second heat is faster than the winner of the first; Hie falls."""
    run_heat(house, "heats", 1, {"1": "1702", "2": "1731", "3": "1745", "4": "1800"})
    run_heat(house, "heats", 2, {"5": "1695", "6": "1690", "7": "1745", "8": "DNF"})


def seed_the_final(house: House) -> NextRound:
    """Qualifiers with their marks; the best draw the middle lanes."""
    found = advancing.next_round(
        house, "retro", "hundred", "heats", wish=advancing.Wish(seed="retro 2026")
    )
    acts = advancing.acts_of(house, found)
    close = act.Close(contest="hundred", round="heats")
    decide(house, "retro", *acts, close, because="qualified")
    return found


def test_two_of_each_heat_and_the_two_fastest_others_go_on(house: House):
    run_heats(house)
    found = seed_the_final(house)
    assert {each.bib: each.mark for each in found.qualifiers} == {
        "6": "Q", "1": "Q", "5": "Q", "2": "Q", "3": "q", "7": "q",
    }  # fmt: skip
    assert found.unfinished == ()
    lanes = {each.bib: each.lane for each in found.qualifiers}
    grid = heat_grid(house, "retro", "hundred", "final", 1)
    shown = [(lane.start.lane, lane.bib) for lane in grid.lanes]
    assert shown == sorted((lane, bib) for bib, lane in lanes.items())
    assert min(lanes.values()) > 2, "with six in eight lanes the inside ones stay empty"
    again = advancing.next_round(
        house, "retro", "hundred", "heats", wish=advancing.Wish(seed="retro 2026")
    )
    assert {each.bib: each.lane for each in again.qualifiers} == lanes
    assert again.placed == set(lanes)


def test_the_list_of_the_heats_keeps_its_marks_when_the_final_is_run(house: House, client):
    run_heats(house)
    seed_the_final(house)
    house.clock.advance(SECOND)
    page = client.get("/retro/hundred?round=heats").text
    beside = [text.split() for text in re.findall(r"small\">([^<]+)</span><span", page)]
    assert [word for words in beside for word in words if word in ("Q", "q")] == list("QQQQqq")
    snapshot = house.live.snapshot("retro", fresh=True)
    rows = snapshot.standings["hundred", "heats"].rows
    marks = {row.bib: "".join(mark.code for mark in row.result.marks) for row in rows}
    assert marks["6"] == "Q"
    assert marks["7"] == "q"
    assert marks["4"] == ""


def run_final(house: House) -> None:
    run_heats(house)
    seed_the_final(house)
    house.clock.advance(30 * MINUTE)
    times = {"6": "1681", "5": "1684", "1": "1684", "2": "1750", "3": "1720", "7": "DQ"}
    run_heat(house, "final", 1, times)


def test_a_final_is_decided_by_the_film_and_a_place_is_shared_only_if_it_says_so(house: House):
    run_final(house)
    assert board(house, "retro", "hundred")[:3] == ["1 6 16.81", "2= 5 16.84", "2= 1 16.84"]
    order = tuple(entry_of(house, "retro", bib) for bib in ("5", "1"))
    decide(house, "retro", act.PhotoFinish(round="final", order=order), because="0.002 s")
    assert board(house, "retro", "hundred")[:4] == [
        "1 6 16.81", "2 5 16.84", "3 1 16.84", "4 3 17.20",
    ]  # fmt: skip


def start_relay(house: House) -> None:
    house.clock.at = local(DATE, "12:00:00", ZONE)
    starting.fire(house, "retro", "relay", Press(), "Starter")


def finish_relay(house: House) -> None:
    phone = Phone(house, "retro", "line", "line")
    spans = {
        "901": ("48", "1:40", "2:29", "3:20.3"),
        "902": ("47", "1:38", "2:30", "3:19.8"),
        "903": ("50", "1:45", "2:39", "3:31"),
    }
    gun = local(DATE, "12:00:00", ZONE)
    passings = [(at, bib) for bib, each in spans.items() for at in after(gun, *each)]
    for at, bib in sorted(passings):
        house.clock.at = at
        phone.key(at, bib)
    house.clock.advance(10 * MINUTE)


def run_relay(house: House) -> None:
    start_relay(house)
    finish_relay(house)


def test_a_relay_has_legs_with_their_runners_and_places(house: House):
    run_relay(house)
    assert board(house, "retro", "relay") == ["1 902 3:19.8", "2 901 3:20.3", "3 903 3:31.0"]
    page = honours.honours(house, "retro", "relay")
    legs = {line.bib: [(leg.name, leg.time, leg.place) for leg in own] for line, own in page.legs}
    second = Duration(1_000_000)
    assert legs["902"][0] == ("Bea", 47 * second, 1)
    assert legs["901"][2] == ("Ivo", 49 * second, 1)
    assert legs["902"][3][2] == 1


def test_the_medal_table_counts_what_is_decided_and_follows_a_disqualification(
    house: House, client
):
    run_final(house)
    order = tuple(entry_of(house, "retro", bib) for bib in ("5", "1"))
    decide(house, "retro", act.PhotoFinish(round="final", order=order), because="0.002 s")
    assert (honours.medals(house, "retro").decided, honours.medals(house, "retro").contests) == (
        1, 2,
    )  # fmt: skip
    run_relay(house)
    assert table(house) == ["GER 2 0 0", "ITA 0 2 1", "JPN 0 0 1"]
    dq = act.SetStatus(entry=entry_of(house, "retro", "902"), round="final", status=Status.DQ,
                       rule="TR24.7")  # fmt: skip
    decide(house, "retro", dq, because="outside the zone")
    assert table(house) == ["ITA 1 1 1", "GER 1 0 0", "JPN 0 1 0"]
    assert "GER" in client.get("/retro/medals").text


def table(house: House) -> list[str]:
    house.clock.advance(SECOND)
    page = honours.medals(house, "retro")
    return [
        f"{row.medals.team} {row.medals.gold} {row.medals.silver} {row.medals.bronze}"
        for row in page.table
    ]


def test_everything_is_published_in_one_go_once_nothing_is_open(house: House):
    run_final(house)
    start_relay(house)
    phone = Phone(house, "retro", "exchange", "line")
    phone.key(after(house.clock.at, "48")[0], "901")
    with pytest.raises(Refusal) as refusal:
        publishing.publish_all(house, "retro", Order("Timer", official=True))
    assert {problem.code for problem in refusal.value.problems} == {"open-still_out"}
    assert publishing.versions(house, "retro") == []
    finish_relay(house)
    made = publishing.publish_all(house, "retro", Order("Timer", official=True))
    assert sorted((each.version, str(each.state)) for each in made) == [(1, "official")] * 2
