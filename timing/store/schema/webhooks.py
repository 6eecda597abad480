"""The table of addresses of other systems that want to be told."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from timing.store.schema.row import Row, Small


class Webhook(Row):
    """One address. secret: signs what is sent, so it is kept as it is.

    seq, published: the journal line and the count of publications that it was told of.
    attempts: failed ones since the last success. next_at: not before this moment. told: the fault.
    """

    __tablename__ = "webhook"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    number: Mapped[Small] = mapped_column(primary_key=True)
    url: Mapped[str]
    secret: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[int]
    seq: Mapped[int]
    published: Mapped[Small]
    attempts: Mapped[Small]
    next_at: Mapped[int]
    told: Mapped[str]
