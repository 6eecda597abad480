"""The rows of a sheet set in their columns, and the cells that need care.

Columns are worked on as a whole: nearly all cells are plain texts that fit, and only the others
(too long, in another script) are set one by one. Offsets and widths are points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field

from timing.printing.layout.cells import Cells, SortedRows
from timing.printing.layout.columns import DETAIL, Grid, Place, is_bold, split_time
from timing.printing.lettering.faces import PER_EM, Face
from timing.printing.lettering.fitting import LINE, Fitter, Setting, setting_width, shifted
from timing.printing.sheet import Align, Fit, RowStyle

INDENT = 0.9
"""Indent of a detail row's flexible cells, in ems."""
MOST_LINES = 4
"""Lines of a wrapped cell; the rest is cut off with an ellipsis."""


@dataclass(frozen=True, slots=True)
class SetColumn:
    """One column of one batch.

    offsets: points from x to the start of each text, one for all or one a text.
    chars: all characters of the texts (and perhaps more).
    settings: index in the batch -> the runs that stand there instead of the text.
    """

    x: float
    face: Face
    texts: Sequence[str]
    offsets: float | Sequence[float]
    chars: AbstractSet[str]
    settings: Mapping[int, Setting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one style; numbers are the places of its rows in the table."""

    style: RowStyle
    size: float
    numbers: Sequence[int]
    columns: tuple[SetColumn, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a sheet.

    heights: points, one a row. base: from a row's top to its base line.
    """

    batches: tuple[Batch, ...]
    heights: Sequence[float]
    styles: Sequence[RowStyle]
    base: float


def set_table(rows: SortedRows, grid: Grid, fitter: Fitter) -> Table:
    """Set every row of a sheet in the columns of the grid."""
    heights = [grid.row_height] * len(rows.styles)
    batches = []
    for styled in rows.batches:
        size = grid.size * (DETAIL if styled.style is RowStyle.DETAIL else 1.0)
        columns = tuple(
            _set_column(cells, place, styled.style, size, fitter)
            for place, cells in zip(grid.places, styled.columns, strict=True)
        )
        batch = Batch(styled.style, size, styled.numbers, columns)
        batches.append(batch)
        _grow(batch, grid, heights)
    base = (grid.row_height + grid.size * fitter.cap_height / PER_EM) / 2
    return Table(tuple(batches), heights, rows.styles, base)


def _set_column(
    cells: Cells, place: Place, style: RowStyle, size: float, fitter: Fitter
) -> SetColumn:
    bold = is_bold(place.column, style)
    face = fitter.book.face(bold=bold)
    indent = INDENT * size if style is RowStyle.DETAIL and place.column.weight else 0.0
    width = place.width - indent
    strange = cells.chars - face.chars
    odd = _too_wide(cells, face, size, width, place)
    texts, patterns = cells.texts, cells.patterns
    if strange:
        odd |= {n for n, text in enumerate(texts) if not strange.isdisjoint(text)}
    known = {
        text: _cell(text, place, size, indent, fitter, bold=bold)
        for text in dict.fromkeys(texts[number] for number in sorted(odd))
    }
    settings = {number: known[texts[number]] for number in sorted(odd)}
    if odd:
        texts, patterns = _without(texts, odd), _without(patterns, odd)
    offsets: float | Sequence[float] = indent
    if place.column.align is not Align.LEFT:
        offsets = _offsets(patterns, frozenset(patterns) if odd else cells.kinds, face, size, place)
    return SetColumn(place.x, face, texts, offsets, cells.chars - strange, settings)


def _without(texts: tuple[str, ...], odd: set[int]) -> tuple[str, ...]:
    return tuple("" if number in odd else text for number, text in enumerate(texts))


def _too_wide(cells: Cells, face: Face, size: float, width: float, place: Place) -> set[int]:
    """Cells wider than their column; of most texts the number of letters is proof enough."""
    room = width * PER_EM / size + 0.5
    enough = int(room / face.widest)
    long = [text for text in cells.kinds if len(text) > enough]
    if place.column.align is Align.TIME:
        wide = {text for text in long if _time_width(text, face, size, place) > room}
    else:
        measure, chars = face.measure, face.chars
        wide = {text for text in long if not chars.issuperset(text) or measure(text) > room}
    return {n for n, text in enumerate(cells.patterns) if text in wide} if wide else set()


def _time_width(text: str, face: Face, size: float, place: Place) -> float:
    if not face.chars.issuperset(text):
        return float("inf")
    head, tail, found = split_time(text, face)
    return head + max(tail, place.tail * PER_EM / size) if found else head


def _cell(
    text: str, place: Place, size: float, indent: float, fitter: Fitter, *, bold: bool
) -> Setting:
    width = place.width - indent
    if place.column.fit is Fit.SHRINK:
        setting = fitter.cell(text, size, width, bold=bold)
    else:
        lines = fitter.paragraph(text, size, width, bold=bold, most=MOST_LINES)
        step = size * LINE
        setting = tuple(
            run for n, line in enumerate(lines) for run in shifted(line, 0.0, -n * step)
        )
    return shifted(_placed(setting, place, width), indent, 0.0)


def _placed(setting: Setting, place: Place, width: float) -> Setting:
    """Move the lines of a setting to the side of the column where its texts stand."""
    share = {Align.LEFT: 0.0, Align.CENTRE: 0.5}.get(place.column.align, 1.0)
    if not share:
        return setting
    placed: list[Setting] = []
    for y in dict.fromkeys(run.y for run in setting):
        line = tuple(run for run in setting if run.y == y)
        placed.append(shifted(line, (width - setting_width(line)) * share, 0.0))
    return tuple(run for line in placed for run in line)


def _offsets(
    patterns: Sequence[str], kinds: AbstractSet[str], face: Face, size: float, place: Place
) -> float | Sequence[float]:
    """Where each text starts, measured once for each kind."""
    known = {
        pattern: round(_offset(pattern, face, size, place), 2) if pattern else 0.0
        for pattern in kinds
    }
    values = {known[pattern] for pattern in known if pattern}
    return values.pop() if len(values) == 1 else tuple(map(known.__getitem__, patterns))


def _offset(text: str, face: Face, size: float, place: Place) -> float:
    em = size / PER_EM
    head, tail, found = split_time(text, face)
    free = place.width - (head + tail) * em
    if place.column.align is Align.CENTRE:
        return free / 2
    if place.column.align is Align.TIME and found:
        return place.width - max(place.tail, tail * em) - head * em
    return free


def _grow(batch: Batch, grid: Grid, heights: list[float]) -> None:
    """Make the rows of wrapped cells as high as their lines."""
    for column, place in zip(batch.columns, grid.places, strict=True):
        wrapped = column.settings if place.column.fit is Fit.WRAP else {}
        for index, setting in wrapped.items():
            depth = -min((run.y for run in setting), default=0.0)
            number = batch.numbers[index]
            heights[number] = max(heights[number], round(grid.row_height + depth, 2))
