"""A photo finish beside us: start lists go out, the camera reads the film, its results come in.

The camera knows nothing but the three files that were written for it, and the folder that is
watched. It reads the film a second time, as operators do.
"""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.machines.clocks import StandingClock
from tests.stories.crew import board, decide, entry_of, local, set_up
from timing.core.clock import MINUTE, SECOND
from timing.core.journal import rulings as act
from timing.core.status import Status
from timing.files.feeds.lynx import lynx_records
from timing.files.tables.findings import Findings
from timing.readers.delivery import Host
from timing.services.entrants import entries
from timing.services.entrants.incoming import Source
from timing.services.house import House
from timing.services.raceday import starting
from timing.services.raceday.heat_grid import HeatGrid, heat_grid
from timing.services.raceday.starting import Press
from timing.services.readers import boxes, reading
from timing.services.readers.boxes import Order

ZONE, DATE = "Europe/Rome", "2026-07-18"
EVENT = {
    "name": "Sprint Night", "slug": "sprint", "date": DATE, "timezone": ZONE, "public": "yes",
    "language-en": "yes",
}  # fmt: skip
MILE = {"name": "Mile", "code": "mile", "distance": "1609 m", "preset": "track-fat"}
HUNDRED = {
    "name": "100 m", "code": "hundred", "distance": "100 m", "preset": "track-fat",
    "timing": "fat", "heats": "2", "lanes": "8", "by_place": "1", "by_time": "2",
}  # fmt: skip
SPRINTERS = """bib,first,last,sex,club,contest
1,Ada,Núñez,F,"Club, North",hundred
2,Bea,Berg,F,South,hundred
3,Cyd,Coe,F,,hundred
4,Dia,Dow,F,,hundred
5,Eva,Eck,F,,hundred
6,Fay,Fox,F,,hundred
"""
LANES = {1: ("1", "2", "3"), 2: ("4", "5", "6")}

Result = tuple[str, str, str, str]  # place, bib, time, reaction


class Camera:
    """What FinishLynx does: a start list by event, round and heat; a .lif for each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schedule = list(csv.reader(self._lines("lynx.sch")))
        self.heats: dict[tuple[str, ...], list[str]] = {}
        self.lanes: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for cells in csv.reader(self._lines("lynx.evt")):
            if cells[0]:
                key = tuple(cells[:3])
                self.heats[key], self.lanes[key] = cells, {}
            else:
                self.lanes[key][cells[1]] = cells[1:]

    def _lines(self, name: str) -> list[str]:
        text = (self.folder / name).read_bytes().decode("utf-8")
        assert text.count("\r\n") == text.count("\n") == len(text.splitlines())
        return [line for line in text.splitlines() if not line.startswith(";")]

    def read_film(self, heat: int, wind: str, *results: Result, until: int | None = None) -> None:
        """Save the film of a heat of the first round; until: the disk has so many bytes so far."""
        key = ("2", "1", str(heat))
        rows = [[*self.heats[key][:4], wind, "m/s", "", "", "", "100", "10:00:00.000"]]
        for place, bib, time, reaction in results:
            rows.append([place, *self.lanes[key][bib], time, "", "", reaction, "", "", "", "", ""])
        path = self.folder / f"002-1-{heat:02d}.lif"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(rows)
        path.write_bytes(path.read_bytes()[:until])


@pytest.fixture
def house(app: Flask, clock: StandingClock, tmp_path: Path) -> House:
    """Two heats of three after a mile; both have been shot."""
    house = app.extensions["house"]
    clock.at = local(DATE, "09:00:00", ZONE)
    set_up(house, EVENT, MILE, HUNDRED)
    path = tmp_path / "sprint.csv"
    path.write_text(SPRINTERS, encoding="utf-8")
    entries.import_entries(house, "sprint", Source(path, path.name), {}, author="Office")
    moves = [
        act.Move(
            entry=entry_of(house, "sprint", bib), round="heats",
            wave=grid_of(house, heat).heat.wave, heat=heat, lane=lane,
        )
        for heat, bibs in LANES.items() for lane, bib in enumerate(bibs, 3)
    ]  # fmt: skip
    decide(house, "sprint", *moves, because="drawn by lot")
    for heat in LANES:
        clock.at = local(DATE, f"1{heat}:00:00", ZONE)
        starting.fire(house, "sprint", grid_of(house, heat).heat.wave, Press(), "Starter")
        clock.advance(MINUTE)
    return house


@pytest.fixture
def camera(house: House, runner, tmp_path: Path) -> Camera:
    """The organiser hands the start lists over with one command."""
    out = tmp_path / "lynx"
    done = runner("export", "lynx", "sprint", "--out", str(out))
    assert done.exit_code == 0, done.stderr
    assert sorted(path.name for path in out.iterdir()) == ["lynx.evt", "lynx.ppl", "lynx.sch"]
    return Camera(out)


def grid_of(house: House, heat: int) -> HeatGrid:
    return heat_grid(house, "sprint", "hundred", "heats", heat)


def watch(house: House, camera: Camera, steps: Iterator[object]) -> None:
    """The reader on the folder; between two looks at it the next step of the story happens."""
    stop = threading.Event()

    def go_on(_span: int) -> None:
        house.clock.advance(SECOND)
        if next(steps, stop) is stop:
            stop.set()

    host = Host(house.clock, stop, lambda _sentence: None, sleep=go_on)
    point = grid_of(house, 1).contest.course.points[-1].point
    order = Order("sprint", "lif", str(camera.folder / "*.lif"), point, name="Camera")
    reading.read(house, order, host, lambda _diary: None)


def test_the_camera_gets_everybody_by_event_round_heat_and_lane(camera: Camera):
    people = lynx_records(camera.folder / "lynx.ppl", Findings())
    assert [(one.get("bib"), one.get("last"), one.get("club")) for one in people][:2] == [
        ("1", "Núñez", "Club, North"), ("2", "Berg", "South"),
    ]  # fmt: skip
    assert camera.schedule == [["1", "1", "1"], ["2", "1", "1"], ["2", "1", "2"], ["2", "2", "1"]]
    lanes = camera.lanes["2", "1", "2"]
    assert [(lane[0], lane[1], lane[2]) for lane in lanes.values()] == [
        ("4", "3", "Dow"), ("5", "4", "Eck"), ("6", "5", "Fox"),
    ]  # fmt: skip
    assert camera.heats["2", "1", "1"][9] == "100"


def test_what_the_film_says_is_on_the_board_with_places_wind_and_reactions(house, camera):
    def steps() -> Iterator[object]:
        first = (("1", "2", "12.31", "0.145"), ("2", "1", "12.31", "0.151"), ("DNF", "3", "", ""))
        yield camera.read_film(1, "+1.2", *first, until=97)  # while it is being written
        yield camera.read_film(1, "+1.2", *first)
        second = (("1", "6", "12.29", ""), ("2", "4", "12.40", "0.099"), ("3", "5", "12.40", ""))
        yield camera.read_film(2, "-0.4", *second)

    watch(house, camera, steps())
    assert board(house, "sprint", "hundred", "heats") == [
        "1 6 12.29", "2 2 12.31", "3 1 12.31", "4 4 12.40", "5 5 12.40", "3 DNF",
    ]  # fmt: skip
    one, two = grid_of(house, 1), grid_of(house, 2)
    assert (one.wind, two.wind) == ("+1.2", "-0.4")
    assert [lane.reaction for lane in one.lanes] == ["0.151", "0.145", ""]
    [card] = boxes.cards(house, "sprint")
    assert card.refused == 2, "the starter's own guns hold; those of the camera are listed"


def test_a_film_that_is_read_again_replaces_what_it_said_before(house, camera):
    first = (("1", "1", "12.31", ""), ("2", "2", "12.35", ""), ("DNF", "3", "", ""))
    again = (("1", "2", "12.30", ""), ("2", "1", "12.31", ""), ("3", "3", "13.00", ""))

    def steps() -> Iterator[object]:
        yield camera.read_film(1, "+1.2", *first)
        yield camera.read_film(1, "+1.3", *again)

    watch(house, camera, steps())
    assert board(house, "sprint", "hundred", "heats")[:3] == ["1 2 12.30", "2 1 12.31", "3 3 13.00"]
    assert grid_of(house, 1).wind == "+1.3"
    watch(house, camera, iter([camera.read_film(1, "+1.2", *first)]))
    assert board(house, "sprint", "hundred", "heats")[:2] == ["1 1 12.31", "2 2 12.35"]


def test_equals_whom_the_film_separates_otherwise_change_places(house, camera):
    def film(*bibs: str) -> None:
        rows = [(str(place), bib, "12.31", "") for place, bib in enumerate(bibs, 1)]
        camera.read_film(1, "", *rows)

    watch(house, camera, iter([film("1", "2", "3"), None]))
    for order in (("2", "3", "1"), ("1", "2", "3")):
        film(*order)
        watch(house, camera, iter([None]))
        assert [line.split()[1] for line in board(house, "sprint", "hundred", "heats")[:3]] == [
            *order
        ]


def test_what_an_official_decided_stays_though_the_film_is_read_again(house, camera):
    first = (("1", "1", "12.31", ""), ("2", "2", "12.35", ""))
    watch(house, camera, iter([camera.read_film(1, "", *first), None]))
    out = act.SetStatus(
        entry=entry_of(house, "sprint", "1"), round="heats", status=Status.DQ, rule="TR17.2"
    )
    decide(house, "sprint", out, because="left the lane")
    again = (("1", "1", "12.30", ""), ("2", "2", "12.35", ""))
    watch(house, camera, iter([camera.read_film(1, "", *again), None]))
    assert board(house, "sprint", "hundred", "heats")[0] == "1 2 12.35"
