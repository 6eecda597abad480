"""Standings as text: the same cells on the page, on the sheet and in the file.

Orders nothing and decides nothing; prints what a row of the standings says.
"""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Duration, format_duration
from timing.core.fold.results import Mark, Result
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.rounding import round_up
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Contest
from timing.core.setup.roster import Entry, EntryId, Sex
from timing.core.status import Status
from timing.core.telling.bests import best_of


class SplitCell(NamedTuple):
    """One column of the splits: time elapsed at the point; "" where it was not passed."""

    code: str
    elapsed: str


class Line(NamedTuple):
    """One line of a result list as text; an empty cell is "".

    place: ``3``, ``3=`` when shared, "" for the unranked. time: official time, or the status with
    its rule. gap: behind the first, ``+1:02.3``. notes: what stands beside the time, as codes.
    """

    place: str
    bib: str
    name: str
    club: str
    nation: str
    born: str
    sex: str
    category: str
    category_place: str
    sex_place: str
    heat: str
    heat_place: str
    lane: str
    time: str
    net: str
    gap: str
    notes: tuple[str, ...]
    splits: tuple[SplitCell, ...]
    status: Status
    entry: EntryId


_NOTED = ("penalty", "caution", "qualify", "record")
HIDDEN_NAME = "—"
"""Stands for a name that its bearer does not want to see published; the place stays."""


def lines_of(standings: Standings) -> list[Line]:
    """Print every row of the standings, in their order."""
    contest = standings.contest
    return [line_of(contest, row) for row in standings.rows]


def line_of(contest: Contest, row: Row) -> Line:
    """Print one row of the standings."""
    entry, result = row.entry, row.result
    decimals = contest.rules.decimals
    return Line(
        place="" if row.place is None else f"{row.place}{'=' if row.tied else ''}",
        bib=row.bib,
        name=shown_name(entry),
        club="" if entry.hidden else entry.club,
        nation=entry.delegation or entry.nation,
        born=entry.born[:4],
        sex=entry.sex.value,
        category=row.category,
        category_place=_number(row.category_place),
        sex_place=_number(row.sex_place) if entry.sex is not Sex.UNKNOWN else "",
        heat=str(row.start.heat),
        heat_place=_number(row.heat_place),
        lane=str(row.start.lane or ""),
        time=shown_time(contest, result),
        net=_net(contest, result),
        gap=f"+{format_duration(row.gap, decimals)}" if row.gap else "",
        notes=tuple(all_notes(contest, row)),
        splits=tuple(_splits(contest, result, decimals)),
        status=result.status,
        entry=entry.id,
    )


def _net(contest: Contest, result: Result) -> str:
    """Print the net time, rounded as the official one; "" where it is the gun time."""
    if result.net is None or result.net == result.gun:
        return ""
    return format_duration(round_up(result.net, contest.rules.step), contest.rules.decimals)


def shown_name(entry: Entry) -> str:
    """The name as it may be published."""
    return entry.name if entry.name and not entry.hidden else HIDDEN_NAME


def shown_time(contest: Contest, result: Result) -> str:
    """The official time with the digits of the rule, laps, or the status with its rule."""
    if contest.rules.basis is Basis.LAPS and result.laps:
        return str(result.laps)
    if result.status is Status.OK and result.official is not None:
        return format_duration(result.official, contest.rules.decimals)
    return shown_status(result)


def shown_status(result: Result) -> str:
    """The status with its rule, ``DQ (TR16.8)``."""
    return f"{result.status} ({result.rule})" if result.rule else str(result.status)


def notes_of(result: Result) -> list[str]:
    """Codes beside the time: penalties with their sum, cautions, qualification, records.

    A record names its body: ``WR (Guinness)``. It counts for a result only, not for a DQ.
    """
    kinds = _NOTED if result.status is Status.OK else _NOTED[:-1]
    return list(dict.fromkeys(_note(mark) for mark in result.marks if mark.kind in kinds))


def brief(note: str) -> str:
    """What of a note stands where the legend names the body of a record: ``WR``, ``=NR M40``."""
    return note if note.startswith("+") else note.partition(" (")[0]


def all_notes(contest: Contest, row: Row) -> list[str]:
    """Those of the result, and PB or SB."""
    best = best_of(contest.rules, row.entry, row.result)
    return [*notes_of(row.result), best] if best else notes_of(row.result)


def reaction_of(result: Result) -> str:
    """The reaction time to the thousandth, ``0.145``; "" where none was measured."""
    measured = [mark.time for mark in result.marks if mark.kind == "reaction"]
    return format_duration(measured[-1], 3) if measured else ""


def _note(mark: Mark) -> str:
    rule = f" ({mark.rule})" if mark.rule else ""
    shown = f"+{format_duration(mark.time)}" if mark.kind == "penalty" else mark.code
    return shown + rule


def _number(place: int | None) -> str:
    return "" if place is None else str(place)


def _splits(contest: Contest, result: Result, decimals: int) -> list[SplitCell]:
    """One cell for each course point between start and finish, further laps after them."""
    elapsed: dict[int, Duration] = {split.position: split.elapsed for split in result.splits}
    points = contest.course.points
    last = max([len(points) - 2, *elapsed]) if contest.course.open_laps else len(points) - 2
    cells = []
    for position in range(1, last + 1):
        code = points[position].code if position < len(points) else f"lap-{position}"
        time = elapsed.get(position)
        cells.append(SplitCell(code, "" if time is None else format_duration(time, decimals)))
    return cells
