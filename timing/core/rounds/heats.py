"""Into how many heats, by which table, and who runs in which: seeding of a round.

The tables are data (config/rules/heats/*.toml). Knows nothing of lanes and of who goes on.
World Athletics Technical Rules TR 20.1-20.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct, field as named

from timing.core.refusal import Problem
from timing.core.rulebook.lots import Lot, draw_lot
from timing.core.rulefile import read_checked

T = TypeVar("T")
ANY_EVENT = "*"


class Stage(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One round: so many heats, from each the first ``by_place``, of the rest ``by_time``."""

    heats: int
    by_place: int
    by_time: int

    @property
    def qualifiers(self) -> int:
        """How many go on."""
        return self.heats * self.by_place + self.by_time


class HeatRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rounds before the final for so many entries; the first round comes first.

    alternative: the organiser may choose this row instead of the one before it.
    """

    first: int = named(name="from")
    last: int = named(name="to")
    stages: tuple[Stage, ...]
    alternative: bool = False


class HeatSection(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Events with the same rows; ``*`` is any event.

    field: athletes in a heat of a later round. first_heat: the most in a heat of the first round.
    """

    events: tuple[str, ...]
    field: int
    first_heat: int
    finalists: int
    rows: tuple[HeatRow, ...]


class HeatTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body's table. certainty: V seen in the rule text, S second hand, ? to be checked."""

    code: str
    name: str
    source: str
    certainty: str
    sections: tuple[HeatSection, ...]


def decode_heat_table(text: str, file: str | None = None) -> HeatTable:
    """Read one config/rules/heats/*.toml. Raises Refusal with every row that is wrong."""
    return read_checked(text, HeatTable, check_heat_table, file=file)


def check_heat_table(table: HeatTable) -> tuple[Problem, ...]:
    """Every row adds up: its qualifiers fill the next round, and the rows leave no gap."""
    return tuple(
        problem
        for section in table.sections
        for problem in (*_row_problems(section), *_gap_problems(section))
    )


def _row_problems(section: HeatSection) -> Iterator[Problem]:
    for row in section.rows:
        where = f"{section.events[0]}, row {row.first}-{row.last}"
        if not 1 <= row.first <= row.last:
            yield Problem("heat-row-range", f"{where}: expected the smaller number first, from 1")
        if not row.stages:
            yield Problem("heat-row-empty", f"{where}: no round; expected one before the final")
            continue
        room = row.stages[0].heats * section.first_heat
        if room < row.last:
            sentence = f"{row.stages[0].heats} heats hold {room}; expected room for {row.last}"
            yield Problem("heat-row-room", f"{where}: {sentence}")
        yield from _sum_problems(section, row, where)


def _sum_problems(section: HeatSection, row: HeatRow, where: str) -> Iterator[Problem]:
    places = [stage.heats * section.field for stage in row.stages[1:]] + [section.finalists]
    for number, (stage, room) in enumerate(zip(row.stages, places, strict=True), start=1):
        if stage.heats < 1 or stage.by_place < 0 or stage.by_time < 0:
            yield Problem(
                "heat-row-number", f"{where}: round {number} has a number below its least"
            )
        elif stage.qualifiers != room:
            sum_ = f"{stage.heats} x {stage.by_place} + {stage.by_time} = {stage.qualifiers}"
            sentence = f"round {number} sends {sum_} on; expected {room}"
            yield Problem("heat-row-sum", f"{where}: {sentence}")


def _gap_problems(section: HeatSection) -> Iterator[Problem]:
    for row, after in pairwise(row for row in section.rows if not row.alternative):
        if after.first != row.last + 1:
            sentence = f"follows a row that ends at {row.last}; expected {row.last + 1}"
            yield Problem(
                "heat-row-gap", f"{section.events[0]}, row {after.first}-{after.last}: {sentence}"
            )


def heat_row(
    table: HeatTable, event: str, entries: int, *, alternative: bool = False
) -> HeatRow | None:
    """Find the row for an event, or None: few enough for a final, or too many for the table."""
    found = [
        row
        for section in table.sections
        if event in section.events or ANY_EVENT in section.events
        for row in section.rows
        if row.first <= entries <= row.last
    ]
    wanted = [row for row in found if row.alternative == alternative]
    return next(iter(wanted or found), None)


def heat_count(entries: int, lanes: int) -> int:
    """The fewest heats that hold everybody (TR 20.3). Raises ValueError without lanes."""
    if lanes < 1:
        raise ValueError(f"{lanes} lanes; expected at least one")
    return -(-entries // lanes)


def seed_order(entries: Iterable[tuple[str, int | None]]) -> tuple[str, ...]:
    """Names by mark, the fastest first; those without a mark last, in the order given."""
    marks = list(entries)
    with_mark = sorted((mark, k) for k, (_, mark) in enumerate(marks) if mark is not None)
    without = [k for k, (_, mark) in enumerate(marks) if mark is None]
    return tuple(marks[k][0] for k in [*(k for _, k in with_mark), *without])


def zigzag(ranked: Sequence[T], heats: int) -> tuple[tuple[T, ...], ...]:
    """Distribute the ranked over the heats: forth, back, forth ... (TR 20.3.3).

    Three heats: 1 6 7 12 ..., 2 5 8 11 ..., 3 4 9 10 ... Raises ValueError for no heat.
    """
    if heats < 1:
        raise ValueError(f"{heats} heats; expected at least one")
    drawn: tuple[list[T], ...] = tuple([] for _ in range(heats))
    for position, athlete in enumerate(ranked):
        row, column = divmod(position, heats)
        drawn[column if row % 2 == 0 else heats - 1 - column].append(athlete)
    return tuple(tuple(heat) for heat in drawn)


def heat_order(heats: int, *, seed: str, purpose: str) -> Lot:
    """Draw the order in which the seeded heats are run (TR 20.3); names are "1", "2" ..."""
    return draw_lot([str(number + 1) for number in range(heats)], seed=seed, purpose=purpose)
