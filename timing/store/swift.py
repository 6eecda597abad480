"""The short way for new reads of one device: no statement and no object that is not needed.

Where anything is known already, nothing is done at all, and the long way is open
(docs/adr/0014-one-message.md).
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from timing.store import swift_postgres, swift_sqlite
from timing.store.connect import Store
from timing.store.note import Note


def is_few(store: Store, size: int) -> bool:
    """Whether so many lines are few enough for the short way."""
    return store.dialect == "sqlite" or size <= swift_postgres.FEW


def write_swiftly(store: Store, note: Note) -> int | None:
    """Write a note down in a transaction of its own; give the last seq before it.

    None if nothing was written, because something of it was there or it is not so simple.
    """
    own = {read.n for read in note.reads if read.station == note.heard.id}
    if not (0 < len(own) == len(note.reads) and is_few(store, len(own))):
        return None
    try:
        with store.seats.seat() as seat:
            if store.dialect == "sqlite":
                return swift_sqlite.write(seat, note)
            return swift_postgres.write(seat, note)
    except IntegrityError:  # the same lines came over two ways at once
        return None
