"""A sheet laid out: its columns, its rows set in them, and its pages."""

from __future__ import annotations

from dataclasses import dataclass

from timing.printing.layout.cells import SortedRows, sort_rows
from timing.printing.layout.columns import Grid, choose_grid
from timing.printing.layout.pages import Page, paginate
from timing.printing.layout.panels import Composer
from timing.printing.layout.table import Table, set_table
from timing.printing.lettering.fitting import Fitter
from timing.printing.sheet import Sheet

SQUEEZED_PAGES = 3
SQUEEZE = (0.96, 0.92, 0.88)
"""Shares of the type size that are tried to save one of a few pages."""
SMALLEST = 7.5
"""Points of the type below which nothing is pressed together to save a page."""
LARGE_HEAD = 1.35
"""How much the head and the text blocks grow on a large sheet; the rows grow by columns.LARGE."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything of a sheet but the feet of its pages, which need the number of all pages."""

    sheet: Sheet
    grid: Grid
    table: Table
    pages: list[Page]
    composer: Composer


def lay_out(sheet: Sheet, fitter: Fitter) -> Layout:
    """Choose paper, type size and column widths, and share the rows out over pages."""
    rows = sort_rows(sheet, fitter.book)
    grid = choose_grid(sheet, rows, fitter)
    usual = _on_pages(sheet, rows, grid, fitter)
    if not 2 <= len(usual.pages) <= SQUEEZED_PAGES:
        return usual
    for share in SQUEEZE:
        if grid.size * share < SMALLEST:
            break
        tighter = _on_pages(sheet, rows, choose_grid(sheet, rows, fitter, share), fitter)
        if len(tighter.pages) < len(usual.pages):
            return tighter
    return usual


def _on_pages(sheet: Sheet, rows: SortedRows, grid: Grid, fitter: Fitter) -> Layout:
    table = set_table(rows, grid, fitter)
    composer = Composer(fitter, grid.width, LARGE_HEAD if sheet.large else 1.0)
    return Layout(sheet, grid, table, paginate(sheet, grid, table, composer), composer)
