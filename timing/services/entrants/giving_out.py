"""Numbers by rule, for a contest or for the whole event: who would get which, and giving them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.journal import rulings as act
from timing.core.refusal import refused
from timing.core.setup.event import Contest, Event
from timing.core.setup.numbering import (
    ORDERS,
    Field,
    Share,
    Stock,
    give_out,
    holder_of,
    read_ranges,
)
from timing.core.setup.roster import EntryId
from timing.services.entrants.entry_facts import Facts, facts_of
from timing.services.entrants.numbering import clashes
from timing.services.house import House
from timing.services.written import write
from timing.store import journal, roster, setup


class Wish(NamedTuple):
    """What is to be numbered. contest: a code, "" for the whole event. order: one of ORDERS.

    gaps: whether free numbers between worn ones are given out, too.
    """

    contest: str = ""
    order: str = "alphabet"
    gaps: bool = True


class Part(NamedTuple):
    """A contest of an offer. numbered: how many have a bib and keep it."""

    contest: Contest
    share: Share
    numbered: int


class Offer(NamedTuple):
    """Who would get which number. clashes: pairs of contests (by name) that share numbers."""

    event: Event
    wish: Wish
    parts: tuple[Part, ...]
    clashes: tuple[tuple[str, str], ...]
    facts: Facts

    @property
    def bibs(self) -> dict[EntryId, str]:
        """What everybody gets."""
        return {entry: bib for part in self.parts for entry, bib in part.share.bibs.items()}

    @property
    def short(self) -> tuple[EntryId, ...]:
        """The entries for whom there is no number."""
        return tuple(entry for part in self.parts for entry in part.share.short)

    @property
    def mark(self) -> str:
        """A short text that is another one as soon as somebody would get another number."""
        told = repr((sorted(self.bibs.items()), sorted(self.short)))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def propose(house: House, slug: str, wish: Wish) -> Offer:
    """Say who would get which number; nothing is written.

    Raises Refusal: no such order or contest, no contest with a range; UnknownEventError.
    """
    return _offer(facts_of(house, slug), wish)


def _offer(facts: Facts, wish: Wish) -> Offer:
    chosen = [each for each in facts.event.contests if wish.contest in ("", each.code)]
    if not chosen or wish.order not in ORDERS:
        raise refused("numbering", "choose a contest and one of the orders")
    if not any(each.bibs for each in chosen):
        if wish.contest:
            raise refused(
                "bib-range", "{name} has no range of bibs; set one first", name=chosen[0].name
            )
        raise refused("bib-range", "no contest has a range of bibs; set one first")
    stock = Stock(_worn(facts), set(facts.bibs.values()), facts.event.kept_bibs, wish.gaps)
    shares = give_out([_field(facts, each) for each in chosen], wish.order, stock)
    parts = tuple(
        Part(contest, share, _numbered(facts, contest))
        for contest, share in zip(chosen, shares, strict=True)
    )
    return Offer(facts.event, wish, parts, clashes(facts.event), facts)


def _field(facts: Facts, contest: Contest) -> Field:
    waiting = tuple(
        entry
        for entry in facts.entries.values()
        if entry.contest == contest.code and not facts.bibs.get(entry.id) and not entry.guide
    )
    return Field(contest.code, read_ranges(contest.bibs), waiting)


def _worn(facts: Facts) -> dict[int, str]:
    return {
        holder_of(entry): facts.bibs[entry.id]
        for entry in facts.entries.values()
        if facts.bibs.get(entry.id)
    }


def _numbered(facts: Facts, contest: Contest) -> int:
    return sum(
        bool(facts.bibs.get(entry.id))
        for entry in facts.entries.values()
        if entry.contest == contest.code
    )


def assign(house: House, slug: str, wish: Wish, *, seen: str = "", by: str) -> Offer:
    """Give everybody who has none a number, in one transaction; who has one keeps it.

    seen: the mark of the offer that somebody looked at; nothing is given where it would be
    another one now. Raises Refusal as ``propose``, and for such a change.
    """
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        journal.lock_head(tx, event)
        offer = propose(house, slug, wish)
        if seen not in ("", offer.mark) and offer.bibs:
            raise refused(
                "numbers-changed",
                "somebody was entered or got a number meanwhile; look at the numbers again",
            )
        changed = [
            replace(offer.facts.entries[entry], bib=bib) for entry, bib in offer.bibs.items()
        ]
        roster.save_entries(tx, event, changed)
        write(house, tx, event, _written(offer), "numbered by rule", by)
    return offer


def _written(offer: Offer) -> Iterator[act.BindBib]:
    """What the journal has to say: from the gun on everything, before only what it spoke of."""
    for entry, bib in offer.bibs.items():
        if offer.facts.started or entry in offer.facts.handed:
            yield act.BindBib(entry=entry, bib=bib)
