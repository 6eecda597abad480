"""Who is here, who is missing: the numbers of an event, the no-show list, everybody's card."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.fold.state import State
from timing.core.setup.alphabet import alphabetical
from timing.core.setup.event import Event
from timing.core.telling.checkin import seen_items
from timing.services.entrants.cards import Card, made
from timing.services.entrants.directory import directory_of
from timing.services.house import House, UnknownEventError


class Counters(NamedTuple):
    """People of an event, not entries. missing: expected and not here yet."""

    expected: int
    here: int
    missing: int
    ready: int


def counters(house: House, slug: str) -> Counters:
    """Count the people of an event. Raises UnknownEventError."""
    return overview(house, slug)[1]


def overview(house: House, slug: str) -> tuple[Event, Counters]:
    """Give an event and the numbers of its people. Raises UnknownEventError."""
    found = house.live.ask(slug, lambda state: (state.event, _counted(state)))
    if found is None:
        raise UnknownEventError(slug)
    return found


def bibs_here(house: House, slug: str) -> frozenset[str]:
    """Give the bibs of those who are checked in. Raises UnknownEventError."""
    found = house.live.ask(slug, lambda state: frozenset(state.checked_in))
    if found is None:
        raise UnknownEventError(slug)
    return found


def absent(house: House, slug: str, contest: str = "") -> list[Card]:
    """List who is not here yet, by name; of one contest, or of all. Raises UnknownEventError."""
    return [
        card
        for card in cards(house, slug)
        if card.here is None and any(contest in ("", part.contest.code) for part in card.parts)
    ]


def awaited(house: House, slug: str, contest: str = "") -> list[Card]:
    """List whom the call room waits for: who is not here, or misses something. By name.

    Raises UnknownEventError.
    """
    return [
        card
        for card in cards(house, slug)
        if any(
            not part.readiness.ready and contest in ("", part.contest.code) for part in card.parts
        )
    ]


def cards(house: House, slug: str) -> list[Card]:
    """Give the cards of everybody by name, without their history. Raises UnknownEventError."""
    found = house.live.ask(slug, _all_cards)
    if found is None:
        raise UnknownEventError(slug)
    return found


def _counted(state: State) -> Counters:
    """The numbers of all cards; looks only at those who are here."""
    directory, seen = directory_of(state), seen_items(state.live)
    groups, guides = directory.names.groups, directory.names.guides
    contests = {contest.code: frozenset(contest.requires) for contest in state.event.contests}
    nothing: frozenset[str] = frozenset()
    found = {directory.by_bib.get(bib.casefold(), -1) for bib in state.checked_in} - {-1}
    here = [groups[index] for index in found - guides]
    ready = sum(
        all(
            contests.get(entry.contest, nothing) <= seen.get(entry.id, nothing) for entry in entries
        )
        for entries in here
    )
    expected = len(groups) - len(guides)
    return Counters(expected, len(here), expected - len(here), ready)


def _all_cards(state: State) -> list[Card]:
    seen = seen_items(state.live)
    directory = directory_of(state)
    numbers = range(len(directory.names.groups))
    people = (directory.person(n) for n in numbers if n not in directory.names.guides)
    found = [made(state, person, seen, ()) for person in people]
    return sorted(found, key=lambda card: alphabetical(card.person.entries[0]))
