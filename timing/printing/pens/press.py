"""One PDF being made: canvas, fonts and pen, page after page. Equal calls give equal bytes.

Any number of documents may be made at once, each by a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from timing.printing.layout.pages import Bookmark, Placed, Rows
from timing.printing.layout.panels import Panel
from timing.printing.layout.table import Table
from timing.printing.lettering.fitting import Fitter
from timing.printing.pens.document_fonts import Fonts
from timing.printing.pens.plain_pen import PlainPen
from timing.printing.pens.swift_pen import SwiftPen

CREATOR = "timing"

# Streams as plain bytes: a fifth smaller, and every reader of this century takes them.
rl_config.useA85 = 0

Watch = Callable[[int, int], None]
"""Told (page, pages) before each page is drawn; what it raises ends the drawing."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished document.

    missing: characters that no font had, with how often they were asked for; each of them is a
    box on paper.
    """

    pdf: bytes
    pages: int
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself."""

    title: str
    author: str = ""
    subject: str = ""
    language: str = "en"


class Pen(Protocol):
    """Something that draws panels and rows."""

    def panel(self, panel: Panel, left: float, top: float, *, again: bool = True) -> None: ...

    def begin(self, table: Table) -> None: ...

    def rows(self, rows: Rows, left: float) -> None: ...


class Press:
    """The document that is being drawn. All its texts have been set with the fitter before."""

    def __init__(self, fitter: Fitter, fonts: Fonts, about: About, *, plain: bool) -> None:
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file,
            invariant=1,
            pageCompression=1,
            lang=about.language,
            initialFontName=fonts.name(fitter.book.regular),  # type: ignore[arg-type]  # stub errs
        )
        self._describe(about)
        self.pen: Pen = (PlainPen if plain else SwiftPen)(self._canvas, fonts)
        self.pages = 0
        self._marks = 0

    def _describe(self, about: About) -> None:
        self._canvas.setTitle(about.title)
        self._canvas.setAuthor(about.author or CREATOR)
        self._canvas.setSubject(about.subject)
        self._canvas.setCreator(CREATOR)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    @contextmanager
    def page(self, size: tuple[float, float]) -> Iterator[Pen]:
        """A page of this size in points, to be drawn on with the pen."""
        self._canvas.setPageSize(size)
        yield self.pen
        self._canvas.showPage()
        self.pages += 1

    def panels(self, placed: Iterable[Placed]) -> None:
        for each in placed:
            self.pen.panel(each.panel, each.x, each.top)

    def once(self, placed: Placed) -> None:
        """Draw a panel that comes on no other page, without looking whether it was there."""
        self.pen.panel(placed.panel, placed.x, placed.top, again=False)

    def bookmark(self, mark: Bookmark, level: int = 0) -> None:
        """Let the outline point to a place on the page that is being drawn."""
        self._marks += 1
        key = f"mark{self._marks}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=mark.top)
        self._canvas.addOutlineEntry(mark.title, key, level=level)

    def finish(self) -> bytes:
        if self._marks:
            self._canvas.showOutline()
        self._canvas.save()
        return self._file.getvalue()


@contextmanager
def pressing(fitter: Fitter, about: About, *, plain: bool = False) -> Iterator[Press]:
    """A press of one's own for as long as the document is drawn."""
    with Fonts(fitter.cutter.glyphs) as fonts:
        yield Press(fitter, fonts, about, plain=plain)
