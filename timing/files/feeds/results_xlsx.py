"""Results as a workbook: one sheet a contest, the same cells as everywhere else."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from timing.core.fold.standings import Standings
from timing.core.telling.listing import lines_of

_COLUMNS = (
    ("place", 7), ("bib", 8), ("name", 28), ("club", 24), ("nation", 8), ("sex", 6),
    ("category", 10), ("category_place", 9), ("time", 12), ("net", 12), ("gap", 12),
)  # fmt: skip
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31


def results_xlsx(standings: Sequence[Standings]) -> bytes:
    """All contests. Text stays text, so that no cell is a formula and no time becomes a date."""
    book = openpyxl.Workbook(write_only=True)
    titles: set[str] = set()
    for one in standings:
        sheet = book.create_sheet(_title(one.contest.name, titles))
        _fill(sheet, one)
    if not standings:
        book.create_sheet("results")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, standings: Standings) -> None:
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(_COLUMNS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    heads = [WriteOnlyCell(sheet, value=key.replace("_", " ")) for key, _ in _COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for line in lines_of(standings):
        sheet.append([_cell(sheet, getattr(line, key)) for key, _ in _COLUMNS])


def _cell(sheet: Any, text: str) -> Any:
    if text.isdecimal() and not text.startswith("0"):
        return int(text)
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _title(name: str, taken: set[str]) -> str:
    """A name that a sheet may have, and that no other sheet has."""
    plain = _NOT_IN_A_TITLE.sub(" ", name)[:_LONGEST_TITLE].strip("' ") or "results"
    title, number = plain, 1
    while title.casefold() in taken:
        number += 1
        title = f"{plain[: _LONGEST_TITLE - 3]} {number}"
    taken.add(title.casefold())
    return title
