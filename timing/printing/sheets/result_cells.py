"""The columns of a results sheet: which there are, and when they are needless."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Contest
from timing.printing.phrases import Phrases
from timing.printing.sheet import Column
from timing.printing.sheets.result_rows import ResultRows, View
from timing.printing.sheets.shared_columns import headed

FULL = (
    "place", "lane", "bib", "name", "nation", "club", "born", "sex", "category",
    "category_place", "sex_place", "heat", "splits", "net", "gun", "time", "reaction", "gap",
    "notes",
)  # fmt: skip
COMPACT = ("place", "bib", "name", "nation", "club", "category", "time", "gap", "notes")

_ALWAYS = frozenset({"place", "bib", "name", "time"})
_NEEDLESS = {
    View.OVERALL: frozenset[str](),
    View.SEX: frozenset({"sex", "sex_place", "gap"}),
    View.CATEGORY: frozenset({"sex", "category", "category_place", "sex_place", "gap"}),
    View.HEAT: frozenset({"heat", "sex_place", "category_place", "gap"}),
}
"""Columns that a view does not show: its title says it, or it counts from another first."""


class ResultTable(NamedTuple):
    """Columns, and the cells of every row of the list in their order."""

    columns: Sequence[Column]
    cells: Sequence[tuple[str, ...]]


def result_table(say: Phrases, rows: ResultRows, keys: Sequence[str], view: View) -> ResultTable:
    """The columns of a view that tell something, in the order of the keys, with their cells.

    Raises KeyError for a key that is no column.
    """
    columns: list[Column] = []
    cells: list[Sequence[str]] = []
    for key in keys:
        for column, texts in _filled(key, rows, view, say):
            columns.append(column)
            cells.append(texts)
    return ResultTable(columns, list(zip(*cells, strict=True)))


def _filled(
    key: str, rows: ResultRows, view: View, say: Phrases
) -> Iterator[tuple[Column, Sequence[str]]]:
    """A column with its cells; several for the splits; none where it tells nothing."""
    if key == "place":
        yield headed(key, say), rows.places(view)
        return
    if key == "splits":
        yield from _splits(rows, say)
        return
    if key not in FULL:
        raise KeyError(key)
    if key in _NEEDLESS[view] or not _possible(key, rows.contest):
        return
    texts = rows.column(key)
    if key in _ALWAYS or _tells(key, texts, rows):
        laps = key == "time" and rows.contest.rules.basis is Basis.LAPS
        yield headed(key, say, say("column.laps") if laps else ""), texts


def _possible(key: str, contest: Contest) -> bool:
    """Whether a column can tell something else than the time: of net and gun the other one."""
    basis = contest.rules.basis
    match key:
        case "net":
            return basis is Basis.GUN
        case "gun":
            return basis in (Basis.NET, Basis.NET_THEN_GUN)
        case _:
            return True


def _tells(key: str, texts: Sequence[str], rows: ResultRows) -> bool:
    """Whether a column tells something: it is not empty, nor the same as another one."""
    match key:
        case "sex" | "heat":
            return len(set(texts)) > 1
        case "sex_place":
            counted = zip(rows.column("sex"), texts, strict=True)
            return len({sex for sex, place in counted if place}) > 1
        case _:
            return any(texts)


def _splits(rows: ResultRows, say: Phrases) -> Iterator[tuple[Column, Sequence[str]]]:
    """One column for each point between start and finish where somebody passed, then for laps."""
    points = rows.contest.course.points
    passed = rows.splits()
    for position in sorted(passed):
        name = say.point(points[position].name) if position < len(points) else str(position)
        yield headed("split", say, name), passed[position]
