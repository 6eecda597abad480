"""SQLite's short way: the statements of a transaction in the driver's own words, and no others."""

from __future__ import annotations

import msgspec

from timing.store.lines import READ_COLUMNS
from timing.store.note import Note
from timing.store.raw_lines import COLUMNS
from timing.store.readers import GO_ON
from timing.store.seats import Seat
from timing.store.stations import HEAR

# Reads and lines need no question: their keys, and the guards before them, refuse what is there.
_LOOK = """
SELECT seq, EXISTS (SELECT 1 FROM ruling WHERE event_id = ?1 AND station = ?2 AND n >= ?3)
FROM journal WHERE event_id = ?1
"""


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


_READS, _LINES = _insert("read", READ_COLUMNS), _insert("raw_line", COLUMNS)
_MOVE = "UPDATE journal SET seq = ? WHERE event_id = ?"


def write(seat: Seat, note: Note) -> int | None:
    """Write a note down and give the last seq before it; None if it has to be the long way.

    Raises what the driver raises where a read or a line is there already.
    """
    cursor = seat.connection.cursor()
    run = cursor.execute
    event, station, arrived = note.heard.event_id, note.heard.id, note.arrived
    run("BEGIN IMMEDIATE")
    found = run(_LOOK, (event, station, min(read.n for read in note.reads))).fetchone()
    if found is None or found[1]:
        run("ROLLBACK")
        return None
    seq: int = found[0]
    reads = [(event, at, *read, arrived) for at, read in enumerate(note.reads, seq + 1)]
    cursor.executemany(_READS, reads)
    cursor.executemany(_LINES, [(event, station, *line, arrived) for line in note.raw])
    run(HEAR, note.heard)
    if note.goes_on:
        run(GO_ON["sqlite"], (msgspec.json.encode(note.goes_on).decode(), event, station))
    run(_MOVE, (seq + len(reads), event))
    run("COMMIT")
    return seq
