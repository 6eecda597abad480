"""Timing boxes as rows: what each is, where to go on, and what of theirs is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError as NoRoom

from timing.core.clock import Instant
from timing.core.journal.lines import LineId
from timing.store import schema
from timing.store.connect import Tx
from timing.store.hand import Hand
from timing.store.raw_lines import RawLine
from timing.store.schema import table_of

_READER, _READ = table_of(schema.Reader), table_of(schema.Read)
_RAW = table_of(schema.RawLine)
_UNDER = func.coalesce(_RAW.c.line_station, _RAW.c.station)
"""The station of the line of the journal that was made of a line."""
GO_ON = {
    "sqlite": "UPDATE reader SET position = json_patch(position, ?) "
    "WHERE event_id = ? AND station = ?",
    "postgresql": "UPDATE reader SET position = (position::jsonb || ?::jsonb)::json "
    "WHERE event_id = ? AND station = ?",
}
"""Where a reader is to go on, by engine: what is named is replaced, the rest stays."""
_SAID = (
    "SELECT digest FROM raw_line WHERE event_id = ? AND station = ? AND position > ? "
    "AND digest IS NOT NULL"
)
_TOPS = (
    "(SELECT max(n) FROM read WHERE event_id = ? AND station = ? AND n > 0), "
    "(SELECT max(n) FROM ruling WHERE event_id = ? AND station = ? AND n > 0)"
)
_STANDING = (
    f"SELECT (SELECT max(position) FROM raw_line WHERE event_id = ? AND station = ?), {_TOPS}"
)


class Standing(NamedTuple):
    """How far a reader has come: highest position of a raw line, highest number of a line."""

    line: int
    n: int


_NOWHERE = Standing(0, 0)


@dataclass(slots=True)
class Said:
    """What a reader has said, as this process knows it, and how far it has come with that.

    The lines of a reader are counted without a gap. Whoever has seen them up to ``standing`` has
    missed nothing as long as the next position is free, so that no index over all that was ever
    said must be kept in order on the disk (docs/adr/0015-said-once.md).
    """

    standing: Standing = _NOWHERE
    digests: set[bytes] = field(default_factory=set)

    def catch_up(self, tx: Tx, event: int, station: str) -> None:
        """Read on to the end. The journal is to be locked before if somebody is to write."""
        there = standing(tx, event, station)
        if there.line < self.standing.line:  # another database was put in the place of this one
            self.standing, self.digests = _NOWHERE, set()
        if there.line > self.standing.line:
            found = Hand(tx).ask(_SAID, (event, station, self.standing.line), anew=True)
            self.digests.update(bytes(digest) for (digest,) in found)
        self.standing = there

    def add(self, lines: Sequence[RawLine], n: int) -> None:
        """Know what is on the disk now, behind the rest. n: its last number; 0 without one."""
        self.digests.update(line.digest for line in lines if line.digest is not None)
        line = lines[-1].position if lines else self.standing.line
        self.standing = Standing(line, max(n, self.standing.n))


class ReaderRow(NamedTuple):
    """One timing box. station: the id under which its lines are written; name: unique."""

    event_id: int
    station: str
    name: str
    format: str
    place: str
    point: str
    wave: str
    position: Mapping[str, int]
    told: str


class NotNowError(Exception):
    """The database is locked or away; what was to be written may be written later."""


@contextmanager
def patiently() -> Iterator[None]:
    """Turn what passes by itself into NotNowError; a fault of ours stays what it is."""
    try:
        yield
    except (OperationalError, InterfaceError, InternalError, NoRoom) as error:
        raise NotNowError(str(error).partition("\n")[0]) from error


def find_reader(tx: Tx, event: int, name: str) -> ReaderRow | None:
    """Give a reader by its name."""
    own = (_READER.c.event_id == event) & (_READER.c.name == name)
    row = tx.execute(select(_READER).where(own)).one_or_none()
    return None if row is None else ReaderRow._make(row)


def list_readers(tx: Tx, event: int) -> list[ReaderRow]:
    """Give the readers of an event by name."""
    query = select(_READER).where(_READER.c.event_id == event).order_by(_READER.c.name)
    return [ReaderRow._make(row) for row in tx.execute(query)]


def save_reader(tx: Tx, reader: ReaderRow) -> None:
    """Write a reader down, or what changed of it."""
    values: dict[str, Any] = reader._asdict() | {"position": dict(reader.position)}
    same = (_READER.c.event_id == reader.event_id) & (_READER.c.station == reader.station)
    if not tx.execute(update(_READER).where(same).values(values)).rowcount:
        tx.execute(insert(_READER).values(values))


def tell(tx: Tx, event: int, station: str, sentence: str) -> None:
    """Keep the last sentence about the connection of a reader."""
    same = (_READER.c.event_id == event) & (_READER.c.station == station)
    tx.execute(update(_READER).where(same).values(told=sentence))


def standing(tx: Tx, event: int, station: str) -> Standing:
    """Tell how far a reader has come. The journal is to be locked before."""
    ((line, read, ruling),) = Hand(tx).ask(_STANDING, (event, station) * 3)
    return Standing(line or 0, max(read or 0, ruling or 0))


def go_on(tx: Tx, event: int, station: str, position: Mapping[str, int]) -> None:
    """Keep where a reader is to go on, in the words that are named."""
    told = msgspec.json.encode(position).decode()
    Hand(tx).tell(GO_ON[tx.dialect.name], (told, event, station))


def last_number(tx: Tx, event: int, station: str) -> int:
    """Give the highest number under which a station wrote a line; 0 before the first."""
    (tops,) = Hand(tx).ask(f"SELECT {_TOPS}", (event, station) * 2)
    return max(top or 0 for top in tops)


def with_sequence(tx: Tx, event: int, reader: str, sequence: int) -> LineId | None:
    """Give the newest line that was made of a sighting with this number of the box.

    The lines of this reader are looked through from the last one backwards, as a bib comes soon
    after its time. An index on the number would be paid with every passing of every box.
    """
    query = (
        select(_UNDER, _RAW.c.n)
        .where(_RAW.c.event_id == event, _RAW.c.station == reader)
        .where(_RAW.c.sequence == sequence, _RAW.c.n.is_not(None))
        .order_by(_RAW.c.position.desc())
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def reads_at(tx: Tx, event: int, station: str, at: Instant) -> list[LineId]:
    """Give the reads that a station made at a moment."""
    query = select(_READ.c.station, _READ.c.n).where(
        _READ.c.event_id == event, _READ.c.station == station, _READ.c.at == at
    )
    return [(row.station, row.n) for row in tx.execute(query)]


class Row(NamedTuple):
    """A read that was made of a row of a results file. place: as the file numbers its rows."""

    line: LineId
    bib: str | None
    at: Instant | None
    place: int | None


def rows_of(tx: Tx, event: int, reader: str, station: str, point: str) -> list[Row]:
    """Give what a reader read for one station and timing point, in the order in which it came."""
    made = and_(
        _RAW.c.event_id == event, _RAW.c.station == reader,
        _READ.c.station == _UNDER, _RAW.c.n == _READ.c.n,
    )  # fmt: skip
    query = (
        select(_READ.c.station, _READ.c.n, _READ.c.bib, _READ.c.at, _RAW.c.sequence)
        .join_from(_READ, _RAW, made, isouter=True)
        .where(_READ.c.event_id == event, _READ.c.station == station, _READ.c.n > 0)
        .where(_READ.c.point == point)
        .order_by(_READ.c.n)
    )
    return [Row((station, n), bib, at, place) for _, n, bib, at, place in tx.execute(query)]


class Count(NamedTuple):
    """sightings: lines, each once; refused: those of them that could not be used."""

    sightings: int
    refused: int


def count(tx: Tx, event: int, reader: str) -> Count:
    """Count what a reader brought."""
    own = (_RAW.c.event_id == event) & (_RAW.c.station == reader)
    bad = func.count().filter(_RAW.c.problem != "")
    return Count(*tx.execute(select(func.count(), bad).select_from(_RAW).where(own)).one())


def refused(tx: Tx, event: int, reader: str, most: int) -> list[tuple[bytes, str]]:
    """Give the last lines that could not be used, with the reason, the newest first."""
    query = (
        select(_RAW.c.content, _RAW.c.problem)
        .where(_RAW.c.event_id == event, _RAW.c.station == reader, _RAW.c.problem != "")
        .order_by(_RAW.c.position.desc())
        .limit(most)
    )
    return [(bytes(row.content), row.problem) for row in tx.execute(query)]
