"""The first sheet of an XLSX workbook as rows of text.

Numbers, dates and times become the text that a person would have typed. Formulas are never
computed: the value that was saved with them counts.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

import openpyxl

from timing.core.clock import format_duration
from timing.core.sentence import Sentence, worded
from timing.files.tables.encodings import LARGEST
from timing.files.tables.findings import Findings
from timing.files.tables.signatures import OLD_WORKBOOK

_UNPACKED = 4 * LARGEST
_COLUMNS = 200
_DAMAGED = (KeyError, ValueError, OSError, EOFError, SyntaxError, zlib.error, zipfile.BadZipFile)
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})


def workbook_rows(path: Path, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each row of the first sheet. Raises Refusal."""
    _check(path, findings)
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")  # of extensions of a sheet that no row depends on
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            yield from _sheet_rows(book, str(path), findings)
        except _DAMAGED as error:
            _refuse(
                path,
                worded("the file cannot be read as a workbook ({told})", told=str(error)),
                findings,
            )


def _sheet_rows(book: Any, file: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
    if not sheets:
        _refuse(Path(file), worded("the workbook has no visible sheet"), findings)
    sheet = sheets[0]
    if len(sheets) > 1:
        sentence = worded(
            "of {count} sheets only {title!r} is read", count=len(sheets), title=sheet.title
        )
        findings.notice("sheets", sentence, file)
    width = 0
    for line, values in enumerate(sheet.iter_rows(values_only=True, max_col=_COLUMNS), 1):
        cells = [_text(value) for value in values]
        wrong = next((cell for cell in cells if cell in _ERRORS), None)
        if wrong is not None:
            sentence = worded("a cell holds the error {wrong}; expected its value", wrong=wrong)
            findings.problem("formula-error", sentence, file, line)
            continue
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            width = width or len(cells)
            yield line, cells + [""] * (width - len(cells))
    if not width:
        _refuse(
            Path(file),
            worded("the sheet {title!r} is empty", title=sheet.title),
            findings,
            "empty-file",
        )


def _text(value: object) -> str:
    """The text that a person would have typed for the value of a cell."""
    match value:
        case None:
            text = ""
        case bool():
            text = "yes" if value else "no"
        case float():
            text = str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            at_midnight = value.time() == time(0)
            text = value.date().isoformat() if at_midnight else value.isoformat(sep=" ")
        case date() | time():
            text = value.isoformat()
        case timedelta():
            text = format_duration(value // timedelta(microseconds=1))
        case _:
            text = str(value)
    return text


def _check(path: Path, findings: Findings) -> None:
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == OLD_WORKBOOK:
        _refuse(path, worded("this is an old Excel file or one with a password"), findings)
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        _refuse(path, worded("the workbook is damaged ({told})", told=str(error)), findings)
    if size > LARGEST or unpacked > _UNPACKED:
        most = LARGEST // 1_000_000
        found = worded(
            "the workbook has {size} MB and {unpacked} MB unpacked, which is more than {most} MB",
            size=size // 1_000_000,
            unpacked=unpacked // 1_000_000,
            most=most,
        )
        _refuse(path, found, findings, "too-large")


def _refuse(path: Path, found: Sentence, findings: Findings, code: str = "workbook") -> NoReturn:
    sentence = worded(
        "{found}; expected an XLSX workbook with a table in its first sheet, or CSV", found=found
    )
    findings.problem(code, sentence, str(path))
    findings.refuse()
