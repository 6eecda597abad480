"""The check-in desk: find somebody, see what is missing, say that they are here.

Everything is a line of the journal: being here is a read at the desk, the rest are rulings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import Instant
from timing.core.fold.attribution import DESK
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import Read
from timing.core.journal.rulings import Act, encode_act
from timing.core.refusal import refused
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry, EntryId
from timing.core.telling.checkin import ITEMS, Readiness, readiness, seen_items
from timing.services.entrants.directory import Person, directory_of
from timing.services.house import House, UnknownEventError
from timing.services.rulings import rule
from timing.services.written import write
from timing.store import bibs, journal, roster, setup

POINT = "check-in"


class Part(NamedTuple):
    """One contest of somebody: what it asks for, what was seen, whether they may start."""

    entry: Entry
    contest: Contest
    seen: frozenset[str]
    readiness: Readiness


class Line(NamedTuple):
    """One line of somebody's history. at: when; what: kind of ruling, or ``check_in``."""

    at: Instant | None
    what: str
    detail: str
    who: str


class Card(NamedTuple):
    """Everything the desk shows of one person. here: the first read at a desk."""

    person: Person
    parts: tuple[Part, ...]
    here: Read | None
    history: tuple[Line, ...]

    @property
    def ready(self) -> bool:
        """Whether they are ready for all their contests."""
        return all(part.readiness.ready for part in self.parts)

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of what is missing in any contest, each once."""
        return tuple(dict.fromkeys(item for part in self.parts for item in part.readiness.missing))


class Counters(NamedTuple):
    """People of an event, not entries. missing: expected and not here yet."""

    expected: int
    here: int
    missing: int
    ready: int


def find(house: House, slug: str, words: str) -> list[Person]:
    """Search the people of an event. Raises UnknownEventError."""
    snapshot = house.live.snapshot(slug)
    if snapshot is None:
        raise UnknownEventError(slug)
    return directory_of(snapshot).find(words)


def card(house: House, slug: str, entry: EntryId) -> Card | None:
    """Give the card of the person who has this entry, up to date; None for a stranger."""
    return house.live.ask(slug, lambda state: _card(state, entry))


def check_in(house: House, slug: str, entry: EntryId, *, by: str) -> Card:
    """Say that somebody is here.

    Raises Refusal: no bib to check in with, or here already (when, where, by whom).
    """
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        journal.lock_head(tx, event)
        found = _known(house, slug, entry)
        if found.here is not None:
            raise refused("checked-in-already", f"{found.person.name} is here already")
        if not found.person.bib:
            raise refused("no-bib", f"{found.person.name} has no bib yet; hand one out first")
        name, n = house.pen.next()
        read = Read(f"{name}/{by}", n, POINT, found.person.bib, None, house.clock(), DESK)
        journal.append(tx, event, [read], arrived=house.clock())
    return _known(house, slug, entry)


def check_out(house: House, slug: str, entry: EntryId, *, by: str) -> Card:
    """Take a check-in back: they are not here after all."""
    found = _known(house, slug, entry)
    if found.here is not None:
        rule(house, slug, [act.Void(line=found.here.id)], reason="not here after all", author=by)
    return _known(house, slug, entry)


def confirm(house: House, slug: str, entry: EntryId, items: Sequence[str], *, by: str) -> Card:
    """Note that items were seen, for every contest of the person that asks for them.

    Raises Refusal for an unknown item.
    """
    unknown = [item for item in items if item not in ITEMS]
    if unknown:
        raise refused("item-unknown", f"{unknown[0]!r} is nothing that a desk asks for")
    found = _known(house, slug, entry)
    acts: list[Act] = [
        act.Confirm(entry=part.entry.id, item=item)
        for part in found.parts
        for item in items
        if item in part.contest.requires and item not in part.seen
    ]
    if acts:
        rule(house, slug, acts, reason="seen at the desk", author=by)
    return _known(house, slug, entry)


def hand_out(house: House, slug: str, entry: EntryId, bib: str, *, by: str) -> Card:
    """Give somebody a bib, in all their contests. The database refuses a number twice.

    Raises Refusal: the number is on somebody else, or it is no number.
    """
    wanted = bib.strip().upper()
    if not wanted or len(wanted) > 12 or not wanted.isascii():
        raise refused("bib-unusable", f"{bib[:20]!r} is no bib; expected 1 to 12 letters or digits")
    found = _known(house, slug, entry)
    ids = [part.entry.id for part in found.parts]
    acts: list[Act] = [act.BindBib(entry=number, bib=wanted) for number in ids]
    if found.here is not None:  # a check-in names a bib, and goes with its wearer
        acts.append(act.Attribute(line=found.here.id, bib=wanted))
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        journal.lock_head(tx, event)
        _usable(setup.load_event(tx, slug), wanted)
        entries = [roster.load_entry(tx, event, number) for number in ids]
        changed = [replace(each, bib=wanted) for each in entries if each is not None]
        bibs.free_bibs(tx, event, ids)
        roster.save_entries(tx, event, changed)
        write(house, tx, event, acts, "handed out at the desk", by)
    return _known(house, slug, entry)


def _usable(event: Event, bib: str) -> None:
    why = event.kept_bibs.get(bib, "")
    if why == "lost":
        raise refused("bib-lost", f"bib {bib} is noted as lost; bring it back first")


def counters(house: House, slug: str) -> Counters:
    """Count the people of an event. Raises UnknownEventError."""
    found = house.live.ask(slug, _counted)
    if found is None:
        raise UnknownEventError(slug)
    return found


def _counted(state: State) -> Counters:
    """The numbers of all cards, without making a card of anybody."""
    seen = seen_items(state.live)
    contests = {contest.code: frozenset(contest.requires) for contest in state.event.contests}
    here: dict[object, bool] = {}
    unready: set[object] = set()
    nothing: frozenset[str] = frozenset()
    for entry in state.roster.entries:
        if entry.guide:
            continue
        key = -entry.id if entry.person is None else entry.person
        if key not in here:
            bib = state.lineup.bibs[entry.id]
            here[key] = bool(bib) and bib in state.checked_in
        if not here[key] or contests.get(entry.contest, nothing) - seen.get(entry.id, nothing):
            unready.add(key)
    arrived = sum(here.values())
    return Counters(len(here), arrived, len(here) - arrived, len(here) - len(unready))


def absent(house: House, slug: str, contest: str = "") -> list[Card]:
    """List who is not here yet, by name; of one contest, or of all. Raises UnknownEventError."""
    return [
        card
        for card in cards(house, slug)
        if card.here is None and any(contest in ("", part.contest.code) for part in card.parts)
    ]


def cards(house: House, slug: str) -> list[Card]:
    """Give the cards of everybody by name, without their history. Raises UnknownEventError."""
    found = house.live.ask(slug, _all_cards)
    if found is None:
        raise UnknownEventError(slug)
    return found


def _all_cards(state: State) -> list[Card]:
    seen = seen_items(state.live)
    people: dict[object, list[Entry]] = {}
    for entry in state.roster.entries:
        if not entry.guide:
            people.setdefault(_key(entry), []).append(entry)
    cards = [_made(state, entries, seen, ()) for entries in people.values()]
    return sorted(cards, key=lambda card: (card.person.entries[0].family, card.person.name))


def _card(state: State, entry: EntryId) -> Card | None:
    one = next((each for each in state.roster.entries if each.id == entry), None)
    if one is None:
        return None
    entries = [each for each in state.roster.entries if _key(each) == _key(one)]
    bibs_now = {state.lineup.bibs[each.id] for each in entries} - {""}
    history = _history(state, {each.id for each in entries}, bibs_now)
    return _made(state, entries, seen_items(state.live), history)


def _made(
    state: State,
    entries: Sequence[Entry],
    seen: dict[EntryId, frozenset[str]],
    history: tuple[Line, ...],
) -> Card:
    bib = state.lineup.bibs[entries[0].id]
    here = state.checked_in.get(bib) if bib else None
    parts = []
    for entry in entries:
        contest = state.event.contest(entry.contest)
        if contest is not None:
            items = seen.get(entry.id, frozenset())
            state_of = readiness(bib, contest.requires, items, checked_in=here is not None)
            parts.append(Part(entry, contest, items, state_of))
    return Card(Person(bib, tuple(entries)), tuple(parts), here, history)


def _key(entry: Entry) -> object:
    return ("person", entry.person) if entry.person is not None else ("entry", entry.id)


def _history(state: State, entries: set[EntryId], worn: set[str]) -> tuple[Line, ...]:
    """Read aloud what the journal says of a person, the oldest first."""
    lines = [
        Line(read.at, "check_in", read.point, read.station.rpartition("/")[2])
        for read in state.reads
        if read.source == DESK and read.bib in worn
    ]
    for ruling in state.live:
        if getattr(ruling.act, "entry", None) in entries:
            kind, data = encode_act(ruling.act)
            detail = " ".join(str(value) for key, value in data.items() if key != "entry")
            lines.append(Line(ruling.at, kind, detail, ruling.author))
    return tuple(sorted(lines, key=lambda line: line.at or 0))


def _known(house: House, slug: str, entry: EntryId) -> Card:
    found = card(house, slug, entry)
    if found is None:
        raise refused("entry-unknown", f"there is no entry {entry} at {slug}")
    return found
