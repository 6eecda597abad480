"""The history of entries, and how a person is erased from all of it.

The journal names (entry, field, revision) and holds no value, so erasing needs no edit of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set as AbstractSet
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, func, insert, select, update

from timing.core.clock import Instant
from timing.core.setup.roster import EntryId
from timing.store.connect import Tx
from timing.store.entries import AMENDMENT, ENQUIRY, ENTRY, MEMBER, PERSON
from timing.store.results import drop_projections
from timing.store.setup import touch


class Amendment(NamedTuple):
    """One change of one field of an entry. old, new: None once the person is erased."""

    entry: EntryId
    field: str
    revision: int
    old: str | None
    new: str | None
    at: Instant
    author: str


def amend(tx: Tx, event: int, amendment: Amendment) -> Amendment:
    """Note a change under the next revision of its field; the revision that came in is ignored.

    The entry itself is not changed here. Raises UnknownEventError.
    """
    touch(tx, event)
    where = (
        AMENDMENT.c.event_id == event,
        AMENDMENT.c.entry == amendment.entry,
        AMENDMENT.c.field == amendment.field,
    )
    last: int = tx.scalars(
        select(func.coalesce(func.max(AMENDMENT.c.revision), 0)).where(*where)
    ).one()
    noted = amendment._replace(revision=last + 1)
    tx.execute(insert(AMENDMENT), noted._asdict() | {"event_id": event})
    return noted


def load_amendments(
    tx: Tx, event: int, only: Sequence[EntryId] | None = None
) -> tuple[Amendment, ...]:
    """The history of these entries, or of all, by entry, field and revision."""
    query = select(AMENDMENT).where(AMENDMENT.c.event_id == event)
    if only is not None:
        query = query.where(AMENDMENT.c.entry.in_(only))
    order = (AMENDMENT.c.entry, AMENDMENT.c.field, AMENDMENT.c.revision)
    found = tx.execute(query.order_by(*order)).mappings()
    return tuple(Amendment._make(row[name] for name in Amendment._fields) for row in found)


_BLANK = {"name": "", "born": ""}
_BLANK_ENTRY = {
    **_BLANK, "family": "", "age": None, "club": "", "delegation": "", "external": "",
    "note": "",
}  # fmt: skip
_BLANK_PERSON = {**_BLANK, "family": "", "nation": "", "external": ""}
_BLANK_ENQUIRY = {"text": "", "contact": "", "answer": ""}


def erase(tx: Tx, event: int, entry: EntryId, at: Instant) -> None:
    """Take the personal data of an athlete, or of all members of a team, out of the event.

    Every entry of the person is meant, and its part in teams, history and enquiries. Bib, contest,
    sex, category and chips stay, so that nobody else's place changes. The projections, which may
    hold names, are dropped. What was published stays as it was published.

    Raises UnknownEventError.
    """
    touch(tx, event)
    drop_projections(tx, event)
    query = select(ENTRY.c.person).where(ENTRY.c.event_id == event, ENTRY.c.id == entry)
    person = tx.scalar(query)
    inside = (MEMBER.c.event_id == event) & (MEMBER.c.entry == entry)
    team = list(tx.scalars(select(MEMBER.c.person).where(inside)))
    persons = [each for each in (person, *team) if each is not None]
    theirs = select(ENTRY.c.id).where(ENTRY.c.event_id == event, ENTRY.c.person.in_(persons))
    entries = sorted({entry, *tx.scalars(theirs)})
    known = MEMBER.c.entry.in_(entries) | MEMBER.c.person.in_(persons)
    own = select(ENTRY.c.name).where(ENTRY.c.event_id == event, ENTRY.c.id.in_(entries))
    _forget_in_teams(tx, event, known, set(tx.scalars(own)))
    _blank(tx, ENTRY, event, ENTRY.c.id.in_(entries), _BLANK_ENTRY)
    _blank(tx, MEMBER, event, known, _BLANK)
    _blank(tx, AMENDMENT, event, AMENDMENT.c.entry.in_(entries), {"old": None, "new": None})
    _blank(tx, ENQUIRY, event, ENQUIRY.c.entry.in_(entries), _BLANK_ENQUIRY)
    _blank(tx, PERSON, event, PERSON.c.id.in_(persons), _BLANK_PERSON | {"erased_at": at})


def _forget_in_teams(
    tx: Tx, event: int, known: ColumnElement[bool], others: AbstractSet[str]
) -> None:
    """Take names out of the history of line-ups.

    known: members of teams. others: further names of the same people.
    """
    mine = select(MEMBER.c.entry, MEMBER.c.name).where(MEMBER.c.event_id == event, known)
    rows = tx.execute(mine).all()
    names = {name.casefold() for name in (*others, *(row.name for row in rows)) if name}
    kept = select(AMENDMENT).where(AMENDMENT.c.event_id == event, AMENDMENT.c.field == "members")
    for row in tx.execute(kept).mappings():
        runners = f"{row['old'] or ''}; {row['new'] or ''}".casefold().split("; ")
        if not names.isdisjoint(runner.partition(" ")[2] for runner in runners):
            this = (AMENDMENT.c.entry == row["entry"]) & (AMENDMENT.c.field == "members")
            _blank(tx, AMENDMENT, event, this, {"old": None, "new": None})


def _blank(
    tx: Tx, table: Table, event: int, which: ColumnElement[bool], values: Mapping[str, Any]
) -> None:
    tx.execute(update(table).where(table.c.event_id == event, which).values(values))
