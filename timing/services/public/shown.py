"""What of an event is shown to everybody: an event that is not hidden, as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from timing.core.fold.standings import Standings
from timing.core.setup.discretion import as_shown
from timing.core.setup.event import Contest, Minors
from timing.core.setup.roster import Entry, EntryId
from timing.services.house import House
from timing.services.live import Key, Live, Snapshot

__all__ = ["Snapshot", "kept_back", "newest_round", "public"]


class _Veil(NamedTuple):
    """A snapshot and the same with what may be shown of it."""

    whole: Snapshot
    shown: Snapshot
    changed: Mapping[EntryId, Entry]


_veils: WeakKeyDictionary[Live, dict[str, _Veil]] = WeakKeyDictionary()


def public(house: House, slug: str) -> Snapshot | None:
    """Give an event as everybody may see it; None if there is none, or if it is hidden."""
    snapshot = house.live.snapshot(slug)
    if snapshot is None or not snapshot.event.public:
        return None
    return snapshot if snapshot.event.minors is Minors.FULL else _veiled(house, snapshot)


def _veiled(house: House, snapshot: Snapshot) -> Snapshot:
    """Keep back what the event does not show of minors; a list that did not change is kept."""
    kept = _veils.setdefault(house.live, {})
    last = kept.get(snapshot.event.slug)
    if last is not None and last.whole is snapshot:
        return last.shown
    if last is not None and last.whole.roster is snapshot.roster:
        entries, roster = last.changed, last.shown.roster
    else:
        last = None
        pairs = [(entry, as_shown(entry, snapshot.event)) for entry in snapshot.roster.entries]
        entries = {old.id: new for old, new in pairs if old is not new}
        roster = replace(snapshot.roster, entries=tuple(new for _, new in pairs))
    lists = {key: _list(last, key, each, entries) for key, each in snapshot.standings.items()}
    shown = snapshot._replace(standings=lists, roster=roster)
    kept[snapshot.event.slug] = _Veil(snapshot, shown, entries)
    return shown


def _list(
    last: _Veil | None, key: Key, standings: Standings, entries: Mapping[EntryId, Entry]
) -> Standings:
    if last is not None and last.whole.standings[key].rows is standings.rows:
        return standings._replace(rows=last.shown.standings[key].rows)
    rows = tuple(
        row._replace(entry=entries[row.entry.id]) if row.entry.id in entries else row
        for row in standings.rows
    )
    return standings._replace(rows=rows)


def kept_back(house: House, slug: str) -> Mapping[EntryId, Entry]:
    """Give every entry of which less is shown than is known, as it may be shown today.

    What was published before they asked is shown with it, too.
    """
    snapshot = house.live.snapshot(slug)
    if snapshot is None:
        return {}
    pairs = [(entry, as_shown(entry, snapshot.event)) for entry in snapshot.roster.entries]
    return {new.id: new for old, new in pairs if new is not old or new.hidden}


def newest_round(snapshot: Snapshot, contest: Contest) -> str:
    """Prefer the last round in which somebody has a result, else the first."""
    for each in reversed(contest.rounds):
        rows = snapshot.standings[contest.code, each.code].rows
        if rows and rows[0].place is not None:
            return each.code
    return contest.rounds[0].code
