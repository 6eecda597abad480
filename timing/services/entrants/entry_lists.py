"""The list of entries as the office sees it, searched, and as files that other programs open."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from timing.core.clock import Duration, format_duration
from timing.core.refusal import refused
from timing.core.setup.alphabet import alphabetical
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry, EntryId
from timing.files.feeds.csv_out import csv_text, harmless
from timing.services.entrants.directory import Directory, directory_of
from timing.services.entrants.entry_facts import Facts, facts_of
from timing.services.house import House, UnknownEventError

PAGE = 100
COLUMNS = (
    "bib", "name", "family", "sex", "born", "age", "club", "nation", "delegation", "category",
    "contest", "wave", "team", "seed", "pb", "sb", "chip", "external", "out_of_competition",
    "note",
)  # fmt: skip
"""Columns of the export, by names that the import knows."""
_MOST = 20_000
_WIDEST = 40  # characters of a column of a workbook


class Listing(NamedTuple):
    """One leaf of the list. total: entries that were asked for; leaves: how many leaves."""

    event: Event
    entries: Sequence[Entry]
    bibs: dict[EntryId, str]
    total: int
    page: int
    leaves: int


def listing(
    house: House, slug: str, *, words: str = "", contest: str = "", page: int = 1
) -> Listing:
    """Search the entries. Raises UnknownEventError."""
    directory = house.live.ask(slug, directory_of)
    if directory is None:
        raise UnknownEventError(slug)
    entries = _asked(directory, words)
    if contest:
        entries = [entry for entry in entries if entry.contest == contest]
    leaves = max(1, -(-len(entries) // PAGE))
    page = min(max(1, page), leaves)
    shown = entries[(page - 1) * PAGE : page * PAGE]
    worn = {entry.id: directory.bibs.get(entry.id, entry.bib) for entry in shown}
    return Listing(directory.event, shown, worn, len(entries), page, leaves)


def _asked(directory: Directory, words: str) -> list[Entry]:
    if words.strip():
        return [entry for found in directory.find(words, limit=_MOST) for entry in found.entries]
    return sorted((entry for group in directory.names.groups for entry in group), key=alphabetical)


def export_entries(house: House, slug: str, form: str) -> bytes:
    """Give all entries as ``csv`` or ``xlsx``; no cell is a formula.

    Raises Refusal for another format, UnknownEventError.
    """
    facts = facts_of(house, slug)
    entries = sorted(facts.entries.values(), key=lambda entry: entry.id)
    rows = [_cells(facts, entry) for entry in entries]
    if form == "csv":
        return ("\ufeff" + csv_text(COLUMNS, rows)).encode()
    if form == "xlsx":
        return _workbook(rows)
    raise refused("format", "{form!r} is no format; expected csv or xlsx", form=form[:20])


def _cells(facts: Facts, entry: Entry) -> list[str]:
    own = {
        "bib": facts.bibs.get(entry.id, entry.bib),
        "chip": " ".join(entry.chips),
        **{name: _time(getattr(entry, name)) for name in ("seed", "pb", "sb")},
        "wave": facts.wave(entry.id),
        "out_of_competition": "yes" if entry.out_of_competition else "",
        "age": "" if entry.age is None else str(entry.age),
    }
    return [own[name] if name in own else str(getattr(entry, name)) for name in COLUMNS]


def _time(time: Duration | None) -> str:
    return "" if time is None else format_duration(time)


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("entries")
    sheet.freeze_panes = "C2"  # the bib and the name stay in sight
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(rows) + 1}"
    for number, column in enumerate(zip(COLUMNS, *rows, strict=True), 1):
        widest = max(map(len, column))
        sheet.column_dimensions[get_column_letter(number)].width = min(widest, _WIDEST) + 2
    for row in (COLUMNS, *rows):
        cells = [WriteOnlyCell(sheet, value=harmless(cell)) for cell in row]
        for cell in cells:
            cell.data_type = "s"
            if row is COLUMNS:
                cell.font = Font(bold=True)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
