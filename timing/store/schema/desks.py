"""Tables of the people and devices around the race: accounts, stations, enquiries."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from timing.store.schema.row import Row, Small


class Account(Row):
    """Who may sign in. generation: raised to end all sessions of the account at once."""

    __tablename__ = "account"

    name: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str]
    role: Mapped[str]
    generation: Mapped[Small]
    created_at: Mapped[int]
    disabled_at: Mapped[int | None]


class StationLink(Row):
    """A link that lets a device write for one timing point or desk. Only its hash is kept."""

    __tablename__ = "station_link"
    __table_args__ = (CheckConstraint("point = '' or desk = ''", name="point_or_desk"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str]
    point: Mapped[str]
    desk: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[int]
    expires_at: Mapped[int | None]
    revoked_at: Mapped[int | None]


class Station(Row):
    """One device or reader process, by the random id that it minted, and how it is doing."""

    __tablename__ = "station"
    __table_args__ = (Index(None, "token_hash"),)

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str | None] = mapped_column(ForeignKey("station_link.token_hash"))
    name: Mapped[str]
    point: Mapped[str]
    first_heard: Mapped[int]
    last_heard: Mapped[int]
    unsent: Mapped[Small]
    clock_offset: Mapped[int | None]


class Enquiry(Row):
    """A runner asks about a result. number counts from 1 in the event."""

    __tablename__ = "enquiry"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "entry"], ["entry.event_id", "entry.id"]),
        Index(None, "event_id", "answered_at"),
    )

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    number: Mapped[Small] = mapped_column(primary_key=True)
    entry: Mapped[int | None]
    bib: Mapped[str]
    text: Mapped[str]
    contact: Mapped[str]
    sent_at: Mapped[int]
    answer: Mapped[str]
    answered_at: Mapped[int | None]
    author: Mapped[str]
