"""The page of a thousand finishers: kept bytes against live rendering and against nginx."""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.bench import web_servers
from tests.web import race

PAGE = "/mile/five"
WRK, NGINX = shutil.which("wrk"), shutil.which("nginx")
needs_wrk = pytest.mark.skipif(WRK is None, reason="wrk is not installed: apt-get install wrk")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
SECONDS = 3


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
    numbers = range(1, web_servers.ROWS + 1)
    race.hold(house, race.race(), race.field(web_servers.ROWS), race.times(numbers))
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
        ["nice", WRK, "-t1", f"-c{connections}", f"-d{seconds}s", *asked, url],
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
        slow = rate(load(live + PAGE, 4))
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
        best = rate(load(f"{files}/five.html", **{"Accept-Encoding": "gzip"}))
    mine = rate(load(granian + PAGE, **{"Accept-Encoding": "gzip"}))
    bench.ratio("kept page, granian", 1 / mine, "file, nginx", 1 / best, at_most=1 / 0.35)


def test_five_hundred_pollers_get_their_304_in_time(bench, granian):
    """Each asks every two seconds, on its own connection, for eight seconds."""
    with fetch(granian + PAGE) as page:
        etag = page.headers["ETag"]
    taken = sorted(asyncio.run(poll(granian, etag, pollers=500, rounds=4)))
    assert len(taken) == 500 * 4
    bench.holds("500 pollers every 2 s, p99", taken[len(taken) * 99 // 100], limit=0.1)


async def poll(url: str, etag: str, pollers: int, rounds: int) -> list[float]:
    """Give the seconds that every answer took; each must be a 304."""
    host, port = url.removeprefix("http://").split(":")
    ask = f"GET {PAGE} HTTP/1.1\r\nHost: {host}:{port}\r\nIf-None-Match: {etag}\r\n\r\n".encode()

    async def one(number: int) -> list[float]:
        reader, writer = await asyncio.open_connection(host, int(port))
        taken = []
        await asyncio.sleep(2 * number / pollers)
        for _ in range(rounds):
            begun = time.perf_counter()
            writer.write(ask)
            answer = await reader.readuntil(b"\r\n\r\n")
            taken.append(time.perf_counter() - begun)
            assert answer.startswith(b"HTTP/1.1 304"), answer
            await asyncio.sleep(2 - taken[-1])
        writer.close()
        return taken

    answers = await asyncio.gather(*(one(number) for number in range(pollers)))
    return [each for taken in answers for each in taken]
