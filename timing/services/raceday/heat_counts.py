"""Into how many heats the starters of a first round go: by a table of a body, by lanes, or as told.

Only heats that the contest has can be filled; more of them are made at the setup desk.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from timing import resources
from timing.core.refusal import refused
from timing.core.rounds.heats import (
    ANY_EVENT,
    HeatRow,
    HeatSection,
    HeatTable,
    decode_heat_table,
    heat_count,
    heat_row,
)
from timing.core.setup.event import METRE, Contest

LANES = "lanes"
"""Asked for instead of a table: the fewest heats that hold everybody (TR 20.3)."""


class HeatCount(NamedTuple):
    """heats: how many. table: by which one, None without. row: of the table, None for a final."""

    heats: int
    table: HeatTable | None = None
    row: HeatRow | None = None


def tables_of(contest: Contest) -> tuple[HeatTable, ...]:
    """The tables that know the event of a contest, those that name it before those for any."""
    known = [(_section(table, contest), table) for table in _tables()]
    fitting = [(ANY_EVENT in section.events, table) for section, table in known if section]
    return tuple(table for _any, table in sorted(fitting, key=lambda each: each[0]))


def usual_table(contest: Contest) -> HeatTable | None:
    """The first table that names the event; None where only one for any event is left."""
    tables = tables_of(contest)
    section = _section(tables[0], contest) if tables else None
    return None if section is None or ANY_EVENT in section.events else tables[0]


def count_heats(contest: Contest, starters: int, wanted: int = 0, code: str = "") -> HeatCount:
    """Find the number of heats. wanted: as told, 0 by the table. code: of the table, "" the usual.

    Raises Refusal: more starters than the table knows, or more heats than the contest has.
    """
    heats = contest.rounds[0].heats
    least = _by_lanes(contest, starters)
    if wanted:
        found = HeatCount(wanted)
    else:
        named = next((each for each in tables_of(contest) if each.code == code), None)
        table = named or (None if code == LANES else usual_table(contest))
        found = HeatCount(least) if table is None else _by_table(table, contest, starters, least)
    if not 1 <= found.heats <= len(heats):
        sentence = f"{starters} starters in {found.heats} heats; {contest.rounds[0].name} has"
        raise refused("draw-heats", f"{sentence} {len(heats)}, more are made at the setup desk")
    return found


def _by_lanes(contest: Contest, starters: int) -> int:
    """The fewest heats with a lane for everybody; without lanes all that the contest has."""
    heats = contest.rounds[0].heats
    lanes = min(heat.lanes for heat in heats)
    return heat_count(starters, lanes) if lanes else min(len(heats), starters)


def _by_table(table: HeatTable, contest: Contest, starters: int, least: int) -> HeatCount:
    section = _section(table, contest)
    most = max(row.last for row in section.rows) if section else 0
    if starters > most:
        sentence = f"{starters} starters; the table {table.name} ends at {most}"
        raise refused("draw-table", f"{sentence}: please choose the number of heats")
    name = next((each for each in _names(contest) if section and each in section.events), ANY_EVENT)
    row = heat_row(table, name, starters)
    lanes = any(heat.lanes for heat in contest.rounds[0].heats)
    told = row.stages[0].heats if row else 1
    return HeatCount(max(told, least) if lanes else told, table, row)


def _section(table: HeatTable, contest: Contest) -> HeatSection | None:
    names = {*_names(contest), ANY_EVENT}
    return next((each for each in table.sections if names & set(each.events)), None)


def _names(contest: Contest) -> tuple[str, ...]:
    """What a table may call the event: its discipline, or its distance."""
    metres = contest.course.distance // METRE
    if contest.legs_of > 1:
        return (contest.discipline, f"{contest.legs_of}x{metres // contest.legs_of}m")
    return (contest.discipline, f"{metres}m")


@cache
def _tables() -> tuple[HeatTable, ...]:
    folder = resources.folder("config") / "rules" / "heats"
    return tuple(
        decode_heat_table(path.read_text(encoding="utf-8"), str(path))
        for path in sorted(folder.glob("*.toml"))
    )
