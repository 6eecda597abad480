"""The store beside the plain driver on the same tables: loading, batches, one acknowledged line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time

import psycopg
import pytest

from tests.bench.conftest import Row
from tests.machines import postgres
from tests.machines.required import missing
from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.core.setup.event import Event
from timing.store import migrate
from timing.store.connect import Store, open_store
from timing.store.journal import append, load_journal
from timing.store.lines import READ_COLUMNS, read_row
from timing.store.setup import save_event

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
GUN = 1_751_709_600_000_000
STATION = "q8Zk2vXw0pLr7TnY"
_databases = count(1)


class Field:
    """An open store with an empty event, and the driver's own connection to the same tables.

    Both write under stations of their own, so that each finds the other's lines in the tables.
    """

    def __init__(self, store: Store, driver) -> None:
        self.store, self.driver = store, driver
        self.numbers = count(1)
        self.mark = "?" if store.dialect == "sqlite" else "%s"
        with store.write() as tx:
            self.ours = save_event(tx, _event("ours"))
            self.theirs = save_event(tx, _event("theirs"))

    def reads(self, size: int) -> list[Read]:
        numbers = [next(self.numbers) for _ in range(size)]
        return [
            Read(STATION, n, "finish", str(n % 10_000), None, Instant(GUN + n * 1000), "chip")
            for n in numbers
        ]

    def append(self, reads: list[Read]) -> None:
        with self.store.write() as tx:
            append(tx, self.ours, reads)

    def insert(self, reads: list[Read]) -> None:
        """What the driver does with the same lines: one transaction, one executemany."""
        names, marks = ", ".join(READ_COLUMNS), ", ".join([self.mark] * len(READ_COLUMNS))
        rows = [read_row(self.theirs, read.n, read, None) for read in reads]
        cursor = self.driver.cursor()
        if self.store.dialect == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany(f"INSERT INTO read ({names}) VALUES ({marks})", rows)
        self.driver.commit()

    def load(self) -> int:
        with self.store.read() as tx:
            return len(load_journal(tx, self.ours).reads)

    def select(self) -> int:
        names = ", ".join(Read._fields)
        cursor = self.driver.cursor()
        cursor.execute(
            f"SELECT {names} FROM read WHERE event_id = {self.mark} ORDER BY seq", (self.ours,)
        )
        found = len(cursor.fetchall())
        self.driver.commit()
        return found


def _event(slug: str) -> Event:
    return Event(slug=slug, name=slug, date="2025-07-05", points=(), waves=(), contests=())


@pytest.fixture(scope="module")
def server(run_folder: Path):
    """A PostgreSQL that flushes to the disk; that of the tests does not."""
    binaries = postgres.find_binaries()
    if binaries is None:
        missing("postgres", postgres.INSTALL)
    started = postgres.start_server(run_folder / "flushing", binaries)
    yield started
    postgres.stop_server(started)


@pytest.fixture(params=["sqlite", "postgres"])
def field(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Field]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'timing.db'}"
        migrate.upgrade(url)
        driver = sqlite3.connect(tmp_path / "timing.db", isolation_level=None)
        driver.execute("PRAGMA synchronous=FULL")
    else:
        server, name = request.getfixturevalue("server"), f"bench_{next(_databases)}"
        with psycopg.connect(server.conninfo(), autocommit=True) as office:
            office.execute(f"CREATE DATABASE {name}")
        migrate.upgrade(server.url(name))
        url, driver = server.url(name), psycopg.connect(server.conninfo(name))
    store = open_store(url)
    with closing(driver), closing(store):
        yield Field(store, driver)


def test_loading_for_the_fold(bench, field):
    for _ in range(50):
        field.append(field.reads(1000))
    assert field.load() == field.select() == 50_000
    bench.compare(
        f"load 50,000 reads ({field.store.dialect})", field.load, "driver, fetchall", field.select,
        at_most=1.75, runs=9,
    )  # fmt: skip


@pytest.mark.parametrize("size", [100, 1000])
def test_a_batch_of_new_lines_on_the_disk(bench, field, size):
    runs = 31
    ours = iter([field.reads(size) for _ in range(runs)])
    theirs = iter([field.reads(size) for _ in range(runs)])
    bench.compare(
        f"append {size} reads ({field.store.dialect})", lambda: field.append(next(ours)),
        "driver, executemany", lambda: field.insert(next(theirs)),
        at_most=2.0, runs=runs,
    )  # fmt: skip


def test_one_acknowledged_read(bench, field, tmp_path):
    """Each is on the disk before the next is sent.

    On PostgreSQL the driver's own insert is the yardstick, because every statement is a message to
    another process there: three for the insert, seven for a line that is known only once.
    """
    runs, row = 15, 20
    ours = iter([field.reads(1) for _ in range((runs + 1) * row)])
    theirs = iter([field.reads(1) for _ in range(runs * row)])

    def acknowledge() -> None:
        for _ in range(row):
            field.append(next(ours))

    with (tmp_path / "log").open("ab") as log:

        def flush() -> None:
            for _ in range(row):
                log.write(bytes(4096))
                log.flush()
                os.fdatasync(log.fileno())

        def insert() -> None:
            for _ in range(row):
                field.insert(next(theirs))

        acknowledge()
        name = f"20 reads acknowledged one by one ({field.store.dialect})"
        if field.store.dialect == "sqlite":
            yardstick, work, goal = "20 flushes of 4 KiB", flush, 1.5
        else:
            yardstick, work, goal = "driver, 20 inserts", insert, 3.0
        bench.compare(name, acknowledge, yardstick, work, at_most=goal, runs=runs)


def test_fifteen_thousand_reads_a_second_take_a_quarter_of_a_core(bench, field):
    """In batches as twenty stations make them; the time of this processor, not of the disk."""
    spent = []
    for _ in range(5):
        batches = [field.reads(250) for _ in range(60)]
        started = process_time()
        for batch in batches:
            field.append(batch)
        spent.append(process_time() - started)
    name = f"processor for 15,000 reads in batches of 250 ({field.store.dialect})"
    bench._rows.append(Row(name, median(spent), "", 0.0, "at most 250 ms"))
    assert median(spent) <= 0.25
