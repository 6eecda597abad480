"""Finds people of an event by bib, barcode or name, with accents and slips of typing forgiven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from timing.core.setup.roster import Entry, Roster
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


class _Kept(NamedTuple):
    """The last directory of an event, and what it was made of."""

    roster: Roster
    rows: tuple[object, ...]
    directory: Directory


_KEPT: dict[str, _Kept] = {}


def directory_of(snapshot: Snapshot) -> Directory:
    """Give the directory of an event as it stands; made again when roster or bibs changed."""
    slug = snapshot.event.slug
    kept = _KEPT.get(slug)
    rows = tuple(each.rows for each in snapshot.standings.values())
    known = kept is not None and kept.roster is snapshot.roster
    if kept is not None and known and _same(kept.rows, rows):
        return kept.directory
    worn = {row.entry.id: row.bib for each in snapshot.standings.values() for row in each.rows}
    names = kept.directory if kept is not None and known else None
    directory = _made(snapshot.roster.entries, worn, names)
    _KEPT[slug] = _Kept(snapshot.roster, rows, directory)
    return directory


def _same(one: Sequence[object], other: Sequence[object]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _made(entries: Sequence[Entry], worn: Mapping[int, str], names: Directory | None) -> Directory:
    """Make a directory; names: of the same people, whose order and search forms still hold."""
    groups = _groups(entries) if names is None else [person.entries for person in names.people]
    people = [Person(worn.get(group[0].id, group[0].bib), group) for group in groups]
    by_bib = {person.bib.casefold(): index for index, person in enumerate(people) if person.bib}
    for index, person in enumerate(people):
        for entry in person.entries:
            if entry.external:
                by_bib.setdefault(entry.external.casefold(), index)
    folded = [fold_text(person.name) for person in people] if names is None else names.folded
    return Directory(people, folded, by_bib)


def _groups(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Everything of one person together, in the order of names."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        key = ("person", entry.person) if entry.person is not None else ("entry", entry.id)
        groups.setdefault(key, []).append(entry)
    return sorted(map(tuple, groups.values()), key=lambda group: fold_text(group[0].name))
