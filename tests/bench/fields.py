"""An open store beside the driver's own connection to the same tables, for benchmarks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tests.machines.postgres import PostgresServer
from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.core.setup.event import Event, TimingPoint
from timing.store import migrate
from timing.store.connect import Store, open_store
from timing.store.journal import append, load_journal
from timing.store.lines import READ_COLUMNS, read_row
from timing.store.setup import save_event

GUN = 1_751_709_600_000_000
STATION = "q8Zk2vXw0pLr7TnY"
_databases = count(1)


class Field:
    """An open store with an empty event, and the driver's own connection to the same tables.

    Both write under stations of their own, so that each finds the other's lines in the tables.
    """

    def __init__(self, store: Store, driver: Any) -> None:
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
    points = (TimingPoint(code="finish", name="Finish"),)
    return Event(slug=slug, name=slug, date="2025-07-05", points=points, waves=(), contests=())


@contextmanager
def sqlite_field(folder: Path) -> Iterator[Field]:
    url = f"sqlite:///{folder / 'timing.db'}"
    migrate.upgrade(url)
    driver = sqlite3.connect(folder / "timing.db", isolation_level=None)
    driver.execute("PRAGMA synchronous=FULL")
    with closing(driver), closing(open_store(url)) as store:
        yield Field(store, driver)


@contextmanager
def postgres_field(server: PostgresServer) -> Iterator[Field]:
    name = f"bench_{next(_databases)}"
    with psycopg.connect(server.conninfo(), autocommit=True) as office:
        office.execute(f"CREATE DATABASE {name}")
    migrate.upgrade(server.url(name))
    driver = psycopg.connect(server.conninfo(name))
    with closing(driver), closing(open_store(server.url(name))) as store:
        yield Field(store, driver)
