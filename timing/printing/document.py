"""Sheets in, PDF bytes out: one sheet, many sheets, or a book with contents.

Equal input gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timing.core.fold.collector import collector_paused
from timing.printing.layout.columns import MARGIN
from timing.printing.layout.pages import Bookmark, add_feet
from timing.printing.layout.sheet_layout import Layout, lay_out
from timing.printing.layout.stripes import Stripes
from timing.printing.lettering.faces import FontBook, house_book
from timing.printing.lettering.fitting import Fitter
from timing.printing.pens.press import About, Drawn, Press, Watch, pressing
from timing.printing.sheet import Align, Column, Group, Sheet, SheetError, check

__all__ = ["Drawn", "Watch", "draw", "draw_all", "draw_book"]


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
    most: int | None = None,
) -> Drawn:
    """Draw sheets one after another into one document with common page numbers.

    most: no more pages than these, numbered as in the whole document. Raises SheetError,
    FontError, and whatever the watch raises.
    """
    if not sheets:
        raise SheetError("there is no sheet to draw; expected one at least")
    for sheet in sheets:
        check(sheet)
    with collector_paused():
        fitter = Fitter(book or house_book(), sheets[0].language)
        layouts = [lay_out(sheet, fitter) for sheet in sheets]
        return _drawn(layouts, fitter, plain=plain, watch=watch, most=most)


def draw_book(
    cover: Sheet,
    sheets: Sequence[Sheet],
    *,
    headings: tuple[str, str] = ("Contents", "Page"),
    book: FontBook | None = None,
    watch: Watch | None = None,
    most: int | None = None,
) -> Drawn:
    """Draw a results book: a cover with the contents, then the sheets.

    cover: a sheet without columns and rows; its list of contents is made here. headings: over
    the sheets and over the page numbers. most: as for sheets. Raises SheetError, FontError, and
    whatever the watch raises.
    """
    for sheet in sheets:
        check(sheet)
    with collector_paused():
        fitter = Fitter(book or house_book(), cover.language)
        layouts = [lay_out(sheet, fitter) for sheet in sheets]
        lengths = [len(layout.pages) for layout in layouts]
        front = len(lay_out(_contents(cover, sheets, lengths, 999, headings), fitter).pages)
        contents = lay_out(_contents(cover, sheets, lengths, front + 1, headings), fitter)
        return _drawn([contents, *layouts], fitter, watch=watch, most=most)


def _contents(
    cover: Sheet,
    sheets: Sequence[Sheet],
    lengths: Sequence[int],
    first: int,
    headings: tuple[str, str],
) -> Sheet:
    """The cover with one row a sheet: its subtitles and the page on which it begins."""
    rows = []
    page = first
    for sheet, length in zip(sheets, lengths, strict=True):
        rows.append((" \u00b7 ".join(sheet.subtitles) or sheet.title, str(page)))
        page += length
    columns = (
        Column(key="sheet", heading=headings[0], weight=1),
        Column(key="page", heading=headings[1], align=Align.RIGHT, min_width=3),
    )
    return replace(cover, columns=columns, groups=[Group(rows=rows)])


def _drawn(
    layouts: Sequence[Layout],
    fitter: Fitter,
    *,
    plain: bool = False,
    watch: Watch | None = None,
    most: int | None = None,
) -> Drawn:
    count = sum(len(layout.pages) for layout in layouts)
    first = 1
    for layout in layouts:
        add_feet(layout.pages, layout.sheet, layout.composer, first, count)
        first += len(layout.pages)
    last = count if most is None else min(most, count)
    with pressing(fitter, _about(layouts[0].sheet), plain=plain) as press:
        for layout in layouts:
            if press.pages < last:
                _draw_layout(layout, press, last, watch, several=len(layouts) > 1)
        pdf = press.finish()
    return Drawn(pdf, press.pages, dict(sorted(fitter.cutter.missing.items())))


def _draw_layout(
    layout: Layout, press: Press, last: int, watch: Watch | None, *, several: bool
) -> None:
    """Draw the pages of one sheet. last: where to stop. several: each sheet is a chapter."""
    press.pen.begin(layout.table)
    stripes = Stripes(layout.table, layout.grid, layout.sheet.groups)
    for number, page in enumerate(layout.pages[: last - press.pages]):
        if watch is not None:
            watch(press.pages + 1, last)
        with press.page(layout.grid.paper) as pen:
            if several and number == 0:
                title = " \u00b7 ".join(layout.sheet.subtitles) or layout.sheet.title
                press.bookmark(Bookmark(title, layout.grid.paper[1]))
            for mark in page.bookmarks:
                press.bookmark(mark, level=int(several))
            press.panels(stripes.behind(rows) for rows in page.rows)
            press.panels(page.panels)
            for rows in page.rows:
                pen.rows(rows, MARGIN)


def _about(sheet: Sheet) -> About:
    return About(
        title=" \u2013 ".join(part for part in (sheet.title, *sheet.subtitles) if part),
        author=sheet.author or sheet.footer,
        subject=" ".join(part for part in (sheet.number, sheet.as_of) if part),
        language=sheet.language,
    )
