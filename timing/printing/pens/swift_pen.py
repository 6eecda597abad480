"""Draws the same pages by composing the text stream of many rows at once.

Nearly all rows of a sheet are alike: the same moves and fonts with other texts. A batch of rows is
one template that is filled row by row, and a page is a slice of the filled templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from timing.printing.lettering.faces import PER_EM
from timing.printing.pens.ink import Ink, areas, num, patterns, strokes
from timing.printing.pens.plain_pen import pictures

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from timing.printing.layout.pages import Rows
    from timing.printing.layout.panels import Panel, Type
    from timing.printing.layout.table import Batch, SetColumn, Table
    from timing.printing.pens.document_fonts import Fonts

SAFE = frozenset(map(chr, range(32, 127))) - frozenset("()\\")
"""Characters that are written as they are."""


EDGE = (2000.0, 2000.0)
"""Upper right corner of a form: beyond any paper."""


class Filled(NamedTuple):
    """A batch of rows as operators, one string a row, without the move to its first text.

    start, end: where the first text begins and where the line stands after the last, from the
    table's left edge. font: the operator that sets the type the strings begin and end with.
    """

    start: float
    end: float
    font: str
    lines: Sequence[str]


class SwiftPen:
    """A pen that writes page streams itself; see the module's docstring."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self.canvas = canvas
        self.ink = Ink(canvas, fonts)
        self._forms = 0
        self._known: dict[tuple[object, float, float], tuple[Panel, str]] = {}

    def panel(self, panel: Panel, left: float, top: float, *, again: bool = True) -> None:
        """Draw a panel with its top left corner at (left, top).

        again: it may come back on a later page; then it is kept in the file once, as a form.
        """
        pictures(self.canvas, panel, left, top)
        if not again:
            self.canvas.addLiteral(self._written(panel, left, top))
            return
        key = (id(panel) if panel.types else panel, left, top)
        if key not in self._known:
            self._known[key] = (panel, "")
            self.canvas.addLiteral(self._written(panel, left, top))
            return
        _, form = self._known[key]
        if not form:
            self._forms += 1
            form = f"panel{self._forms}"
            self._known[key] = (panel, form)
            self.canvas.beginForm(form, 0, 0, *EDGE)
            self.canvas.addLiteral(self._written(panel, left, top))
            self.canvas.endForm()
        self.canvas.doForm(form)

    def _written(self, panel: Panel, left: float, top: float) -> str:
        return self._marks(panel, left, top) + self._types(panel.types, left, top)

    def _marks(self, panel: Panel, left: float, top: float) -> str:
        return (
            areas(panel.areas, left, top)
            + patterns(panel.patterns, left, top)
            + strokes(panel.strokes, left, top)
        )

    def _types(self, types: Sequence[Type], left: float, top: float) -> str:
        if not types:
            return ""
        parts = ["BT"]
        grey = 0.0
        for type_ in types:
            if type_.grey != grey:
                parts.append(f" {num(type_.grey)} g")
                grey = type_.grey
            for run in type_.setting:
                x, y = left + type_.x + run.x, top + type_.y + run.y
                parts.append(f" 1 0 0 1 {num(x)} {num(y)} Tm{self.ink.run(run)}")
        return "".join(parts) + (" 0 g ET " if grey else " ET ")

    def begin(self, table: Table) -> None:
        """Fill the templates of all rows."""
        self.table = table
        self.filled = [fill(batch, self.ink) for batch in table.batches]
        self.homes: list[tuple[int, int]] = []
        if len(table.batches) > 1:
            self.homes = [(0, 0)] * len(table.heights)
            for which, batch in enumerate(table.batches):
                for index, number in enumerate(batch.numbers):
                    self.homes[number] = (which, index)

    def rows(self, rows: Rows, left: float) -> None:
        """Draw a block of rows as one text object."""
        heights = self.table.heights[rows.first : rows.last]
        base = rows.top - self.table.base
        if not self.homes and min(heights) == max(heights):
            (batch,) = self.filled
            move = f" {num(batch.start - batch.end)} {num(-heights[0])} Td"
            text = batch.font + move.join(batch.lines[rows.first : rows.last])
            start = left + batch.start
        else:
            start, text = self._mixed(rows, left)
        self.canvas.addLiteral(f"BT 1 0 0 1 {num(start)} {num(base)} Tm{text} ET ")

    def _mixed(self, rows: Rows, left: float) -> tuple[float, str]:
        """Rows of several styles or heights: each is reached by a move of its own."""
        parts: list[str] = []
        font = ""
        at = start = 0.0
        height = 0.0
        for number in range(rows.first, rows.last):
            which, index = self.homes[number] if self.homes else (0, number)
            batch = self.filled[which]
            if parts:
                parts.append(f" {num(batch.start - at)} {num(-height)} Td")
            else:
                start = left + batch.start
            if batch.font != font:
                parts.append(batch.font)
                font = batch.font
            parts.append(batch.lines[index])
            at = batch.end
            height = self.table.heights[number]
        return start, "".join(parts)


def fill(batch: Batch, ink: Ink) -> Filled:
    """Turn the columns of a batch into one string of operators a row."""
    columns = [column for column in batch.columns if column.settings or any(column.texts)]
    if not columns:
        return Filled(0.0, 0.0, "", [""] * len(batch.numbers))
    face = columns[0].face
    start = at = round(_start(columns[0]), 2)
    template: list[str] = []
    values: list[Sequence[str]] = []
    current = face
    for column in columns:
        x = round(_start(column), 2)
        if template:
            template.append(f" {num(x - at)} 0 Td")
        if column.face is not current:
            template.append(ink.font(column.face, batch.size))
            current = column.face
        form, texts = _column(column, batch.size, ink)
        template.append(form)
        values += texts
        at = x
    if current is not face:
        template.append(ink.font(face, batch.size))
    lines = tuple(map("".join(template).__mod__, zip(*values, strict=True)))
    return Filled(start, at, ink.font(face, batch.size), lines)


def _start(column: SetColumn) -> float:
    """Where the line stands for a column: at its texts if they all start at one place."""
    return column.x + (column.offsets if isinstance(column.offsets, float) else 0.0)


def _column(column: SetColumn, size: float, ink: Ink) -> tuple[str, list[Sequence[str]]]:
    """The form of a column's cells and what it is filled with."""
    table = _escapes(column, ink)
    if column.settings or table is None:
        return "%s", [_free(column, size, ink)]
    texts = _escaped(column, table)
    if isinstance(column.offsets, float):
        return "(%s)Tj", [texts]
    shifts = {offset: _shift(offset, size) for offset in set(column.offsets)}
    return "[%s(%s)]TJ", [tuple(map(shifts.__getitem__, column.offsets)), texts]


def _shift(offset: float, size: float) -> str:
    return str(round(-offset * PER_EM / size)) if offset else ""


def _escapes(column: SetColumn, ink: Ink) -> dict[int, str] | None:
    """What has to be written otherwise than as it is; None if one font does not have it all."""
    table: dict[int, str] = {}
    house = ink.house(column.face)
    for char in sorted(column.chars - SAFE):
        part, code = house[char]
        if part:
            return None
        table[ord(char)] = code
    return table


def _escaped(column: SetColumn, table: dict[int, str]) -> Sequence[str]:
    if not table:
        return column.texts
    return "\n".join(column.texts).translate(table).split("\n")


def _free(column: SetColumn, size: float, ink: Ink) -> list[str]:
    """Cells as operators of their own: some are set in other faces or sizes."""
    offsets = column.offsets
    face = column.face
    if isinstance(offsets, float):
        back = -offsets
        table = _escapes(column, ink)
        if table is None:
            cells = [ink.show(text, face, size) if text else "" for text in column.texts]
        else:
            cells = [f"({text})Tj" if text else "" for text in _escaped(column, table)]
    else:
        back = 0.0
        cells = [
            ink.show(text, face, size, offset) if text else ""
            for text, offset in zip(column.texts, offsets, strict=True)
        ]
    for index, setting in column.settings.items():
        cells[index] = ink.runs(setting, column.face, size, back)
    return cells
