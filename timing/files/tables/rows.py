"""Rows of a table file, each with its line number, whether it is CSV, TSV or XLSX.

Knows nothing of what the columns mean. What is wrong with a row is a problem with file and
line, and reading goes on with the next row.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from timing.core.sentence import worded
from timing.files.tables.encodings import encoding_of
from timing.files.tables.findings import Findings
from timing.files.tables.signatures import is_workbook

LONGEST_CELL = 2_000
"""Characters; the longest real name of a club has about a hundred."""
LONGEST_LINE = 100_000
MOST_ROWS = 1_000_000
"""50,000 people at twenty points; more would fill the memory of a small computer."""

_DELIMITERS = "\t;,|"
_DECLARED = re.compile(r"sep=(.)\s*")
_QUOTED = re.compile(r'"[^"]*"')
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Row(NamedTuple):
    """The cells of one line; line: where it begins in the file, counted from 1."""

    line: int
    cells: tuple[str, ...]


def read_rows(
    path: Path, findings: Findings, encoding: str | None = None, *, comments: bool = False
) -> Iterator[Row]:
    """Yield the rows of a table, the header first where there is one; empty rows are left out.

    comments: a line that begins with ``#`` is a remark.
    Raises Refusal for a file that cannot be read at all; other faults go to the findings.
    """
    if is_workbook(path):
        from timing.files.tables.workbook import workbook_rows  # noqa: PLC0415 - a tenth of a second

        raw = workbook_rows(path, findings)
    else:
        raw = _text_rows(path, findings, encoding, comments=comments)
    told = 0
    for line, cells in raw:
        row = Row(line, tuple(map(_clean, cells)))
        if any(row.cells) and _sound(row, str(path), findings):
            told += 1
            if told > MOST_ROWS:
                said = worded("more than {most} rows; expected a table of one event", most=told - 1)
                findings.problem("too-many-rows", said, str(path), line)
                findings.refuse()
            yield row


def _clean(cell: str) -> str:
    """One line of composed characters, so that equal names are equal texts."""
    if cell.isascii() and cell.isalnum():
        return cell
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _sound(row: Row, file: str, findings: Findings) -> bool:
    """Whether a row may be used; a hostile cell is named and its row left out."""
    for number, cell in enumerate(row.cells, 1):
        if len(cell) > LONGEST_CELL:
            sentence = worded(
                "cell {number} has {count} characters and begins with {cell!r}; "
                "expected at most {most}",
                number=number,
                count=len(cell),
                cell=cell[:20],
                most=LONGEST_CELL,
            )
            findings.problem("long-cell", sentence, file, row.line)
            return False
        if control := _CONTROL.search(cell):
            sentence = worded(
                "cell {number} holds the control character {control!r}; expected text",
                number=number,
                control=control[0],
            )
            if control[0] == "\0":
                sentence = worded(
                    "a NUL character stands in cell {number}; expected text", number=number
                )
            findings.problem("control-character", sentence, file, row.line)
            return False
    return True


def _text_rows(
    path: Path, findings: Findings, encoding: str | None, *, comments: bool
) -> Iterator[tuple[int, list[str]]]:
    found = encoding_of(path, findings, encoding)
    with path.open(encoding=found, newline="") as stream:
        skipped, delimiter = _shape(stream, comments=comments)
        stream.seek(0)
        lines = _lines(stream, str(path), findings, comments=comments)
        for _ in range(skipped):
            next(lines)
        for line, cells in _parsed(lines, delimiter, str(path), findings):
            yield line + skipped, cells


def _parsed(
    lines: Iterable[str], delimiter: str, file: str, findings: Findings
) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = rows.line_num + 1
        try:
            yield line, next(rows)
        except StopIteration:
            return
        except csv.Error:
            sentence = worded(
                'a quoted cell that begins in this line is not closed with a single " before the '
                'next column; expected "text", with a " inside it written twice'
            )
            findings.problem("quote", sentence, file, line)


def _shape(stream: TextIO, *, comments: bool) -> tuple[int, str]:
    """Tell how many lines stand before the table, and what separates its columns."""
    first = stream.readline(LONGEST_LINE)
    if declared := _DECLARED.fullmatch(first):
        return 1, declared[1]
    while first and (not first.strip() or (comments and first.lstrip().startswith("#"))):
        first = stream.readline(LONGEST_LINE)
    bare = _QUOTED.sub("", first)
    return 0, max(_DELIMITERS, key=bare.count) if bare else ","


def _lines(stream: TextIO, file: str, findings: Findings, *, comments: bool) -> Iterator[str]:
    """Physical lines; remarks and lines beyond all measure become empty, so that lines count."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            sentence = worded(
                "the line is longer than {most} characters and begins with {line!r}; "
                "expected one row of a table",
                most=LONGEST_LINE,
                line=line[:20],
            )
            findings.problem("long-line", sentence, file, number)
            while line and not line.endswith(("\n", "\r")):
                line = stream.readline(LONGEST_LINE)
            yield "\n"
        elif comments and line.lstrip().startswith("#"):
            yield "\n"
        else:
            yield line
