"""The check-in desk: find somebody, see what is missing, say that they are here.

Everything is a line of the journal: being here is a read at the desk, the rest are rulings.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from timing.core.fold.attribution import DESK
from timing.core.journal import rulings as act
from timing.core.journal.lines import Read
from timing.core.journal.rulings import Act
from timing.core.refusal import refused
from timing.core.setup.event import Event
from timing.core.setup.roster import EntryId
from timing.core.telling.checkin import ITEMS
from timing.services.entrants.attendance import Counters, absent, cards, counters
from timing.services.entrants.cards import Card, card
from timing.services.entrants.directory import Person, directory_of
from timing.services.house import House, UnknownEventError
from timing.services.rulings import rule
from timing.services.written import write
from timing.store import bibs, journal, roster, setup

__all__ = [
    "POINT", "Card", "Counters", "absent", "card", "cards", "check_in", "check_out", "confirm",
    "counters", "find", "hand_out",
]  # fmt: skip
POINT = "check-in"


def find(house: House, slug: str, words: str) -> list[Person]:
    """Search the people of an event. Raises UnknownEventError."""
    directory = house.live.ask(slug, directory_of)
    if directory is None:
        raise UnknownEventError(slug)
    return directory.find(words)


def check_in(house: House, slug: str, entry: EntryId, *, by: str) -> Card:
    """Say that somebody is here.

    Raises Refusal: no bib to check in with, or here already (by whom; the card says when).
    """
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        journal.lock_head(tx, event)
        found = _known(house, slug, entry)
        if found.here is not None:
            raise refused(
                "checked-in-already",
                "{name} is here already: checked in by {by}",
                name=found.person.name,
                by=found.by,
            )
        if not found.person.bib:
            raise refused(
                "no-bib", "{name} has no bib yet; hand one out first", name=found.person.name
            )
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
        raise refused("item-unknown", "{item!r} is nothing that a desk asks for", item=unknown[0])
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
        raise refused(
            "bib-unusable", "{bib!r} is no bib; expected 1 to 12 letters or digits", bib=bib[:20]
        )
    found = _known(house, slug, entry)
    ids = [each.id for each in found.person.entries]
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
        before = f" in place of {found.person.bib}" if found.person.bib else ""
        write(house, tx, event, acts, f"handed out at the desk{before}", by)
    return _known(house, slug, entry)


def _usable(event: Event, bib: str) -> None:
    why = event.kept_bibs.get(bib, "")
    if why == "lost":
        raise refused("bib-lost", "bib {bib} is noted as lost; bring it back first", bib=bib)


def _known(house: House, slug: str, entry: EntryId) -> Card:
    found = card(house, slug, entry)
    if found is None:
        raise refused(
            "entry-unknown", "there is no entry {entry} at {slug}", entry=entry, slug=slug
        )
    return found
