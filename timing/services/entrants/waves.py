"""Many people are put into a wave in one step, by their bibs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import words_of
from timing.core.setup.numbering import read_ranges
from timing.services.entrants.entries import carry_out
from timing.services.entrants.entry_facts import Facts, facts_of
from timing.services.entrants.entry_plan import CHANGE, Plan, Planned, wave_change
from timing.services.house import House


def put_into_wave(
    house: House, slug: str, bibs: str, wave: str, *, reason: str, author: str
) -> int:
    """Let everybody with these bibs start in a wave; gives how many were moved.

    bibs: ranges such as ``100-199, 250``. Who has to be drawn into a heat stays where they are.
    Raises Refusal: no such wave, nobody wears one of them, no reason after the gun;
    UnknownEventError.
    """
    facts = facts_of(house, slug)
    if wave not in {each.code for each in facts.event.waves}:
        raise refused("wave", "choose a wave of this event")
    meant = _meant(facts, bibs, wave)
    if facts.started and not reason:
        raise refused(
            "reason", "the race has begun; please give a reason, it is kept with the change"
        )
    moved = tuple(each for each in meant if each.changes)
    if moved:
        carry_out(
            house, slug, Plan(moved, (), (), ()), reason=reason or "put into a wave", author=author
        )
    return len(moved)


def _meant(facts: Facts, bibs: str, wave: str) -> list[Planned]:
    """Those who wear one of the bibs and start in a wave, with what would change."""
    try:
        ranges = read_ranges(bibs)
    except ValueError as error:
        raise Refusal(Problem("bibs", words_of(error))) from error
    worn = {entry: facts.bibs.get(entry, each.bib) for entry, each in facts.entries.items()}
    found = [
        facts.entries[entry]
        for entry, bib in worn.items()
        if entry in facts.starts and any(bib in each for each in ranges)
    ]
    if not found:
        raise refused("bibs", "nobody who starts in a wave wears one of these bibs")
    return [
        Planned(line, CHANGE, entry, 0, wave, facts.starts[entry.id].lane,
                wave_change(facts, entry, entry, wave), ())
        for line, entry in enumerate(found, 1)
    ]  # fmt: skip


class Starters(NamedTuple):
    """How many start in each wave, and whether a gun was fired already."""

    counts: Mapping[str, int]
    started: bool


def starters_of(house: House, slug: str) -> Starters:
    """Count who starts in which wave, of those who need not be drawn. Raises UnknownEventError."""
    facts = facts_of(house, slug)
    return Starters(Counter(start.wave for start in facts.starts.values()), facts.started)
