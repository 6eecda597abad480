"""Questions of runners about their results, and the answers."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from timing.core.clock import Instant
from timing.core.setup.roster import EntryId
from timing.store import schema
from timing.store.connect import Tx
from timing.store.journal import lock_head
from timing.store.schema import table_of

ENQUIRY = table_of(schema.Enquiry)


class Enquiry(NamedTuple):
    """One question. number counts from 1 in the event; author: who answered."""

    number: int
    entry: EntryId | None
    bib: str
    text: str
    contact: str
    sent_at: Instant
    answer: str = ""
    answered_at: Instant | None = None
    author: str = ""


def ask(tx: Tx, event: int, enquiry: Enquiry) -> Enquiry:
    """Keep a question under the next number; the number that came in is ignored.

    Raises UnknownEventError.
    """
    lock_head(tx, event)
    highest = func.coalesce(func.max(ENQUIRY.c.number), 0)
    last: int = tx.scalars(select(highest).where(ENQUIRY.c.event_id == event)).one()
    kept = enquiry._replace(number=last + 1)
    tx.execute(insert(ENQUIRY), kept._asdict() | {"event_id": event})
    return kept


def answer(tx: Tx, event: int, number: int, text: str, at: Instant, author: str) -> bool:
    """Answer a question, or answer it anew; says whether there is one."""
    own = (ENQUIRY.c.event_id == event) & (ENQUIRY.c.number == number)
    values = {"answer": text, "answered_at": at, "author": author}
    return tx.execute(update(ENQUIRY).where(own).values(values)).rowcount == 1


def list_enquiries(tx: Tx, event: int, *, only_open: bool = False) -> list[Enquiry]:
    """The questions of an event in the order in which they came."""
    query = select(*(ENQUIRY.c[name] for name in Enquiry._fields))
    query = query.where(ENQUIRY.c.event_id == event).order_by(ENQUIRY.c.number)
    if only_open:
        query = query.where(ENQUIRY.c.answered_at.is_(None))
    return list(map(Enquiry._make, tx.execute(query)))
