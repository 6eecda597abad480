"""What is drawn behind and around the rows: every other row in grey, cells to fill in, ticks."""

from __future__ import annotations

from collections.abc import Sequence

from timing.printing.layout.columns import MARGIN, Grid
from timing.printing.layout.furniture import BLEED
from timing.printing.layout.pages import Placed, Rows
from timing.printing.layout.panels import SHADE, Area, Panel, Stroke, frame
from timing.printing.layout.table import Table
from timing.printing.sheet import Blank, Group, RowStyle

TICK = 0.72
"""Side of a square to tick as a share of the row height."""
HAIRLINE, RULE = 0.35, 0.8


class Stripes:
    """The marks behind the rows of one table."""

    def __init__(self, table: Table, grid: Grid, groups: Sequence[Group]) -> None:
        self.table, self.grid = table, grid
        self.grey = _shades(groups)
        self.ticks = [place for place in grid.places if place.column.blank is Blank.TICK]
        self.cells = [place for place in grid.places if place.column.blank is Blank.CELL]
        self._alike = len(table.batches) == 1 and len(set(table.heights)) == 1
        self._known: dict[tuple[int, bool], Panel] = {}

    def behind(self, rows: Rows) -> Placed:
        """The marks of one block of rows; most pages of a long list have the same."""
        if not self._alike:
            return Placed(self._panel(rows), MARGIN, rows.top)
        key = (rows.last - rows.first, self.grey[rows.first])
        if key not in self._known:
            self._known[key] = self._panel(rows)
        return Placed(self._known[key], MARGIN, rows.top)

    def _panel(self, rows: Rows) -> Panel:
        areas: list[Area] = []
        strokes: list[Stroke] = []
        left, right = -BLEED, self.grid.width + BLEED
        y = 0.0
        for number in range(rows.first, rows.last):
            height = self.table.heights[number]
            y -= height
            if self.cells:
                strokes.append(Stroke(left, y, right, y, HAIRLINE))
            elif self.grey[number]:
                areas.append(Area(left, y, right - left, height, SHADE))
            if self._opens_unranked(number, rows.first):
                strokes.append(Stroke(left, y + height, right, y + height, RULE))
            if self.table.styles[number] is not RowStyle.DETAIL:
                strokes += self._squares(y, height)
        strokes += [Stroke(x, 0.0, x, y, HAIRLINE) for x in self._sides()]
        return Panel(-y, (), tuple(areas), tuple(strokes))

    def _sides(self) -> list[float]:
        """Where the cells to write in begin and end: in the middle of the white between columns."""
        places = self.grid.places
        sides: dict[float, None] = {}
        for number, place in enumerate(places):
            if place not in self.cells:
                continue
            before = places[number - 1] if number else None
            left = (before.x + before.width + place.x) / 2 if before else place.x - BLEED
            after = places[number + 1] if number + 1 < len(places) else None
            end = place.x + place.width
            right = (end + after.x) / 2 if after else end + BLEED
            sides |= {round(left, 2): None, round(right, 2): None}
        return list(sides)

    def _squares(self, y: float, height: float) -> list[Stroke]:
        side = min(self.grid.row_height * TICK, self.grid.size * 1.15)
        return [
            stroke
            for place in self.ticks
            for stroke in frame(
                place.x + (place.width - side) / 2, y + (height - side) / 2, side, side, 0.7
            )
        ]

    def _opens_unranked(self, number: int, first: int) -> bool:
        styles = self.table.styles
        return (
            styles[number] is RowStyle.UNRANKED
            and number > first
            and styles[number - 1] is not RowStyle.UNRANKED
        )


def _shades(groups: Sequence[Group]) -> list[bool]:
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
