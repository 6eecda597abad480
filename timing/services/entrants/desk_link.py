"""What a desk with a link has on its device: everybody, what is missing, and who is here."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.setup.roster import EntryId
from timing.services.entrants.checkin import cards
from timing.services.house import House


class Somebody(NamedTuple):
    """One person as the device keeps them. missing: codes of items; asks: entries that ask."""

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


def everybody(house: House, slug: str) -> list[Somebody]:
    """List the people of an event for a device that may lose the network. By name.

    Raises UnknownEventError.
    """
    return [
        Somebody(
            card.person.bib, card.person.name, card.person.entries[0].club,
            card.person.entries[0].nation, card.person.entries[0].born[:4],
            ", ".join(part.contest.name for part in card.parts), card.missing,
            tuple(part.entry.id for part in card.parts), card.person.entries[0].external,
            card.here is not None,
        )
        for card in cards(house, slug)
    ]  # fmt: skip
