"""The tables of addresses of other systems that want to be told, and of what they answered."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timing.store.schema.row import Row, Small


class Webhook(Row):
    """One address. secret: signs what is sent, so it is kept as it is.

    seq, published: the journal line and the count of publications that it was told of.
    attempts: failed ones since the last success. next_at: not before this moment. told: the fault.
    off_at: since when it is not told any more, None while it is.
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
    off_at: Mapped[int | None]


class WebhookDelivery(Row):
    """One post and its answer. number: counts on for each address; old ones are taken away.

    took: until the answer. answer: its HTTP status, 0 for none. told: the fault, "" for none.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "hook"], ["webhook.event_id", "webhook.number"]),
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    hook: Mapped[Small] = mapped_column(primary_key=True)
    number: Mapped[Small] = mapped_column(primary_key=True)
    identity: Mapped[str]
    kind: Mapped[str]
    sent_at: Mapped[int]
    took: Mapped[int]
    answer: Mapped[Small]
    told: Mapped[str]
