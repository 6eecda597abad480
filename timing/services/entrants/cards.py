"""The card of a person: what their contests ask for, what was seen, whether they may start.

The history on it is the journal read aloud, what was taken back included. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from timing.core.clock import Instant
from timing.core.fold.attribution import DESK
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.rulings import encode_act
from timing.core.setup.event import Contest, Event, Wave
from timing.core.setup.roster import Entry, EntryId
from timing.core.telling.checkin import Readiness, readiness, seen_items
from timing.services.entrants.directory import Person, directory_of
from timing.services.entrants.entry_facts import first_round
from timing.services.house import House
from timing.store import amendments, setup, stations
from timing.store.amendments import Amendment
from timing.store.connect import Tx

CHECKED_IN = "check_in"


class Part(NamedTuple):
    """One contest of somebody. wave: with whom they start first, None where it is not drawn."""

    entry: Entry
    contest: Contest
    seen: frozenset[str]
    readiness: Readiness
    wave: Wave | None


class Line(NamedTuple):
    """One line of somebody's history.

    at: when. what: kind of ruling, or CHECKED_IN. data: what the ruling says; of an amended field
    also ``old`` and ``new``. who: the author. gone: it was taken back later.
    """

    at: Instant | None
    what: str
    data: Mapping[str, Any]
    reason: str
    who: str
    gone: bool


class Card(NamedTuple):
    """Everything the desk shows of one person.

    here: the first read at a desk. by: the account or the name of the device that made it.
    again: the reads of other desks that took the same person without knowing of each other.
    """

    event: Event
    person: Person
    parts: tuple[Part, ...]
    here: Read | None
    by: str
    again: tuple[Read, ...]
    history: tuple[Line, ...]

    @property
    def ready(self) -> bool:
        """Whether they are ready for all their contests."""
        return all(part.readiness.ready for part in self.parts)

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of what is missing in any contest, each once."""
        return tuple(dict.fromkeys(item for part in self.parts for item in part.readiness.missing))

    @property
    def asked(self) -> tuple[str, ...]:
        """Codes of what the contests ask for, each once."""
        return tuple(dict.fromkeys(item for part in self.parts for item in part.contest.requires))


def card(house: House, slug: str, entry: EntryId) -> Card | None:
    """Give the card of the person who has this entry, up to date; None for a stranger."""
    found = house.live.ask(slug, lambda state: _card(state, entry))
    if found is None or not found.history:
        return found
    with house.store.read() as tx:
        event = setup.event_number(tx, slug)
        kept = amendments.load_amendments(tx, event, [each.id for each in found.person.entries])
        names = device_names(tx, event)
    history = tuple(
        line._replace(who=names.get(line.who, line.who)) for line in _told(found.history, kept)
    )
    return found._replace(history=history, by=names.get(found.by, found.by))


def device_names(tx: Tx, event: int) -> dict[str, str]:
    """Give the devices that work with a link by their ids: their names."""
    return {row.id: row.name for row in stations.list_stations(tx, event) if row.name}


def made(
    state: State, person: Person, seen: Mapping[EntryId, frozenset[str]], history: Iterable[Line]
) -> Card:
    """Make the card of a person. seen: what was seen of every entry."""
    here = state.checked_in.get(person.bib) if person.bib else None
    parts = [
        _part(state, entry, contest, person.bib, seen, here)
        for entry in person.entries
        if (contest := state.event.contest(entry.contest)) is not None
    ]
    by = "" if here is None else desk_of(here)
    again = () if here is None else _again(state, here, person.bib)
    return Card(state.event, person, tuple(parts), here, by, again, tuple(history))


def _again(state: State, here: Read, bib: str) -> tuple[Read, ...]:
    """The other check-ins of somebody who is here."""
    reads = state.piles.get(bib, ())
    return tuple(read for read in reads if read.source == DESK and read.id != here.id)


def _card(state: State, entry: EntryId) -> Card | None:
    person = directory_of(state).whose(entry)
    if person is None:
        return None
    ids = {each.id for each in person.entries}
    own = [ruling for ruling in state.live if getattr(ruling.act, "entry", None) in ids]
    return made(state, person, seen_items(own), _history(state, ids, person.bib))


def _part(
    state: State,
    entry: Entry,
    contest: Contest,
    bib: str,
    seen: Mapping[EntryId, frozenset[str]],
    here: Read | None,
) -> Part:
    items = seen.get(entry.id, frozenset())
    ready = readiness(bib, contest.requires, items, checked_in=here is not None)
    first = first_round(contest)
    start = state.lineup.starts.get((entry.id, first.code)) if first is not None else None
    code = "" if start is None else start.wave
    wave = next((each for each in state.event.waves if each.code == code), None)
    return Part(entry, contest, items, ready, wave)


def _history(state: State, entries: set[EntryId], bib: str) -> list[Line]:
    """Read aloud what the journal says of a person, the oldest first."""
    own = [ruling for ruling in state.book.rulings if _speaks_of(state, ruling, entries, bib)]
    told = {ruling.id for ruling in own}
    holds = {ruling.id for ruling in state.live if ruling.id in told}
    back = [
        ruling
        for ruling in state.book.rulings
        if isinstance(ruling.act, act.Withdraw) and ruling.act.line in told
    ]
    lines = [_ruled(ruling, gone=ruling.id not in holds) for ruling in own]
    lines += [_ruled(ruling, gone=False) for ruling in back]
    voids = {ruling.act.line: ruling.id for ruling in own if isinstance(ruling.act, act.Void)}
    voided = [read for line in voids if (read := state.read(line)) is not None]
    present = [read for read in state.piles.get(bib, ()) if read.source == DESK]
    reads = {read.id: read for read in (*voided, *present)}
    lines += [_seen(read, gone=voids.get(read.id) in holds) for read in reads.values()]
    return sorted(lines, key=lambda line: line.at or 0)


def _speaks_of(state: State, ruling: Ruling, entries: set[EntryId], bib: str) -> bool:
    """Whether a ruling is about these entries, or takes a check-in under this bib back."""
    if isinstance(ruling.act, act.Void):
        read = state.read(ruling.act.line)
        return read is not None and read.source == DESK and read.bib == bib
    return getattr(ruling.act, "entry", None) in entries


def _seen(read: Read, *, gone: bool) -> Line:
    return Line(read.at, CHECKED_IN, {"point": read.point}, "", desk_of(read), gone)


def _ruled(ruling: Ruling, *, gone: bool) -> Line:
    kind, data = encode_act(ruling.act)
    return Line(ruling.at, kind, data, ruling.reason, ruling.author, gone)


def desk_of(read: Read) -> str:
    """Who checked somebody in: the account at a desk, else the id of the device of a link."""
    return read.station.rpartition("/")[2]


def _told(history: Sequence[Line], kept: Sequence[Amendment]) -> Iterator[Line]:
    """Put the values of amended fields to their rulings, which hold none."""
    values = {(each.entry, each.field, each.revision): each for each in kept}
    for line in history:
        found = None
        if line.what == "amend":
            key = (line.data["entry"], line.data["field"], line.data["revision"])
            found = values.get(key)
        if found is None:
            yield line
        else:
            yield line._replace(data={**line.data, "old": found.old, "new": found.new})
