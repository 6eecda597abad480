"""Addresses of other systems, and how far each of them has been told."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from timing.core.clock import Instant
from timing.store import schema
from timing.store.connect import Tx
from timing.store.journal import lock_head
from timing.store.schema import table_of

_HOOK = table_of(schema.Webhook)


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


def remove_hook(tx: Tx, event: int, number: int) -> bool:
    """Take an address away; says whether there was one."""
    own = (_HOOK.c.event_id == event) & (_HOOK.c.number == number)
    return tx.execute(delete(_HOOK).where(own)).rowcount == 1
