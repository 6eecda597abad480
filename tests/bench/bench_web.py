"""The page of a thousand finishers: kept bytes against live rendering and against nginx."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.bench import web_servers
from tests.web import race
from timing.core.clock import SECOND

PAGE = "/mile/five"
WRK, NGINX = shutil.which("wrk"), shutil.which("nginx")
needs_wrk = pytest.mark.skipif(WRK is None, reason="wrk is not installed: apt-get install wrk")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
SECONDS, ROUNDS = 1, 5
HOME = 880  # of a thousand; the others come in while readers ask
POLLERS, A_SECOND = 4000, 5


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A house with a thousand finishers, as the servers find it."""
    from tests.machines.clocks import StandingClock
    from timing.app import open_house
    from timing.services.office.upkeep import upgrade
    from timing.settings import load_settings

    folder = tmp_path_factory.mktemp("web")
    words = {
        "TIMING_DATABASE_URL": f"sqlite:///{folder}/timing.db", "TIMING_SECRET_KEY": "x" * 40,
        "HOME": str(folder), "PATH": os.environ["PATH"],
    }  # fmt: skip
    upgrade(words["TIMING_DATABASE_URL"])
    house = open_house(load_settings(words), StandingClock())
    race.hold(house, race.race(), race.field(web_servers.ROWS), race.times(range(1, HOME + 1)))
    house.store.close()
    return words


@pytest.fixture(scope="module")
def granian(environment):
    with web_servers.ours("granian", environment) as url:
        yield url


def fetch(url: str, **headers: str):
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - loopback
    try:
        return urllib.request.urlopen(request, timeout=30)  # noqa: S310
    except urllib.error.HTTPError as other:
        return other


def load(url: str, connections: int = 8, seconds: int = SECONDS, **headers: str) -> str:
    """Ask as fast as the answers come; gives the report of wrk."""
    asked = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    done = subprocess.run(
        [*web_servers.on_core(web_servers.READERS), WRK, "-t1", f"-c{connections}",
         f"-d{seconds}s", *asked, url],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "Non-2xx" not in done.stdout, done.stdout
    assert "Socket errors" not in done.stdout, done.stdout
    return done.stdout


def rate(report: str) -> float:
    return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])


def test_a_thousand_rows_are_small_on_the_wire(granian):
    for encoding, most in (("br", 25_000), ("gzip", 34_000)):
        with fetch(granian + PAGE, **{"Accept-Encoding": encoding}) as page:
            size = len(page.read())
        print(f"{encoding}: {size} bytes for {web_servers.ROWS} rows; at most {most}")
        assert size <= most


def test_who_has_the_page_is_told_in_two_hundred_bytes(granian):
    with fetch(granian + PAGE) as page:
        etag = page.headers["ETag"]
        assert page.read().count(b"data-bib=") == web_servers.ROWS
    with fetch(granian + PAGE, **{"If-None-Match": etag}) as same:
        told = f"HTTP/1.1 304 Not Modified\r\n{same.headers.as_string()}"
        assert same.status == 304
        assert len(told) <= 200, told


@needs_wrk
def test_a_kept_page_is_forty_times_faster_than_live_rendering_under_waitress(
    bench, granian, environment
):
    with web_servers.ours("waitress", environment) as live:
        fetch(live + PAGE).read()
        slow = rate(load(live + PAGE, 4, 5))
    fast = rate(load(granian + PAGE, **{"Accept-Encoding": "gzip"}))
    bench.ratio("kept page, granian", 1 / fast, "live page, waitress", 1 / slow, at_most=1 / 40)


@needs_wrk
@needs_nginx
def test_a_kept_page_is_a_third_as_fast_as_nginx_with_a_compressed_file(bench, granian, tmp_path):
    with fetch(granian + PAGE, **{"Accept-Encoding": "gzip"}) as page:
        packed = page.read()
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "five.html.gz").write_bytes(packed)
    (tmp_path / "www" / "five.html").write_bytes(gzip.decompress(packed))
    tmp_path.chmod(0o755)
    for parent in list(tmp_path.parents)[:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    with web_servers.nginx(NGINX, tmp_path) as files:
        with fetch(f"{files}/five.html", **{"Accept-Encoding": "gzip"}) as page:
            assert page.read() == packed
        pairs = [
            [rate(load(url, **{"Accept-Encoding": "gzip"}))
             for url in (f"{files}/five.html", granian + PAGE)]
            for _ in range(ROUNDS)
        ]  # fmt: skip
    best, mine = (statistics.median(column) for column in zip(*pairs, strict=True))
    bench.ratio("kept page, granian", 1 / mine, "file, nginx", 1 / best, at_most=1 / 0.35)


def test_four_thousand_pollers_are_answered_in_time_while_results_come_in(
    bench, granian, environment
):
    """Each asks every two seconds, on its own connection; five results a second come in."""
    with results_coming_in(granian, environment) as taken:
        heard = poll(granian, POLLERS, seconds=15)
    assert set(heard["said"]) <= {"200", "304", "late"}, heard
    assert heard["said"]["late"] == 0
    assert heard["answers"] >= POLLERS / 2 * 15 * 0.95
    assert taken, "no result came in"
    print(f"4,000 pollers: {heard}; {len(taken)} results taken")
    bench.holds("4,000 pollers every 2 s, p99", heard["p99"], limit=0.1)


def poll(url: str, readers: int, seconds: float) -> dict:
    """What so many readers heard; a program of its own on its own core."""
    host, port = url.removeprefix("http://").split(":")
    words = [host, port, PAGE, str(readers), str(seconds)]
    done = subprocess.run(
        [*web_servers.on_core(web_servers.READERS), sys.executable, "-m", "tests.bench.pollers",
         *words],
        capture_output=True, text=True, timeout=120, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return json.loads(done.stdout)


@contextmanager
def results_coming_in(url: str, words: dict[str, str]) -> Iterator[list[int]]:
    """Send results to the server as a phone at the line does; gives the numbers of those taken."""
    from timing.app import open_house
    from timing.services.office import stations
    from timing.settings import load_settings

    house = open_house(load_settings(words))
    token = stations.make_link(house, "mile", "Finish", "Ada", point="line")
    house.store.close()
    over, taken = Event(), list[int]()

    def send() -> None:
        for n in count(1):
            if over.wait(1 / A_SECOND) or HOME + n > web_servers.ROWS:
                return
            if finish(url, token, n) == 200:
                taken.append(n)

    phone = Thread(target=send)
    phone.start()
    try:
        yield taken
    finally:
        over.set()
        phone.join()


def finish(url: str, token: str, n: int) -> int:
    """The next runner comes home; gives the status of the answer."""
    at = race.GUN + race.WINNER + (HOME + n - 1) * 10 * SECOND
    line = {"n": n, "bib": str(100 + HOME + n), "at": at, "source": "typed"}
    phone = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    body = json.dumps({"station": "phone-0001", "lines": [line]})
    phone.request("POST", "/api/v1/stations/lines", body, {"Authorization": f"Bearer {token}"})
    status = phone.getresponse().status
    phone.close()
    return status
