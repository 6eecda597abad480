"""Who was entered: the rows of a table as entries, and which of them are one person.

A row that cannot stand beside another one is a problem with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import Duration
from timing.core.sentence import worded
from timing.core.setup.roster import Entry
from timing.files.tables.findings import Findings

NOBODY = {"", "-", "?"}
"""What stands in the place of a name where there is none."""


class Entered(NamedTuple):
    """One entrant of the table; wave "" is the wave of the contest, lane 0 is not drawn.

    offset: how long after the gun of the wave this entrant started.
    """

    line: int
    entry: Entry
    wave: str
    lane: int
    offset: Duration


def bib_key(bib: str) -> str:
    """What makes two spellings one number: 7, 007 and (of letters) a12 and A12."""
    return bib.casefold().lstrip("0") or bib[-1:]


def link_people(entered: Sequence[Entered], findings: Findings, file: str) -> list[Entered]:
    """Refuse a bib given to two people; one person may carry it in several contests."""
    _check_twice(entered, findings, file)
    _check_chips(entered, findings, file)
    first: dict[str, Entered] = {}
    linked = []
    for one in entered:
        key = bib_key(one.entry.bib)
        before = first.setdefault(key, one) if key else one
        if before is one:
            linked.append(one)
        elif _who(before.entry) == _who(one.entry):
            entry = replace(one.entry, bib=before.entry.bib, person=before.entry.id)
            linked.append(one._replace(entry=entry))
        else:
            sentence = worded(
                "bib {bib!r} was given to {name!r} in line {line} and here to "
                "{other!r}; expected each bib once",
                bib=one.entry.bib,
                name=before.entry.name,
                line=before.line,
                other=one.entry.name,
            )
            findings.problem("duplicate-bib", sentence, file, one.line)
    return _with_person(linked)


def _check_twice(entered: Iterable[Entered], findings: Findings, file: str) -> None:
    """Nobody enters one contest twice; namesakes differ in club, birth or category."""
    first: dict[tuple[object, ...], Entered] = {}
    for one in entered:
        entry = one.entry
        before = first.setdefault((*_who(entry), entry.contest, entry.category), one)
        if before is not one and entry.name not in NOBODY:
            sentence = worded(
                "{name!r} is entered in line {line} already, with the same club and "
                "category; expected each entrant once",
                name=entry.name,
                line=before.line,
            )
            findings.problem("entered-twice", sentence, file, one.line)


def _check_chips(entered: Iterable[Entered], findings: Findings, file: str) -> None:
    """A chip is seen for one bib only; one bib may have several."""
    first: dict[str, Entered] = {}
    for one in entered:
        for chip in one.entry.chips:
            before = first.setdefault(chip, one)
            if before is not one and bib_key(before.entry.bib) != bib_key(one.entry.bib):
                sentence = worded(
                    "chip {chip!r} was given to bib {bib!r} in line {line} and here to bib "
                    "{other!r}; expected each chip once",
                    chip=chip,
                    bib=before.entry.bib,
                    line=before.line,
                    other=one.entry.bib,
                )
                findings.problem("duplicate-chip", sentence, file, one.line)


def _who(entry: Entry) -> tuple[object, ...]:
    """What makes two rows one person, as far as a table tells."""
    return (entry.name.casefold(), entry.club.casefold(), entry.born, entry.age, entry.sex)


def _with_person(entered: Iterable[Entered]) -> list[Entered]:
    """Everybody is a person, known by the id of the first entry."""
    return [
        one
        if one.entry.person is not None
        else one._replace(entry=replace(one.entry, person=one.entry.id))
        for one in entered
    ]
