"""Whether the newest publication of a contest still says what is shown live. Writes nothing."""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

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
    """For which version, journal line and setup a list was compared, and what came of it."""

    version: int
    seq: int
    setup: int
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
    """Compare the rows, once for every state of the journal and of the setup."""
    shelf = _seen.setdefault(house.live, {})
    key, stamp = (snapshot.event.slug, version.contest), (version.version, *_state(snapshot))
    kept = shelf.get(key)
    if kept is None or kept[:3] != stamp:
        kept = shelf[key] = _Seen(*stamp, _same(house, snapshot, version))
    return kept.holds


def _state(snapshot: Snapshot) -> tuple[int, int]:
    return snapshot.seq, snapshot.setup


def _same(house: House, snapshot: Snapshot, version: Version) -> bool:
    contest = version.contest
    with house.store.read() as tx:
        event = setup.event_number(tx, snapshot.event.slug)
        sheet = publications.load_sheet(tx, event, contest, version.version)
    lists = [each for (code, _), each in snapshot.standings.items() if code == contest]
    return sheet is not None and sheet.rows == freeze(lists)
