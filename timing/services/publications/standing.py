"""Whether the newest publication of a contest still says what is shown live. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from timing.core.fold.standings import Standings
from timing.core.rulebook.editions import edition_of
from timing.services.house import House
from timing.services.live import Live, Snapshot
from timing.services.publications.frozen import freeze
from timing.store import publications, setup
from timing.store.publications import Version


class Standing(NamedTuple):
    """The newest version.

    edition: provisional, official or amended. holds: nothing has changed since.
    """

    version: Version
    edition: str
    holds: bool


class _Seen(NamedTuple):
    """With which version which lists were compared, and what came of it."""

    version: int
    lists: tuple[Standings, ...]
    holds: bool


_seen: WeakKeyDictionary[Live, dict[tuple[str, str], _Seen]] = WeakKeyDictionary()


def standing_of(house: House, slug: str, contest: str) -> Standing | None:
    """Compare what is shown with the newest version; None where nothing was published."""
    with house.store.read() as tx:
        event = setup.find_event(tx, slug)
        known = [] if event is None else publications.newest(tx, event, contest, 2)
    snapshot = house.live.snapshot(slug)
    if not known or snapshot is None:
        return None
    edition = edition_of([each.state for each in reversed(known)])
    return Standing(known[0], edition, _holds(house, snapshot, known[0]))


def _holds(house: House, snapshot: Snapshot, version: Version) -> bool:
    """Compare the rows, once for each version and state of the lists of its contest.

    The rows of a list stay the same objects until something of its contest changes.
    """
    shelf = _seen.setdefault(house.live, {})
    key = (snapshot.event.slug, version.contest)
    lists = tuple(each for (code, _), each in snapshot.standings.items() if code == key[1])
    kept = shelf.get(key)
    if kept is None or kept.version != version.version or not _unchanged(kept.lists, lists):
        kept = shelf[key] = _Seen(version.version, lists, _same(house, key[0], version, lists))
    return kept.holds


def _unchanged(before: Sequence[Standings], now: Sequence[Standings]) -> bool:
    pairs = zip(before, now, strict=False)
    return len(before) == len(now) and all(
        one.rows is other.rows and one.contest is other.contest for one, other in pairs
    )


def _same(house: House, slug: str, version: Version, lists: Sequence[Standings]) -> bool:
    with house.store.read() as tx:
        event = setup.event_number(tx, slug)
        sheet = publications.load_sheet(tx, event, version.contest, version.version)
    return sheet is not None and sheet.rows == freeze(lists)
