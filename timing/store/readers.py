"""Timing boxes as rows: what each is, where to go on, and which of its sightings are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError as NoRoom

from timing.core.clock import Instant
from timing.core.journal.lines import LineId
from timing.store import schema
from timing.store.connect import Tx
from timing.store.hand import Hand
from timing.store.schema import table_of

_READER, _SIGHTING = table_of(schema.Reader), table_of(schema.Sighting)
_READ, _RULING = table_of(schema.Read), table_of(schema.Ruling)
_RAW = table_of(schema.RawLine)
_AT_ONCE = 512  # values in one statement
_GO_ON = "UPDATE reader SET position = ? WHERE event_id = ? AND station = ?"
_KNOWN = "SELECT digest FROM sighting WHERE event_id = ? AND reader = ? AND digest IN ({})"
_TOPS = (
    "(SELECT max(n) FROM read WHERE event_id = ? AND station = ? AND n > 0), "
    "(SELECT max(n) FROM ruling WHERE event_id = ? AND station = ? AND n > 0)"
)
_STANDING = (
    "SELECT (SELECT max(position) FROM raw_line WHERE event_id = ? AND station = ?), "
    f"{_TOPS}, (SELECT position FROM reader WHERE event_id = ? AND station = ?)"
)


class Standing(NamedTuple):
    """How far a reader has come. line, n: highest position of a raw line, highest number."""

    line: int
    n: int
    position: Mapping[str, int]


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


class Known(NamedTuple):
    """A sighting that was said once. n: None where no line was made of it."""

    digest: bytes
    station: str
    n: int | None
    sequence: int | None


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
    ((line, read, ruling, kept),) = Hand(tx).ask(_STANDING, (event, station) * 4)
    told = msgspec.json.decode(kept) if isinstance(kept, str) else kept
    return Standing(line or 0, max(read or 0, ruling or 0), told or {})


def go_on(tx: Tx, event: int, station: str, position: Mapping[str, int]) -> None:
    """Keep where a reader is to go on."""
    told = msgspec.json.encode(position).decode()
    Hand(tx).tell(_GO_ON, (told, event, station))


def known(tx: Tx, event: int, reader: str, digests: Sequence[bytes]) -> set[bytes]:
    """Give those of the digests that were remembered before."""
    found: set[bytes] = set()
    hand = Hand(tx)
    for start in range(0, len(digests), _AT_ONCE):
        some = digests[start : start + _AT_ONCE]
        # Few lengths of statements, so that the drivers know them again.
        missing = (1 << (len(some) - 1).bit_length()) - len(some)
        asked = (event, reader, *some, *[some[0]] * missing)
        marks = ", ".join("?" * (len(asked) - 2))
        found.update(
            bytes(digest) for (digest,) in hand.ask(_KNOWN.format(marks), asked, anew=True)
        )
    return found


def remember(tx: Tx, event: int, reader: str, said: Sequence[Known]) -> None:
    """Remember sightings that are not known yet."""
    columns = ("event_id", "reader", *Known._fields)
    Hand(tx).fill("sighting", columns, [(event, reader, *one) for one in said])


def last_number(tx: Tx, event: int, station: str) -> int:
    """Give the highest number under which a station wrote a line; 0 before the first."""
    (tops,) = Hand(tx).ask(f"SELECT {_TOPS}", (event, station) * 2)
    return max(top or 0 for top in tops)


def with_sequence(tx: Tx, event: int, reader: str, sequence: int) -> LineId | None:
    """Give the newest line that was made of a sighting with this number of the box.

    The primary key leads to the sightings of this reader, which are looked through: 3 ms where a
    Time Machine has 5,000. An index on the number would be paid with every passing of every box.
    """
    query = (
        select(_SIGHTING.c.station, _SIGHTING.c.n)
        .where(_SIGHTING.c.event_id == event, _SIGHTING.c.reader == reader)
        .where(_SIGHTING.c.sequence == sequence, _SIGHTING.c.n.is_not(None))
        .order_by(_SIGHTING.c.n.desc())
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else (row.station, row.n)


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
        _SIGHTING.c.event_id == event, _SIGHTING.c.reader == reader,
        _SIGHTING.c.station == _READ.c.station, _SIGHTING.c.n == _READ.c.n,
    )  # fmt: skip
    query = (
        select(_READ.c.station, _READ.c.n, _READ.c.bib, _READ.c.at, _SIGHTING.c.sequence)
        .join_from(_READ, _SIGHTING, made, isouter=True)
        .where(_READ.c.event_id == event, _READ.c.station == station, _READ.c.n > 0)
        .where(_READ.c.point == point)
        .order_by(_READ.c.n)
    )
    return [Row((station, n), bib, at, place) for _, n, bib, at, place in tx.execute(query)]


class Count(NamedTuple):
    """sightings: said once; refused: lines that were kept and could not be used."""

    sightings: int
    refused: int


def count(tx: Tx, event: int, reader: str) -> Count:
    """Count what a reader brought."""
    own = (_SIGHTING.c.event_id == event) & (_SIGHTING.c.reader == reader)
    bad = (_RAW.c.event_id == event) & (_RAW.c.station == reader) & (_RAW.c.problem != "")
    return Count(
        tx.scalar(select(func.count()).select_from(_SIGHTING).where(own)) or 0,
        tx.scalar(select(func.count()).select_from(_RAW).where(bad)) or 0,
    )


def refused(tx: Tx, event: int, reader: str, most: int) -> list[tuple[bytes, str]]:
    """Give the last lines that could not be used, with the reason, the newest first."""
    query = (
        select(_RAW.c.content, _RAW.c.problem)
        .where(_RAW.c.event_id == event, _RAW.c.station == reader, _RAW.c.problem != "")
        .order_by(_RAW.c.position.desc())
        .limit(most)
    )
    return [(bytes(row.content), row.problem) for row in tx.execute(query)]
