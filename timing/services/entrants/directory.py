"""Finds people of an event by bib, barcode or name, with accents and slips of typing forgiven."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple

from rapidfuzz import fuzz, process

from timing.core.fold.state import State
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry, EntryId, Roster
from timing.store.folding import fold_text

_LIKE_ENOUGH = 74  # of 100; one slip in a name of eight letters scores about 85
_MANY = 40  # words that are like one word
_LAST_LETTER = "\U0010ffff"
Group = tuple[Entry, ...]
"""Everything that one person has entered."""


class Person(NamedTuple):
    """Everything one person has entered. bib: as it is worn now, "" when none was handed out."""

    bib: str
    entries: Group

    @property
    def name(self) -> str:
        """As printed."""
        return self.entries[0].name


class _Names(NamedTuple):
    """The people of a roster by name. words, ranks: every word of a name and whose it is.

    spoken: the words, each once. guides: who runs for nobody but another.
    """

    groups: Sequence[Group]
    folded: Sequence[str]
    words: Sequence[str]
    ranks: Sequence[int]
    spoken: Sequence[str]
    of_entry: Mapping[EntryId, int]
    by_external: Mapping[str, int]
    guides: frozenset[int]


class Directory(NamedTuple):
    """The people of an event in search form. chips: chip -> bib."""

    event: Event
    names: _Names
    bibs: Mapping[EntryId, str]
    by_bib: Mapping[str, int]
    chips: Mapping[str, str]

    def find(self, words: str, limit: int = 12) -> list[Person]:
        """Give who fits best: an exact bib alone, else names that hold all words, else the like."""
        exact = self._exact(words.strip())
        if exact is not None:
            return [self.person(exact)]
        wanted = fold_text(words).split()
        if not wanted:
            return []
        found = self._beginnings(wanted) or self._alike(wanted, limit)
        return [self.person(index) for index in found[:limit]]

    def person(self, index: int) -> Person:
        """Give the person of this place in the list of names."""
        entries = self.names.groups[index]
        return Person(self.bibs.get(entries[0].id, entries[0].bib), entries)

    def whose(self, entry: EntryId) -> Person | None:
        """Give the person who has an entry; None for a stranger."""
        index = self.names.of_entry.get(entry)
        return None if index is None else self.person(index)

    def _exact(self, words: str) -> int | None:
        """Whose bib, registration number or chip it is."""
        typed = words.casefold()
        found = self.by_bib.get(typed)
        if found is None:
            found = self.names.by_external.get(typed)
        return self.by_bib.get(self.chips.get(words, "").casefold()) if found is None else found

    def _beginnings(self, wanted: Sequence[str]) -> list[int]:
        """Who has for each word a name that begins with it, by name."""
        spans = sorted((self._span(word) for word in wanted), key=lambda span: span[1] - span[0])
        low, high = spans[0]
        there = sorted(set(self.names.ranks[low:high]))
        if len(wanted) == 1:
            return there
        spaced = [f" {word}" for word in wanted]
        names = self.names.folded
        return [rank for rank in there if all(word in names[rank] for word in spaced)]

    def _span(self, word: str) -> tuple[int, int]:
        low = bisect_left(self.names.words, word)
        return low, bisect_left(self.names.words, word + _LAST_LETTER, low)

    def _alike(self, wanted: Sequence[str], limit: int) -> list[int]:
        """Who has for each word a name that is like it, the most alike first; else the like."""
        scores: Counter[int] = Counter()
        there: set[int] | None = None
        for word in wanted:
            found = self._like_words(word)
            there = set(found) if there is None else there & set(found)
            scores.update(found)
        if there:
            return nsmallest(limit, there, key=lambda rank: (-scores[rank], rank))
        alike = process.extract(
            " ".join(wanted), self.names.folded, scorer=fuzz.ratio, limit=limit,
            score_cutoff=_LIKE_ENOUGH, processor=None,
        )  # fmt: skip
        return [index for _, _, index in alike]

    def _like_words(self, word: str) -> dict[int, int]:
        """Who has a name that begins like a word, and how like it is."""
        found: dict[int, int] = {}
        heads = list(dict.fromkeys(name[: len(word) + 1] for name in self.names.spoken))
        for like, score, _ in process.extract(
            word, heads, scorer=fuzz.ratio, limit=_MANY, score_cutoff=_LIKE_ENOUGH,
            processor=None,
        ):  # fmt: skip
            low, high = self._span(like)
            for rank in self.names.ranks[low:high]:
                found.setdefault(rank, int(score))
        return found


class _Kept(NamedTuple):
    """The last directory of an event, and what it was made of."""

    roster: Roster
    bibs: Mapping[EntryId, str]
    directory: Directory


_KEPT: dict[str, _Kept] = {}


def directory_of(state: State) -> Directory:
    """Give the directory of an event as it stands; made again when roster or bibs changed.

    A read or a ruling about one entry leaves both as they are, so that a desk which checks
    people in searches as fast as one which only looks.
    """
    slug, roster, bibs = state.event.slug, state.roster, state.lineup.bibs
    kept = _KEPT.get(slug)
    same = kept is not None and kept.roster is roster
    if kept is not None and same and kept.bibs is bibs:
        return kept.directory
    names = _names_from(kept, roster)
    by_bib: dict[str, int] = {}
    for index, group in enumerate(names.groups):
        if bib := bibs.get(group[0].id, group[0].bib):
            by_bib[bib.casefold()] = index
    directory = Directory(state.event, names, bibs, by_bib, state.lineup.chips)
    _KEPT[slug] = _Kept(roster, bibs, directory)
    return directory


def key_of(entry: Entry) -> tuple[str, int]:
    """What all entries of one person have in common."""
    return ("person", entry.person) if entry.person is not None else ("entry", entry.id)


def _names_from(kept: _Kept | None, roster: Roster) -> _Names:
    """Give the names of a roster; sorted again only where somebody is called otherwise or new."""
    if kept is None or len(kept.roster.entries) != len(roster.entries):
        return _names_of(roster.entries)
    names = kept.directory.names
    if kept.roster is roster:
        return names
    groups = list(names.groups)
    for old, new in zip(kept.roster.entries, roster.entries, strict=True):
        if old is not new:
            if _called(old) != _called(new):
                return _names_of(roster.entries)
            rank = names.of_entry[new.id]
            groups[rank] = tuple(new if each.id == new.id else each for each in groups[rank])
    return names._replace(groups=groups)


def _called(entry: Entry) -> tuple[object, ...]:
    """What the list of names is made of."""
    members = tuple(member.name for member in entry.members)
    return entry.id, entry.name, members, entry.person, entry.external, entry.guide


def _names_of(entries: Sequence[Entry]) -> _Names:
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key_of(entry), []).append(entry)
    pairs = sorted(((_spoken(group), tuple(group)) for group in groups.values()), key=_by_name)
    words = sorted((word, rank) for rank, (name, _) in enumerate(pairs) for word in name.split())
    by_external: dict[str, int] = {}
    of_entry: dict[EntryId, int] = {}
    for rank, (_, group) in enumerate(pairs):
        for entry in group:
            of_entry[entry.id] = rank
            if entry.external:
                by_external.setdefault(entry.external.casefold(), rank)
    alone = [word for word, _ in words]
    return _Names(
        [group for _, group in pairs], [name for name, _ in pairs], alone,
        [rank for _, rank in words], list(dict.fromkeys(alone)), of_entry, by_external,
        frozenset(rank for rank, (_, group) in enumerate(pairs) if any(e.guide for e in group)),
    )  # fmt: skip


def _spoken(group: Sequence[Entry]) -> str:
    """The name by which somebody is searched, a team also by those of its members."""
    first = group[0]
    return fold_text(" ".join((first.name, *(member.name for member in first.members))))


def _by_name(pair: tuple[str, Group]) -> tuple[str, EntryId]:
    return pair[0], pair[1][0].id
