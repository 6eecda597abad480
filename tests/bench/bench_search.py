"""A name among 50,000, and a page of their list: what a reader waits for.

The yardstick is a plain scan that folds nothing and looks into every name.
"""

from __future__ import annotations

import base64
import statistics
from random import Random
from time import perf_counter

import pytest

from tests.bench.web_servers import ahead_of_others
from tests.web import race
from timing.app import create_app, tune
from timing.core.telling import listing
from timing.services.public import field, runners
from timing.services.public.field import Names
from timing.settings import load_settings
from timing.store.folding import fold_text
from timing.store.migrate import upgrade
from timing.web.api import filling

COUNT, QUERIES = 50_000, 200
FIELDS = (10_000, COUNT)
FIRST = ("Åse", "Bob", "Zoë", "Carla", "Dan", "Eva", "Jürgen", "Łucja", "Nuño", "İsmail")
PARTS = ("berg", "dal", "ström", "søn", "ski", "wicz", "ová", "ez", "ini", "mann")


def people(lot):
    """So many invented names, about a tenth of them shared."""
    return [
        f"{lot.choice(FIRST)} {lot.choice('ABCDEFGHIJKLMNOPRSTUVZ')}{lot.choice('aeiou')}"
        f"{lot.choice('lmnrst')}{lot.choice(PARTS)}{lot.choice(PARTS)}"
        for _ in range(COUNT)
    ]


@pytest.fixture(scope="module")
def names():
    return people(Random(6))


@pytest.fixture(scope="module")
def queries(names):
    """Beginnings of names as they are typed, without accents: one letter or many."""
    lot = Random(7)
    asked = []
    for _ in range(QUERIES):
        first, last = fold_text(lot.choice(names)).split()
        text = lot.choice((last, f"{first} {last}", f"{last} {first}"))
        asked.append(text[: lot.randint(1, len(text))])
    return asked


@pytest.fixture(scope="module", params=FIELDS)
def count(request):
    return request.param


@pytest.fixture(scope="module")
def big(names, count, tmp_path_factory):
    """The application with so many finishers on SQLite; no page is kept for a second."""
    folder = tmp_path_factory.mktemp("big")
    url = f"sqlite:///{folder / 'big.db'}"
    upgrade(url)
    tune()
    words = {"TIMING_DATABASE_URL": url, "TIMING_SECRET_KEY": "x" * 20, "HOME": str(folder)}
    app = create_app(load_settings(words))
    house = app.extensions["house"]
    special = {f"n{n}": {"name": name} for n, name in enumerate(names[:count], 1)}
    race.hold(house, race.race("big"), race.field(count, **special),
              race.times(range(1, count + 1)))  # fmt: skip
    yield app
    house.store.close()


def p95(client, addresses):
    """The time below which nineteen of twenty answers stay."""
    taken = []
    with ahead_of_others():
        for address in addresses:
            began = perf_counter()
            assert client.get(address).status_code == 200
            taken.append(perf_counter() - began)
    return statistics.quantiles(taken, n=20)[-1]


def test_a_name_is_found_faster_than_by_looking_into_every_one(bench, names, queries):
    entries = [race.entry(n, name=name) for n, name in enumerate(names, 1)]
    index = Names(entries)
    folded = [(fold_text(name), entry.id) for name, entry in zip(names, entries, strict=True)]

    def scan(text):
        words = [f" {word}" for word in text.split()]
        return sorted((n, i) for n, i in folded if all(word in n for word in words))[:50]

    for text in queries[:40]:
        assert index.find(text, 50) == [number for _, number in scan(text)]
    few = queries[:20]
    bench.compare(
        "20 searches of 50,000 names", lambda: [index.find(text, 50) for text in few],
        "plain scan", lambda: [scan(text) for text in few], at_most=0.5,
    )  # fmt: skip


API = "/api/v1/events/big"


def test_search_and_leaves_answer_within_50_milliseconds(bench, big, count, queries):
    client = big.test_client()
    client.get("/big/five")
    client.get("/big/find?q=a")
    leaves, few = range(1, count // 200 + 1, max(1, count // 12_800)), queries[:60]
    cursors = [cursor(after) for after in range(0, count, max(200, count // 60))]
    for name, addresses in (
        ("search, event", [f"/big/find?q={text}" for text in queries]),
        ("search, list", [f"/big/five?q={text}" for text in few]),
        ("leaf of 200 rows", [f"/big/five?page={number}" for number in leaves]),
        ("runner's page", [f"/big/bib/{100 + n}" for n in range(1, count, count // 50)]),
        ("API, part of 200 rows", [f"{API}/contests/five/standings?cursor={c}" for c in cursors]),
        ("API, search", [f"{API}/contests/five/standings?q={text}" for text in few]),
        ("API, part of the entries", [f"{API}/entries?limit=200"] * 30),
    ):
        taken = p95(client, addresses)
        bench.holds(f"{count:,} finishers, p95: {name}", taken, limit=0.05)


def cursor(after):
    return base64.urlsafe_b64encode(f"five/final/{after}".encode()).decode().rstrip("=")


def test_nothing_prints_the_whole_field_to_show_a_page(big, count, monkeypatch):
    printed = []
    whole = listing.line_of

    def counted(contest, row):
        printed.append(row)
        return whole(contest, row)

    for room in (field, runners, filling):
        monkeypatch.setattr(room, "line_of", counted)
    client = big.test_client()
    for address in ("/big", "/big/five?page=7", "/big/find?q=a", "/big/five?q=ka", "/big/bib/777",
                    f"{API}/contests/five/standings?limit=200", f"{API}/runners/777"):  # fmt: skip
        printed.clear()
        assert client.get(address).status_code == 200
        assert len(printed) <= 200, address
