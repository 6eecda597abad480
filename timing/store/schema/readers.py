"""Tables of timing boxes. What they said is in the table of lines."""

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
