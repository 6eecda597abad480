"""Finds people of an event by bib, barcode or name, with accents and slips of typing forgiven."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from timing.core.roster import Entry
from timing.services.live import Snapshot
from timing.store.folding import fold_text

_LIKE_ENOUGH = 74  # of 100; one slip in a name of eight letters scores about 85


class Person(NamedTuple):
    """Everything one person has entered. bib: as it is worn now, "" when none was handed out."""

    bib: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """As printed."""
        return self.entries[0].name


class Directory(NamedTuple):
    """The people of an event in search form. by_bib: also the people's external numbers."""

    people: Sequence[Person]
    folded: Sequence[str]
    by_bib: dict[str, int]

    def find(self, words: str, limit: int = 12) -> list[Person]:
        """Give who fits best: an exact bib alone, else names that hold all words, else the like."""
        exact = self.by_bib.get(words.strip().casefold())
        if exact is not None:
            return [self.people[exact]]
        wanted = [f" {word}" for word in fold_text(words).split()]
        if not wanted:
            return []
        found = [
            index
            for index, name in enumerate(self.folded)
            if all(word in name for word in wanted)
        ]  # fmt: skip
        if not found:
            found = self._alike(words, limit)
        return [self.people[index] for index in found[:limit]]

    def _alike(self, words: str, limit: int) -> list[int]:
        alike = process.extract(
            fold_text(words), self.folded, scorer=fuzz.WRatio, limit=limit,
            score_cutoff=_LIKE_ENOUGH, processor=None,
        )  # fmt: skip
        return [index for _, _, index in alike]


def directory_of(snapshot: Snapshot) -> Directory:
    """Give the directory of an event as it stands; made again when roster or bibs changed."""
    worn = tuple(
        sorted(
            {(row.entry.id, row.bib) for each in snapshot.standings.values() for row in each.rows}
        )
    )
    return _directory(snapshot.event.slug, snapshot.setup, snapshot.roster.entries, worn)


@lru_cache(maxsize=8)
def _directory(
    _slug: str, _setup: int, entries: tuple[Entry, ...], worn: tuple[tuple[int, str], ...]
) -> Directory:
    bibs = dict(worn)
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        key = ("person", entry.person) if entry.person is not None else ("entry", entry.id)
        groups.setdefault(key, []).append(entry)
    people = [
        Person(bibs.get(group[0].id, group[0].bib), tuple(group)) for group in groups.values()
    ]
    people.sort(key=lambda person: fold_text(person.name))
    by_bib = {person.bib.casefold(): index for index, person in enumerate(people) if person.bib}
    for index, person in enumerate(people):
        for entry in person.entries:
            if entry.external:
                by_bib.setdefault(entry.external.casefold(), index)
    return Directory(people, [fold_text(person.name) for person in people], by_bib)
