"""Lists from before the race, and empty sheets to write on."""

from __future__ import annotations

from timing.core.fold.state import State
from timing.core.setup.discretion import as_shown
from timing.core.setup.event import Contest
from timing.printing.sheet import Sheet
from timing.printing.sheets.start_lists import start_list, time_sheet
from timing.printing.sheets.starters import Starter, starters_of
from timing.services.live import as_ruled
from timing.services.paper.stamps import About, stamped
from timing.services.paper.wanted import Table
from timing.services.raceday.seeding import not_starting

_OF_ALL = frozenset({"start-by-wave", "start-by-name", "start-by-bib", "check-in", "no-shows"})
"""Kinds that mix the contests where none is named."""
PUBLIC = frozenset({"start", "start-by-wave", "start-by-name", "start-by-bib"})


def listed(table: Table, kind: str) -> list[Sheet]:
    """Give one list for each contest and round, or one for all where the kind mixes them."""
    if not table.wanted.contest and kind in _OF_ALL:
        return _list(table, kind, None, "")
    sheets = []
    for contest in table.contests:
        codes = [each.code for each in contest.rounds] or [""]
        if table.wanted.round or kind in _OF_ALL:
            codes = [table.wanted.round]
        else:
            codes[0] = ""  # the first round, also before it is drawn
        sheets += [sheet for code in codes for sheet in _list(table, kind, contest, code)]
    return sheets


def start_sheets(table: Table, contest: Contest, round_code: str) -> list[Sheet]:
    """Give the start list of one round."""
    first = round_code == contest.rounds[0].code
    return _list(table, "start", contest, "" if first else round_code)


def _list(table: Table, kind: str, contest: Contest | None, code: str) -> list[Sheet]:
    starters = _starters(table, kind, contest.code if contest else "", code)
    if not starters:
        return []
    laps = table.wanted.laps or (len(contest.course.points) - 1 if contest else 0)
    sheet = start_list(table.frame, starters, kind, round_code=code, laps=laps)
    about = About(kind, contest.code if contest else "", code, public=kind in PUBLIC)
    return [stamped(table, sheet, about)]


def _starters(table: Table, kind: str, contest: str, code: str) -> list[Starter]:
    def ask(state: State) -> list[Starter]:
        found = starters_of(as_ruled(state), state.lineup, contest, code)
        if kind == "no-shows":
            found = [each for each in found if each.bib not in state.checked_in]
        return [each for each in found if not _left(state, each)]

    categories = {
        row.entry.id: row.category
        for standings in table.snapshot.standings.values()
        for row in standings.rows
    }
    found = [
        each._replace(category=categories.get(each.entry.id, ""))
        for each in table.house.live.ask(table.slug, ask) or ()
    ]
    if not table.veiled:
        return found
    return [each._replace(entry=as_shown(each.entry, table.snapshot.event)) for each in found]


def _left(state: State, starter: Starter) -> bool:
    """Whether somebody withdrew from a round before its gun, or gave the lane to another."""
    start = starter.start
    if start is None or start.entry not in not_starting(state, start.round):
        return False
    lanes = {
        (part.code, heat.number): heat.lanes
        for part in starter.contest.rounds
        for heat in part.heats
    }
    in_lanes = lanes.get((start.round, start.heat), 0)
    return start.wave not in state.lineup.guns or bool(in_lanes and not start.lane)


def times(table: Table) -> list[Sheet]:
    """Give an empty sheet to take times by hand."""
    about = About("times", table.wanted.contest)
    return [stamped(table, time_sheet(table.frame), about)]
