"""Of which events something was ever called off: a list of events asks, without folding them all.

Knows the name of that kind of ruling; whether it still holds is the business of the fold.
"""

from __future__ import annotations

from sqlalchemy import select

from timing.store import schema
from timing.store.connect import Tx
from timing.store.schema import table_of

EVENT, RULING = table_of(schema.Event), table_of(schema.Ruling)


def slugs(tx: Tx) -> frozenset[str]:
    """The events with such a ruling, withdrawn ones included."""
    ruled = select(RULING.c.event_id).where(RULING.c.kind == "call_off")
    return frozenset(tx.scalars(select(EVENT.c.slug).where(EVENT.c.id.in_(ruled))))
