"""Addresses of other systems, and how far each of them has been told, what they answered."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from timing.core.clock import Duration, Instant
from timing.store import schema
from timing.store.connect import Tx
from timing.store.journal import lock_head
from timing.store.schema import table_of

_HOOK = table_of(schema.Webhook)
_SENT = table_of(schema.WebhookDelivery)
_KEPT = 50
"""Posts that are remembered of one address."""


class HookRow(NamedTuple):
    """One address, as the table has it. number counts from 1 in the event."""

    event_id: int
    number: int
    url: str
    secret: str
    author: str
    created_at: Instant
    seq: int
    published: int
    attempts: int = 0
    next_at: Instant = Instant(0)
    told: str = ""
    off_at: Instant | None = None


class Sent(NamedTuple):
    """One post to an address, as the table has it. answer: the HTTP status, 0 for none."""

    event_id: int
    hook: int
    number: int
    identity: str
    kind: str
    sent_at: Instant
    took: Duration
    answer: int
    told: str


def add_hook(tx: Tx, hook: HookRow) -> HookRow:
    """Keep an address under the next number; the number that came in is ignored."""
    lock_head(tx, hook.event_id)
    highest = func.coalesce(func.max(_HOOK.c.number), 0)
    last: int = tx.scalars(select(highest).where(_HOOK.c.event_id == hook.event_id)).one()
    kept = hook._replace(number=last + 1)
    tx.execute(insert(_HOOK), kept._asdict())
    return kept


def list_hooks(tx: Tx, event: int | None = None) -> list[HookRow]:
    """The addresses of an event, or of all events."""
    query = select(*(_HOOK.c[name] for name in HookRow._fields))
    if event is not None:
        query = query.where(_HOOK.c.event_id == event)
    return list(map(HookRow._make, tx.execute(query.order_by(_HOOK.c.event_id, _HOOK.c.number))))


def save_told(tx: Tx, hook: HookRow) -> None:
    """Keep how far an address has been told; one that was taken away stays away."""
    own = (_HOOK.c.event_id == hook.event_id) & (_HOOK.c.number == hook.number)
    names = ("seq", "published", "attempts", "next_at", "told")
    tx.execute(update(_HOOK).where(own).values({name: getattr(hook, name) for name in names}))


def claim(tx: Tx, hook: HookRow, until: Instant) -> bool:
    """Take an address for oneself until a moment; False if somebody else has been here."""
    own = (_HOOK.c.event_id == hook.event_id) & (_HOOK.c.number == hook.number)
    same = (_HOOK.c.next_at == hook.next_at) & (_HOOK.c.attempts == hook.attempts)
    same &= (_HOOK.c.seq == hook.seq) & (_HOOK.c.published == hook.published)
    taken = tx.execute(
        update(_HOOK).where(own & same & _HOOK.c.off_at.is_(None)).values(next_at=until)
    )
    return taken.rowcount == 1


def switch(tx: Tx, event: int, number: int, off_at: Instant | None) -> bool:
    """Tell an address no longer, or again at once; says whether there is one."""
    own = (_HOOK.c.event_id == event) & (_HOOK.c.number == number)
    fresh = {"off_at": off_at, "attempts": 0, "next_at": Instant(0), "told": ""}
    return tx.execute(update(_HOOK).where(own).values(fresh)).rowcount == 1


def note_sent(tx: Tx, sent: Sent) -> None:
    """Keep a post under the next number of its address; the number that came in is ignored.

    The newest are kept. An address that was taken away meanwhile keeps nothing.
    """
    own = (_SENT.c.event_id == sent.event_id) & (_SENT.c.hook == sent.hook)
    here = (_HOOK.c.event_id == sent.event_id) & (_HOOK.c.number == sent.hook)
    if tx.scalars(select(_HOOK.c.number).where(here).with_for_update()).one_or_none() is None:
        return
    last: int = tx.scalars(select(func.coalesce(func.max(_SENT.c.number), 0)).where(own)).one()
    tx.execute(insert(_SENT), sent._replace(number=last + 1)._asdict())
    tx.execute(delete(_SENT).where(own & (_SENT.c.number <= last + 1 - _KEPT)))


def list_sent(tx: Tx, event: int) -> list[Sent]:
    """The posts to the addresses of an event, the newest first."""
    query = select(*(_SENT.c[name] for name in Sent._fields)).where(_SENT.c.event_id == event)
    newest = query.order_by(_SENT.c.sent_at.desc(), _SENT.c.hook, _SENT.c.number.desc())
    return list(map(Sent._make, tx.execute(newest)))


def remove_hook(tx: Tx, event: int, number: int) -> bool:
    """Take an address away; says whether there was one."""
    tx.execute(delete(_SENT).where((_SENT.c.event_id == event) & (_SENT.c.hook == number)))
    own = (_HOOK.c.event_id == event) & (_HOOK.c.number == number)
    return tx.execute(delete(_HOOK).where(own)).rowcount == 1
