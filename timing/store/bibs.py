"""Who holds which number. The rule is in the database: one number, one person of an event."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, exists, select, update

from timing.core.setup.numbering import holder_of
from timing.core.setup.roster import Entry, EntryId
from timing.store import rows, schema
from timing.store.connect import Tx
from timing.store.references import bib_problems, refuse
from timing.store.schema import table_of

BIB, ENTRY = table_of(schema.Bib), table_of(schema.Entry)


def free_bibs(tx: Tx, event: int, entries: Sequence[EntryId]) -> None:
    """Take the numbers of these entries back; what another entry wears stays with its holder."""
    for few in rows.slices(entries):
        own = (ENTRY.c.event_id == event) & ENTRY.c.id.in_(few)
        worn = tx.scalars(select(ENTRY.c.bib).where(own, ENTRY.c.bib.is_not(None))).all()
        tx.execute(update(ENTRY).where(own).values(bib=None))
        _forget_unworn(tx, event, worn)


def _forget_unworn(tx: Tx, event: int, numbers: Sequence[str]) -> None:
    """Forget the holders of those of these numbers that nobody wears any more."""
    worn = exists().where(ENTRY.c.event_id == BIB.c.event_id, ENTRY.c.bib == BIB.c.number)
    for few in rows.slices(numbers):
        tx.execute(delete(BIB).where(BIB.c.event_id == event, BIB.c.number.in_(few), ~worn))


def hand_out(tx: Tx, event: int, entries: Sequence[Entry]) -> None:
    """Note the holders of the numbers of these entries. Raises Refusal for a second holder."""
    held: dict[str, int] = {}
    wanted = sorted({entry.bib for entry in entries if entry.bib})
    _forget_unworn(tx, event, wanted)
    for few in rows.slices(wanted):
        query = select(BIB.c.number, BIB.c.holder).where(BIB.c.event_id == event)
        held |= map(tuple, tx.execute(query.where(BIB.c.number.in_(few))))
    refuse(bib_problems([(entry, holder_of(entry)) for entry in entries], held))
    fresh = {entry.bib: holder_of(entry) for entry in entries if entry.bib not in held}
    fresh.pop("", None)
    rows.add(tx, BIB, [
        {"event_id": event, "number": number, "holder": holder}
        for number, holder in fresh.items()
    ])  # fmt: skip
