"""Bibs and chips: ranges, reserved and lost numbers, chips, a swap in one step."""

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
from timing.core.setup.numbering import Stock, free_numbers, overlaps, read_ranges
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
    taken = {bib for bib in facts.bibs.values() if bib} | set(facts.event.kept_bibs)
    rows = tuple(_row(facts, contest, taken) for contest in facts.event.contests)
    return Board(facts.event, rows, clashes(facts.event), chips, facts)


def clashes(event: Event) -> tuple[tuple[str, str], ...]:
    """Give the pairs of contests, by name, whose ranges share numbers."""
    ranges = {contest.code: read_ranges(contest.bibs) for contest in event.contests}
    names = {contest.code: contest.name for contest in event.contests}
    return tuple((names[one], names[other]) for one, other in overlaps(ranges))


def _row(facts: Facts, contest: Contest, taken: set[str]) -> Row:
    own = [entry for entry in facts.entries.values() if entry.contest == contest.code]
    numbered = sum(bool(facts.bibs.get(entry.id)) for entry in own)
    waiting = sum(not facts.bibs.get(entry.id) and not entry.guide for entry in own)
    ranges = read_ranges(contest.bibs)
    left = sum(1 for _ in free_numbers(ranges, Stock({}), taken)) if ranges else None
    return Row(contest, numbered, waiting, left)


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
