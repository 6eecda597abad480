"""The columns of a result list out of the standings.

The texts are those of ``core.telling.listing``; they are made column by column here, because a city
marathon has a million cells and few different times to the second. A test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.rounding import round_up
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Contest
from timing.core.setup.roster import EntryId, Sex
from timing.core.status import Status
from timing.core.telling.legend import EQUALLED
from timing.core.telling.listing import (
    all_notes,
    brief,
    reaction_of,
    shown_name,
    shown_status,
    shown_time,
)
from timing.printing.sheets.result_rows import OUTSIDE, View
from timing.printing.sheets.time_texts import TimeTexts


class FoldedRows:
    """All rows of one round. marks: what stands beside the time of an entry for its quality."""

    def __init__(
        self, standings: Standings, marks: Mapping[EntryId, Sequence[str]] | None = None
    ) -> None:
        self.contest: Contest = standings.contest
        self.round: str = standings.round
        self.rows = standings.rows
        self.entries = [row.entry for row in self.rows]
        self.results = [row.result for row in self.rows]
        self.ranked: Sequence[bool] = [row.place is not None for row in self.rows]
        self._marks = marks or {}
        self._times = TimeTexts(self.contest.rules.decimals)

    def column(self, key: str) -> list[str]:
        """The texts of a column. Raises KeyError."""
        return _CELLS[key](self)

    def places(self, view: View) -> list[str]:
        """The places within the parts of a view."""
        if view is View.OVERALL:
            return [_place(row) for row in self.rows]
        return self.column(f"{view.value}_place")

    def time(self) -> list[str]:
        ok, known = Status.OK, self._times.text
        laps = self.contest.rules.basis is Basis.LAPS
        return [
            known(result.official)
            if result.official is not None and result.status is ok and not laps
            else shown_time(self.contest, result)
            for result in self.results
        ]

    def net(self) -> list[str]:
        step = self.contest.rules.step
        return self._times.some(
            [
                None if result.net is None or result.net == result.gun
                else round_up(result.net, step)
                for result in self.results
            ]
        )  # fmt: skip

    def gun(self) -> list[str]:
        step, ok = self.contest.rules.step, Status.OK
        return self._times.some(
            [
                None if result.gun is None or result.status is not ok
                else round_up(result.gun, step)
                for result in self.results
            ]
        )  # fmt: skip

    def reaction(self) -> list[str]:
        return [reaction_of(each) if each.marks else "" for each in self.results]

    def notes(self) -> list[str]:
        more = self._marks.get
        return [
            ", ".join([*map(brief, self._notes(row)), *more(row.entry.id, ())])
            if more(row.entry.id) or _remarkable(row)
            else ""
            for row in self.rows
        ]

    def gap(self) -> list[str]:
        known = self._times.text
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

    def splits(self) -> dict[int, list[str]]:
        """The texts of each position. Most rows have passed the same points: they go together."""
        course = self.contest.course
        last = len(course.points) - 1
        alike: dict[tuple[int, ...], list[int]] = {}
        for number, result in enumerate(self.results):
            alike.setdefault(result.positions, []).append(number)
        passed: dict[int, list[str]] = {}
        for positions, numbers in alike.items():
            columns = zip(*[self.results[number].elapsed for number in numbers], strict=False)
            for position, elapsed in zip(positions, columns, strict=False):
                if 0 < position < last or (position > 0 and course.open_laps):
                    texts = self._times.texts(elapsed)
                    if len(numbers) < len(self.rows):
                        column = passed.setdefault(position, [""] * len(self.rows))
                        for number, text in zip(numbers, texts, strict=True):
                            column[number] = text
                    else:
                        passed[position] = texts
        return passed

    def codes(self, view: View) -> Iterator[str]:
        """The status, the shared place and the notes of every row. Then the marks."""
        for row in self.rows:
            if row.tied and view is View.OVERALL:
                yield EQUALLED
            if _remarkable(row):
                if row.place is None and row.result.status is not Status.OK:
                    yield shown_status(row.result)
                yield from self._notes(row)
        for entry in sorted({each.id for each in self.entries} & self._marks.keys()):
            yield from self._marks[entry]

    def _notes(self, row: Row) -> list[str]:
        """What stands beside the time; who has a time and no place competes outside the ranking."""
        notes = all_notes(self.contest, row)
        guest = row.place is None and row.result.status is Status.OK
        return [*notes, OUTSIDE] if guest else notes


def _remarkable(row: Row) -> bool:
    """Whether a row may have anything beside its time; most have nothing."""
    entry = row.entry
    return bool(row.result.marks or row.place is None or entry.pb or entry.sb)


def _place(row: Row) -> str:
    return "" if row.place is None else f"{row.place}{'=' if row.tied else ''}"


_SEXES: Mapping[Sex, str] = {sex: sex.value for sex in Sex}
_CELLS: Mapping[str, Callable[[FoldedRows], list[str]]] = {
    "lane": lambda of: [str(row.start.lane or "") for row in of.rows],
    "bib": lambda of: [row.bib for row in of.rows],
    "name": lambda of: list(map(shown_name, of.entries)),
    "nation": lambda of: [entry.delegation or entry.nation for entry in of.entries],
    "club": lambda of: ["" if entry.hidden else entry.club for entry in of.entries],
    "born": lambda of: [entry.born[:4] for entry in of.entries],
    "sex": lambda of: list(map(_SEXES.__getitem__, [entry.sex for entry in of.entries])),
    "category": lambda of: [row.category for row in of.rows],
    "category_place": FoldedRows.category_place,
    "sex_place": FoldedRows.sex_place,
    "heat_place": FoldedRows.heat_place,
    "heat": lambda of: [str(row.start.heat) for row in of.rows],
    "net": FoldedRows.net,
    "gun": FoldedRows.gun,
    "time": FoldedRows.time,
    "reaction": FoldedRows.reaction,
    "gap": FoldedRows.gap,
    "notes": FoldedRows.notes,
}
