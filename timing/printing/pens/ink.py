"""Texts, glyphs, areas and lines written as operators of a page's stream."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from timing.printing.lettering.faces import PER_EM, Face
from timing.printing.pens.reportlab_inside import HouseCodes, font_resource

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from timing.printing.layout.panels import Area, Pattern, Stroke
    from timing.printing.lettering.fitting import Run, Setting
    from timing.printing.pens.document_fonts import Fonts


def num(value: float) -> str:
    """A number with at most two decimals, as short as it can be."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Ink:
    """Writes texts, runs and fonts as operators of a page's stream."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._houses: dict[Face, HouseCodes] = {}

    def house(self, face: Face) -> HouseCodes:
        if face not in self._houses:
            self._houses[face] = HouseCodes(self._canvas, self._fonts.name(face))
        return self._houses[face]

    def font(self, face: Face, size: float) -> str:
        """The operator that sets the main part of a house face."""
        return f"{self.house(face).font(0)} {num(size)} Tf"

    def show(self, text: str, face: Face, size: float, offset: float = 0.0) -> str:
        """The operators for a text of a house face whose main part is set, and stays set."""
        house = self.house(face)
        parts = groupby(map(house.__getitem__, text), key=lambda code: code[0])
        shift = f"{num(-offset * PER_EM / size)}" if offset else ""
        shown = []
        for part, codes in parts:
            string = "".join([code for _, code in codes])
            operator = f"[{shift}({string})]TJ" if shift else f"({string})Tj"
            shift = ""
            if part:
                font = f"{house.font(part)} {num(size)} Tf"
                operator = f"{font}{operator}{self.font(face, size)}"
            shown.append(operator)
        return "".join(shown)

    def runs(self, setting: Setting, face: Face, size: float, dx: float = 0.0) -> str:
        """The operators for a setting, which leave the place and the font as they were."""
        at_x = at_y = 0.0
        parts = []
        for run in setting:
            x, y = round(run.x + dx, 2), round(run.y, 2)
            parts.append(f" {num(x - at_x)} {num(y - at_y)} Td{self.run(run)}")
            at_x, at_y = x, y
        return f"{''.join(parts)} {num(-at_x)} {num(-at_y)} Td{self.font(face, size)}"

    def run(self, run: Run) -> str:
        if run.text:
            return self.font(run.face, run.size) + self.show(run.text, run.face, run.size)
        return self._glyphs(run)

    def _glyphs(self, run: Run) -> str:
        """Glyphs by number; moves inside the array are 1/1000 em, backwards."""
        font = self._fonts.shaped(run.face)
        parts = [f"{font_resource(self._canvas, font)} {num(run.size)} Tf["]
        pen = 0.0  # how far the moves have left the natural widths behind, 1/1000 em
        height = 0.0
        for glyph in run.glyphs:
            if glyph.dy != height:
                parts.append(f"]TJ {num(glyph.dy * run.size / PER_EM)} Ts[")
                height = glyph.dy
            if round(pen - glyph.dx):
                parts.append(num(round(pen - glyph.dx)))
            parts.append(f"<{font.codes[glyph.number]:04X}>")
            pen = glyph.dx + run.face.advance(glyph.number) - glyph.advance
        parts.append("]TJ")
        return "".join(parts) + (" 0 Ts" if height else "")


def areas(marks: Sequence[Area], left: float, top: float) -> str:
    """Filled rectangles, neighbours of one grey as one path; the colour is black afterwards."""
    parts = []
    for grey, group in groupby(marks, key=lambda area: area.grey):
        boxes = " ".join(
            f"{num(left + x)} {num(top + y)} {num(width)} {num(height)} re"
            for x, y, width, height, _ in group
        )
        parts.append(f"{num(grey)} g {boxes} f ")
    return "".join(parts) + ("0 g " if parts else "")


def strokes(marks: Sequence[Stroke], left: float, top: float) -> str:
    """Lines, neighbours of one thickness and grey as one path."""
    parts = []
    for (thickness, grey), group in groupby(marks, key=lambda each: (each.thickness, each.grey)):
        lines = " ".join(
            f"{num(left + each.x1)} {num(top + each.y1)} m "
            f"{num(left + each.x2)} {num(top + each.y2)} l"
            for each in group
        )
        parts.append(f"{num(thickness)} w {num(grey)} G {lines} S ")
    return "".join(parts)


def patterns(marks: Sequence[Pattern], left: float, top: float) -> str:
    """Grids of squares as one path each, measured in squares."""
    parts = []
    for each in marks:
        down = len(each.rows)
        module, place = each.width / len(each.rows[0]), (left + each.x, top + each.y)
        boxes = " ".join(
            f"{run.start()} {down - 1 - number} {run.end() - run.start()} 1 re"
            for number, row in enumerate(each.rows)
            for run in _BLACK.finditer(row)
        )
        scale = f"{module:.5f} 0 0 {module:.5f} {num(place[0])} {num(place[1])} cm"
        parts.append(f"q {scale} {boxes} f Q ")
    return "".join(parts)


_BLACK = re.compile(b"\x01+")
