"""Who is expected next at a timing point, among 10,000 half of whom are on the way, on SQLite."""

from __future__ import annotations

import statistics
from itertools import count
from time import perf_counter

import msgspec
import pytest

from tests.bench.races import GUN, race
from timing.app import open_house
from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.services.office import stations
from timing.services.raceday import expecting
from timing.settings import load_settings
from timing.store.journal import append
from timing.store.migrate import upgrade
from timing.store.roster import save_roster
from timing.store.setup import save_event

PEOPLE, LINES = 10_000, 40


def on_the_way(read):
    """Every second runner was seen at the first mats only, one at more of them than another."""
    bib, mat = int(read.bib), int(read.point.removeprefix("mat-"))
    return not bib % 2 or mat <= bib % 11


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('expecting') / 'race.db'}"
    upgrade(url)
    house = open_house(msgspec.structs.replace(load_settings({}), database_url=url))
    big = race(PEOPLE)
    with house.store.write() as tx:
        number = save_event(tx, big.event)
        save_roster(tx, number, big.roster)
        append(tx, number, [*filter(on_the_way, big.journal.reads)], big.journal.rulings)
    yield house, number
    house.store.close()


@pytest.mark.parametrize("mat", ["mat-3", "mat-11"])
def test_who_is_expected_is_told_after_each_line(bench, house, mat):
    """mat: where the lines come from; each at the finish changes what is due of everybody."""
    house, number = house
    permit = stations.permit(house, stations.make_link(house, "big", "F", "Ada", point="mat-11"))
    assert len(expecting.expected(house, permit)) == PEOPLE
    bibs = count(1, 2)
    times = []
    for n in range(1, LINES + 1):
        at = Instant(GUN + 4_000_000_000 + n * 1_000_000)
        line = Read(f"late-{mat}", n, mat, str(next(bibs)), None, at, "chip")
        with house.store.write() as tx:
            append(tx, number, [line], [])
        began = perf_counter()
        expecting.expected(house, permit)
        times.append(perf_counter() - began)
    told = f"who is expected of 10,000 after a line at {mat}"
    bench.holds(told, statistics.median(times), limit=0.05)
