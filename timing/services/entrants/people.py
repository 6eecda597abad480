"""Who may be one person in several contests: alike names, and what somebody decided about them.

"Not the same person" is a ruling in the journal, so that it is remembered and can be undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec.structs import replace
from rapidfuzz import fuzz, process

from timing.core.journal import rulings as act
from timing.core.journal.rulings import Act
from timing.core.refusal import refused
from timing.core.setup.roster import Entry, PersonId, Roster
from timing.services.entrants.entry_doubts import births_agree
from timing.services.entrants.numbering import follow
from timing.services.house import House, UnknownEventError
from timing.services.live import Live
from timing.services.rulings import rule
from timing.services.written import write
from timing.store import bibs, journal, roster, setup
from timing.store.folding import sorted_words

_ALIKE = 87
_MOST = 5
"""So many people are asked about for one, at most."""


class Pair(NamedTuple):
    """Two people who may be one, with their entries; score: of 100."""

    one: tuple[Entry, ...]
    other: tuple[Entry, ...]
    score: int
    key: str


def alike(house: House, slug: str) -> list[Pair]:
    """List who may be one person and was not decided on, the most alike first.

    Raises UnknownEventError.
    """
    found = house.live.ask(slug, lambda state: (state.roster, frozenset(state.cleared)))
    if found is None:
        raise UnknownEventError(slug)
    roster, decided = found
    return [pair for pair in _pairs_of(house.live, slug, roster) if pair.key not in decided]


def _pairs_of(live: Live, slug: str, roster: Roster) -> list[Pair]:
    """The pairs of a roster, decided or not, the most alike first; found once a roster.

    Among thousands it takes a moment, in which nobody else has to wait.
    """
    shelf = _found.setdefault(live, {})
    kept = shelf.get(slug)
    if kept is not None and kept[0] is roster:
        return kept[1]
    people: dict[PersonId, list[Entry]] = {}
    for entry in roster.entries:
        if entry.person is not None and not entry.members:
            people.setdefault(entry.person, []).append(entry)
    pairs = sorted(_pairs(people), key=lambda pair: (-pair.score, pair.one[0].name))
    shelf[slug] = (roster, pairs)
    return pairs


_found: WeakKeyDictionary[Live, dict[str, tuple[Roster, list[Pair]]]] = WeakKeyDictionary()


def _pairs(people: Mapping[PersonId, list[Entry]]) -> Iterator[Pair]:
    """Hold those against each other who may have one birth year: its own, and those without."""
    years: dict[str, list[PersonId]] = {}
    for number, entries in people.items():
        years.setdefault(entries[0].born[:4], []).append(number)
    nobody = years.pop("", [])
    words = {number: sorted_words(entries[0].name) for number, entries in people.items()}
    for group in years.values():
        for place, number in enumerate(group):
            yield from _like(people, words, number, group[place + 1 :])
    known = [number for group in years.values() for number in group]
    for place, number in enumerate(nobody):
        yield from _like(people, words, number, [*nobody[place + 1 :], *known])


def _like(
    people: Mapping[PersonId, list[Entry]],
    words: Mapping[PersonId, str],
    number: PersonId,
    others: list[PersonId],
) -> Iterator[Pair]:
    """The few of the others whose names are most like that of one person."""
    hits = process.extract(
        words[number], [words[other] for other in others], scorer=fuzz.ratio, processor=None,
        score_cutoff=_ALIKE, limit=_MOST,
    )  # fmt: skip
    for _, score, index in hits:
        one, other = people[number], people[others[index]]
        if _may_be_one(one[0], other[0]):
            yield Pair(tuple(one), tuple(other), int(score), key_of(number, others[index]))


def _may_be_one(one: Entry, other: Entry) -> bool:
    sexes = not one.sex or not other.sex or one.sex == other.sex
    return sexes and births_agree(one.born, other.born)


def key_of(one: PersonId, other: PersonId) -> str:
    """Under what it is remembered that two are not one."""
    low, high = sorted((one, other))
    return f"same_person:{low}:{high}"


def part(house: House, slug: str, one: PersonId, other: PersonId, *, by: str) -> None:
    """Remember that two are not the same person."""
    rule(house, slug, [act.Clear(anomaly=key_of(one, other))], reason="two people", author=by)


def join(house: House, slug: str, one: PersonId, other: PersonId, *, by: str) -> None:
    """Make two people one, who then wears one bib: that of the first, else of the second.

    Raises Refusal when both are entered in one contest, UnknownEventError.
    """
    with house.store.write() as tx:
        event = setup.find_event(tx, slug)
        if event is None:
            raise UnknownEventError(slug)
        journal.lock_head(tx, event)
        entries = roster.load_roster(tx, event).entries
        first = [entry for entry in entries if entry.person == one]
        second = [entry for entry in entries if entry.person == other]
        _check(first, second)
        bib = next((entry.bib for entry in (*first, *second) if entry.bib), "")
        joined = [replace(entry, person=one, bib=bib) for entry in (*first, *second)]
        moved = [entry for entry in (*first, *second) if entry.bib and entry.bib != bib]
        here = house.live.ask(
            slug, lambda state: [a for e in moved for a in follow(state, e.bib, bib)]
        )
        bibs.free_bibs(tx, event, [entry.id for entry in joined])
        roster.save_entries(tx, event, joined)
        acts: list[Act] = [act.BindBib(entry=entry.id, bib=bib) for entry in joined] if bib else []
        write(house, tx, event, [*acts, *(here or [])], "one person", by)


def _check(first: list[Entry], second: list[Entry]) -> None:
    if not first or not second:
        raise refused("person-unknown", "one of the two is not entered any more")
    both = {entry.contest for entry in first} & {entry.contest for entry in second}
    if both:
        raise refused(
            "entered-twice",
            "both are entered in {known}; take one entry out first",
            known=", ".join(sorted(both)),
        )
