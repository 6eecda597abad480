"""From a key-down at the line to the place on the public page, through a real server."""

from __future__ import annotations

import json
import os
import sysconfig
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import pytest

from tests.bench.races import GUN, race
from tests.bench.web_servers import free_port, running
from timing.app import now, open_house
from timing.core.clock import HOUR, Instant
from timing.services.house import House
from timing.services.office import stations
from timing.settings import load_settings
from timing.store import journal, migrate, roster, setup

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
TIMING = Path(sysconfig.get_path("scripts")) / "timing"
FINISHED, LATE, A_SECOND = 10_000, 200, 5
GLANCE = 0.1  # seconds between two questions of a reader for the same page


class Caller:
    """One connection that stays open, as that of a browser."""

    def __init__(self, url: str) -> None:
        self._wire = HTTPConnection(url.removeprefix("http://"), timeout=30)

    def get(self, path: str, **headers: str) -> tuple[int, str, str]:
        """Give status, text and ETag."""
        self._wire.request("GET", path, headers=headers)
        answer = self._wire.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("ETag", "")

    def send(self, token: str, n: int, bib: int, at: Instant) -> None:
        line = {"n": n, "bib": str(bib), "at": at, "source": "typed"}
        body = json.dumps({"station": "phone-0001", "lines": [line]})
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._wire.request("POST", "/api/v1/stations/lines", body, headers)
        with self._wire.getresponse() as answer:
            receipts = json.load(answer)["receipts"]
        assert [receipt["outcome"] for receipt in receipts] == ["new"]

    def close(self) -> None:
        self._wire.close()


class Day:
    """A race of ten thousand finishers, whose last two hundred come in while it is looked at.

    shown: the seconds from the key-down to the place, by bib.
    """

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url, token
        self._pressed: dict[int, float] = {}
        self.shown: dict[int, float] = {}
        self._over = threading.Event()

    def run(self) -> None:
        first = Caller(self._url)
        assert first.get("/big/road")[0] == 200  # the server has folded the race then
        first.close()
        watchers = [threading.Thread(target=self._watch, args=(k,)) for k in range(3)]
        reader = threading.Thread(target=self._read)
        for thread in (*watchers, reader):
            thread.start()
        self._station()
        for thread in watchers:
            thread.join(60)
        self._over.set()
        reader.join(60)

    def _station(self) -> None:
        """Somebody presses a key five times a second, whatever the network does."""
        caller, began, pace = Caller(self._url), monotonic(), threading.Event()
        for n in range(1, LATE + 1):
            pace.wait(began + n / A_SECOND - monotonic())
            self._pressed[FINISHED + n] = monotonic()
            caller.send(self._token, n, FINISHED + n, now())
        caller.close()

    def _watch(self, number: int) -> None:
        """Every third of them has somebody who asks for the page until the place stands there."""
        caller, pace, began = Caller(self._url), threading.Event(), monotonic()
        mine = [bib for bib in range(FINISHED + 1, FINISHED + LATE + 1) if bib % 3 == number]
        while len(self.shown) < LATE and monotonic() - began < LATE / A_SECOND + 30:
            for bib in [bib for bib in mine if bib in self._pressed and bib not in self.shown]:
                status, text, _ = caller.get(f"/big/bib/{bib}")
                assert status == 200
                if 'data-place="1' in text:
                    self.shown[bib] = monotonic() - self._pressed[bib]
            if all(bib in self.shown for bib in mine):
                break
            pace.wait(GLANCE)
        caller.close()

    def _read(self) -> None:
        """Others look at the list all the while; they are told whether it changed."""
        caller, etag = Caller(self._url), ""
        while not self._over.wait(2 * GLANCE):
            etag = caller.get("/big/road", **{"If-None-Match": etag})[2]
        caller.close()


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    words = {
        "TIMING_DATABASE_URL": f"sqlite:///{tmp_path / 'timing.db'}",
        "TIMING_SECRET_KEY": "x" * 40, "HOME": str(tmp_path), "PATH": os.environ["PATH"],
    }  # fmt: skip
    migrate.upgrade(words["TIMING_DATABASE_URL"])
    house = open_house(load_settings(words))
    token = _load(house)
    house.store.close()
    port = free_port()
    with running([str(TIMING), "serve"], words | {"PORT": str(port)}, port) as url:
        yield Day(url, token)


def _load(house: House) -> str:
    """Write the race down as if it had begun three hours ago; gives the link of its finish."""
    big = race(FINISHED + LATE, mats=3)
    later = now() - 3 * HOUR - GUN
    late = {str(bib) for bib in range(FINISHED + 1, FINISHED + LATE + 1)}
    reads = [
        read._replace(at=Instant(read.at + later))
        for read in big.journal.reads
        if not (read.point == "mat-2" and read.bib in late)
    ]
    gun = [
        each._replace(at=Instant(each.at + later), act=_later(each.act, later))
        for each in big.journal.rulings
    ]
    with house.store.write() as tx:
        event = setup.save_event(tx, big.event)
        roster.save_roster(tx, event, big.roster)
        journal.append(tx, event, reads, gun)
    return stations.make_link(house, "big", "Finish", "Ada", point="mat-2")


def _later(gun, by: int):
    return type(gun)(wave=gun.wave, at=Instant(gun.at + by))


def test_from_a_key_down_to_the_place_on_the_public_page(bench, day):
    day.run()
    assert len(day.shown) == LATE
    taken = sorted(day.shown.values())
    middle, late = taken[LATE // 2], taken[LATE * 99 // 100 - 1]
    print(f"median {middle:.2f} s, p99 {late:.2f} s, slowest {taken[-1]:.2f} s")
    bench.holds(
        f"key-down to the place on a page, {FINISHED:,} finishers, p99 of {LATE}", late, limit=2.0
    )
