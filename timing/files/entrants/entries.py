"""The table of entrants: rows become entries and where they start.

A row that cannot be an entry is a problem with its line; nothing is repaired in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct

from timing.core.clock import Duration, TimeTextError, parse_duration
from timing.core.sentence import Sentence, worded, words_of
from timing.core.setup.roster import Entry, EntryId, Member, Sex
from timing.files.entrants.entered import NOBODY, Entered, link_people
from timing.files.entrants.values import is_yes, read_births, read_sexes
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record, name_columns, records
from timing.files.tables.rows import Row, read_rows

LEGS = 8
"""So many columns of runners a team may have."""
_OLDEST = 120
_PAIR = re.compile(r"\s*(?:&|;|\+| / )\s*")
_BARE = ("bib", "name", "club", "category")
"""The columns of a table without a header, as clubs keep them."""
_NAMED = ("name|last_first|last|team",)


class EntryWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an organiser's words are to be read; compared without case.

    dates: "dmy" or "mdy" for birth dates such as 03/04/1984. clubs, categories: another
    spelling -> the one to use; clubs[""] is for those without a club.
    """

    dates: str = ""
    clubs: dict[str, str] = {}
    categories: dict[str, str] = {}


def read_entries(
    path: Path,
    contests: Mapping[str, str],
    findings: Findings,
    words: EntryWords,
    encoding: str | None = None,
) -> list[Entered]:
    """Read the entrants of an event from a table; ids count from 1 in the order of the rows.

    contests: the folded codes and names -> code. Raises Refusal for an unreadable file.
    """
    listed = table_records(path, findings, encoding)
    return entered_from(listed, contests, findings, words, str(path))


def table_records(path: Path, findings: Findings, encoding: str | None = None) -> list[Record]:
    """The rows of a table of entrants by field. Raises Refusal for an unreadable file."""
    file = str(path)
    rows = read_rows(path, findings, encoding)
    header = next(rows, None)
    if header is None:
        findings.problem(
            "empty-file", worded("there is no row; expected a header and entrants"), file
        )
        return []
    width = len(header.cells)
    if is_bare(header):
        columns, rows = bare_columns(header), chain([header], rows)
    else:
        columns = name_columns(header, "entries", findings, file, _NAMED)
    listed = list(records(rows, columns, width, findings, file))
    if not listed:
        findings.problem("empty-file", worded("the table has a header but no entrants"), file)
    return listed


def is_bare(first: Row) -> bool:
    """Whether the first row of a table is an entrant already: a bib, a name, hardly more."""
    return first.cells[0].isdecimal() and 1 < len(first.cells) <= len(_BARE)


def bare_columns(first: Row) -> dict[str, int]:
    """The columns of a table without a header, as clubs keep them."""
    return {field: column for column, field in enumerate(_BARE[: len(first.cells)])}


def entered_from(
    listed: Sequence[Record],
    contests: Mapping[str, str],
    findings: Findings,
    words: EntryWords,
    file: str,
) -> list[Entered]:
    """Make entrants of records, whatever file they came from; what does not fit is a problem."""
    present = [record for record in listed if not is_yes(record.get("removed"))]
    if len(present) < len(listed):
        left_out = len(listed) - len(present)
        findings.notice(
            "removed",
            worded("{left_out} are marked as removed and are left out", left_out=left_out),
            file,
        )
    return link_people(enter(present, contests, findings, words, file), findings, file)


def enter(
    listed: Sequence[Record],
    contests: Mapping[str, str],
    findings: Findings,
    words: EntryWords,
    file: str,
) -> list[Entered]:
    """Make one entrant of each record, without asking who is who; ids count from 1.

    A line of which there is a problem is no usable entrant.
    """
    sexes = read_sexes(listed, findings, file)
    births = read_births(listed, findings, file, words.dates)
    reader = _Reader(contests, findings, words, file)
    return [
        reader.entered(number, record, sex, born)
        for number, (record, sex, born) in enumerate(zip(listed, sexes, births, strict=True), 1)
    ]


def _spellings(words: Mapping[str, str]) -> dict[str, str]:
    """Another spelling, and the one to use in any case, -> the one to use."""
    used = {word.casefold(): word for word in words.values()}
    return used | {other.casefold(): word for other, word in words.items()}


class _Reader:
    """Turns the records of one file into entries."""

    def __init__(
        self, contests: Mapping[str, str], findings: Findings, words: EntryWords, file: str
    ) -> None:
        self.contests = contests
        self.findings = findings
        self.file = file
        self.clubs = _spellings(words.clubs)
        self.categories = _spellings(words.categories)

    def entered(self, number: EntryId, record: Record, sex: Sex, born: str) -> Entered:
        get = record.get
        name, family = self._name(record)
        club, category = get("club"), get("category")
        season = self._time(record, "sb")
        entry = Entry(
            id=number, contest=self._contest(record), name=name, family=family, bib=get("bib"),
            chips=tuple(get("chip").split()), sex=sex, born=born,
            age=self._number(record, "age", _OLDEST),
            club=self.clubs.get(club.casefold(), club),
            category=self.categories.get(category.casefold(), category),
            nation=get("nation"), delegation=get("delegation"), team=get("team"),
            members=_members(record), seed=self._time(record, "seed") or season,
            pb=self._time(record, "pb"), sb=season, external=get("external"), note=get("note"),
            out_of_competition=is_yes(get("out_of_competition")),
            guide=is_yes(get("guide")),
        )  # fmt: skip
        lane = self._number(record, "lane", 999) or 0
        offset = self._time(record, "offset", signed=True) or Duration(0)
        return Entered(record.line, entry, get("wave"), lane, offset)

    def _name(self, record: Record) -> tuple[str, str]:
        """(name as printed, the part to sort by)."""
        get = record.get
        if swapped := get("last_first"):
            last, comma, first = swapped.partition(",")
            whole = f"{first.strip()} {last.strip()}" if comma else swapped
            return whole, last.strip() if comma else ""
        if get("last"):
            return f"{get('first')} {get('last')}".strip(), get("last")
        name = get("name") or get("team")
        if name in NOBODY:
            self.findings.problem("name", worded("the name is missing"), self.file, record.line)
        return name, ""

    def _contest(self, record: Record) -> str:
        named = record.get("contest")
        if not named:
            codes = sorted(set(self.contests.values()))
            if len(codes) > 1:
                self._wrong(
                    record,
                    "contest",
                    worded("no contest is named; expected one of {known}", known=", ".join(codes)),
                )
            return codes[0]
        code = self.contests.get(named.casefold())
        if code is None:
            known = ", ".join(sorted(set(self.contests.values())))
            self._wrong(
                record,
                "contest",
                worded(
                    "contest {contest!r} is unknown; expected one of {known}",
                    contest=named,
                    known=known,
                ),
            )
        return code or named

    def _number(self, record: Record, field: str, most: int) -> int | None:
        cell = record.get(field)
        if cell in NOBODY:
            return None
        if cell.isdecimal() and int(cell) <= most:
            return int(cell)
        self._wrong(
            record,
            field,
            worded(
                "the {field} is {cell!r}; expected a number up to {most}",
                field=field,
                cell=cell,
                most=most,
            ),
        )
        return None

    def _time(self, record: Record, field: str, *, signed: bool = False) -> Duration | None:
        cell = record.get(field)
        if cell in NOBODY:
            return None
        try:
            return parse_duration(cell, signed=signed)
        except TimeTextError as error:
            self.findings.problem(
                field,
                worded("{where}: {told}", where=field, told=words_of(error)),
                self.file,
                record.line,
            )
            return None

    def _wrong(self, record: Record, code: str, said: Sentence) -> None:
        self.findings.problem(code, said, self.file, record.line)


def _members(record: Record) -> tuple[Member, ...]:
    """The runners of a team leg by leg; two of one leg are written ``A & B``."""
    return tuple(
        Member(name=name, leg=leg)
        for leg in range(1, LEGS + 1)
        for name in _PAIR.split(record.get(f"runners_{leg}"))
        if name
    )
