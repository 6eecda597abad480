"""A name among 50,000, and a page of their list: what a reader waits for.

The yardstick is a plain scan that folds nothing and looks into every name.
"""

from __future__ import annotations

import statistics
from random import Random
from time import perf_counter

import pytest

from tests.web import race
from timing.app import create_app
from timing.services.public.field import Names
from timing.settings import Settings
from timing.store.folding import fold_text
from timing.store.migrate import upgrade

COUNT, QUERIES = 50_000, 200
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


@pytest.fixture(scope="module")
def big(names, tmp_path_factory):
    """The application with 50,000 finishers on SQLite."""
    folder = tmp_path_factory.mktemp("big")
    url = f"sqlite:///{folder / 'big.db'}"
    upgrade(url)
    app = create_app(Settings(data_dir=str(folder), database_url=url, secret_key="x" * 20,
                              host="127.0.0.1", port=0))  # fmt: skip
    house = app.extensions["house"]
    special = {f"n{n}": {"name": name} for n, name in enumerate(names, 1)}
    race.hold(house, race.race("big"), race.field(COUNT, **special),
              race.times(range(1, COUNT + 1)))  # fmt: skip
    yield app
    house.store.close()


def p95(client, addresses):
    """The time below which nineteen of twenty answers stay."""
    taken = []
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


def test_search_and_leaves_of_50000_answer_within_50_milliseconds(bench, big, queries):
    client = big.test_client()
    client.get("/big/five")
    client.get("/big/find?q=a")
    leaves = [f"/big/five?page={number}" for number in range(1, 251, 4)]
    inside = [f"/big/five?q={text}" for text in queries[:60]]
    for name, addresses in (
        ("p95 of a search, event", [f"/big/find?q={text}" for text in queries]),
        ("p95 of a search, list", inside),
        ("p95 of a leaf of 200 rows", leaves),
        ("p95 of a runner's page", [f"/big/bib/{100 + n}" for n in range(1, COUNT, 997)]),
    ):
        bench.holds(name, p95(client, addresses), limit=0.05)
