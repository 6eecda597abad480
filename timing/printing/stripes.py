"""What is drawn behind and around the rows: every other row in grey, cells to fill in, ticks."""

from __future__ import annotations

from collections.abc import Sequence

from timing.printing.columns import MARGIN, Grid
from timing.printing.furniture import BLEED
from timing.printing.pages import Placed, Rows
from timing.printing.panels import SHADE, Area, Panel, Stroke, frame
from timing.printing.sheet import Blank, Group, RowStyle
from timing.printing.table import Table

TICK = 0.72
"""Side of a square to tick as a share of the row height."""


def shades(groups: Sequence[Group]) -> list[bool]:
    """Which rows are grey: every second one of a group; a detail row like the row above it."""
    grey: list[bool] = []
    for group in groups:
        if RowStyle.DETAIL not in group.styles:
            count = len(group.rows)
            grey += ([False, True] * (count // 2 + 1))[:count]
            continue
        dark = True
        for style in group.styles:
            dark = dark if style is RowStyle.DETAIL else not dark
            grey.append(dark)
    return grey


def stripes(rows: Rows, table: Table, grid: Grid, grey: Sequence[bool]) -> Placed:
    """The marks behind one block of rows."""
    areas: list[Area] = []
    strokes: list[Stroke] = []
    ticks = [place for place in grid.places if place.column.blank is Blank.TICK]
    cells = [place for place in grid.places if place.column.blank is Blank.CELL]
    y = 0.0
    for number in range(rows.first, rows.last):
        height = table.heights[number]
        y -= height
        if grey[number] and not cells:
            areas.append(Area(-BLEED, y, grid.width + 2 * BLEED, height, SHADE))
        if cells:
            strokes.append(Stroke(-BLEED, y, grid.width + BLEED, y, 0.35))
        if _first_unranked(number, rows, table.styles):
            top = y + height
            strokes.append(Stroke(-BLEED, top, grid.width + BLEED, top, 0.8))
        for place in ticks:
            side = grid.row_height * TICK
            x = place.x + (place.width - side) / 2
            strokes += frame(x, y + (height - side) / 2, side, side, 0.7)
    for place in cells:
        strokes += [Stroke(x, 0.0, x, y, 0.35) for x in (place.x, place.x + place.width)]
    return Placed(Panel(-y, (), tuple(areas), tuple(strokes)), MARGIN, rows.top)


def _first_unranked(number: int, rows: Rows, styles: Sequence[RowStyle]) -> bool:
    return (
        styles[number] is RowStyle.UNRANKED
        and number > rows.first
        and styles[number - 1] is not RowStyle.UNRANKED
    )
