"""Writers and a reader that really work at the same time; importable by processes of their own."""

from __future__ import annotations

from itertools import count
from multiprocessing.connection import Connection

from tests.store.races import gun, read
from timing.store.connect import Store, open_store
from timing.store.journal import Appended, append, load_journal

Told = list[tuple[str, int, int, str]]
"""What a station was told: (station, n, seq, outcome), in the order of the answers."""


def write_lines(store: Store, event: int, station: str, batches: int, size: int) -> Told:
    """Write batches of lines, each sent twice, as a station with a bad network does."""
    told: list[Appended] = []
    for batch in range(batches):
        first = batch * size + 1
        lines = [read(n, station=station) for n in range(first, first + size - 1)]
        for _ in range(2):
            with store.write() as tx:
                told += append(tx, event, lines, [gun(first + size - 1, station)])
    return [(line[0], line[1], seq, str(outcome)) for line, seq, outcome, _ in told]


def write_as_process(url: str, event: int, station: str, batches: int, size: int) -> Told:
    """The same, with a database connection of a process of its own."""
    store = open_store(url)
    try:
        return write_lines(store, event, station, batches, size)
    finally:
        store.close()


def follow(store: Store, event: int, total: int) -> list[tuple[str, int]]:
    """Read on behind the last seq until so many lines were seen; their identities in order.

    Raises AssertionError when the lines between two looks are not as many as the seqs.
    """
    seen: list[tuple[str, int]] = []
    cursor = 0
    while cursor < total:
        with store.read() as tx:
            journal = load_journal(tx, event, after=cursor)
        new = [line.id for line in (*journal.reads, *journal.rulings)]
        assert len(new) == journal.seq - cursor
        seen += new
        cursor = journal.seq
    return seen


def write_until_killed(url: str, event: int, station: str, told: Connection) -> None:
    """Write line after line and tell each number once its transaction is through."""
    store = open_store(url)
    for n in count(1):
        with store.write() as tx:
            append(tx, event, [read(n, station=station)])
        told.send(n)
