"""Tables of the journal: its counter, reads, rulings, and the lines of boxes as they came.

Append-only: the database itself refuses UPDATE and DELETE (triggers, first migration).
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from timing.store.schema.row import Json, Row, Small

_OFF = text("kind = 'call_off'")
"""The few rulings for which a list of all events looks."""


class JournalHead(Row):
    """The counter row of an event. It is locked by whoever appends, until the commit.

    seq: number of the last line. setup: counts the changes of setup and roster.
    last_entry, last_person: the highest ids that were ever given out.
    """

    __tablename__ = "journal"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    seq: Mapped[int]
    setup: Mapped[Small]
    last_entry: Mapped[int]
    last_person: Mapped[int]


class Read(Row):
    """A station saw something. Codes are kept as written: a line for what is gone is kept too.

    No foreign key: the append has the counter row of the event locked, which is as good and
    costs nothing a line.
    """

    __tablename__ = "read"
    __table_args__ = (
        UniqueConstraint("event_id", "station", "n"),
        {"sqlite_with_rowid": False},
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str]
    n: Mapped[int]
    point: Mapped[str]
    bib: Mapped[str | None]
    chip: Mapped[str | None]
    at: Mapped[int | None]
    source: Mapped[str]
    strength: Mapped[Small]
    arrived: Mapped[int | None]


class Ruling(Row):
    """An official decided something. kind and data are decoded by ``core.journal.rulings``."""

    __tablename__ = "ruling"
    __table_args__ = (
        UniqueConstraint("event_id", "station", "n"),
        Index("ix_ruling_called_off", "event_id", sqlite_where=_OFF, postgresql_where=_OFF),
        {"sqlite_with_rowid": False},
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str]
    n: Mapped[int]
    at: Mapped[int]
    kind: Mapped[str]
    data: Mapped[Json]
    reason: Mapped[str]
    author: Mapped[str]
    arrived: Mapped[int | None]


class RawLine(Row):
    """A line of a station or a box, verbatim. n: its read; NULL where it could not be read.

    digest: of the key under which a box said it, so that saying it again changes nothing. It is
    in no index: readers keep in mind what they said. sequence: by what the box counts, where it
    does. line_station: that of the line of the journal, where it is another one.
    """

    __tablename__ = "raw_line"
    __table_args__ = ({"sqlite_with_rowid": False},)

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    station: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    n: Mapped[int | None]
    problem: Mapped[str]
    arrived: Mapped[int | None]
    digest: Mapped[bytes | None]
    sequence: Mapped[int | None]
    line_station: Mapped[str | None]
