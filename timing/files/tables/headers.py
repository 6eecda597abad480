"""Which column is which: headers in their usual spellings become the names of fields.

The spellings are data (config/vocabulary.toml). Knows no values of cells.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from timing import resources
from timing.core.sentence import Sentence, worded
from timing.files.tables.findings import Findings
from timing.files.tables.rows import Row

Spellings = Mapping[str, tuple[str, ...]]
"""A header, folded, and the fields that it may stand for."""

_OTHER_HALF = {"first": "last", "last": "first"}
_WHOLE = "name"
_NAMED = 8
"""So many columns that are not used are named; more would hide what is to be decided."""


class Record(NamedTuple):
    """One row by field; a field without a column, and an empty cell, is ""."""

    line: int
    fields: Mapping[str, str]

    def get(self, field: str) -> str:
        """The text of a field, or "" where there is none."""
        return self.fields.get(field, "")


def fold(header: str) -> str:
    """A header without case, accents, spaces and punctuation; ``#`` stays."""
    plain = unicodedata.normalize("NFKD", header.casefold())
    return "".join(letter for letter in plain if letter.isalnum() or letter == "#")


@cache
def vocabulary() -> Mapping[str, Any]:
    """Read the spellings of headers and values, table by table."""
    path = resources.folder("config") / "vocabulary.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def spellings(table: str) -> Spellings:
    """The vocabulary of one kind of table: entries, times or rulings."""
    known: dict[str, tuple[str, ...]] = {}
    for field, words in vocabulary()[table].items():
        for word in (field.replace("_", " "), *words):
            folded = fold(word)
            if field not in known.get(folded, ()):
                known[folded] = (*known.get(folded, ()), field)
    return known


def name_columns(
    header: Row, table: str, findings: Findings, file: str, required: Iterable[str] = ()
) -> dict[str, int]:
    """Give field -> column number of a header row.

    A column that nobody knows is ignored with a notice; one that can be several things, two
    that are the same thing and a missing required one are problems.
    """
    known = spellings(table)
    columns: dict[str, int] = {}
    unused: list[str] = []
    open_columns: list[tuple[int, tuple[str, ...]]] = []
    for column, cell in enumerate(header.cells):
        fields = known.get(fold(cell), ())
        if len(fields) == 1:
            _claim(columns, fields[0], column, header, findings, file)
        elif fields:
            open_columns.append((column, fields))
        elif cell:
            unused.append(cell)
    if unused:
        findings.notice("unknown-column", _unused(unused), file, header.line)
    for column, fields in open_columns:
        field = _decide(fields, columns)
        if field is None:
            choice = " or ".join(fields)
            sentence = worded(
                "column {column!r} may be {choice}; expected one of these",
                column=header.cells[column],
                choice=choice,
            )
            findings.problem("ambiguous-column", sentence, file, header.line)
        else:
            _claim(columns, field, column, header, findings, file)
    _require(columns, required, header, findings, file)
    return columns


def _unused(cells: Sequence[str]) -> Sentence:
    named = ", ".join(repr(cell) for cell in cells[:_NAMED])
    if len(cells) == 1:
        return worded("column {named} is not used", named=named)
    if len(cells) > _NAMED:
        return worded(
            "columns {named} and {more} more are not used", named=named, more=len(cells) - _NAMED
        )
    return worded("columns {named} are not used", named=named)


def _decide(fields: tuple[str, ...], columns: Mapping[str, int]) -> str | None:
    """Half a name where the other half has a column, else the whole; else what is still free."""
    for field in fields:
        if _OTHER_HALF.get(field) in columns and field not in columns:
            return field
    if _WHOLE in fields:
        return _WHOLE
    free = [field for field in fields if field not in columns]
    return free[0] if len(free) == 1 else None


def _claim(
    columns: dict[str, int], field: str, column: int, header: Row, findings: Findings, file: str
) -> None:
    if field in columns:
        first, second = header.cells[columns[field]], header.cells[column]
        sentence = worded(
            "columns {first!r} and {second!r} are both the {field}; expected one",
            first=first,
            second=second,
            field=field,
        )
        findings.problem("duplicate-column", sentence, file, header.line)
    else:
        columns[field] = column


def _require(
    columns: Mapping[str, int],
    required: Iterable[str],
    header: Row,
    findings: Findings,
    file: str,
) -> None:
    for choice in required:
        if not any(field in columns for field in choice.split("|")):
            wanted = choice.replace("|", " or ").replace("_", " ")
            found = ", ".join(repr(cell) for cell in header.cells[:12])
            sentence = worded(
                "there is no column for the {wanted}; found {found}", wanted=wanted, found=found
            )
            findings.problem("missing-column", sentence, file, header.line)


def records(
    rows: Iterable[Row], columns: Mapping[str, int], width: int, findings: Findings, file: str
) -> Iterator[Record]:
    """Turn rows into records; a row of another width than the header is a problem.

    Empty cells at the end of a row neither count nor are missed in a workbook, which has none.
    """
    fields = tuple(columns.items())
    for row in rows:
        cells = row.cells
        if len(cells) != width and not _fits(row, width, findings, file):
            continue
        found = {field: cells[column] for field, column in fields if column < len(cells)}
        yield Record(row.line, found)


def _fits(row: Row, width: int, findings: Findings, file: str) -> bool:
    if len(row.cells) > width and not any(row.cells[width:]):
        return True
    sentence = worded(
        "the row has {count} cells; expected {width} as in the header",
        count=len(row.cells),
        width=width,
    )
    findings.problem("ragged-row", sentence, file, row.line)
    return False
