"""A roster that is read again: only what differs from the last reading is made into values anew.

While a race is on, a desk changes one entry of thousands. The rows are fetched whole, which is
cheap, and held against those of the last reading; so nobody has to note what was changed, and
what another process wrote is seen as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Table

from timing.core.fold.collector import collector_paused
from timing.core.setup.roster import Entry, EntryId, Roster, Start
from timing.store.connect import Tx
from timing.store.entries import CHIP, ENTRY, MEMBER, START, load_entries
from timing.store.hand import Hand
from timing.store.rows import MORE

Row = tuple[Any, ...]


class Reading(NamedTuple):
    """A roster, and the rows of which it was made. parts: chips and members of each entry."""

    roster: Roster
    entries: Mapping[EntryId, Row]
    parts: Mapping[EntryId, Sequence[Row]]
    starts: Sequence[Row]


def read_roster(tx: Tx, event: int, last: Reading | None = None) -> Reading:
    """Give everybody who is entered, and all start lists. last: the reading before, if any.

    What is as it was is the same object as before. An unknown event has nobody.
    """
    hand = Hand(tx)
    with collector_paused():  # many rows, none of which is rubbish
        entries = {row[0]: row for row in _rows(hand, ENTRY, event, "id")}
        parts: dict[EntryId, list[Row]] = defaultdict(list)
        for table in (CHIP, MEMBER):
            for row in _rows(hand, table, event, "entry", "position"):
                parts[row[0]].append(row)
        fields = Start.__struct_fields__
        starts = _rows(hand, START, event, "entry", "round", columns=fields)
        roster = Roster(
            entries=_entries(tx, event, entries, parts, last),
            starts=_starts(starts, last),
        )
    return Reading(roster, entries, parts, starts)


def _rows(
    hand: Hand, table: Table, event: int, *order: str, columns: Sequence[str] | None = None
) -> list[Row]:
    """The rows of an event in an order, whose columns stand in front unless others are named."""
    own = [column.name for column in table.columns if column.name not in order]
    shown = ", ".join(
        f"CAST({name} AS TEXT)" if name == MORE else f'"{name}"'
        for name in columns or (*order, *own)
    )
    statement = f"SELECT {shown} FROM {table.name} WHERE event_id = ? ORDER BY {', '.join(order)}"
    found: list[Row] = hand.ask(statement, (event,)).fetchall()
    return found


def _entries(
    tx: Tx,
    event: int,
    rows: Mapping[EntryId, Row],
    parts: Mapping[EntryId, Sequence[Row]],
    last: Reading | None,
) -> tuple[Entry, ...]:
    if last is None:
        return tuple(load_entries(tx, event))
    fresh = [number for number, row in rows.items() if last.entries.get(number) != row]
    if parts != last.parts:
        either = parts.keys() | last.parts.keys()
        fresh += [each for each in either & rows.keys() if parts.get(each) != last.parts.get(each)]
    if not fresh and len(rows) == len(last.entries):
        return last.roster.entries
    known = {entry.id: entry for entry in last.roster.entries}
    known |= {entry.id: entry for entry in load_entries(tx, event, fresh)}
    return tuple(known[number] for number in rows if number in known)


def _starts(rows: Sequence[Row], last: Reading | None) -> tuple[Start, ...]:
    known: dict[Row, Start] = {}
    if last is not None:
        if last.starts == rows:
            return last.roster.starts
        known = dict(zip(last.starts, last.roster.starts, strict=True))
    return tuple(known.get(row) or _start(row) for row in rows)


def _start(row: Iterable[Any]) -> Start:
    return msgspec.convert(list(row), Start)
