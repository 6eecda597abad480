"""The columns of a results sheet: which there are, what they print, and when they are needless.

The texts are those of ``core.telling.listing``; they are made column by column here, because a city
marathon has a million cells and few different times to the second. A test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from timing.core.clock import format_duration
from timing.core.fold.standings import Row
from timing.core.rulebook.rounding import round_up
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Contest
from timing.core.setup.roster import EntryId, Sex
from timing.core.status import Status
from timing.core.telling.listing import notes_of, shown_name, shown_time
from timing.printing.phrases import Phrases
from timing.printing.sheet import Column
from timing.printing.sheets.shared_columns import headed


class View(Enum):
    """How the rows of the standings are taken apart."""

    OVERALL = "overall"
    SEX = "sex"
    CATEGORY = "category"
    HEAT = "heat"


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


class TimeTexts(dict[int, str]):
    """Durations as text, each different text made once. Cut like ``format_duration``."""

    def __init__(self, decimals: int) -> None:
        super().__init__()
        self._decimals = decimals
        self._unit = 10 ** (6 - decimals)

    def __missing__(self, units: int) -> str:
        self[units] = format_duration(units * self._unit, self._decimals)
        return self[units]

    def text(self, duration: int) -> str:
        if duration < 0:
            return format_duration(duration, self._decimals)
        return self[duration // self._unit]


@dataclass(frozen=True, slots=True)
class _Printer:
    """What the cells of one contest are made with."""

    contest: Contest
    times: TimeTexts
    marks: Mapping[EntryId, Sequence[str]]

    def time(self, row: Row) -> str:
        result = row.result
        if result.status is Status.OK and result.official is not None and not self._laps:
            return self.times.text(result.official)
        return shown_time(self.contest, result)

    def net(self, row: Row) -> str:
        result = row.result
        if result.net is None or result.net == result.gun:
            return ""
        return self.times.text(round_up(result.net, self.contest.rules.step))

    def gun(self, row: Row) -> str:
        result = row.result
        if result.gun is None or result.status is not Status.OK:
            return ""
        return self.times.text(round_up(result.gun, self.contest.rules.step))

    def notes(self, row: Row) -> str:
        return ", ".join([*note_codes(row), *self.marks.get(row.entry.id, ())])

    def gap(self, row: Row) -> str:
        return "+" + self.times.text(row.gap) if row.gap else ""

    @property
    def _laps(self) -> bool:
        return self.contest.rules.basis is Basis.LAPS


def note_codes(row: Row) -> list[str]:
    """What stands beside the time; a finisher without a place competes outside the ranking."""
    notes = notes_of(row.result) if row.result.marks else []
    guest = row.place is None and row.result.status is Status.OK
    return [*notes, OUTSIDE] if guest else notes


def place_of(row: Row) -> str:
    return "" if row.place is None else f"{row.place}{'=' if row.tied else ''}"


def _number(place: int | None) -> str:
    return "" if place is None else str(place)


def _sex_place(row: Row) -> str:
    return _number(row.sex_place) if row.entry.sex is not Sex.UNKNOWN else ""


_CELLS: Mapping[str, Callable[[_Printer, Row], str]] = {
    "lane": lambda _, row: str(row.start.lane or ""),
    "bib": lambda _, row: row.bib,
    "name": lambda _, row: shown_name(row.entry),
    "nation": lambda _, row: row.entry.delegation or row.entry.nation,
    "club": lambda _, row: "" if row.entry.hidden else row.entry.club,
    "born": lambda _, row: row.entry.born[:4],
    "sex": lambda _, row: row.entry.sex.value,
    "category": lambda _, row: row.category,
    "category_place": lambda _, row: _number(row.category_place),
    "sex_place": lambda _, row: _sex_place(row),
    "heat": lambda _, row: str(row.start.heat),
    "net": _Printer.net,
    "gun": _Printer.gun,
    "time": _Printer.time,
    "gap": _Printer.gap,
    "notes": _Printer.notes,
}
_PLACES: Mapping[View, Callable[[Row], str]] = {
    View.OVERALL: place_of,
    View.SEX: _sex_place,
    View.CATEGORY: lambda row: _number(row.category_place),
    View.HEAT: lambda row: _number(row.heat_place),
}


class ResultTable(NamedTuple):
    """Columns, and the cells of every row of the standings in their order."""

    columns: Sequence[Column]
    cells: Sequence[tuple[str, ...]]


def result_table(
    say: Phrases,
    contest: Contest,
    rows: Sequence[Row],
    keys: Sequence[str],
    view: View,
    marks: Mapping[EntryId, Sequence[str]],
) -> ResultTable:
    """The columns of a view that tell something, in the order of the keys, with their cells.

    marks: what stands beside the time of an entry for its quality. Raises KeyError for a key that
    is no column.
    """
    printer = _Printer(contest, TimeTexts(contest.rules.decimals), marks)
    columns: list[Column] = []
    cells: list[list[str]] = []
    for key in keys:
        for column, texts in _filled(key, printer, rows, view, say):
            columns.append(column)
            cells.append(texts)
    return ResultTable(columns, list(zip(*cells, strict=True)))


def _filled(
    key: str, printer: _Printer, rows: Sequence[Row], view: View, say: Phrases
) -> Iterator[tuple[Column, list[str]]]:
    """A column with its cells; several for the splits; none where it tells nothing."""
    if key == "place":
        yield headed(key, say), [_PLACES[view](row) for row in rows]
        return
    if key == "splits":
        yield from _splits(printer, rows, say)
        return
    cell = _CELLS[key]
    if key in _NEEDLESS[view]:
        return
    texts = [cell(printer, row) for row in rows]
    if key in _ALWAYS or _tells(key, texts, printer.contest, rows):
        laps = key == "time" and printer.contest.rules.basis is Basis.LAPS
        yield headed(key, say, say("column.laps") if laps else ""), texts


def _tells(key: str, texts: Sequence[str], contest: Contest, rows: Sequence[Row]) -> bool:
    """Whether a column tells something: it is not empty, nor the same as another one."""
    kinds = set(texts)
    match key:
        case "sex" | "heat":
            return len(kinds) > 1
        case "sex_place":
            return len({row.entry.sex for row in rows if row.sex_place}) > 1
        case "net":
            return contest.rules.basis is Basis.GUN and bool(kinds - {""})
        case "gun":
            return contest.rules.basis in (Basis.NET, Basis.NET_THEN_GUN) and bool(kinds - {""})
        case _:
            return bool(kinds - {""})


def _splits(
    printer: _Printer, rows: Sequence[Row], say: Phrases
) -> Iterator[tuple[Column, list[str]]]:
    """One column for each point between start and finish where somebody passed, then for laps."""
    points = printer.contest.course.points
    open_laps = printer.contest.course.open_laps
    passed: dict[int, list[str]] = {}
    for number, row in enumerate(rows):
        for position, elapsed in zip(row.result.positions, row.result.elapsed, strict=False):
            if position > 0 and (position < len(points) - 1 or open_laps):
                if position not in passed:
                    passed[position] = [""] * len(rows)
                passed[position][number] = printer.times.text(elapsed)
    for position in sorted(passed):
        name = points[position].name if position < len(points) else str(position)
        yield headed("split", say, name), passed[position]
