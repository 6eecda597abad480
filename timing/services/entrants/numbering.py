"""Bibs and chips: ranges, automatic numbers, reserved and lost ones, chips, a swap in one step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.rulings import Act
from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import worded, words_of
from timing.core.setup.event import Contest, Event
from timing.core.setup.numbering import ORDERS, Given, give_out, overlaps, read_ranges
from timing.core.setup.roster import Entry
from timing.files.tables.findings import Findings
from timing.files.tables.headers import name_columns, records
from timing.files.tables.rows import read_rows
from timing.services.entrants.entry_facts import Facts, facts_of
from timing.services.house import House, UnknownEventError
from timing.services.written import write
from timing.store import bibs, journal, roster, setup
from timing.store.connect import Tx

KEPT = ("reserved", "lost")
"""Why a number is not given out."""


class Row(NamedTuple):
    """A contest on the page: how many have a bib, how many wait, how many numbers are left."""

    contest: Contest
    numbered: int
    waiting: int
    left: int | None


class Board(NamedTuple):
    """The page. clashes: pairs of contests whose ranges share numbers. chips: how many."""

    event: Event
    rows: tuple[Row, ...]
    clashes: tuple[tuple[str, str], ...]
    chips: int
    facts: Facts


def board(house: House, slug: str) -> Board:
    """Give the page of bibs and chips. Raises UnknownEventError."""
    facts = facts_of(house, slug)
    chips = house.live.ask(slug, lambda state: len(state.lineup.chips)) or 0
    ranges = {contest.name: read_ranges(contest.bibs) for contest in facts.event.contests}
    rows = tuple(_row(facts, contest) for contest in facts.event.contests)
    return Board(facts.event, rows, tuple(overlaps(ranges)), chips, facts)


def _row(facts: Facts, contest: Contest) -> Row:
    own = [entry for entry in facts.entries.values() if entry.contest == contest.code]
    numbered = sum(bool(facts.bibs.get(entry.id)) for entry in own)
    taken = _taken(facts)
    ranges = read_ranges(contest.bibs)
    left = sum(bib not in taken for each in ranges for bib in each.numbers()) if ranges else None
    return Row(contest, numbered, len(own) - numbered, left)


def _taken(facts: Facts) -> set[str]:
    return {bib for bib in facts.bibs.values() if bib} | set(facts.event.kept_bibs)


def set_ranges(house: House, slug: str, ranges: Mapping[str, str]) -> None:
    """Say which numbers each contest (by code) has. Raises Refusal for what is no range."""
    problems = []
    for code, text in ranges.items():
        try:
            read_ranges(text)
        except ValueError as error:
            problems.append(
                Problem("bib-range", worded("{where}: {told}", where=code, told=words_of(error)))
            )
    if problems:
        raise Refusal(*problems)
    with house.store.write() as tx:
        event = _event(tx, slug)
        contests = tuple(
            replace(each, bibs=" ".join(ranges.get(each.code, each.bibs).upper().split()))
            for each in event.contests
        )
        setup.save_event(tx, replace(event, contests=contests))


def keep(house: House, slug: str, numbers: str, why: str) -> int:
    """Take numbers (as ranges) out of use; why: one of KEPT, or "" to bring them back.

    Gives how many were changed. Raises Refusal.
    """
    if why not in (*KEPT, ""):
        raise refused("kept", "{why!r} is no reason; expected reserved or lost", why=why[:20])
    try:
        meant = [bib for each in read_ranges(numbers) for bib in each.numbers()]
    except ValueError as error:
        raise Refusal(Problem("bib-range", words_of(error))) from None
    with house.store.write() as tx:
        event = _event(tx, slug)
        kept = {bib: reason for bib, reason in event.kept_bibs.items() if bib not in set(meant)}
        if why:
            kept |= dict.fromkeys(meant, why)
        setup.save_event(tx, replace(event, kept_bibs=kept))
    return len(meant)


def propose(house: House, slug: str, contest: str, order: str) -> Given:
    """Say who would get which number. Raises Refusal: no such order or contest, no range."""
    facts = facts_of(house, slug)
    found = facts.event.contest(contest)
    if found is None or order not in ORDERS:
        raise refused("numbering", "choose a contest and one of the orders")
    ranges = read_ranges(found.bibs)
    if not ranges:
        raise refused("bib-range", "{name} has no range of bibs; set one first", name=found.name)
    waiting = [
        entry
        for entry in facts.entries.values()
        if entry.contest == contest and not facts.bibs.get(entry.id) and not entry.guide
    ]
    worn = _worn_elsewhere(facts)
    known = {entry.id: worn[entry.person] for entry in waiting if entry.person in worn}
    fresh = [entry for entry in waiting if entry.id not in known]
    given = give_out(fresh, order, ranges, _taken(facts))
    return Given({**known, **given.bibs}, given.short)


def _worn_elsewhere(facts: Facts) -> dict[int | None, str]:
    return {
        entry.person: facts.bibs[entry.id]
        for entry in facts.entries.values()
        if entry.person is not None and facts.bibs.get(entry.id)
    }


def assign(house: House, slug: str, contest: str, order: str, *, by: str) -> Given:
    """Give everybody of a contest who has none a number, in one transaction.

    Raises Refusal as ``propose``, and when a number was taken meanwhile.
    """
    given = propose(house, slug, contest, order)
    started = facts_of(house, slug).started
    with house.store.write() as tx:
        event = _number(tx, slug)
        journal.lock_head(tx, event)
        found = [roster.load_entry(tx, event, number) for number in given.bibs]
        waiting = [entry for entry in found if entry is not None and not entry.bib]
        roster.save_entries(
            tx, event, [replace(entry, bib=given.bibs[entry.id]) for entry in waiting]
        )
        if started:
            acts = [act.BindBib(entry=e.id, bib=given.bibs[e.id]) for e in waiting]
            write(house, tx, event, acts, "numbered by rule", by)
    return given


def swap(house: House, slug: str, one: str, other: str, *, reason: str, by: str) -> None:
    """Let the wearers of two bibs change them, with their chips, in one step.

    Who is checked in stays so. Raises Refusal for a bib that nobody wears.
    """
    facts = facts_of(house, slug)
    first, second = _wearers(facts, one), _wearers(facts, other)
    new = {entry.id: other for entry in first} | {entry.id: one for entry in second}
    chips = {entry.id: second[0].chips for entry in first}
    chips |= {entry.id: first[0].chips for entry in second}
    here = house.live.ask(slug, lambda state: _here(state, {one: other, other: one})) or []
    with house.store.write() as tx:
        event = _number(tx, slug)
        journal.lock_head(tx, event)
        now = [roster.load_entry(tx, event, number) for number in new]
        changed = [replace(e, bib=new[e.id], chips=chips[e.id]) for e in now if e is not None]
        bibs.free_bibs(tx, event, list(new))
        roster.save_entries(tx, event, changed)
        acts: list[Act] = [act.BindBib(entry=each, bib=bib) for each, bib in new.items()]
        write(house, tx, event, [*acts, *here], reason or "bibs swapped", by)


def _wearers(facts: Facts, bib: str) -> list[Entry]:
    wearers = [facts.entries[number] for number, worn in facts.bibs.items() if worn == bib]
    if not bib or not wearers:
        raise refused("bib-unknown", "nobody wears bib {bib!r}", bib=bib[:20])
    return wearers


def _here(state: State, renamed: Mapping[str, str]) -> list[Act]:
    """What lets the check-ins of some bibs follow their wearers to other bibs."""
    return [
        act.Attribute(line=read.id, bib=new)
        for old, new in renamed.items()
        if (read := state.checked_in.get(old)) is not None
    ]


def follow(state: State, old: str, new: str) -> list[Act]:
    """The same for one bib, and nothing where there is none."""
    return _here(state, {old: new}) if old else []


def bind_chip(house: House, slug: str, chip: str, bib: str, *, by: str) -> None:
    """Give a chip to the wearer of a bib, now; "" takes it back. Raises Refusal."""
    code, wearer = chip.strip(), bib.strip().upper()
    if not code or len(code) > 64:
        raise refused("chip", "{chip!r} is no chip; expected its printed code", chip=chip[:20])
    if wearer:
        _wearers(facts_of(house, slug), wearer)
    with house.store.write() as tx:
        event = _number(tx, slug)
        write(house, tx, event, [act.BindChip(chip=code, bib=wearer)], "chip handed out", by)


class ChipFile(NamedTuple):
    """What a chip file did. problems: rows that were left out, each with its line."""

    bound: int
    known: int
    problems: tuple[Problem, ...]


def bind_chips(house: House, slug: str, path: Path, name: str, *, by: str) -> ChipFile:
    """Bind the chips of a file with the columns bib and chip; good rows are never lost.

    Raises Refusal for a file that is no such table.
    """
    findings = Findings()
    rows = list(read_rows(path, findings))
    if not rows:
        raise Refusal(Problem("empty-file", worded("there is no row; expected bib and chip"), name))
    columns = name_columns(rows[0], "entries", findings, name, ("bib", "chip"))
    findings.settle()
    present = house.live.ask(slug, lambda state: dict(state.lineup.chips))
    if present is None:
        raise UnknownEventError(slug)
    acts: list[Act] = []
    known = 0
    seen: dict[str, int] = {}
    for record in records(rows[1:], columns, len(rows[0].cells), findings, name):
        chip, bib = record.get("chip"), record.get("bib").upper()
        first = seen.setdefault(chip, record.line)
        if not chip or not bib:
            findings.problem("chip", worded("a chip and a bib are needed"), name, record.line)
        elif first != record.line:
            told = worded("chip {chip} is in line {first} already", chip=chip, first=first)
            findings.problem("chip", told, name, record.line)
        elif present.get(chip) == bib:
            known += 1
        else:
            acts.append(act.BindChip(chip=chip, bib=bib))
    with house.store.write() as tx:
        write(house, tx, _number(tx, slug), acts, f"chip file {name}", by)
    return ChipFile(len(acts), known, tuple(findings.problems))


def _event(tx: Tx, slug: str) -> Event:
    journal.lock_head(tx, _number(tx, slug))
    return setup.load_event(tx, slug)


def _number(tx: Tx, slug: str) -> int:
    found = setup.find_event(tx, slug)
    if found is None:
        raise UnknownEventError(slug)
    return found
