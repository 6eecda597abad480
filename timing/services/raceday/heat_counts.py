"""Into how many heats the starters of a first round go: by a table of a body, by lanes, or as told.

And how many go on from so many heats. Heats that the contest lacks are made by the draw.
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
from timing.core.rounds.progression import progression_options, usual_option
from timing.core.setup.event import METRE, Contest
from timing.core.setup.heats import MOST_HEATS, Fitting, fitting_of

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


def count_heats(
    contest: Contest, starters: int, wanted: int = 0, code: str = "", *, single: bool = False
) -> HeatCount:
    """Find the number of heats. wanted: as told, 0 by the table. code: of the table, "" the usual.

    single: everybody has a start of their own, so that no table counts. Raises Refusal: more
    starters than the table knows, more heats than starters or than a round can have.
    """
    least = _by_lanes(contest, starters, single=single)
    if wanted:
        found = HeatCount(wanted)
    else:
        named = next((each for each in tables_of(contest) if each.code == code), None)
        table = named or (None if code == LANES else usual_table(contest))
        if single or table is None:
            found = HeatCount(least)
        else:
            found = _by_table(table, contest, starters, least)
    if found.heats > min(starters, MOST_HEATS):
        raise refused(
            "draw-heats",
            "{starters} starters in {heats} heats; expected at most {most}",
            starters=starters,
            heats=found.heats,
            most=min(starters, MOST_HEATS),
        )
    return found


class Going(NamedTuple):
    """Who may go on. ways: each fills the next round; usual: as the tables of the IAAF choose.

    told: what the row of the table says, None where it does not fit.
    """

    ways: tuple[Fitting, ...]
    usual: Fitting
    told: Fitting | None


def going_on(contest: Contest, count: HeatCount) -> Going | None:
    """Find who may go on from so many heats; None where nobody goes on to another round."""
    if len(contest.rounds) < 2:
        return None
    this, following = contest.rounds[:2]
    now = fitting_of(this)
    room = sum(heat.lanes for heat in following.heats)
    room = room or now.heats * now.by_place + now.by_time
    if not room:
        return None
    options = progression_options(count.heats, room)
    ways = tuple(Fitting(count.heats, *option) for option in options)
    stage = count.row.stages[0] if count.row else None
    fits = stage is not None and stage.heats == count.heats and stage.qualifiers == room
    told = Fitting(stage.heats, stage.by_place, stage.by_time) if stage and fits else None
    return Going(ways, Fitting(count.heats, *usual_option(options)), told)


def _by_lanes(contest: Contest, starters: int, *, single: bool) -> int:
    """The fewest heats with a lane for everybody; without lanes all that the contest has."""
    heats = contest.rounds[0].heats
    lanes = 0 if single else min(heat.lanes for heat in heats)
    return heat_count(starters, lanes) if lanes else min(len(heats), starters)


def _by_table(table: HeatTable, contest: Contest, starters: int, least: int) -> HeatCount:
    section = _section(table, contest)
    most = max(row.last for row in section.rows) if section else 0
    if starters > most:
        raise refused(
            "draw-table",
            "{starters} starters; the table {table} ends at {most}: please choose the "
            "number of heats",
            starters=starters,
            table=table.name,
            most=most,
        )
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
