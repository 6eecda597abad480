"""The bare form in which clubs keep their times: no header, and remarks behind the lines.

Tells which cell is which; knows no values of cells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from timing.files.tables.rows import Row

_ALONE = ("bib", "time")
_ORDERED = ("order", "bib", "time", "leg")
_WITH_LEG = ("bib", "time", "leg")
_MARK = "#"
_OF_TIMES = frozenset(":.,")
"""A bib, a leg and an order have none of these."""


def without_remarks(rows: Iterator[Row], used: Collection[int] | None, width: int) -> Iterator[Row]:
    """Leave out what stands behind a ``#`` to the end of its row.

    used: the columns of numbers in a table with a header, where a remark stands behind such a
    cell or behind the last column; None in the bare form, where it may stand anywhere.
    """
    for row in rows:
        yield row if _MARK not in "".join(row.cells) else _cut(row, used, width)


def _cut(row: Row, used: Collection[int] | None, width: int) -> Row:
    for column, cell in enumerate(row.cells):
        text, mark, _ = cell.partition(_MARK)
        if mark and (used is None or column >= width or (text and column in used)):
            return Row(row.line, (*row.cells[:column], text.rstrip(), *[""] * (width - column - 1)))
    return row


def bare_columns(rows: Sequence[Row]) -> tuple[str, ...]:
    """The fields of a table without a header: bib and time, with the order before or a leg behind.

    Two cells are a bib and a time. Where the second cell of any row is a time the third is a leg.
    """
    longer = [row.cells for row in rows if len(row.cells) > len(_ALONE)]
    if not longer:
        return _ALONE
    if any(not _OF_TIMES.isdisjoint(cells[1]) for cells in longer):
        return _WITH_LEG
    return _ORDERED[: max(len(_WITH_LEG), *map(len, longer))]


def evened(rows: Sequence[Row], fields: Sequence[str]) -> Iterator[Row]:
    """Rows without empty cells at their ends; a leg that was not written is an empty cell."""
    for row in rows:
        cells = row.cells
        while len(cells) > len(fields) and not cells[-1]:
            cells = cells[:-1]
        short = len(fields) - len(cells)
        yield Row(row.line, (*cells, *[""] * (short if fields[-1] == "leg" and short == 1 else 0)))
