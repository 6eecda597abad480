"""Tables of timing boxes: the readers, and what of theirs is known already."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timing.store.schema.row import Json, Row, Small


class Reader(Row):
    """One timing box or watched folder. station: the id under which its lines are written.

    place: where it is read. position: where to go on after a break, in words of its format.
    told: the last sentence about its connection.
    """

    __tablename__ = "reader"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    station: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    format: Mapped[str]
    place: Mapped[str]
    point: Mapped[str]
    wave: Mapped[str]
    position: Mapped[Json]
    told: Mapped[str]


class Sighting(Row):
    """What a reader said once, by a digest of its key, so that saying it again changes nothing.

    station, n: the line of the journal that was made of it; n is NULL where none was made.
    sequence: by what the box counts, where it does.
    """

    __tablename__ = "sighting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    station: Mapped[str]
    n: Mapped[int | None]
    sequence: Mapped[int | None]
