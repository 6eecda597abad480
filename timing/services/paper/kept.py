"""What was drawn is kept for as long as the journal, the setup and the publications stay the same.

Whoever asks for the same sheet again is handed the same bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from timing.services.live import Live
from timing.services.paper.wanted import Table, Wanted
from timing.store import publications, setup

T = TypeVar("T", bytes, str)
_MOST = 64  # things that are kept ready


class _Asked(NamedTuple):
    """Something made of one state of the event. what: name of the function that made it."""

    slug: str
    seq: int
    setup: int
    published: int
    veiled: bool
    what: str
    kind: str
    wanted: Wanted


_kept: WeakKeyDictionary[Live, OrderedDict[_Asked, Any]] = WeakKeyDictionary()
_LOCK = Lock()


def once(table: Table, kind: str, make: Callable[[Table, str], T]) -> T:
    """Make something of a kind of sheet, or hand out what was made of the same state before."""
    asked = _asked(table, kind, make.__name__)
    with _LOCK:
        kept = _kept.setdefault(table.house.live, OrderedDict())
        if asked in kept:
            kept.move_to_end(asked)
            found: T = kept[asked]
            return found
    made = make(table, kind)
    with _LOCK:
        kept[asked] = made
        while len(kept) > _MOST:
            kept.popitem(last=False)
    return made


def _asked(table: Table, kind: str, what: str) -> _Asked:
    with table.house.store.read() as tx:
        event = setup.event_number(tx, table.slug)
        published = len(publications.list_publications(tx, event))
    seen = table.snapshot
    return _Asked(
        table.slug, seen.seq, seen.setup, published, table.veiled, what, kind, table.wanted
    )
