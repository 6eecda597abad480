"""The journal in the database: lines are appended in one order and read back, and that is all.

``seq`` is gap-free and ordered by commit (docs/adr/0010-one-counter-row.md), so that a reader who
asks for what came after the last seq it saw never misses a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import func, select

from timing.core.clock import Instant
from timing.core.journal.lines import Journal, LineId, Read, Ruling
from timing.core.refusal import Problem, Refusal
from timing.store import schema
from timing.store.connect import Tx
from timing.store.lines import (
    READ_COLUMNS,
    RULING_COLUMNS,
    Line,
    derived,
    read_row,
    ruling_of,
    ruling_row,
    runs,
    storable,
)
from timing.store.schema import table_of


class Outcome(StrEnum):
    """What became of a line that was sent. All three are safe on the disk after the commit."""

    NEW = "new"
    KNOWN = "known"
    CLASH = "clash"


class Appended(NamedTuple):
    """The receipt of a line.

    line: its identity as it was sent. kept: the identity under which it stands in the journal,
        another one only for a clash. seq: where it stands.
    """

    line: LineId
    seq: int
    outcome: Outcome
    kept: LineId


class UnknownEventError(Refusal):
    """There is no such event. Made with its slug, or with its number in the database."""

    def __init__(self, event: str | int) -> None:
        sentence = f"there is no event {event!r}; expected the last part of its web address"
        super().__init__(Problem("event-unknown", sentence))


class Stamp(NamedTuple):
    """What derived data stand for: the journal up to seq, and the setup after so many changes."""

    seq: int
    setup: int


_READ_FIELDS = ", ".join(Read._fields)
_RULING_FIELDS = "station, n, at, kind, data, reason, author"
_LOAD = "SELECT {fields} FROM {table} WHERE event_id = ? AND seq > ? AND seq <= ? ORDER BY seq"
_SAME = "SELECT seq, {fields} FROM {table} WHERE event_id = ? AND station = ? AND n BETWEEN ? AND ?"
_ANY = (
    "SELECT 1 FROM read WHERE event_id = ? AND station = ? AND n BETWEEN ? AND ? UNION ALL "
    "SELECT 1 FROM ruling WHERE event_id = ? AND station = ? AND n BETWEEN ? AND ? LIMIT 1"
)
_HEAD = "SELECT seq, setup FROM journal WHERE event_id = ?"
_MOVE = "UPDATE journal SET seq = ? WHERE event_id = ?"


def append(
    tx: Tx,
    event: int,
    reads: Sequence[Read],
    rulings: Sequence[Ruling] = (),
    *,
    arrived: Instant | None = None,
) -> list[Appended]:
    """Write lines down, first the reads, then the rulings, and give a receipt for each.

    A line that is there already changes nothing. A line with the identity of another one is kept
    under an identity of its own (``lines.derived``). arrived: when the server got the lines.

    Raises UnknownEventError and MalformedLineError; nothing is written then.
    """
    sent: list[Line] = [*reads, *rulings]
    lines = [storable(line) for line in sent]
    return _Desk(tx, event).append(lines, arrived) if lines else []


def load_journal(tx: Tx, event: int, after: int = 0) -> Journal:
    """Give the lines after a seq (0: all); the journal's seq is that of the last line there is.

    Raises UnknownEventError.
    """
    desk = _Desk(tx, event, lock=False)
    span = (event, after, desk.seq)
    rows = desk.rows(_LOAD.format(fields=_READ_FIELDS, table="read"), span)
    reads = tuple(map(Read._make, rows))
    rows = desk.rows(_LOAD.format(fields=_RULING_FIELDS, table="ruling"), span)
    return Journal(reads, tuple(map(ruling_of, rows)), desk.seq)


def head(tx: Tx, event: int) -> Stamp:
    """How far the journal and the setup of an event are now. Raises UnknownEventError."""
    desk = _Desk(tx, event, lock=False)
    return Stamp(desk.seq, desk.setup)


class Numbered(NamedTuple):
    """How many lines of a station there are, and the highest number among them.

    Lines that clash with another one have no number of their own and are not counted.
    """

    lines: int
    highest: int


def numbered(tx: Tx, event: int, station: str) -> Numbered:
    """Count the lines of a station; those between them that are missing are on their way."""
    counts = [
        tx.execute(
            select(func.count(), func.max(table.c.n)).where(
                table.c.event_id == event, table.c.station == station, table.c.n > 0
            )
        ).one()
        for table in (table_of(schema.Read), table_of(schema.Ruling))
    ]
    return Numbered(sum(lines for lines, _ in counts), max(top or 0 for _, top in counts))


def lock_head(tx: Tx, event: int) -> Stamp:
    """The same, and nobody else appends or changes the setup until this transaction ends."""
    desk = _Desk(tx, event)
    return Stamp(desk.seq, desk.setup)


class _Desk:
    """The journal of one event in one transaction, spoken to in the driver's own words.

    The driver is called directly because a line must cost little more than the flush to the disk.
    """

    def __init__(self, tx: Tx, event: int, *, lock: bool = True) -> None:
        self._cursor: Any = tx.connection.cursor()
        self._postgres = tx.dialect.name == "postgresql"
        self._event = event
        # On SQLite whoever writes has locked the whole database already.
        head = self.rows(_HEAD + " FOR UPDATE" * (lock and self._postgres), (event,))
        row = next(iter(head), None)
        if row is None:
            raise UnknownEventError(event)
        self.seq, self.setup = row

    def rows(self, statement: str, values: Sequence[Any]) -> Any:
        """Rows as the driver reads them; they must be used up before the next statement."""
        self._cursor.execute(self._worded(statement), values)
        return self._cursor

    def append(self, lines: Sequence[Line], arrived: Instant | None) -> list[Appended]:
        known = self._known(lines)
        fresh: list[tuple[int, Line]] = []
        receipts = []
        for line in lines:
            kept, outcome = self._place(line, known)
            if kept.id not in known:
                self.seq += 1
                known[kept.id] = (self.seq, kept)
                fresh.append((self.seq, kept))
            receipts.append(Appended(line.id, known[kept.id][0], outcome, kept.id))
        if fresh:
            self._insert(fresh, arrived)
            self.rows(_MOVE, (self.seq, self._event))
        return receipts

    def _place(self, line: Line, known: dict[LineId, tuple[int, Line]]) -> tuple[Line, Outcome]:
        there = known.get(line.id)
        if there is None:
            return line, Outcome.NEW
        if there[1] == line:
            return line, Outcome.KNOWN
        for attempt in count(1):
            other = line._replace(n=derived(line.n, attempt))
            known.update(self._known([other]))
            if known.get(other.id, (0, other))[1] == other:
                return other, Outcome.CLASH
        raise AssertionError  # pragma: no cover - counting does not end

    def _known(self, lines: Sequence[Line]) -> dict[LineId, tuple[int, Line]]:
        """Those of the identities (and perhaps some more) that are in the journal."""
        numbers: dict[str, list[int]] = {}
        for line in lines:
            numbers.setdefault(line.station, []).append(line.n)
        known: dict[LineId, tuple[int, Line]] = {}
        for station, mine in numbers.items():
            for first, last in runs(mine):
                known |= self._between((self._event, station, first, last))
        return known

    def _between(self, span: tuple[int, str, int, int]) -> dict[LineId, tuple[int, Line]]:
        if not list(self.rows(_ANY, (*span, *span))):
            return {}
        lines: list[tuple[int, Line]] = [
            (seq, Read._make(values))
            for seq, *values in self.rows(_SAME.format(fields=_READ_FIELDS, table="read"), span)
        ]
        lines += [
            (seq, ruling_of(values))
            for seq, *values in self.rows(_SAME.format(fields=_RULING_FIELDS, table="ruling"), span)
        ]
        return {line.id: (seq, line) for seq, line in lines}

    def _insert(self, fresh: Sequence[tuple[int, Line]], arrived: Instant | None) -> None:
        reads, rulings = [], []
        for seq, line in fresh:
            if isinstance(line, Read):
                reads.append(read_row(self._event, seq, line, arrived))
            else:
                rulings.append(ruling_row(self._event, seq, line, arrived))
        self._write("read", READ_COLUMNS, reads)
        self._write("ruling", RULING_COLUMNS, rulings)

    def _write(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        named = f"{table} ({', '.join(columns)})"
        marks = ", ".join("?" * len(columns))
        insert = self._worded(f"INSERT INTO {named} VALUES ({marks})")
        if len(rows) == 1:
            self._cursor.execute(insert, rows[0])
        elif not self._postgres:
            self._cursor.executemany(insert, rows)
        elif rows:
            with self._cursor.copy(f"COPY {named} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

    def _worded(self, statement: str) -> str:
        return statement.replace("?", "%s") if self._postgres else statement
