"""The lines of timing boxes, verbatim, also those that could not be read. Append-only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import func, select

from timing.core.clock import Instant
from timing.store import schema
from timing.store.connect import Tx
from timing.store.journal import lock_head
from timing.store.lines import derived, runs
from timing.store.schema import table_of

RAW = table_of(schema.RawLine)
_COLUMNS = "event_id, station, position, content, n, problem, arrived"


class RawLine(NamedTuple):
    """One line as it came.

    position: where it stands in its source, so that a reader can go on behind the last one.
    n: the number of the read that was made of it, or None; problem: why there is none.
    """

    position: int
    content: bytes
    n: int | None = None
    problem: str = ""


def keep_lines(
    tx: Tx, event: int, station: str, lines: Sequence[RawLine], arrived: Instant | None = None
) -> int:
    """Keep lines; one that is there already changes nothing. Returns how many were new.

    Another content at a known position is kept too, under a negative position.
    Raises UnknownEventError.
    """
    lock_head(tx, event)
    known = {line.position: line for line in _around(tx, event, station, lines)}
    fresh = []
    for line in lines:
        position = _free_position(line, known)
        if position not in known:
            known[position] = line
            fresh.append(line._replace(position=position))
    if fresh:
        _insert(tx, [(event, station, *line, arrived) for line in fresh])
    return len(fresh)


def _insert(tx: Tx, rows: list[tuple[Any, ...]]) -> None:
    """Write rows in the driver's own words: a station waits for this, as for the journal."""
    cursor: Any = tx.connection.cursor()
    if tx.dialect.name == "postgresql":
        with cursor.copy(f"COPY raw_line ({_COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(rows[0]))
        cursor.executemany(f"INSERT INTO raw_line ({_COLUMNS}) VALUES ({marks})", rows)


def last_position(tx: Tx, event: int, station: str) -> int | None:
    """Where the last line of a station stands in its source; None before the first."""
    own = (RAW.c.event_id == event) & (RAW.c.station == station)
    last: int | None = tx.scalar(select(func.max(RAW.c.position)).where(own))
    return last


def list_lines(tx: Tx, event: int, station: str, *, only_problems: bool = False) -> list[RawLine]:
    """The lines of a station in the order of their source."""
    query = select(*(RAW.c[name] for name in RawLine._fields)).order_by(RAW.c.position)
    query = query.where(RAW.c.event_id == event, RAW.c.station == station)
    if only_problems:
        query = query.where(RAW.c.problem != "")
    return list(map(RawLine._make, tx.execute(query)))


def _free_position(line: RawLine, known: dict[int, RawLine]) -> int:
    """The position of a line, or that of its like, or a derived one that is free."""
    if known.get(line.position, line).content == line.content:
        return line.position
    tries = (derived(line.position, attempt) for attempt in count(1))
    return next(p for p in tries if known.get(p, line).content == line.content)


def _around(tx: Tx, event: int, station: str, lines: Sequence[RawLine]) -> list[RawLine]:
    """What is there at the positions of these lines, and derived from them."""
    found: list[RawLine] = []
    own = (RAW.c.event_id == event) & (RAW.c.station == station)
    columns = [RAW.c[name] for name in RawLine._fields]
    for first, last in runs(line.position for line in lines):
        for low, high in ((first, last), (derived(last + 1, 0) + 1, derived(first, 0))):
            query = select(*columns).where(own, RAW.c.position.between(low, high))
            found += map(RawLine._make, tx.execute(query))
    return found
