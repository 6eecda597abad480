"""The cells of a sheet column by column: tidy texts, their letters, and their patterns of figures.

Figures are equally wide, so texts that differ in figures only need one measurement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import compress
from unicodedata import combining

from timing.printing.lettering.faces import FontBook
from timing.printing.lettering.pieces import tidy
from timing.printing.sheet import Align, Column, Row, RowStyle, Sheet

_FIGURES = str.maketrans("123456789", "000000000")
_MANY = 3_000
_SAMPLE = 1_500


@dataclass(frozen=True, slots=True)
class Cells:
    """One column of the rows of one style.

    Tuples, because the garbage collector need not look through a tuple of texts again and again.
    patterns: the texts with every figure as 0, or the texts themselves. kinds: the different ones.
    chars: all characters of the texts.
    """

    texts: tuple[str, ...]
    patterns: tuple[str, ...]
    kinds: frozenset[str]
    chars: frozenset[str]

    def sample(self) -> Sequence[str]:
        """Texts to judge a usual width by: all kinds, or of very many a part and the longest."""
        if len(self.kinds) <= _MANY:
            return sorted(self.kinds)
        return [*self.patterns[:: len(self.patterns) // _SAMPLE], *nlargest(50, self.patterns, len)]


@dataclass(frozen=True, slots=True)
class StyledRows:
    """The rows of one style; numbers: their places in the sheet."""

    style: RowStyle
    numbers: Sequence[int]
    columns: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class SortedRows:
    """All rows of a sheet. styles: one a row."""

    styles: Sequence[RowStyle]
    batches: tuple[StyledRows, ...]


def sort_rows(sheet: Sheet, book: FontBook) -> SortedRows:
    """Take the rows of a sheet apart by style and column."""
    rows = [row for group in sheet.groups for row in group.rows]
    styles = _styles(sheet, len(rows))
    present = set(styles) if isinstance(styles, list) else set(styles[:1])
    batches = []
    for style in RowStyle:
        if style in present:
            numbers = _numbers(styles, style)
            own = rows if len(numbers) == len(rows) else [rows[number] for number in numbers]
            batches.append(StyledRows(style, numbers, _columns(own, sheet.columns, book)))
    return SortedRows(styles, tuple(batches))


def _styles(sheet: Sheet, count: int) -> Sequence[RowStyle]:
    if not any(group.styles for group in sheet.groups):
        return (RowStyle.PLAIN,) * count
    return [
        style
        for group in sheet.groups
        for style in (group.styles or (RowStyle.PLAIN,) * len(group.rows))
    ]


def _numbers(styles: Sequence[RowStyle], style: RowStyle) -> Sequence[int]:
    if isinstance(styles, tuple):
        return range(len(styles))
    return list(compress(range(len(styles)), [each is style for each in styles]))


def _columns(rows: Sequence[Row], columns: Sequence[Column], book: FontBook) -> tuple[Cells, ...]:
    tabular = book.regular.tabular and book.bold.tabular
    return tuple(
        _cells(texts, by_pattern=tabular and column.align is not Align.LEFT)
        for column, texts in zip(columns, zip(*rows, strict=True), strict=True)
    )


def _cells(texts: tuple[str, ...], *, by_pattern: bool) -> Cells:
    joined = "\n".join(texts)
    chars = set(joined)
    if not _tidy(chars, joined, len(texts)):
        texts = tuple(
            text if text.isascii() and text.isprintable() else tidy(text) for text in texts
        )
        joined = "\n".join(texts)
        chars = set(joined)
    patterns = tuple(joined.translate(_FIGURES).split("\n")) if by_pattern else texts
    return Cells(texts, patterns, frozenset(patterns), frozenset(chars - {"\n"}))


def _tidy(chars: set[str], joined: str, count: int) -> bool:
    """Whether no cell needs tidying: no control characters, and nothing to compose."""
    if joined.count("\n") != count - 1:
        return False
    odd = [char for char in chars if char != "\n" and not " " <= char <= "~"]
    return all(char.isprintable() and not combining(char) and char == tidy(char) for char in odd)
