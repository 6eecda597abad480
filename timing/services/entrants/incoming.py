"""A file of entrants on its way in: its columns, what each may mean, and its rows as records.

Nothing is decided and nothing is written here. One bad row never hides another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import Sentence, worded
from timing.files.entrants.entries import bare_columns, is_bare
from timing.files.entrants.entry_formats import FORMATS, format_of
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record, name_columns, records, vocabulary
from timing.files.tables.rows import Row, read_rows

_SAMPLES = 3
_NAMES = {"name", "last_first", "last", "team"}
NOT_USED = ""


class Column(NamedTuple):
    """A column of the file. field: what it is taken for, "" for nothing. samples: some cells."""

    number: int
    header: str
    field: str
    samples: tuple[str, ...]


class Incoming(NamedTuple):
    """The rows as records by field. notices: worth telling, refuses nothing.

    bare: the first row is an entrant, no header.
    """

    name: str
    form: str
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    bare: bool
    notices: tuple[Problem, ...]


class Source(NamedTuple):
    """A file and how to read it. name: as its owner calls it.

    fields: column number -> field, None for the proposal. dates: "dmy", "mdy" or "". bare: whether
    the first row is an entrant and no header, None for the proposal.
    """

    path: Path
    name: str
    encoding: str | None = None
    fields: Mapping[int, str] | None = None
    dates: str = ""
    bare: bool | None = None


class Everything(Findings):
    """Findings without an upper bound: every bad row of an import is named."""

    def problem(
        self, code: str, said: Sentence | str, file: str | None = None, line: int | None = None
    ) -> None:
        """Add a problem."""
        self.problems.append(Problem(code, said, file, line))


def fields() -> list[str]:
    """Everything that a column of entrants can be."""
    return list(vocabulary()["entries"])


def look(source: Source) -> Incoming:
    """Read a file as far as it can be read. Raises Refusal for one that is no table at all."""
    findings = Everything()
    form = format_of(source.path)
    try:
        if form == "table":
            columns, found = _table(source, findings)
        else:
            found = FORMATS[form](source.path, findings, source.encoding)
            columns = tuple(_fixed(found))
    except Refusal as refusal:
        raise Refusal(*_named(refusal.problems, source.name)) from None
    problems = _named(findings.problems, source.name)
    bare = form == "table" and not any(column.header for column in columns)
    return Incoming(
        source.name, form, columns, tuple(found), problems, bare,
        _named(findings.notices, source.name),
    )  # fmt: skip


def _table(source: Source, findings: Findings) -> tuple[tuple[Column, ...], list[Record]]:
    file = str(source.path)
    rows = list(read_rows(source.path, findings, source.encoding))
    if not rows:
        raise refused("empty-file", "there is no row; expected a header and entrants")
    header, *body = rows
    bare = is_bare(header) if source.bare is None else source.bare
    if bare:
        header, body = header._replace(cells=("",) * len(header.cells)), rows
    if bare and not any((source.fields or {}).values()):
        named = bare_columns(header)
    elif source.fields is None:
        named = name_columns(header, "entries", findings, file)
        # What may be one of two things is asked for on the page; it is no fault of the file.
        findings.problems[:] = [each for each in findings.problems if each.line != header.line]
    else:
        named = _chosen(source.fields, header, findings)
    if not _NAMES & named.keys():
        findings.problem(
            "missing-column", worded("no column is the name; expected one"), file, header.line
        )
    listed = list(records(body, named, len(header.cells), findings, file))
    return tuple(_columns(header, body, named)), listed


def _chosen(fields: Mapping[int, str], header: Row, findings: Findings) -> dict[str, int]:
    named: dict[str, int] = {}
    for column, field in sorted(fields.items()):
        if not field or column >= len(header.cells):
            continue
        if field in named:
            first, second = header.cells[named[field]], header.cells[column]
            sentence = worded(
                "columns {first!r} and {second!r} are both the {field}; expected one",
                first=first,
                second=second,
                field=field,
            )
            findings.problem("duplicate-column", sentence, None, header.line)
        named[field] = column
    return named


def _columns(header: Row, body: Sequence[Row], named: Mapping[str, int]) -> Iterator[Column]:
    fields_of = {column: field for field, column in named.items()}
    for number, cell in enumerate(header.cells):
        samples = (row.cells[number] for row in body if number < len(row.cells))
        some = [sample for sample, _ in zip(filter(None, samples), range(_SAMPLES), strict=False)]
        yield Column(number, cell, fields_of.get(number, NOT_USED), tuple(some))


def _fixed(found: Sequence[Record]) -> Iterator[Column]:
    present = dict.fromkeys(field for record in found for field in record.fields)
    for number, field in enumerate(present):
        samples = [record.get(field) for record in found if record.get(field)][:_SAMPLES]
        yield Column(number, field, field, tuple(samples))


def _named(problems: Sequence[Problem], name: str) -> tuple[Problem, ...]:
    return tuple(problem._replace(file=name) for problem in problems)
