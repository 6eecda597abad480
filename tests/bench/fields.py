"""An open store beside the driver's own connection to the same tables, for benchmarks."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from time import process_time
from typing import Any

import psycopg

from tests.machines.postgres import PostgresServer
from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.core.setup.event import Event, TimingPoint
from timing.store import migrate
from timing.store.connect import Store, open_store
from timing.store.jotting import jot
from timing.store.journal import append, load_journal
from timing.store.lines import READ_COLUMNS, read_row
from timing.store.setup import save_event
from timing.store.stations import StationRow

GUN = 1_751_709_600_000_000
STATION = "q8Zk2vXw0pLr7TnY"
_databases = count(1)


class Disk:
    """One flush: what a database must do at the least before it may acknowledge anything.

    Eight kilobytes, a page of PostgreSQL's log, are written into a file of full length and flushed
    with fdatasync, as both engines do; SQLite writes three to five pages of four. A file that grows
    has to flush its new length too and would be the easier yardstick.
    """

    PAGE, LENGTH = 8192, 16 << 20

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b", buffering=0)
        self._file.write(bytes(self.LENGTH))
        os.fsync(self._file.fileno())
        self._file.seek(0)

    def flush(self) -> None:
        if self._file.tell() >= self.LENGTH:
            self._file.seek(0)
        self._file.write(bytes(self.PAGE))
        os.fdatasync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


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

    def jot(self, reads: list[Read]) -> None:
        """What a station waits for: the reads, and that it was heard."""
        now = Instant(GUN)
        heard = StationRow(self.ours, STATION, None, "", "finish", now, now, 0, None)
        jot(self.store, heard, reads, (), now)

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


def processor(work: Callable[[Any], object], batches: Sequence[Any]) -> float:
    """Seconds of this process's processor for all batches, not of the disk or of a server."""
    gc.collect()
    gc.freeze()  # the batches that wait are no work of a server
    try:
        started = process_time()
        for batch in batches:
            work(batch)
        return process_time() - started
    finally:
        gc.unfreeze()
