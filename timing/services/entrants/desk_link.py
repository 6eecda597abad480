"""What a desk with a link has on its device: everybody, what is missing, and who is here."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.setup.roster import EntryId
from timing.services.entrants.cards import Card, desk_of, device_names
from timing.services.entrants.checkin import cards
from timing.services.house import House
from timing.store import setup


class Somebody(NamedTuple):
    """One person as the device keeps them.

    missing: codes of items. entries: all of theirs. here: whether they are; desks: the lines that
    say so, the first first, each as ``station:n`` with the name of the desk.
    """

    bib: str
    name: str
    club: str
    nation: str
    born: str
    contests: str
    missing: tuple[str, ...]
    entries: tuple[EntryId, ...]
    external: str
    here: bool
    desks: tuple[tuple[str, str], ...]


def everybody(house: House, slug: str) -> list[Somebody]:
    """List the people of an event for a device that may lose the network. By name.

    Raises UnknownEventError.
    """
    found = cards(house, slug)
    with house.store.read() as tx:
        names = device_names(tx, setup.event_number(tx, slug))
    return [_somebody(card, names) for card in found]


def _somebody(card: Card, names: dict[str, str]) -> Somebody:
    first = card.person.entries[0]
    reads = () if card.here is None else (card.here, *card.again)
    desks = ((f"{read.station}:{read.n}", desk_of(read)) for read in reads)
    return Somebody(
        card.person.bib, card.person.name, first.club, first.nation, first.born[:4],
        ", ".join(part.contest.name for part in card.parts), card.missing,
        tuple(part.entry.id for part in card.parts), first.external,
        card.here is not None, tuple((line, names.get(desk, desk)) for line, desk in desks),
    )  # fmt: skip
