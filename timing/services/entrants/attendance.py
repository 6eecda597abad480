"""Who is here, who is missing: the numbers of an event, the no-show list, everybody's card."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.fold.state import State
from timing.core.setup.event import Event
from timing.core.telling.checkin import seen_items
from timing.services.entrants.cards import Card, made
from timing.services.entrants.directory import directory_of, key_of
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


def _all_cards(state: State) -> list[Card]:
    seen = seen_items(state.live)
    directory = directory_of(state)
    guides = {key_of(entry) for entry in state.roster.entries if entry.guide}
    people = map(directory.person, range(len(directory.names.groups)))
    found = [made(state, person, seen, ()) for person in people
             if key_of(person.entries[0]) not in guides]  # fmt: skip
    return sorted(found, key=lambda card: (card.person.entries[0].family, card.person.name))
