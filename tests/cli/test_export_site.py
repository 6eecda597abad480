"""``timing export site``: a folder that any web server can hand out, from any address."""

from __future__ import annotations

import gzip
import http.server
import json
import re
import threading
import urllib.request
from functools import partial
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit

import brotli
import pytest

from tests.web import race
from timing.services.publications import publishing
from timing.services.publications.publishing import Order

LINK = re.compile(r'\s(?:href|src)="([^"]*)"')


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_words) -> None:
        """Say nothing."""


@pytest.fixture
def site(runner, house, tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr("timing.services.public.results.LEAF", 5)
    race.hold(house, race.race(), race.field(8, n2={"hidden": True}), race.times(range(1, 8)))
    publishing.publish(house, "mile", "five", Order("ref"))
    folder = tmp_path / "www" / "a" / "b"
    done = runner("export", "site", "mile", str(folder))
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    return folder


@pytest.fixture
def address(site):
    """The folder behind a plain file server, not at its root."""
    handler = partial(Quiet, directory=str(site.parents[1]))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/a/b/"
        server.shutdown()
        thread.join(10)


def test_every_link_leads_to_a_file_from_a_sub_path_of_any_server(address, site):
    waiting, seen = [address], {address}
    while waiting:
        here = waiting.pop()
        with urllib.request.urlopen(here, timeout=10) as page:  # noqa: S310 - loopback
            assert page.status == 200
            text = page.read().decode() if "html" in page.headers["Content-Type"] else ""
        for link in LINK.findall(text):
            there = urljoin(here, unescape(link)).partition("#")[0]
            if urlsplit(there).netloc == urlsplit(here).netloc and there not in seen:
                assert there.startswith(address), f"{here} leads out to {there}"
                seen.add(there)
                waiting.append(there)
    names = {urlsplit(each).path.removeprefix("/a/b/") for each in seen}
    assert {"mile/index.html", "mile/five/index.html", "mile/five/page-2/index.html"} <= names
    assert {"mile/bib/101/index.html", "mile/bib/108/index.html"} <= names
    assert len(names) > 20


def test_a_file_that_is_not_there_is_noticed_by_this_test(address):
    with pytest.raises(HTTPError):
        urllib.request.urlopen(f"{address}mile/nothing.html", timeout=10)  # noqa: S310


def test_pages_are_compressed_beforehand_and_say_the_same(site):
    page = site / "mile" / "five" / "index.html"
    plain = page.read_bytes()
    assert gzip.decompress(Path(f"{page}.gz").read_bytes()) == plain
    packed = Path(f"{page}.br").read_bytes()
    assert brotli.decompress(packed) == plain
    assert len(packed) < len(plain) / 2


def test_data_for_programs_is_there_too(site):
    event = json.loads((site / "api/v1/events/mile.json").read_bytes())
    assert event["slug"] == "mile"
    rows = (site / "api/v1/events/mile/results.csv").read_text().splitlines()
    assert len(rows) == 9
    assert (site / "mile" / "five.pdf").read_bytes().startswith(b"%PDF")


def test_nothing_is_in_the_folder_that_nobody_could_read_on_the_pages(site):
    words = b"".join(path.read_bytes() for path in site.rglob("*.html"))
    assert b"Bob \xc5\x81ukasz" in words  # runner 8 has the same name and shows it
    hidden = (site / "mile/bib/102/index.html").read_text()
    assert "Łukasz" not in hidden
    assert not [path for path in site.rglob("*") if "staff" in path.parts]
    assert b"<form" not in words


def test_a_later_export_takes_away_what_is_no_more_and_touches_nothing_else(site, runner, house):
    from timing.store import roster, setup

    (site / "mine.txt").write_text("keep")
    with house.store.write() as tx:
        number = setup.find_event(tx, "mile")
        roster.save_roster(tx, number, race.field(3))
        setup.touch(tx, number)
    assert runner("export", "site", "mile", str(site)).exit_code == 0
    assert (site / "mile/bib/103/index.html").exists()
    assert not (site / "mile/bib/104/index.html").exists()
    assert not (site / "mile/bib/104/index.html.gz").exists()
    assert (site / "mine.txt").read_text() == "keep"


def test_a_folder_of_something_else_is_refused(runner, house, tmp_path):
    race.hold(house, race.race(), race.field(2), race.times([1]))
    (tmp_path / "mile").mkdir()
    (tmp_path / "mile" / "photo.jpg").write_bytes(b"x")
    done = runner("export", "site", "mile", str(tmp_path))
    assert done.exit_code == 2
    assert "no export of ours" in done.stderr
    assert [each.name for each in (tmp_path / "mile").iterdir()] == ["photo.jpg"]


def test_a_hidden_event_is_not_written(runner, house, tmp_path):
    race.hold(house, race.race(public=False), race.field(2), race.times([1]))
    done = runner("export", "site", "mile", str(tmp_path / "out"))
    assert done.exit_code != 0
    assert not (tmp_path / "out").exists()


def test_an_address_makes_the_pictures_for_sharing_right(runner, house, tmp_path):
    race.hold(house, race.race(), race.field(2), race.times([1]))
    address = "https://results.example/2026"
    done = runner("export", "site", "mile", str(tmp_path / "out"), "--address", address)
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / "out/mile/bib/101/index.html").read_text()
    assert f'content="{address}/mile/bib/101/card.png"' in page
    assert (tmp_path / "out/mile/bib/101/card.png").read_bytes().startswith(b"\x89PNG")
    assert runner("export", "site", "mile", "x", "--address", "nonsense").exit_code == 2


def in_two_languages(house) -> None:
    race.hold(house, race.race(languages=("de", "it")), race.field(2), race.times([1]))


def test_without_a_word_every_language_of_the_event_is_written(runner, house, tmp_path):
    in_two_languages(house)
    done = runner("export", "site", "mile", str(tmp_path / "out"))
    assert done.exit_code == 0, done.stderr
    german = (tmp_path / "out/mile/five/index.html").read_text()
    italian = (tmp_path / "out/mile/five/lang-it/index.html").read_text()
    assert '<html lang="de">' in german
    assert '<html lang="it">' in italian
    assert 'href="lang-it/index.html" hreflang="it"' in german
    assert 'href="../index.html" hreflang="de"' in italian
    assert 'href="../../bib/101/lang-it/index.html"' in italian
    assert (tmp_path / "out/mile/five.pdf").read_bytes() != (
        tmp_path / "out/mile/five-lang-it.pdf"
    ).read_bytes()
    assert not list((tmp_path / "out").rglob("*lang-en*"))
    assert [path.name for path in (tmp_path / "out/mile").glob("five*.csv")] == [
        "five-round-final.csv"
    ]


def test_one_language_is_chosen_and_a_strange_one_is_refused(runner, house, tmp_path):
    in_two_languages(house)
    out = tmp_path / "out"
    assert runner("export", "site", "mile", str(out), "--lang", "it").exit_code == 0
    assert '<html lang="it">' in (out / "mile/five/index.html").read_text()
    assert not [path for path in out.rglob("*lang*") if "static" not in path.parts]
    done = runner("export", "site", "mile", str(out), "--lang", "fr")
    assert done.exit_code == 2
    assert "'fr' is no language of the event; expected one of de, it" in done.stderr


def test_who_waits_at_a_terminal_sees_how_far_it_is(runner, house, tmp_path, monkeypatch):
    in_two_languages(house)
    monkeypatch.setattr("timing.cli.export._somebody_waits", lambda: True)
    done = runner("export", "site", "mile", str(tmp_path / "out"))
    told = [line for line in done.stderr.replace("\r", "\n").splitlines() if line]
    assert told
    assert all(re.fullmatch(r"\d+ of \d+ files", line) for line in told)
    written, known = re.findall(r"\d+", told[-1])
    assert written == known
