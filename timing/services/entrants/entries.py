"""The entries desk: files of entrants come in, single entries are made and amended.

Everything that is written goes through a plan (``entry_plan``), one row or a thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from timing.core.journal import rulings as act
from timing.core.refusal import Problem, Refusal, refused
from timing.core.setup.roster import Entry, EntryId, Member, Start
from timing.files.entrants.entries import EntryWords
from timing.files.tables.headers import Record
from timing.services.entrants.entry_doubts import CHOICES
from timing.services.entrants.entry_facts import facts_of, first_round, start_of
from timing.services.entrants.entry_plan import (
    CHANGE,
    NEW,
    SAME,
    SKIP,
    Answers,
    Plan,
    Planned,
    plan_records,
)
from timing.services.entrants.incoming import Incoming, Source, look
from timing.services.entrants.people import key_of
from timing.services.house import House, UnknownEventError
from timing.services.written import write
from timing.store import amendments, journal, roster, setup
from timing.store.amendments import Amendment
from timing.store.connect import Tx

BY_FORM = "form"
"""The name under which problems of a form are told; they have no line."""


class Imported(NamedTuple):
    """How many rows of each kind; refused: rows that could not be used."""

    new: int
    changed: int
    same: int
    skipped: int
    refused: int


class Preview(NamedTuple):
    """The file as it was read, and what an import would do."""

    incoming: Incoming
    plan: Plan

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that keeps a row out, in the order of the lines."""
        found = (*self.incoming.problems, *self.plan.problems)
        return tuple(sorted(found, key=lambda problem: problem.line or 0))


def plan_import(house: House, slug: str, source: Source, answers: Answers) -> Preview:
    """Say what an import would do. Raises UnknownEventError, Refusal for an unreadable file."""
    facts = facts_of(house, slug)
    incoming = look(source)
    words = EntryWords(dates=source.dates or _dates_of(incoming.form))
    if any(problem.code in _WHOLE for problem in incoming.problems):
        return Preview(incoming, Plan((), (), (), ()))
    return Preview(incoming, plan_records(facts, incoming.records, answers, source.name, words))


_WHOLE = {"missing-column", "duplicate-column"}


def _dates_of(form: str) -> str:
    return "mdy" if form == "hytek" else ""


def import_entries(
    house: House, slug: str, source: Source, answers: Answers, *, author: str
) -> Imported:
    """Write what the plan says, in one transaction; rows that cannot be used are left out.

    Raises Refusal while a decision is open (nothing is written), UnknownEventError.
    """
    preview = plan_import(house, slug, source, answers)
    if preview.plan.undecided:
        raise Refusal(*_open_decisions(preview))
    reason = f"import of {source.name}"
    counts = carry_out(house, slug, preview.plan, reason=reason, author=author)
    refused = len({problem.line for problem in preview.problems})
    return Imported(counts[NEW], counts[CHANGE], counts[SAME], counts[SKIP], refused)


def _open_decisions(preview: Preview) -> list[Problem]:
    name = preview.incoming.name
    return [
        Problem(doubt.code, doubt.said, name, each.line)
        for each in preview.plan.lines
        for doubt in each.undecided
    ]


def is_open(refusal: Refusal) -> bool:
    """Whether an import was refused because something is not decided."""
    return all(problem.code in CHOICES for problem in refusal.problems)


def plan_one(house: House, slug: str, fields: Mapping[str, str], answers: Answers) -> Plan:
    """Say what a form would enter. Raises UnknownEventError."""
    return plan_records(facts_of(house, slug), [record_of(fields)], answers, BY_FORM)


def enter_one(
    house: House, slug: str, fields: Mapping[str, str], answers: Answers, *, author: str
) -> EntryId:
    """Enter somebody by a form of fields as in a file; gives the entry, a known one too.

    Raises Refusal: what cannot be used, what is not decided yet; UnknownEventError.
    """
    plan = plan_one(house, slug, fields, answers)
    doubts = [doubt for each in plan.lines for doubt in each.undecided]
    wrong = [problem._replace(file=None, line=None) for problem in plan.problems]
    wrong += [Problem(doubt.code, doubt.said) for doubt in doubts]
    if wrong:
        raise Refusal(*wrong)
    counts = carry_out(house, slug, plan, reason="entered at the desk", author=author)
    if counts[SKIP]:
        raise refused("skipped", "nothing was entered")
    return counts.entries[0]


def record_of(fields: Mapping[str, str]) -> Record:
    """The fields of a form as a row of a file."""
    return Record(1, {key: " ".join(value.split()) for key, value in fields.items() if value})


class _Counts(dict[str, int]):
    """How many of each kind were written, and the entries they became, row by row."""

    entries: list[EntryId]

    def __missing__(self, key: str) -> int:
        return 0


def carry_out(house: House, slug: str, plan: Plan, *, reason: str, author: str) -> _Counts:
    """Carry a plan out on the entries as they are by now, in one transaction. Raises Refusal."""
    counts = _Counts(plan.counts)
    counts.entries = []
    with house.store.write() as tx:
        event = _number(tx, slug)
        journal.lock_head(tx, event)
        facts = _Desk(house, tx, event, slug, reason, author)
        facts.carry_out(plan, counts)
    return counts


class _Desk:
    """One transaction that enters people."""

    def __init__(
        self, house: House, tx: Tx, event: int, slug: str, reason: str, author: str
    ) -> None:
        self.house, self.tx, self.event = house, tx, event
        self.reason, self.author = reason, author
        self.setup = setup.load_event(tx, slug)
        self.there = {each.id: each for each in roster.load_roster(tx, event).entries}

    def carry_out(self, plan: Plan, counts: _Counts) -> None:
        fresh = [each for each in plan.lines if each.what == NEW]
        ids = iter(roster.new_entries(self.tx, self.event, len(fresh)) if fresh else ())
        persons = self._persons(fresh)
        changed: list[Entry] = []
        starts: list[Start] = []
        for each in plan.lines:
            entry = self._entry(each, ids, persons)
            if entry is None:
                continue
            counts.entries.append(entry.id)
            if each.what in (NEW, CHANGE):
                changed.append(entry)
            if each.what == NEW or "contest" in each.changes:
                start = start_of(self.setup, entry, each.wave, each.lane)
                starts += [] if start is None else [start]
        if changed:
            roster.save_entries(self.tx, self.event, changed)
            roster.save_starts(self.tx, self.event, starts)
        self._note([each for each in plan.lines if each.what == CHANGE])
        self._remember(fresh, persons)

    def _persons(self, fresh: list[Planned]) -> dict[int, int]:
        """Persons who are new, by minus the line on which they stand first."""
        unknown = list(dict.fromkeys(each.person for each in fresh if each.person < 0))
        if not unknown:
            return {}
        return dict(
            zip(unknown, roster.new_persons(self.tx, self.event, len(unknown)), strict=True)
        )

    def _entry(self, each: Planned, ids: Any, persons: Mapping[int, int]) -> Entry | None:
        if each.what == SKIP:
            return None
        if each.what == NEW:
            person = persons.get(each.person, each.person)
            return replace(each.entry, id=next(ids), person=person)
        now = self.there.get(each.entry.id)
        if now is None:
            raise refused("entry-gone", "{name} was taken out meanwhile", name=each.entry.name)
        values = {field: new for field, (_, new) in each.changes.items()}
        if now.bib and now.bib != each.changes.get("bib", ("", ""))[0]:
            values.pop("bib", None)  # a desk gave one out since the plan was made
        values.pop("wave", None)  # of a start, not of an entry
        return replace(now, **values)

    def _remember(self, fresh: list[Planned], persons: Mapping[int, int]) -> None:
        """Keep of whom it was said that they are two, so that nobody is asked again."""
        acts: list[act.Act] = [
            act.Clear(anomaly=key_of(each.apart, persons.get(each.person, each.person)))
            for each in fresh
            if each.apart
        ]
        write(self.house, self.tx, self.event, acts, "two people", self.author)

    def _note(self, changed: list[Planned]) -> None:
        """Keep what was changed in the history of each entry."""
        now = self.house.clock()
        acts: list[act.Act] = []
        for each in changed:
            for field, (old, new) in each.changes.items():
                if field in ("bib", "wave"):
                    acts += self._ruled(each, field, str(new))
                    continue
                noted = Amendment(each.entry.id, field, 0, text(old), text(new), now, self.author)
                revision = amendments.amend(self.tx, self.event, noted).revision
                amended = act.Amend(entry=each.entry.id, field=field, revision=revision)
                acts.append(amended)
        write(self.house, self.tx, self.event, acts, self.reason, self.author)

    def _ruled(self, each: Planned, field: str, new: str) -> list[act.Act]:
        """What no history keeps, because the journal says it itself."""
        entry = each.entry.id
        if field == "bib":
            return [act.BindBib(entry=entry, bib=new)]
        contest = self.setup.contest(each.entry.contest)
        first = None if contest is None else first_round(contest)
        if first is None:
            return []
        return [act.Move(entry=entry, round=first.code, wave=new, lane=each.lane)]


def text(value: Any) -> str:
    """A value of an entry as it is kept in its history."""
    if isinstance(value, tuple):
        if any(isinstance(each, Member) for each in value):
            return "; ".join(f"{each.leg} {each.name}" for each in value)
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _number(tx: Tx, slug: str) -> int:
    found = setup.find_event(tx, slug)
    if found is None:
        raise UnknownEventError(slug)
    return found
