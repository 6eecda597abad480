"""Sheets in, PDF bytes out: layout, fonts, pages, metadata. Equal input gives equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Protocol

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from timing.core.collector import collector_paused
from timing.printing.cells import SortedRows, sort_rows
from timing.printing.columns import MARGIN, Grid, choose_grid
from timing.printing.document_fonts import Fonts
from timing.printing.faces import FontBook, house_book
from timing.printing.fitting import Fitter
from timing.printing.pages import Page, Rows, add_feet, paginate
from timing.printing.panels import Composer, Panel
from timing.printing.plain_pen import PlainPen
from timing.printing.sheet import Sheet, check
from timing.printing.stripes import Stripes
from timing.printing.swift_pen import SwiftPen
from timing.printing.table import Table, set_table

CREATOR = "timing"
SQUEEZED_PAGES = 3
SQUEEZE = (0.96, 0.92, 0.88)
"""Shares of the type size that are tried to save one of a few pages."""
SMALLEST = 7.5
"""Points of the type below which nothing is pressed together to save a page."""
LARGE_HEAD = 1.35
"""How much the head and the text blocks grow on a large sheet; the rows grow by columns.LARGE."""

# Streams as plain bytes: a fifth smaller, and every reader of this century takes them.
rl_config.useA85 = 0

# ReportLab's faces keep their place in the file while they are cut down, so one at a time.
_DRAWING = Lock()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished document.

    missing: characters that no font had, with how often they were asked for; each of them is a
    box on paper.
    """

    pdf: bytes
    pages: int
    missing: Mapping[str, int]


class Pen(Protocol):
    """Something that draws panels and rows."""

    def panel(self, panel: Panel, left: float, top: float) -> None: ...

    def begin(self, table: Table) -> None: ...

    def rows(self, rows: Rows, left: float) -> None: ...


Watch = Callable[[int, int], None]
"""Told (page, pages) before each page is drawn; what it raises ends the drawing."""


@dataclass(frozen=True, slots=True)
class _Layout:
    sheet: Sheet
    grid: Grid
    table: Table
    pages: list[Page]
    composer: Composer


def draw(sheet: Sheet, *, book: FontBook | None = None, plain: bool = False) -> Drawn:
    """Draw one sheet. plain: by ReportLab's public calls alone (slow, for comparison).

    Raises SheetError, FontError.
    """
    return draw_all([sheet], book=book, plain=plain)


def draw_all(
    sheets: Sequence[Sheet],
    *,
    book: FontBook | None = None,
    plain: bool = False,
    watch: Watch | None = None,
) -> Drawn:
    """Draw sheets one after another into one document with common page numbers.

    Raises SheetError, FontError, and whatever the watch raises.
    """
    for sheet in sheets:
        check(sheet)
    with collector_paused():
        return _draw_checked(sheets, book or house_book(), plain=plain, watch=watch)


def _draw_checked(
    sheets: Sequence[Sheet], book: FontBook, *, plain: bool, watch: Watch | None
) -> Drawn:
    fitter = Fitter(book, sheets[0].language)
    layouts = [_lay_out(sheet, fitter) for sheet in sheets]
    count = sum(len(layout.pages) for layout in layouts)
    first = 1
    for layout in layouts:
        add_feet(layout.pages, layout.sheet, layout.composer, first, count)
        first += len(layout.pages)
    with _DRAWING:
        pdf = _draw(layouts, fitter, count, plain=plain, watch=watch)
    return Drawn(pdf, count, dict(sorted(fitter.cutter.missing.items())))


def _lay_out(sheet: Sheet, fitter: Fitter) -> _Layout:
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


def _on_pages(sheet: Sheet, rows: SortedRows, grid: Grid, fitter: Fitter) -> _Layout:
    table = set_table(rows, grid, fitter)
    composer = Composer(fitter, grid.width, LARGE_HEAD if sheet.large else 1.0)
    return _Layout(sheet, grid, table, paginate(sheet, grid, table, composer), composer)


def _draw(
    layouts: Sequence[_Layout], fitter: Fitter, count: int, *, plain: bool, watch: Watch | None
) -> bytes:
    fonts = Fonts(fitter.cutter.glyphs)
    file = BytesIO()
    canvas = Canvas(
        file,
        invariant=1,
        pageCompression=1,
        lang=layouts[0].sheet.language,
        initialFontName=fonts.name(fitter.book.regular),  # type: ignore[arg-type]  # stub says float
    )
    _describe(canvas, layouts[0].sheet)
    pen: Pen = PlainPen(canvas, fonts) if plain else SwiftPen(canvas, fonts)
    number = 0
    for layout in layouts:
        pen.begin(layout.table)
        stripes = Stripes(layout.table, layout.grid, layout.sheet.groups)
        for page in layout.pages:
            number += 1
            if watch is not None:
                watch(number, count)
            _draw_page(canvas, pen, layout, page, stripes, outline=number)
    if any(page.bookmarks for layout in layouts for page in layout.pages):
        canvas.showOutline()
    canvas.save()
    return file.getvalue()


def _draw_page(
    canvas: Canvas, pen: Pen, layout: _Layout, page: Page, stripes: Stripes, *, outline: int
) -> None:
    canvas.setPageSize(layout.grid.paper)
    for number, bookmark in enumerate(page.bookmarks):
        key = f"p{outline}-{number}"
        canvas.bookmarkPage(key, fit="XYZ", left=0, top=bookmark.top)
        canvas.addOutlineEntry(bookmark.title, key)
    for rows in page.rows:
        placed = stripes.behind(rows)
        pen.panel(placed.panel, placed.x, placed.top)
    for placed in page.panels:
        pen.panel(placed.panel, placed.x, placed.top)
    for rows in page.rows:
        pen.rows(rows, MARGIN)
    canvas.showPage()


def _describe(canvas: Canvas, sheet: Sheet) -> None:
    title = " \u2013 ".join(part for part in (sheet.title, *sheet.subtitles) if part)
    canvas.setTitle(title)
    canvas.setAuthor(sheet.author or sheet.footer or CREATOR)
    canvas.setSubject(" ".join(part for part in (sheet.number, sheet.as_of) if part))
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
