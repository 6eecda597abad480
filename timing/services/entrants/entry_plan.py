"""What an import would do, row by row, and what somebody has to decide before it does it.

A plan is a value: it is shown, decided on and made again, and nothing is written by making one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from timing.core.refusal import Problem
from timing.core.sentence import Sentence, worded
from timing.core.setup.roster import Entry, Member, Roster
from timing.core.telling.line_ups import line_up_doubts
from timing.files.entrants.entered import Entered
from timing.files.entrants.entries import LEGS, EntryWords, enter
from timing.files.entrants.values import is_yes
from timing.files.tables.headers import Record
from timing.services.entrants.entry_doubts import Doubt, Known
from timing.services.entrants.entry_facts import Facts, start_of, wave_named
from timing.services.entrants.incoming import Everything

Answers = Mapping[str, str]
"""``12:nation`` (a line) or ``all:nation`` -> one of CHOICES["nation"]; ``contest:WORD`` -> code.

``contest:`` alone says in which contest those are of whom no contest is named.
"""

NEW, CHANGE, SAME, SKIP = "new", "change", "same", "skip"

_ENTRY_FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "family"), "last_first": ("name", "family"), "last": ("name", "family"),
    "first": ("name", "family"), "chip": ("chips",),
} | {f"runners_{leg}": ("members",) for leg in range(1, LEGS + 1)}  # fmt: skip
_PLAIN = (
    "bib", "sex", "born", "age", "club", "nation", "delegation", "category", "team", "seed",
    "external", "note", "out_of_competition", "guide",
)  # fmt: skip


class Planned(NamedTuple):
    """One row. what: NEW, CHANGE, SAME or SKIP. entry: as it will be; id 0 is a new one.

    changes: field -> (old, new). person: whose entry a new one is: a person who is known, or
    minus the line on which the person stands first. wave: a code, "" for that of the contest.
    apart: a person like this one, of whom it was said that they are two; 0 for nobody.
    """

    line: int
    what: str
    entry: Entry
    person: int
    wave: str
    lane: int
    changes: Mapping[str, tuple[Any, Any]]
    doubts: tuple[Doubt, ...]
    apart: int = 0

    @property
    def undecided(self) -> tuple[Doubt, ...]:
        """What somebody still has to decide."""
        return tuple(doubt for doubt in self.doubts if not doubt.chosen)


class Plan(NamedTuple):
    """problems: rows that cannot be used, each with its line. contests: words that name none."""

    lines: tuple[Planned, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    contests: tuple[str, ...]

    @property
    def undecided(self) -> int:
        """How many decisions are open."""
        return sum(len(each.undecided) for each in self.lines)

    @property
    def counts(self) -> Counter[str]:
        """How many rows of each kind."""
        return Counter(each.what for each in self.lines)

    @property
    def open_kinds(self) -> dict[str, int]:
        """Kinds of doubt, and how many rows have it."""
        return Counter(doubt.code for each in self.lines for doubt in each.doubts)


def plan_records(
    facts: Facts,
    listed: Sequence[Record],
    answers: Answers,
    name: str,
    words: EntryWords | None = None,
) -> Plan:
    """Plan the rows of a file. name: of the file, for the problems."""
    findings = Everything()
    contests = _contests(facts, answers)
    present = [_with_contest(each, answers) for each in listed if not is_yes(each.get("removed"))]
    if len(present) < len(listed):
        left_out = len(listed) - len(present)
        findings.notice(
            "removed",
            worded("{left_out} are marked as removed and left out", left_out=left_out),
            name,
        )
    entered = enter(present, contests, findings, words or EntryWords(), name)
    bad = {problem.line for problem in findings.problems}
    good = [
        (one, record)
        for one, record in zip(entered, present, strict=True)
        if one.line not in bad and not _unusable(facts, one, findings, name)
    ]
    known = Known(facts, [one.entry for one, _ in good])
    lines = tuple(_planned(facts, known, one, record, answers) for one, record in good)
    _count(facts, lines, findings, name)
    _line_ups(facts, lines, findings, name)
    unknown = {each.get("contest") for each in present if each.get("contest")} if listed else set()
    strange = sorted(word for word in unknown if word.casefold() not in contests)
    return Plan(lines, tuple(findings.problems), tuple(findings.notices), tuple(strange))


def _contests(facts: Facts, answers: Answers) -> dict[str, str]:
    known: dict[str, str] = {}
    for contest in facts.event.contests:
        known.setdefault(contest.name.casefold(), contest.code)
        known[contest.code.casefold()] = contest.code
    for key, code in answers.items():
        if key.startswith("contest:") and facts.event.contest(code) is not None:
            known[key.removeprefix("contest:").casefold()] = code
    return known


def _with_contest(record: Record, answers: Answers) -> Record:
    chosen = answers.get("contest:", "")
    if not chosen or record.get("contest"):
        return record
    return Record(record.line, {**record.fields, "contest": chosen})


def _unusable(facts: Facts, one: Entered, findings: Everything, name: str) -> bool:
    """Whether a row names a wave or a bib that cannot be."""
    bib, wave = one.entry.bib, one.wave
    wrong: Sentence | None = None
    if bib and (len(bib) > 12 or not bib.isascii() or " " in bib):
        wrong = worded("{bib!r} is no bib; expected 1 to 12 letters or digits", bib=bib[:20])
    elif wave and not wave_named(facts.event, wave):
        codes = ", ".join(each.code for each in facts.event.waves)
        wrong = worded("there is no wave {wave!r}; expected one of {codes}", wave=wave, codes=codes)
    if wrong is not None:
        findings.problem("row", wrong, name, one.line)
    return wrong is not None


def _planned(facts: Facts, known: Known, one: Entered, record: Record, answers: Answers) -> Planned:
    entry = replace(one.entry, bib=one.entry.bib.upper())
    target, doubts, entry = known.judge(one.line, entry, answers)
    wave = wave_named(facts.event, one.wave)
    if any(doubt.chosen == SKIP for doubt in doubts):
        return Planned(one.line, SKIP, entry, 0, wave, one.lane, {}, tuple(doubts))
    if target is None:
        person = known.person_of(one.line, entry)
        fresh = replace(entry, id=0, person=None, bib=entry.bib or known.bib_of(person))
        known.note(one.line, fresh, person)
        apart = known.apart.get(one.line, 0)
        return Planned(one.line, NEW, fresh, person, wave, one.lane, {}, tuple(doubts), apart)
    changes = {**_changes(facts, target, entry, record), **wave_change(facts, target, entry, wave)}
    changed = replace(target, **{f: new for f, (_, new) in changes.items() if f != "wave"})
    start = facts.starts.get(target.id)
    lane = one.lane or (start.lane if start is not None else 0)
    what = CHANGE if changes else SAME
    known.note(one.line, changed, known.person_of(one.line, changed))
    return Planned(one.line, what, changed, 0, wave, lane, changes, tuple(doubts))


def wave_change(facts: Facts, old: Entry, new: Entry, wave: str) -> dict[str, tuple[Any, Any]]:
    """From which wave to which an entry goes; wave: as asked for, "" for that of the contest.

    Who was moved once by a ruling is moved by another one when the contest changes.
    """
    before = facts.wave(old.id)
    if old.contest != new.contest and not wave and old.id in facts.moved:
        start = start_of(facts.event, new)
        wave = "" if start is None else start.wave
    known = old.contest != new.contest or before
    return {"wave": (before, wave)} if wave and known and wave != before else {}


def _changes(facts: Facts, old: Entry, new: Entry, record: Record) -> dict[str, tuple[Any, Any]]:
    """What the file says otherwise. An empty cell says nothing; a bib of the day stays."""
    told = dict.fromkeys(
        field
        for column in record.fields
        if record.get(column)
        for field in _ENTRY_FIELDS.get(column, (column,) if column in _PLAIN else ())
    )
    if old.contest != new.contest:
        told["contest"] = None
    new = replace(new, members=_members(old, new))
    if not new.family:
        told.pop("family", None)
    worn = facts.bibs.get(old.id, old.bib)
    if worn and facts.keeps_bib(old.id):
        told.pop("bib", None)
    pairs = {field: (getattr(old, field), getattr(new, field)) for field in told}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def _members(old: Entry, new: Entry) -> tuple[Member, ...]:
    """The runners as the file has them; what was known of them, and legs it leaves out, stay."""
    known = {each.name.casefold(): each for each in old.members}
    named = {each.leg for each in new.members}
    told = [
        replace(known.get(each.name.casefold(), each), name=each.name, leg=each.leg)
        for each in new.members
    ]
    here = {each.name.casefold() for each in told}
    kept = [
        each for each in old.members if each.leg not in named and each.name.casefold() not in here
    ]
    return tuple(sorted((*told, *kept), key=lambda each: (not each.leg, each.leg)))


def _line_ups(facts: Facts, lines: Sequence[Planned], findings: Everything, name: str) -> None:
    """Tell what the rules say to the relay teams as they would be."""
    coming = {each.entry.id: each.entry for each in lines if each.entry.id and each.what != SKIP}
    fresh = [
        replace(each.entry, id=-number)
        for number, each in enumerate(lines, start=1)
        if each.what == NEW
    ]
    there = [coming.get(each.id, each) for each in facts.entries.values()]
    roster = Roster(entries=tuple(there + fresh))
    touched = {each.id for each in fresh} | set(coming)
    for doubt in line_up_doubts(facts.event, roster):
        if doubt.entry in touched:
            findings.notice(doubt.code, doubt.said, name)


def _count(facts: Facts, lines: Iterable[Planned], findings: Everything, name: str) -> None:
    """Say where more would be entered than there is room."""
    entered = Counter(entry.contest for entry in facts.entries.values())
    entered.update(each.entry.contest for each in lines if each.what == NEW)
    for contest in facts.event.contests:
        if contest.capacity is not None and entered[contest.code] > contest.capacity:
            sentence = worded(
                "{name} has room for {capacity} and would have {entered} entrants",
                name=contest.name,
                capacity=contest.capacity,
                entered=entered[contest.code],
            )
            findings.notice("capacity", sentence, name)
