"""A reader process to be killed: ``python -m … PORT DATABASE`` listens for MYLAPS."""

from __future__ import annotations

import sqlite3
import sys
import threading

from tests.readers.emulators.reads import SETUP
from timing.core.clock import Instant
from timing.readers.connection import listen_on
from timing.readers.delivery import Batch, Host
from timing.readers.formats import FORMATS

_TABLE = "CREATE TABLE IF NOT EXISTS sighting (key TEXT PRIMARY KEY, line TEXT, at INTEGER)"


class Database:
    """Durable means: the transaction is on the disk."""

    def __init__(self, path: str) -> None:
        self._database = sqlite3.connect(path)
        self._database.execute(_TABLE)

    def position(self) -> dict[str, int]:
        return {}

    def commit(self, batch: Batch) -> None:
        rows = [(each.key, each.line, each.at) for each in batch.sightings]
        with self._database:
            self._database.executemany("INSERT OR IGNORE INTO sighting VALUES (?, ?, ?)", rows)


def main(port: str, path: str) -> None:
    host = Host(lambda: Instant(0), threading.Event(), print)
    sink = Database(path)
    listen_on(("127.0.0.1", int(port)), lambda _: FORMATS["mylaps"].make(SETUP), sink, host)


if __name__ == "__main__":
    main(*sys.argv[1:])
