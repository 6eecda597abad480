"""The columns of a results sheet: which there are, what they print, and when they are needless.

The texts are those of ``core.telling.listing``; they are made column by column here, because a city
marathon has a million cells and few different times to the second. A test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from timing.core.fold.results import Result
from timing.core.fold.standings import Row
from timing.core.rulebook.rounding import round_up
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Contest
from timing.core.setup.roster import Entry, EntryId, Sex
from timing.core.status import Status
from timing.core.telling.listing import all_notes, reaction_of, shown_name, shown_time
from timing.printing.phrases import Phrases
from timing.printing.sheet import Column
from timing.printing.sheets.shared_columns import headed
from timing.printing.sheets.time_texts import TimeTexts


class View(Enum):
    """How the rows of the standings are taken apart."""

    OVERALL = "overall"
    SEX = "sex"
    CATEGORY = "category"
    HEAT = "heat"


FULL = (
    "place", "lane", "bib", "name", "nation", "club", "born", "sex", "category",
    "category_place", "sex_place", "heat", "splits", "net", "gun", "time", "reaction", "gap",
    "notes",
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


@dataclass(frozen=True, slots=True)
class _Printer:
    """What the cells of one contest are made with: all rows, column by column."""

    contest: Contest
    rows: Sequence[Row]
    entries: Sequence[Entry]
    results: Sequence[Result]
    times: TimeTexts
    marks: Mapping[EntryId, Sequence[str]]

    def time(self) -> list[str]:
        ok, known, laps = Status.OK, self.times.text, self._laps
        return [
            known(result.official)
            if result.official is not None and result.status is ok and not laps
            else shown_time(self.contest, result)
            for result in self.results
        ]

    def net(self) -> list[str]:
        step = self.contest.rules.step
        return self.times.some(
            [
                None if result.net is None or result.net == result.gun
                else round_up(result.net, step)
                for result in self.results
            ]
        )  # fmt: skip

    def gun(self) -> list[str]:
        step, ok = self.contest.rules.step, Status.OK
        return self.times.some(
            [
                None if result.gun is None or result.status is not ok
                else round_up(result.gun, step)
                for result in self.results
            ]
        )  # fmt: skip

    def reaction(self) -> list[str]:
        return [reaction_of(each) if each.marks else "" for each in self.results]

    def notes(self) -> list[str]:
        contest, more = self.contest, self.marks.get
        return [
            ", ".join([*note_codes(contest, row), *more(row.entry.id, ())])
            if more(row.entry.id) or remarkable(row)
            else ""
            for row in self.rows
        ]

    def gap(self) -> list[str]:
        known = self.times.text
        return ["+" + known(row.gap) if row.gap else "" for row in self.rows]

    def sex_place(self) -> list[str]:
        unknown = Sex.UNKNOWN
        return [
            "" if row.sex_place is None or row.entry.sex is unknown else str(row.sex_place)
            for row in self.rows
        ]

    def category_place(self) -> list[str]:
        return ["" if row.category_place is None else str(row.category_place) for row in self.rows]

    def heat_place(self) -> list[str]:
        return ["" if row.heat_place is None else str(row.heat_place) for row in self.rows]

    @property
    def _laps(self) -> bool:
        return self.contest.rules.basis is Basis.LAPS


def remarkable(row: Row) -> bool:
    """Whether a row may have anything beside its time; most have nothing."""
    entry = row.entry
    return bool(row.result.marks or row.place is None or entry.pb or entry.sb)


def note_codes(contest: Contest, row: Row) -> list[str]:
    """What stands beside the time; a finisher without a place competes outside the ranking."""
    notes = all_notes(contest, row)
    guest = row.place is None and row.result.status is Status.OK
    return [*notes, OUTSIDE] if guest else notes


def place_of(row: Row) -> str:
    return "" if row.place is None else f"{row.place}{'=' if row.tied else ''}"


_SEXES: Mapping[Sex, str] = {sex: sex.value for sex in Sex}
_CELLS: Mapping[str, Callable[[_Printer], list[str]]] = {
    "lane": lambda of: [str(row.start.lane or "") for row in of.rows],
    "bib": lambda of: [row.bib for row in of.rows],
    "name": lambda of: list(map(shown_name, of.entries)),
    "nation": lambda of: [entry.delegation or entry.nation for entry in of.entries],
    "club": lambda of: ["" if entry.hidden else entry.club for entry in of.entries],
    "born": lambda of: [entry.born[:4] for entry in of.entries],
    "sex": lambda of: list(map(_SEXES.__getitem__, [entry.sex for entry in of.entries])),
    "category": lambda of: [row.category for row in of.rows],
    "category_place": _Printer.category_place,
    "sex_place": _Printer.sex_place,
    "heat": lambda of: [str(row.start.heat) for row in of.rows],
    "net": _Printer.net,
    "gun": _Printer.gun,
    "time": _Printer.time,
    "reaction": _Printer.reaction,
    "gap": _Printer.gap,
    "notes": _Printer.notes,
}
_PLACES: Mapping[View, Callable[[_Printer], list[str]]] = {
    View.OVERALL: lambda of: [place_of(row) for row in of.rows],
    View.SEX: _Printer.sex_place,
    View.CATEGORY: _Printer.category_place,
    View.HEAT: _Printer.heat_place,
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
    entries, results = [row.entry for row in rows], [row.result for row in rows]
    times = TimeTexts(contest.rules.decimals)
    printer = _Printer(contest, rows, entries, results, times, marks)
    columns: list[Column] = []
    cells: list[list[str]] = []
    for key in keys:
        for column, texts in _filled(key, printer, view, say):
            columns.append(column)
            cells.append(texts)
    return ResultTable(columns, list(zip(*cells, strict=True)))


def _filled(
    key: str, printer: _Printer, view: View, say: Phrases
) -> Iterator[tuple[Column, list[str]]]:
    """A column with its cells; several for the splits; none where it tells nothing."""
    if key == "place":
        yield headed(key, say), _PLACES[view](printer)
        return
    if key == "splits":
        yield from _splits(printer, say)
        return
    cell = _CELLS[key]
    if key in _NEEDLESS[view] or not _possible(key, printer.contest):
        return
    texts = cell(printer)
    if key in _ALWAYS or _tells(key, texts, printer.rows):
        laps = key == "time" and printer.contest.rules.basis is Basis.LAPS
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


def _tells(key: str, texts: Sequence[str], rows: Sequence[Row]) -> bool:
    """Whether a column tells something: it is not empty, nor the same as another one."""
    match key:
        case "sex" | "heat":
            return len(set(texts)) > 1
        case "sex_place":
            return len({row.entry.sex for row in rows if row.sex_place}) > 1
        case _:
            return any(texts)


def _splits(printer: _Printer, say: Phrases) -> Iterator[tuple[Column, list[str]]]:
    """One column for each point between start and finish where somebody passed, then for laps."""
    points = printer.contest.course.points
    passed = _passed(printer)
    for position in sorted(passed):
        name = points[position].name if position < len(points) else str(position)
        yield headed("split", say, name), passed[position]


def _passed(printer: _Printer) -> dict[int, list[str]]:
    """The texts of each position. Most rows have passed the same points: they go together."""
    course = printer.contest.course
    last = len(course.points) - 1
    alike: dict[tuple[int, ...], list[int]] = {}
    for number, result in enumerate(printer.results):
        alike.setdefault(result.positions, []).append(number)
    passed: dict[int, list[str]] = {}
    for positions, numbers in alike.items():
        columns = zip(*[printer.results[number].elapsed for number in numbers], strict=False)
        for position, elapsed in zip(positions, columns, strict=False):
            if 0 < position < last or (position > 0 and course.open_laps):
                texts = printer.times.texts(elapsed)
                if len(numbers) < len(printer.rows):
                    column = passed.setdefault(position, [""] * len(printer.rows))
                    for number, text in zip(numbers, texts, strict=True):
                        column[number] = text
                else:
                    passed[position] = texts
    return passed
