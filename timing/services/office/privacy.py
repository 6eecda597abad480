"""Whose data is shown, and whose is erased. Places and standings never change by it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from timing.core.refusal import refused
from timing.core.setup.event import Event, Minors
from timing.core.setup.roster import Entry, EntryId
from timing.services.entrants.classify import categories_of
from timing.services.house import House, UnknownEventError
from timing.store import amendments, roster, setup
from timing.store.connect import Tx


def erase(house: House, slug: str, entry: EntryId) -> list[EntryId]:
    """Erase a person from an event: all its entries, its part in teams, history, enquiries.

    The category that followed from the birth is kept, so that nobody's place changes.
    Returns the entries that were erased. Raises Refusal (no such entry) and UnknownEventError.
    """
    with house.store.write() as tx:
        number = _event(tx, slug)
        event, everybody = setup.load_event(tx, slug), roster.load_roster(tx, number)
        theirs = _entries_of(everybody.entries, entry)
        if not theirs:
            raise refused(
                "entry-unknown", "there is no entry {entry} at {slug}", entry=entry, slug=slug
            )
        categories = categories_of(event, everybody)
        settled = [replace(each, category=_category(each, categories)) for each in theirs]
        roster.save_entries(tx, number, settled)
        amendments.erase(tx, number, entry, house.clock())
    return [each.id for each in theirs]


def show(house: House, slug: str, minors: str, *, robots: bool) -> Event:
    """Choose how the young are shown, and whether search engines may keep the pages.

    Raises Refusal (no such way) and UnknownEventError.
    """
    if minors not in set(Minors):
        expected = ", ".join(Minors)
        raise refused(
            "minors-unknown",
            "{minors!r} is no way; expected {known}",
            minors=minors,
            known=expected,
        )
    with house.store.write() as tx:
        _event(tx, slug)
        event = replace(setup.load_event(tx, slug), minors=Minors(minors), robots=robots)
        setup.save_event(tx, event)
    return event


def wearer(house: House, slug: str, bib: str) -> list[Entry]:
    """Give the entries under a bib, for who is about to erase them. Raises UnknownEventError."""
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    rows = (row for each in snapshot.standings.values() for row in each.rows if row.bib == bib)
    return list({row.entry.id: row.entry for row in rows}.values()) if bib else []


def _entries_of(entries: tuple[Entry, ...], entry: EntryId) -> list[Entry]:
    person = next((each.person for each in entries if each.id == entry), None)
    return [
        each
        for each in entries
        if each.id == entry or (person is not None and each.person == person)
    ]


def _category(entry: Entry, categories: Mapping[EntryId, str]) -> str:
    return entry.category or categories.get(entry.id, "")


def _event(tx: Tx, slug: str) -> int:
    number = setup.find_event(tx, slug)
    if number is None:
        raise UnknownEventError(slug)
    return number
