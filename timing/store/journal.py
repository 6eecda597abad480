"""The journal in the database: lines are appended in one order and read back, and that is all.

``seq`` is gap-free and ordered by commit (docs/adr/0010-one-counter-row.md), so that a reader who
asks for what came after the last seq it saw never misses a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from itertools import count
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import func, select

from timing.core.clock import Instant
from timing.core.fold.collector import collector_paused
from timing.core.journal.lines import Journal, LineId, Read, Ruling
from timing.core.refusal import Problem, Refusal
from timing.store import schema
from timing.store.connect import Tx
from timing.store.hand import Hand
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


_Span: TypeAlias = tuple[int, str, int, int]
_Known: TypeAlias = dict[LineId, tuple[int, Line]]


class Stamp(NamedTuple):
    """What derived data stand for: the journal up to seq, and the setup after so many changes."""

    seq: int
    setup: int


_read = partial(tuple.__new__, Read)
"""What ``Read._make`` does, without counting the fields of each row."""
_READ_FIELDS = ", ".join(Read._fields)
_RULING_FIELDS = "station, n, at, kind, data, reason, author"
_LOAD = "SELECT {fields} FROM {table} WHERE event_id = ? AND seq > ? AND seq <= ? ORDER BY seq"
_SAME = "SELECT seq, {fields} FROM {table} WHERE event_id = ? AND station = ? AND n BETWEEN ? AND ?"
_SAME_READS = _SAME.format(fields=_READ_FIELDS, table="read")
_SAME_RULINGS = _SAME.format(fields=_RULING_FIELDS, table="ruling")
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
    return Addition(Hand(tx), event, [*reads, *rulings]).write(arrived)


def load_journal(tx: Tx, event: int, after: int = 0) -> Journal:
    """Give the lines after a seq (0: all); the journal's seq is that of the last line there is.

    Raises UnknownEventError.
    """
    hand = Hand(tx)
    span = (event, after, _Head(hand, event, lock=False).stamp().seq)
    with collector_paused():  # a large race has millions of reads, none of which is rubbish
        reads = tuple(map(_read, hand.ask(_LOAD.format(fields=_READ_FIELDS, table="read"), span)))
    rows = hand.ask(_LOAD.format(fields=_RULING_FIELDS, table="ruling"), span)
    return Journal(reads, tuple(map(ruling_of, rows)), span[2])


def head(tx: Tx, event: int) -> Stamp:
    """How far the journal and the setup of an event are now. Raises UnknownEventError."""
    return _Head(Hand(tx), event, lock=False).stamp()


def newest(tx: Tx) -> dict[str, Instant]:
    """When the last line of each event came, by its slug; only where somebody noted it."""
    event, head, read, ruling = map(
        table_of, (schema.Event, schema.JournalHead, schema.Read, schema.Ruling)
    )
    last = (
        select(event.c.slug, func.coalesce(read.c.arrived, ruling.c.arrived))
        .join(head, head.c.event_id == event.c.id)
        .outerjoin(read, (read.c.event_id == event.c.id) & (read.c.seq == head.c.seq))
        .outerjoin(ruling, (ruling.c.event_id == event.c.id) & (ruling.c.seq == head.c.seq))
    )
    return {slug: Instant(at) for slug, at in tx.execute(last) if at is not None}


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
    return _Head(Hand(tx), event, lock=True).stamp()


class _Head:
    """The counter row of an event, asked for at once and looked at when it is needed."""

    def __init__(self, hand: Hand, event: int, *, lock: bool) -> None:
        self._event = event
        # On SQLite whoever writes has locked the whole database already.
        self._answer = hand.ask(_HEAD + " FOR UPDATE" * (lock and hand.postgres), (event,))

    def stamp(self) -> Stamp:
        row = next(iter(self._answer), None)
        if row is None:
            raise UnknownEventError(self._event)
        return Stamp(*row)


class Addition:
    """Lines on their way into the journal: first everything is asked, then everything is told.

    So the answers to this and to other questions of the transaction can travel together.
    """

    def __init__(self, hand: Hand, event: int, sent: Sequence[Line]) -> None:
        """Lock the journal and ask which lines are there. Raises MalformedLineError."""
        self._hand, self._event = hand, event
        self._lines = [storable(line) for line in sent]
        self._head = _Head(hand, event, lock=True)
        self._asked = self._ask(self._lines)

    def write(self, arrived: Instant | None) -> list[Appended]:
        """Write down what is new. Raises UnknownEventError."""
        seq = self._head.stamp().seq
        known = self._known(self._asked)
        fresh: list[Line] = []
        receipts: list[Appended] = []
        for line in self._lines:
            kept, outcome = self._place(line, known)
            key = kept.id
            if outcome is Outcome.NEW or key not in known:
                fresh.append(kept)
                known[key] = (seq + len(fresh), kept)
            receipts.append(Appended(line.id, known[key][0], outcome, key))
        if fresh:
            write_down(self._hand, self._event, seq, fresh, arrived)
        return receipts

    def _place(self, line: Line, known: _Known) -> tuple[Line, Outcome]:
        there = known.get(line.id)
        if there is None:
            return line, Outcome.NEW
        if there[1] == line:
            return line, Outcome.KNOWN
        for attempt in count(1):
            other = line._replace(n=derived(line.n, attempt))
            known.update(self._known(self._ask([other])))
            if known.get(other.id, (0, other))[1] == other:
                return other, Outcome.CLASH
        raise AssertionError  # pragma: no cover - counting does not end

    def _ask(self, lines: Sequence[Line]) -> list[tuple[_Span, Any]]:
        """Ask whether anything stands where these lines belong, or between them."""
        numbers: dict[str, list[int]] = {}
        for line in lines:
            numbers.setdefault(line.station, []).append(line.n)
        spans = [
            (self._event, station, first, last)
            for station, mine in numbers.items()
            for first, last in runs(mine)
        ]
        return [(span, self._hand.ask(_ANY, (*span, *span))) for span in spans]

    def _known(self, asked: Sequence[tuple[_Span, Any]]) -> _Known:
        """Those of the identities (and perhaps some more) that are in the journal."""
        known: _Known = {}
        for span in [span for span, answer in asked if list(answer)]:
            lines: list[tuple[int, Line]] = [
                (seq, Read._make(values)) for seq, *values in self._hand.ask(_SAME_READS, span)
            ]
            lines += [
                (seq, ruling_of(values)) for seq, *values in self._hand.ask(_SAME_RULINGS, span)
            ]
            known |= {line.id: (seq, line) for seq, line in lines}
        return known


def write_down(
    hand: Hand, event: int, last: int, lines: Sequence[Line], arrived: Instant | None
) -> None:
    """Insert lines that are storable and new behind the last seq, and move the counter.

    Whoever calls this has the journal locked and knows that their identities are free.
    """
    reads, rulings = [], []
    for seq, line in enumerate(lines, last + 1):
        if isinstance(line, Read):
            reads.append(read_row(event, seq, line, arrived))
        else:
            rulings.append(ruling_row(event, seq, line, arrived))
    hand.fill("read", READ_COLUMNS, reads)
    hand.fill("ruling", RULING_COLUMNS, rulings)
    if lines:
        hand.tell(_MOVE, (last + len(lines), event))
