"""Start lists as rows. Callers outside of this room call what stands in ``roster``."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import select

from timing.core.setup.roster import Start
from timing.store import rows
from timing.store.connect import Tx
from timing.store.entries import ENTRY, START
from timing.store.references import refuse, start_problems
from timing.store.setup import HEAT, WAVE


def load_starts(tx: Tx, event: int) -> tuple[Start, ...]:
    """Give the start lists of all rounds, in the order of entries and rounds."""
    fields = [START.c[name] for name in Start.__struct_fields__]
    query = select(*fields).where(START.c.event_id == event)
    found = tx.execute(query.order_by(START.c.entry, START.c.round))
    return tuple(msgspec.convert(list(map(list, found)), list[Start]))


def add_starts(tx: Tx, event: int, starts: Sequence[Start]) -> None:
    """Insert starts. Raises Refusal when one names what is not there."""
    if not starts:
        return
    query = select(ENTRY.c.id, ENTRY.c.contest).where(ENTRY.c.event_id == event)
    contests: dict[int, str] = dict(map(tuple, tx.execute(query)))
    heats = {(row["contest"], row["round"], row["number"]) for row in rows.fetch(tx, HEAT, event)}
    waves = {row["code"] for row in rows.fetch(tx, WAVE, event)}
    refuse(start_problems(starts, contests, heats, waves))
    fields = Start.__struct_fields__
    rows.add(tx, START, [
        dict(zip(fields, msgspec.structs.astuple(start), strict=True))
        | {"event_id": event, "contest": contests[start.entry]}
        for start in starts
    ])  # fmt: skip


def drop_starts(tx: Tx, event: int, starts: Sequence[Start]) -> None:
    """Delete the starts of these entries in these rounds, whatever they say."""
    rows.drop(tx, START, [(event, start.entry, start.round) for start in starts])
