"""Tables of what is derived: projections, which are disposable, and publications, which are not."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from timing.store.schema.row import Json, Row, Rows, Small


class Projection(Row):
    """What the projections of an event stand for: the journal up to seq, the setup of setup."""

    __tablename__ = "projection"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    seq: Mapped[int]
    setup: Mapped[Small]


class Result(Row):
    """One entry in one round. official: microseconds; position: its place in the printed list."""

    __tablename__ = "result"
    __table_args__ = (Index(None, "event_id", "contest", "round", "position"),)

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    contest: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[str] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    position: Mapped[Small]
    rank: Mapped[Small | None]
    status: Mapped[str]
    official: Mapped[int | None]
    document: Mapped[Json]


class Standing(Row):
    """One ordered list: overall, a category, a team table, prizes (the scope)."""

    __tablename__ = "standing"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    contest: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    document: Mapped[Json]


class Publication(Row):
    """Frozen results: rows, the bytes of the sheet and what they stand for. Never changed.

    contest: "" for a publication of the whole event. setup: digest of setup and roster.
    """

    __tablename__ = "publication"
    __table_args__ = (CheckConstraint("state in ('provisional', 'official')", name="state"),)

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    contest: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[Small] = mapped_column(primary_key=True)
    state: Mapped[str]
    seq: Mapped[int]
    setup: Mapped[str]
    rows: Mapped[Rows]
    pdf: Mapped[bytes]
    sha256: Mapped[str]
    published_at: Mapped[int]
    author: Mapped[str]
    note: Mapped[str]
