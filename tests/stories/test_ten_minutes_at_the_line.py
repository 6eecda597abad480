"""150 finishers in ten minutes on two phones: no network for half, a closed tab, a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from random import Random
from urllib.parse import urlsplit

import pytest

from tests.machines.clocks import StandingClock
from tests.machines.ports import free_port
from tests.machines.served import served
from tests.stories.crew import Phone, board, decide, local, set_up
from tests.stories.devices import Device
from timing.app import create_app
from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.core.journal.rulings import Gun
from timing.services.entrants import entries
from timing.services.entrants.incoming import Source
from timing.services.house import House
from timing.services.office import stations
from timing.settings import Settings
from timing.store import journal, setup

ZONE, DATE = "Europe/Berlin", "2026-05-30"
FINISHERS = 150
GUN = local(DATE, "10:00:00", ZONE)
FIRST = local(DATE, "10:06:00", ZONE)
ROAD = {
    "name": "Mile", "code": "mile", "distance": "1 mi", "laps": "1", "preset": "club-road",
    "start": "10:00", "decimals": "1", "step": "0.1",
}  # fmt: skip


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # the phones are what is tested here; the other stories run on both engines


def finishes() -> list[tuple[int, str]]:
    """Who comes when: ten minutes, sometimes half a second apart, in whole hundredths."""
    lot = Random(150)
    moments = sorted(lot.sample(range(0, 60_000, 50), FINISHERS))
    bibs = [str(number) for number in range(101, 101 + FINISHERS)]
    lot.shuffle(bibs)
    return [(FIRST + at * 10_000, bib) for at, bib in zip(moments, bibs, strict=True)]


def event(house: House, slug: str, tmp_path) -> str:
    facts = {"name": slug, "slug": slug, "date": DATE, "timezone": ZONE, "public": "yes"}
    set_up(house, facts, ROAD)
    rows = "".join(f"{bib},Runner {bib},mile\n" for _, bib in finishes())
    path = tmp_path / "list.csv"
    path.write_text("bib,name,contest\n" + rows, encoding="utf-8")
    source = Source(path, "list.csv")
    assert entries.import_entries(house, slug, source, {}, author="Office").new == FINISHERS
    decide(house, slug, Gun(wave="mile", at=GUN), because="")
    return slug


class Server:
    """The server of the race office, which can be killed and started again at the same address."""

    def __init__(self, settings: Settings, clock: StandingClock) -> None:
        self.settings, self.clock, self.stack, self.url = settings, clock, ExitStack(), ""
        self.start()

    def start(self) -> None:
        app = create_app(self.settings, self.clock, ticks=None)
        self.house: House = app.extensions["house"]
        self.stack.callback(self.house.store.close)
        self.url = self.stack.enter_context(served(app, urlsplit(self.url).port or free_port()))

    def stop(self) -> None:
        self.stack.close()


@pytest.fixture
def server(settings: Settings, clock: StandingClock) -> Iterator[Server]:
    clock.at = Instant(FIRST)
    started = Server(settings, clock)
    yield started
    started.stop()


def reads_of(house: House, slug: str) -> list[Read]:
    with house.store.read() as tx:
        return list(journal.load_journal(tx, setup.find_event(tx, slug) or 0).reads)


@pytest.fixture
def calm(server: Server, tmp_path) -> list[str]:
    """The list of the race in which nothing goes wrong."""
    slug = event(server.house, "calm", tmp_path)
    for phone in (Phone(server.house, slug, name, "line") for name in ("left", "right")):
        for at, bib in finishes():
            phone.key(at, bib)
    return board(server.house, slug, "mile")


@pytest.fixture
def phones(server: Server, browser, calm, tmp_path) -> Iterator[list[Device]]:
    """Two phones at the line of the other race, which would open without a network."""
    event(server.house, "storm", tmp_path)
    links = [
        stations.make_link(server.house, "storm", name, "Office", point="line")
        for name in ("left", "right")
    ]
    opened = [Device(browser, f"{server.url}/s/{token}", FIRST) for token in links]
    for device in opened:
        device.kept_for_later()
    yield opened
    for device in opened:
        device.close()


def race(server: Server, phones: list[Device], faults: Mapping[int, Callable[[], None]]) -> None:
    """Everybody comes in and is typed on both phones; before some of them something happens."""
    for number, (at, bib) in enumerate(finishes()):
        if number in faults:
            faults[number]()
        for device in phones:
            device.hold()
        server.clock.at = Instant(at)
        for device in phones:
            device.go(at)
            device.key(bib)
    for device in phones:
        device.all_sent()


def test_every_line_arrives_once_and_the_result_is_that_of_the_undisturbed_race(
    server: Server, phones: list[Device], calm: list[str]
):
    left, right = phones
    waiting = []

    def cut() -> None:
        left.page.wait_for_selector(".line >> nth=19")  # all twenty are written down
        left.all_sent()
        left.network(on=False)

    def back() -> None:
        left.page.wait_for_selector("#unsent:has-text('75 not sent')")  # the last is written down
        waiting.append(left.count())
        left.network(on=True)

    race(server, phones, {
        20: cut,
        45: lambda: right.network(on=False),
        60: left.reopen,
        95: back,
        105: server.stop,
        112: server.start,
        120: lambda: right.network(on=True),
    })  # fmt: skip
    assert waiting == ["75 not sent yet, safe on this device. No connection; go on working."]
    by_station: dict[str, list[Read]] = {}
    for read in reads_of(server.house, "storm"):
        by_station.setdefault(read.station, []).append(read)
    assert len(by_station) == 2
    for lines in by_station.values():
        assert sorted(line.n for line in lines) == list(range(1, FINISHERS + 1))
        assert sorted(line.bib or "" for line in lines) == sorted(bib for _, bib in finishes())
    assert board(server.house, "storm", "mile") == calm
    assert len(calm) == FINISHERS
