"""How wide the columns are, how large the type is and which way the paper lies.

Widths are measured in 1/1000 em, so that one measurement serves every type size that is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timing.printing.layout.cells import SortedRows
from timing.printing.lettering.faces import PER_EM, Face
from timing.printing.lettering.fitting import Fitter
from timing.printing.lettering.pieces import tidy
from timing.printing.sheet import Align, Blank, Column, RowStyle, Sheet, Turn

MARGIN = 30.0
"""Points of white on each side; every office printer reaches that far."""
ROW = 1.46
"""Row height as a share of the type size."""
ROW_TO_WRITE_IN = 20.0
"""Points of a row that something is written into by hand: 7 mm."""
HEADING = 0.84
"""Type size of the column headings as a share of the rows' size."""
GUTTER = 700.0
"""Least white between two columns, 1/1000 em."""
SHRUNK = 0.94
"""Share of its comfort that a flexible column may be pressed to before the paper turns."""
COMFORT = 17_000.0
"""The widest that a column asks for, 1/1000 em; longer texts shrink or wrap."""
NARROWEST = 5_000.0
SHORT_HEADING = 3_400.0
DETAIL = 0.9
"""Type size of a detail row as a share of the rows' size."""
SIZES = ((10.0, 9.5, 9.0, 8.5, 8.0), (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0))
"""Type sizes tried on upright paper and then on turned paper."""
GENEROUS = (12.0, 11.5, 11.0, 10.5)
"""Type sizes tried first where all rows then still fill less than the given share of a page."""
FILLED = 0.5
LARGE = 1.7
_TAIL = re.compile(r"[.,](\d+\D{0,2})$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one column stands, in points.

    x: its left edge from the table's left edge. tail: the room of the digits from the decimal
    point on (TIME columns).
    """

    column: Column
    x: float
    width: float
    tail: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The paper and the columns on it, in points."""

    paper: tuple[float, float]
    size: float
    row_height: float
    places: tuple[Place, ...]

    @property
    def width(self) -> float:
        return self.paper[0] - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column asks for, in 1/1000 em."""

    least: float
    comfort: float
    natural: float
    tail: float


def choose_grid(sheet: Sheet, rows: SortedRows, fitter: Fitter, squeeze: float = 1.0) -> Grid:
    """The first paper and type size on which the columns stand without crowding.

    squeeze: share of that size to use instead, on the same paper.
    """
    needs = [_need(column, number, rows, fitter) for number, column in enumerate(sheet.columns)]
    scale = LARGE if sheet.large else 1.0
    wide, high = sheet.paper.value
    tries = [
        (paper, size * scale)
        for turn, paper, sizes in (
            (Turn.PORTRAIT, (wide, high), SIZES[0]),
            (Turn.LANDSCAPE, (high, wide), SIZES[1]),
        )
        if sheet.turn in (turn, Turn.BY_COLUMNS)
        for size in sizes
    ]
    if sheet.turn is not Turn.LANDSCAPE and not sheet.large:
        lines = len(rows.styles) + 2 * len(sheet.groups)
        few = [size for size in GENEROUS if lines * size * ROW <= FILLED * high]
        tries = [((wide, high), size) for size in few] + tries
    gutters = GUTTER * max(len(needs) - 1, 0)
    pressed = sum(need.least for need in needs) + gutters
    for paper, size in tries:
        if pressed * size / PER_EM <= paper[0] - 2 * MARGIN:
            break
    return _grid(sheet, needs, paper, size * squeeze)


def _grid(sheet: Sheet, needs: Sequence[_Need], paper: tuple[float, float], size: float) -> Grid:
    em = size / PER_EM
    room = (paper[0] - 2 * MARGIN) / em - GUTTER * max(len(needs) - 1, 0)
    widths = [need.least for need in needs]
    total = sum(widths)
    if total > room > 0:
        widths = [width * room / total for width in widths]
    for level in ("comfort", "natural"):
        _share_out(widths, [getattr(need, level) for need in needs], sheet.columns, room)
    left = max(room - sum(widths), 0.0)
    gutter = GUTTER + _white(left, widths, sheet.columns)
    places, x = [], 0.0
    for column, width, need in zip(sheet.columns, widths, needs, strict=True):
        places.append(Place(column, x * em, width * em, need.tail * em))
        x += width + gutter
    row = size * ROW
    if any(column.blank is Blank.CELL for column in sheet.columns):
        row = max(row, ROW_TO_WRITE_IN)
    return Grid(paper, size, round(row, 2), tuple(places))


def _white(left: float, widths: list[float], columns: Sequence[Column]) -> float:
    """Spend the width that nobody asked for: half in the flexible columns, half between all."""
    weights = sum(column.weight for column in columns)
    gaps = max(len(columns) - 1, 1)
    if not weights:
        return min(left / gaps, 4 * GUTTER)
    for number, column in enumerate(columns):
        widths[number] += left / 2 * column.weight / weights
    return left / 2 / gaps if len(columns) > 1 else 0.0


def _share_out(
    widths: list[float], wanted: Sequence[float], columns: Sequence[Column], room: float
) -> None:
    """Let the flexible columns grow towards what they want, by weight, as far as there is room."""
    growing = {n for n, column in enumerate(columns) if column.weight and wanted[n] > widths[n]}
    left = room - sum(widths)
    while growing and left > 1.0:
        weights = sum(columns[n].weight for n in growing)
        part = left / weights
        full = {n for n in growing if wanted[n] - widths[n] <= part * columns[n].weight}
        for n in full or growing:
            widths[n] += (wanted[n] - widths[n]) if full else part * columns[n].weight
        left = room - sum(widths)
        growing = growing - full if full else set()


def _need(column: Column, number: int, rows: SortedRows, fitter: Fitter) -> _Need:
    heading = _heading(column.heading, fitter)
    floor = max(heading, column.min_width * PER_EM, 1_000.0 if column.blank is Blank.TICK else 0.0)
    texts, tail = _content(column, number, rows, fitter)
    longest = max(texts, default=0.0) + (400.0 if column.blank is Blank.CELL else 0.0)
    natural = max(floor, longest)
    if not column.weight:
        fixed = max(floor, min(longest, COMFORT))
        return _Need(fixed, fixed, fixed, tail)
    usual = sorted(texts)[int(len(texts) * 0.98)] if texts else 0.0
    comfort = max(floor, min(usual * 1.02, COMFORT))
    least = max(floor, min(comfort, max(comfort * SHRUNK, NARROWEST)))
    return _Need(least, comfort, max(natural, comfort), tail)


def _heading(text: str, fitter: Fitter) -> float:
    """A short heading stands on one line, a longer one breaks at its blanks."""
    whole = fitter.width(text, PER_EM * HEADING, bold=True)
    if whole <= SHORT_HEADING:
        return whole
    return max(fitter.width(word, PER_EM * HEADING, bold=True) for word in text.split())


def _content(
    column: Column, number: int, rows: SortedRows, fitter: Fitter
) -> tuple[list[float], float]:
    """Widths of the different texts of a column, and the widest digits behind a decimal point."""
    widths: list[float] = []
    head = tail = 0.0
    for batch in rows.batches:
        bold = is_bold(column, batch.style)
        cells = batch.columns[number]
        widths += _widths(cells.sample(), fitter, bold=bold)
        if column.align is Align.TIME:
            house = fitter.book.face(bold=bold)
            split = [split_time(text, house) for text in cells.kinds if text.isascii()]
            tail = max([tail, *(tail for _, tail, found in split if found)])
            head = max([head, *(head for head, _, found in split if found)])
    return [*widths, head + tail], tail


def is_bold(column: Column, style: RowStyle) -> bool:
    """Whether the cells of a column are bold in rows of a style."""
    return style is RowStyle.STRONG or (column.strong and style is not RowStyle.DETAIL)


def split_time(text: str, face: Face) -> tuple[float, float, bool]:
    """Width before the decimal point and from it on (1/1000 em), and whether there is one."""
    found = _TAIL.search(text)
    tail = face.measure(found.group()) if found else 0.0
    return face.measure(text) - tail, tail, bool(found)


def _widths(texts: Iterable[str], fitter: Fitter, *, bold: bool) -> list[float]:
    house = fitter.book.face(bold=bold)
    return [
        house.measure(text)
        if house.chars.issuperset(text)
        else sum(piece.width for piece in fitter.cutter.cut(tidy(text), bold=bold))
        for text in texts
    ]
