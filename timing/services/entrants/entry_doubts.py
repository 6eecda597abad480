"""What may be wrong with an entry although it can be read, and how it can be settled.

Five kinds of doubt, each with its choices as data; ``skip`` leaves the row out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace
from rapidfuzz import fuzz, process

from timing.core.rulebook.categories import category_of
from timing.core.sentence import Sentence, Value, worded
from timing.core.setup.roster import Entry, PersonId
from timing.files.entrants.entered import bib_key
from timing.files.entrants.nations import nation_of
from timing.files.rulebook import scheme_at
from timing.services.entrants.directory import key_of
from timing.services.entrants.entry_facts import Facts, identity
from timing.store.folding import sorted_words

CHOICES: Mapping[str, tuple[str, ...]] = {
    "same_person": ("same", "other", "skip"),
    "moved": ("move", "other", "skip"),
    "twice": ("skip", "other"),
    "bib_taken": ("without", "skip"),
    "category": ("scheme", "keep", "skip"),
    "nation": ("keep", "clear", "skip"),
}
"""Kind of doubt -> what can be done about it."""

Ask = Callable[[str, Sentence], str]
"""Asks about a doubt (code, what is said) and gives what was chosen, "" if nothing was."""

_ALIKE = 88  # of 100, in names of sorted words


class Doubt(NamedTuple):
    """One thing to decide. chosen: "" as long as nobody did."""

    code: str
    said: Sentence
    chosen: str

    @property
    def sentence(self) -> str:
        """What is doubtful, in English."""
        return str(self.said)


class Known:
    """Who is entered already, in the event or on an earlier row of the file."""

    def __init__(self, facts: Facts, coming: Sequence[Entry]) -> None:
        """Look the event up. coming: everybody in the file.

        apart: by line, the person of whom it was said that this is somebody else.
        """
        self.facts = facts
        own = list(facts.entries.values())
        self.by_external = {(e.external, e.contest): e for e in own if e.external}
        self.elsewhere = {e.external: e for e in own if e.external}
        self.by_identity = {(identity(e), e.contest): e for e in own if e.born}
        self.people = {identity(e): e.person for e in own if e.born and e.person is not None}
        self.people_by_external = {
            e.external: e.person for e in own if e.external and e.person is not None
        }
        self.coming = {(e.external, e.contest) for e in coming if e.external}
        self.names: dict[str, dict[str, tuple[list[str], list[Entry]]]] = {}
        self.schemes = {
            each.code: scheme_at(facts.event, each.rules.categories)
            for each in facts.event.contests
        }
        self.worn: dict[str, tuple[object, str]] = {}
        self.bib_by_person: dict[int, str] = {}
        for entry in own:
            bib = facts.bibs.get(entry.id, entry.bib)
            if bib:
                self.worn[bib_key(bib)] = (key_of(entry), entry.name)
            if bib and entry.person is not None:
                self.bib_by_person.setdefault(entry.person, bib)
        self.apart: dict[int, PersonId] = {}
        self.rows: dict[object, int] = {}
        self.row_people: dict[object, int] = {}

    def judge(
        self, line: int, entry: Entry, answers: Mapping[str, str]
    ) -> tuple[Entry | None, list[Doubt], Entry]:
        """Find whom a row means: (the entry it changes or None, doubts, the row as settled)."""
        doubts: list[Doubt] = []

        def ask(code: str, said: Sentence) -> str:
            chosen = answers.get(f"{line}:{code}") or answers.get(f"all:{code}", "")
            chosen = chosen if chosen in CHOICES[code] else ""
            doubts.append(Doubt(code, said, chosen))
            return chosen

        target = self._target(line, entry, ask)
        before = self._before(entry)
        if before is not None:
            told = worded("{name} stands in line {before} already", name=entry.name, before=before)
            ask("twice", told)
        if entry.bib and (holder := self._holder(line, entry, target)):
            told = worded(
                "bib {bib} is on {holder}; for {name}",
                bib=entry.bib,
                holder=holder,
                name=entry.name,
            )
            ask("bib_taken", told)
            entry = replace(entry, bib="")
        entry = self._category(entry, ask)
        entry = _nation(entry, ask)
        return target, doubts, entry

    def _target(self, line: int, entry: Entry, ask: Ask) -> Entry | None:
        """Whom a row means; asks where it is not sure."""
        sure = self._sure(entry)
        if sure is not None:
            return sure
        if moved := self._moved(entry):
            told = worded(
                "{name} was entered in {contest}; here in {now}",
                name=moved.name,
                contest=moved.contest,
                now=entry.contest,
            )
            return moved if ask("moved", told) == "move" else None
        like = self._like(entry)
        if like is None:
            return None
        told = worded(
            "{name} may be {like}, who is entered already", name=entry.name, like=_words(like)
        )
        chosen = ask("same_person", told)
        if chosen == "other" and like.person is not None:
            self.apart[line] = like.person
        return like if chosen == "same" else None

    def person_of(self, line: int, entry: Entry) -> int:
        """The person of an entry: one who is known, else minus the first line that names them."""
        if entry.person is not None and entry.id:
            return entry.person
        for key in _keys(entry):
            found = self.people_by_external.get(key) if isinstance(key, str) else None
            found = found or (self.people.get(key) if isinstance(key, tuple) else None)
            found = found or self.row_people.get(key)
            if found:
                return found
        return -line

    def bib_of(self, person: int) -> str:
        """The bib that a person wears already."""
        return self.bib_by_person.get(person, "")

    def note(self, line: int, entry: Entry, person: int) -> None:
        """Remember a row for the rows that follow."""
        for key in _keys(entry):
            self.rows.setdefault((key, entry.contest), line)
            self.row_people.setdefault(key, person)
        if entry.bib:
            self.worn.setdefault(bib_key(entry.bib), (("person", person), entry.name))
            self.bib_by_person.setdefault(person, entry.bib)

    def _sure(self, entry: Entry) -> Entry | None:
        if entry.external:
            found = self.by_external.get((entry.external, entry.contest))
            if found is not None:
                return found
        found = self.by_identity.get((identity(entry), entry.contest)) if entry.born else None
        clash = found is not None and found.external and entry.external
        return None if clash else found

    def _moved(self, entry: Entry) -> Entry | None:
        found = self.elsewhere.get(entry.external) if entry.external else None
        stays = found is not None and (entry.external, found.contest) in self.coming
        return None if found is None or stays or found.contest == entry.contest else found

    def _like(self, entry: Entry) -> Entry | None:
        """Somebody in the same contest whose name is like this one and whose birth may be."""
        if entry.contest not in self.names:
            self.names[entry.contest] = self._by_year(entry.contest)
        years = self.names[entry.contest]
        wanted = sorted_words(entry.name)
        for year in dict.fromkeys((entry.born[:4], "")) if entry.born else years:
            words, entries = years.get(year, ([], []))
            alike = process.extract(
                wanted, words, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5, processor=None
            )
            for _, _, index in alike:
                other = entries[index]
                if births_agree(entry.born, other.born) and not _told_apart(entry, other):
                    return other
        return None

    def _by_year(self, contest: str) -> dict[str, tuple[list[str], list[Entry]]]:
        """The names of a contest, and whose they are, by the year of birth."""
        years: dict[str, tuple[list[str], list[Entry]]] = {}
        for entry in self.facts.entries.values():
            if entry.contest == contest:
                words, entries = years.setdefault(entry.born[:4], ([], []))
                words.append(sorted_words(entry.name))
                entries.append(entry)
        return years

    def _before(self, entry: Entry) -> int | None:
        if not entry.born and not entry.external:
            return self.rows.get(((*identity(entry), entry.club), entry.contest))
        return next(
            (line for key in _keys(entry) if (line := self.rows.get((key, entry.contest)))), None
        )

    def _holder(self, line: int, entry: Entry, target: Entry | None) -> str:
        """The name of somebody else who has the bib, "" when it is free or one's own."""
        found = self.worn.get(bib_key(entry.bib))
        if found is None:
            return ""
        own = ("person", self.person_of(line, entry)) if target is None else key_of(target)
        return "" if found[0] == own else found[1]

    def _category(self, entry: Entry, ask: Ask) -> Entry:
        found = self.schemes.get(entry.contest)
        if not entry.category or found is None:
            return entry
        codes = {row.code.casefold(): row.code for row in found.category}
        code = codes.get(entry.category.casefold())
        on = date.fromisoformat(self.facts.event.date) if self.facts.event.date else date.min
        right = category_of(found, sex=entry.sex.value, born=entry.born, age=entry.age, on=on)
        if code is not None and (right is None or right.code == code):
            return replace(entry, category=code)
        if code is None:
            told = worded(
                "{category!r} is no category of {name}", category=entry.category, name=found.name
            )
        else:
            told = worded(
                "{name} is in {code} by the file and in {right} by age",
                name=entry.name,
                code=code,
                right=right.code if right else "",
            )
        chosen = ask("category", told)
        return entry if chosen == "keep" else replace(entry, category="")


def _nation(entry: Entry, ask: Ask) -> Entry:
    code = nation_of(entry.nation)
    if code is not None:
        return replace(entry, nation=code)
    chosen = ask("nation", worded("{nation!r} is no nation that is known", nation=entry.nation))
    return replace(entry, nation="") if chosen == "clear" else entry


def births_agree(one: str, other: str) -> bool:
    """Whether two birth dates or years may be those of one person; "" may be any."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _told_apart(entry: Entry, other: Entry) -> bool:
    """Whether ids or sexes say that two are not one."""
    ids = bool(entry.external and other.external)
    return ids or bool(entry.sex and other.sex and entry.sex != other.sex)


def _keys(entry: Entry) -> list[object]:
    """Under what a row is remembered, the surest first."""
    keys: list[object] = [entry.external] if entry.external else []
    if entry.born:
        keys.append(identity(entry))
    elif not entry.external:
        keys.append((*identity(entry), entry.club))
    return keys


def _words(entry: Entry) -> Value:
    known = ", ".join(part for part in (entry.name, entry.born, entry.club) if part)
    return worded("{known}, bib {bib}", known=known, bib=entry.bib) if entry.bib else known
