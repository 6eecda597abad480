"""The columns of a results sheet: which there are, what they print, and when they are needless."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from timing.core.clock import format_duration
from timing.core.event import Contest
from timing.core.listing import Line, lines_of
from timing.core.rules import Basis
from timing.core.standings import Row, Standings
from timing.core.status import Status
from timing.printing.phrases import Phrases
from timing.printing.shared_columns import headed
from timing.printing.sheet import Column


class View(Enum):
    """How the rows of the standings are taken apart."""

    OVERALL = "overall"
    SEX = "sex"
    CATEGORY = "category"
    HEAT = "heat"


class Printed(NamedTuple):
    """A row of the standings with its cells as text."""

    row: Row
    line: Line


Cell = Callable[[Printed], str]


class Cells(NamedTuple):
    """A column and what it prints of a row."""

    column: Column
    cell: Cell


FULL = (
    "place", "lane", "bib", "name", "nation", "club", "born", "sex", "category",
    "category_place", "sex_place", "heat", "splits", "net", "gun", "time", "gap", "notes",
)  # fmt: skip
COMPACT = ("place", "bib", "name", "nation", "club", "category", "time", "gap", "notes")

OUTSIDE = "OOC"
"""Code of out of competition (config/rules/codes.toml)."""
_ALWAYS = frozenset({"place", "bib", "name", "time"})
_NEEDLESS = {
    View.OVERALL: frozenset[str](),
    View.SEX: frozenset({"sex", "sex_place", "gap"}),
    View.CATEGORY: frozenset({"sex", "category", "category_place", "sex_place", "gap"}),
    View.HEAT: frozenset({"heat", "sex_place", "category_place", "gap"}),
}
"""Columns that a view does not show: its title says it, or it counts from another first."""


def printed_rows(standings: Standings) -> list[Printed]:
    """The rows of the standings in their order, each with its cells as text."""
    pairs = zip(standings.rows, lines_of(standings), strict=True)
    return [Printed(row, line) for row, line in pairs]


def _gun(each: Printed) -> str:
    gun, contest_time = each.row.result.gun, each.line.time
    if gun is None or each.row.result.status is not Status.OK:
        return ""
    decimals = len(contest_time.partition(".")[2])
    return format_duration(gun, decimals)


def note_codes(each: Printed) -> tuple[str, ...]:
    """What stands beside the time; a finisher without a place competes outside the ranking."""
    guest = each.row.place is None and each.row.result.status is Status.OK
    return (*each.line.notes, OUTSIDE) if guest else each.line.notes


_CELLS: dict[str, Cell] = {
    "place": lambda each: each.line.place,
    "lane": lambda each: each.line.lane,
    "bib": lambda each: each.line.bib,
    "name": lambda each: each.line.name,
    "nation": lambda each: each.line.nation,
    "club": lambda each: each.line.club,
    "born": lambda each: each.line.born,
    "sex": lambda each: each.line.sex,
    "category": lambda each: each.line.category,
    "category_place": lambda each: each.line.category_place,
    "sex_place": lambda each: each.line.sex_place,
    "heat": lambda each: each.line.heat,
    "net": lambda each: each.line.net,
    "gun": _gun,
    "time": lambda each: each.line.time,
    "gap": lambda each: each.line.gap,
    "notes": lambda each: ", ".join(note_codes(each)),
}
_PLACES: dict[View, Cell] = {
    View.OVERALL: lambda each: each.line.place,
    View.SEX: lambda each: each.line.sex_place,
    View.CATEGORY: lambda each: each.line.category_place,
    View.HEAT: lambda each: each.line.heat_place,
}


def result_columns(
    say: Phrases, contest: Contest, printed: Sequence[Printed], keys: Sequence[str], view: View
) -> list[Cells]:
    """The columns of a view that tell something, in the order of the keys.

    Raises KeyError for a key that is no column.
    """
    found: list[Cells] = []
    for key in keys:
        if key == "splits":
            found += _splits(contest, printed, say)
        elif key == "place":
            found.append(Cells(headed(key, say), _PLACES[view]))
        elif key not in _NEEDLESS[view] and _tells(key, contest, printed):
            found.append(Cells(headed(key, say, _heading(key, contest, say)), _CELLS[key]))
    return found


def _heading(key: str, contest: Contest, say: Phrases) -> str:
    return say("column.laps") if key == "time" and contest.rules.basis is Basis.LAPS else ""


def _tells(key: str, contest: Contest, printed: Sequence[Printed]) -> bool:
    """Whether a column tells something: it is not empty, nor the same as another one."""
    if key in _ALWAYS:
        return True
    cells = {_CELLS[key](each) for each in printed}
    match key:
        case "sex" | "heat":
            return len(cells) > 1
        case "sex_place":
            return len({each.line.sex for each in printed if each.line.sex_place}) > 1
        case "net":
            differs = any(each.line.net not in ("", each.line.time) for each in printed)
            return contest.rules.basis is Basis.GUN and differs
        case "gun":
            return contest.rules.basis in (Basis.NET, Basis.NET_THEN_GUN) and bool(cells - {""})
        case _:
            return bool(cells - {""})


def _splits(contest: Contest, printed: Sequence[Printed], say: Phrases) -> Iterable[Cells]:
    """One column for each point between start and finish where somebody passed."""
    names = {point.code: point.name for point in contest.course.points}
    codes: dict[str, int] = {}
    for each in printed:
        for position, cell in enumerate(each.line.splits):
            if cell.elapsed:
                codes.setdefault(cell.code, position)
    for code, position in sorted(codes.items(), key=lambda item: item[1]):
        yield Cells(headed("split", say, names.get(code, code)), _split(position))


def _split(position: int) -> Cell:
    def cell(each: Printed) -> str:
        splits = each.line.splits
        return splits[position].elapsed if position < len(splits) else ""

    return cell
