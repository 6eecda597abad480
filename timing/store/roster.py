"""Rosters, saved and loaded whole or by single entries. Knows rows and core values, and no rule.

Entries come back in the order of their ids, starts in the order of entries and rounds.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from timing.core.setup.roster import Entry, EntryId, PersonId, Roster, Start
from timing.store.connect import Tx
from timing.store.entries import delete_entries, load_entries, put_entries
from timing.store.setup import JOURNAL, touch
from timing.store.starts import add_starts, drop_starts, load_starts


def load_roster(tx: Tx, event: int) -> Roster:
    """Give everybody who is entered, and all start lists. An unknown event has nobody."""
    entries = load_entries(tx, event)
    return Roster(entries=tuple(entries), starts=load_starts(tx, event))


def load_entry(tx: Tx, event: int, entry: EntryId) -> Entry | None:
    """Give one entry, or None."""
    return next(iter(load_entries(tx, event, [entry])), None)


def save_roster(tx: Tx, event: int, roster: Roster) -> None:
    """Make the roster of an event this one; what is as it was is not touched.

    Raises Refusal when an entry, a start or a bib leads nowhere or one number is on two people;
    UnknownEventError.
    """
    touch(tx, event)
    before = load_roster(tx, event)
    present, kept = {entry.id: entry for entry in before.entries}, set(roster.starts)
    drop_starts(tx, event, [start for start in before.starts if start not in kept])
    delete_entries(tx, event, sorted(present.keys() - {entry.id for entry in roster.entries}))
    put_entries(tx, event, [each for each in roster.entries if present.get(each.id) != each])
    left = set(load_starts(tx, event))
    add_starts(tx, event, [start for start in roster.starts if start not in left])


def save_entries(tx: Tx, event: int, entries: Sequence[Entry]) -> None:
    """Add or change entries. One that moves to another contest loses its starts there.

    Raises Refusal and UnknownEventError as ``save_roster``.
    """
    touch(tx, event)
    put_entries(tx, event, entries)


def remove_entries(tx: Tx, event: int, entries: Sequence[EntryId]) -> None:
    """Take entries out, with their starts and their history. Their numbers are never reused."""
    touch(tx, event)
    delete_entries(tx, event, entries)


def save_starts(tx: Tx, event: int, starts: Sequence[Start]) -> None:
    """Add or change lines of start lists. Raises Refusal and UnknownEventError."""
    touch(tx, event)
    drop_starts(tx, event, starts)
    add_starts(tx, event, starts)


def new_entries(tx: Tx, event: int, count: int = 1) -> Sequence[EntryId]:
    """Give out ids for new entries; none was ever given out before."""
    return _give_out(tx, event, "last_entry", count)


def new_persons(tx: Tx, event: int, count: int = 1) -> Sequence[PersonId]:
    """Give out ids for new persons."""
    return _give_out(tx, event, "last_person", count)


def _give_out(tx: Tx, event: int, counter: str, count: int) -> range:
    touch(tx, event)
    column = JOURNAL.c[counter]
    own = JOURNAL.c.event_id == event
    tx.execute(update(JOURNAL).where(own).values({counter: column + count}))
    last: int = tx.scalars(select(column).where(own)).one()
    return range(last - count + 1, last + 1)
