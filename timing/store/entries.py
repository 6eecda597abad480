"""Entries as rows of six tables: the entry, its bib, chips, members, team and persons.

Public functions over it stand in ``roster``; callers have called ``touch`` before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Table, delete, select, update

from timing.core.setup.numbering import holder_of
from timing.core.setup.roster import Entry, EntryId, Member
from timing.store import rows, schema
from timing.store.bibs import free_bibs, hand_out
from timing.store.connect import Tx
from timing.store.references import entry_problems, refuse
from timing.store.rows import RowValues
from timing.store.schema import table_of
from timing.store.setup import CONTEST, JOURNAL

ENTRY, START = table_of(schema.Entry), table_of(schema.Start)
CHIP, MEMBER = table_of(schema.Chip), table_of(schema.Member)
PERSON, TEAM = table_of(schema.Person), table_of(schema.Team)
AMENDMENT, ENQUIRY = table_of(schema.Amendment), table_of(schema.Enquiry)

_OWN = ("event_id", "holder")
_PART = ("event_id", "entry", "position")


def load_entries(tx: Tx, event: int, only: Sequence[EntryId] | None = None) -> list[Entry]:
    """Give entries in the order of their ids: these, or all."""
    chips: dict[int, list[str]] = {}
    for row in _fetch(tx, CHIP, event, only, CHIP.c.entry, "entry", "position"):
        chips.setdefault(row["entry"], []).append(row["code"])
    members: dict[int, list[RowValues]] = {}
    for row in _fetch(tx, MEMBER, event, only, MEMBER.c.entry, "entry", "position"):
        members.setdefault(row["entry"], []).append(rows.value_of(row, _PART))
    trees = [
        rows.value_of(row, _OWN)
        | {"bib": row["bib"] or "", "team": row["team"] or ""}
        | {"chips": chips.get(row["id"], ()), "members": members.get(row["id"], ())}
        for row in _fetch(tx, ENTRY, event, only, ENTRY.c.id, "id")
    ]
    return msgspec.convert(trees, list[Entry])


def put_entries(tx: Tx, event: int, entries: Sequence[Entry]) -> None:
    """Insert or update entries with all that belongs to them."""
    ids = [entry.id for entry in entries]
    refuse(entry_problems(entries, _contests(tx, event)))
    before = {row["id"]: row["contest"] for row in _fetch(tx, ENTRY, event, ids, ENTRY.c.id, "id")}
    moved = [entry.id for entry in entries if before.get(entry.id, entry.contest) != entry.contest]
    _delete(tx, START, event, START.c.entry, moved)
    _delete(tx, CHIP, event, CHIP.c.entry, ids)
    _delete(tx, MEMBER, event, MEMBER.c.entry, ids)
    free_bibs(tx, event, sorted(before))
    hand_out(tx, event, entries)
    _know_persons(tx, event, entries)
    _know_teams(tx, event, entries)
    built = [_entry_row(event, entry) for entry in entries]
    rows.add(tx, ENTRY, [row for row in built if row["id"] not in before])
    rows.change(tx, ENTRY, [row for row in built if row["id"] in before])
    rows.add(tx, CHIP, [row for entry in entries for row in _chip_rows(event, entry)])
    rows.add(tx, MEMBER, [row for entry in entries for row in _member_rows(event, entry)])
    _count_up(tx, event, "last_entry", max(ids, default=0))


def delete_entries(tx: Tx, event: int, entries: Sequence[EntryId]) -> None:
    """Delete entries with their starts and their history; enquiries stay, about nobody."""
    for table in (START, CHIP, MEMBER, AMENDMENT):
        _delete(tx, table, event, table.c.entry, entries)
    for few in rows.slices(entries):
        asked = (ENQUIRY.c.event_id == event) & ENQUIRY.c.entry.in_(few)
        tx.execute(update(ENQUIRY).where(asked).values(entry=None))
    _delete(tx, ENTRY, event, ENTRY.c.id, entries)


def _entry_row(event: int, entry: Entry) -> RowValues:
    built = msgspec.to_builtins(entry)
    del built["chips"], built["members"]
    row = rows.row_of(built, ENTRY, event_id=event, holder=holder_of(entry))
    return row | {"bib": entry.bib or None, "team": entry.team or None}


def _chip_rows(event: int, entry: Entry) -> list[RowValues]:
    return [
        {"event_id": event, "entry": entry.id, "position": position, "code": code}
        for position, code in enumerate(entry.chips)
    ]


def _member_rows(event: int, entry: Entry) -> list[RowValues]:
    return [
        rows.row_of(msgspec.to_builtins(member), MEMBER, event_id=event, entry=entry.id,
                    position=position)
        for position, member in enumerate(entry.members)
    ]  # fmt: skip


def _know_persons(tx: Tx, event: int, entries: Sequence[Entry]) -> None:
    """Insert the persons that are named for the first time."""
    named = {entry.person for entry in entries}
    named |= {member.person for entry in entries for member in entry.members}
    known: set[int] = set()
    for few in rows.slices([each for each in named if each is not None]):
        there = (PERSON.c.event_id == event) & PERSON.c.id.in_(few)
        known.update(tx.scalars(select(PERSON.c.id).where(there)))
    fresh: dict[int, RowValues] = {}
    blank = {"family": "", "nation": "", "external": "", "erased_at": None}
    for entry in entries:
        wearers: list[Entry | Member] = [entry, *entry.members]
        for each in wearers:
            if each.person is None or each.person in known:
                continue
            built = msgspec.to_builtins(each) | {"id": each.person, "event_id": event}
            own = {name: built[name] for name in PERSON.columns.keys() if name in built}  # noqa: SIM118
            fresh.setdefault(each.person, blank | own)
    rows.add(tx, PERSON, list(fresh.values()))
    _count_up(tx, event, "last_person", max(fresh, default=0))


def _know_teams(tx: Tx, event: int, entries: Iterable[Entry]) -> None:
    """Insert the teams that are named for the first time."""
    known = set(tx.scalars(select(TEAM.c.name).where(TEAM.c.event_id == event)))
    fresh = sorted({entry.team for entry in entries if entry.team} - known)
    rows.add(tx, TEAM, [{"event_id": event, "name": name} for name in fresh])


def _count_up(tx: Tx, event: int, counter: str, last: int) -> None:
    column = JOURNAL.c[counter]
    own = (JOURNAL.c.event_id == event) & (column < last)
    tx.execute(update(JOURNAL).where(own).values({counter: last}))


def _contests(tx: Tx, event: int) -> set[str]:
    return set(tx.scalars(select(CONTEST.c.code).where(CONTEST.c.event_id == event)))


def _fetch(
    tx: Tx, table: Table, event: int, only: Sequence[EntryId] | None, by: Any, *order: str
) -> list[RowValues]:
    if only is None:
        return rows.fetch(tx, table, event, *order)
    found: list[RowValues] = []
    for few in rows.slices(only):
        query = select(table).where(table.c.event_id == event, by.in_(few))
        ordered = query.order_by(*(table.c[name] for name in order))
        found += map(dict, tx.execute(ordered).mappings())
    return found


def _delete(tx: Tx, table: Table, event: int, by: Any, values: Sequence[int]) -> None:
    for few in rows.slices(values):
        tx.execute(delete(table).where(table.c.event_id == event, by.in_(few)))
