"""Draws pages through ReportLab's public canvas, one call a text: slow, simple, the yardstick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from timing.printing.layout.panels import Panel, Pattern
from timing.printing.lettering.faces import PER_EM

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from timing.printing.layout.pages import Rows
    from timing.printing.layout.table import Batch, SetColumn, Table
    from timing.printing.lettering.fitting import Run
    from timing.printing.pens.document_fonts import Fonts


def pictures(canvas: Canvas, panel: Panel, left: float, top: float) -> None:
    """Draw the picture files of a panel; one that is used again is in the file once."""
    for each in panel.pictures:
        canvas.drawImage(
            str(each.path),
            left + each.x,
            top + each.y,
            each.width,
            each.height,
            mask="auto",
            preserveAspectRatio=True,
            anchor="c",
        )


class PlainPen:
    """A pen of the public API."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self.canvas = canvas
        self.fonts = fonts

    def panel(
        self,
        panel: Panel,
        left: float,
        top: float,
        *,
        again: bool = True,  # noqa: ARG002 - every panel is drawn where it comes
    ) -> None:
        """Draw a panel with its top left corner at (left, top)."""
        canvas = self.canvas
        pictures(canvas, panel, left, top)
        for area in panel.areas:
            canvas.setFillGray(area.grey)
            canvas.rect(left + area.x, top + area.y, area.width, area.height, stroke=0, fill=1)
        for pattern in panel.patterns:
            self._pattern(pattern, left, top)
        for stroke in panel.strokes:
            canvas.setStrokeGray(stroke.grey)
            canvas.setLineWidth(stroke.thickness)
            canvas.line(left + stroke.x1, top + stroke.y1, left + stroke.x2, top + stroke.y2)
        for type_ in panel.types:
            canvas.setFillGray(type_.grey)
            self._runs(type_.setting, left + type_.x, top + type_.y)
        canvas.setFillGray(0.0)

    def _pattern(self, pattern: Pattern, left: float, top: float) -> None:
        self.canvas.setFillGray(0.0)
        across = pattern.width / len(pattern.rows[0])
        down = pattern.height / len(pattern.rows)
        for number, row in enumerate(reversed(pattern.rows)):
            y = top + pattern.y + number * down
            for place, black in enumerate(row):
                if black:
                    x = left + pattern.x + place * across
                    self.canvas.rect(x, y, across, down, stroke=0, fill=1)

    def begin(self, table: Table) -> None:
        """Take the rows of the next pages."""
        self.table = table
        self.homes = {
            number: (batch, index)
            for batch in table.batches
            for index, number in enumerate(batch.numbers)
        }

    def rows(self, rows: Rows, left: float) -> None:
        """Draw a block of rows."""
        y = rows.top
        for number in range(rows.first, rows.last):
            batch, index = self.homes[number]
            for column in batch.columns:
                self._cell(column, batch, index, left, y - self.table.base)
            y -= self.table.heights[number]

    def _cell(self, column: SetColumn, batch: Batch, index: int, left: float, y: float) -> None:
        if index in column.settings:
            self._runs(column.settings[index], left + column.x, y)
        elif column.texts[index]:
            offsets = column.offsets
            offset = offsets if isinstance(offsets, float) else offsets[index]
            self.canvas.setFont(self.fonts.name(column.face), batch.size)
            self.canvas.drawString(left + column.x + offset, y, column.texts[index])

    def _runs(self, runs: Iterable[Run], x: float, y: float) -> None:
        for run in runs:
            if run.text:
                self.canvas.setFont(self.fonts.name(run.face), run.size)
                self.canvas.drawString(x + run.x, y + run.y, run.text)
            else:
                self._glyphs(run, x + run.x, y + run.y)

    def _glyphs(self, run: Run, x: float, y: float) -> None:
        codes = self.fonts.codes(run.face)
        self.canvas.setFont(self.fonts.shaped_name(run.face), run.size)
        em = run.size / PER_EM
        for glyph in run.glyphs:
            self.canvas.drawString(x + glyph.dx * em, y + glyph.dy * em, chr(codes[glyph.number]))
            x += glyph.advance * em
