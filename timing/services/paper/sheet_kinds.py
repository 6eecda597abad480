"""What stands on each kind of sheet: rows from the journal and the rules, handed to the printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from timing.core.clock import format_duration
from timing.core.fold.state import State
from timing.core.setup.event import Contest
from timing.printing.phrases import clock_time
from timing.printing.sheet import Sheet
from timing.printing.sheets.frame import Edition, Frame
from timing.printing.sheets.prize_sheets import Winner, award_sheet, medal_sheet, records_sheet
from timing.printing.sheets.report_sheets import Incident, incident_report
from timing.printing.sheets.result_cells import FULL, View
from timing.printing.sheets.results_sheet import Circumstances, results_sheet
from timing.printing.sheets.start_lists import KINDS as LISTS, start_list, time_sheet
from timing.printing.sheets.starters import Starter, starters_of
from timing.services.house import House
from timing.services.live import Snapshot
from timing.services.public import honours, recordbook
from timing.services.raceday import history


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be printed. contest, round: codes, "" for all. laps: columns of a lap sheet.

    link: the address of the public pages, for QR codes. skip: labels used up already.
    """

    contest: str = ""
    round: str = ""
    language: str = "en"
    paper: str = "A4"
    large: bool = False
    laps: int = 0
    link: str = ""
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """All that a sheet may be made of."""

    house: House
    snapshot: Snapshot
    wanted: Wanted
    frame: Frame

    @property
    def slug(self) -> str:
        """The event."""
        return self.snapshot.event.slug

    @property
    def contests(self) -> list[Contest]:
        """The contests that are wanted, in the order of the programme."""
        wanted = self.wanted.contest
        return [each for each in self.snapshot.event.contests if wanted in ("", each.code)]


_MANY_SPLITS = 8  # more make the type too small to be read from a wall
_BRIEF = tuple(key for key in FULL if key != "splits")
_OF_ALL = frozenset({"start-by-wave", "start-by-name", "start-by-bib", "check-in", "no-shows"})


def _results(table: Table, view: View, *, splits: bool = False) -> list[Sheet]:
    """Give every round in which somebody stands on the start list.

    splits: also where there are so many that the type becomes small.
    """
    frame = replace(table.frame, edition=Edition("provisional"))
    sheets = []
    for contest in table.contests:
        for each in contest.rounds:
            standings = table.snapshot.standings[contest.code, each.code]
            if standings.rows and table.wanted.round in ("", each.code):
                starts = [row.result.started for row in standings.rows]
                gun = min((start for start in starts if start is not None), default=None)
                many = len(contest.course.points) > _MANY_SPLITS and not splits
                around, keys = Circumstances(gun=gun), _BRIEF if many else FULL
                sheets.append(results_sheet(frame, standings, around, view=view, keys=keys))
    return sheets


def _list(table: Table, kind: str) -> list[Sheet]:
    """Give one list for each contest, or one for all where the kind mixes them."""
    mixed = not table.wanted.contest and kind in _OF_ALL
    sheets = []
    for code in [""] if mixed else [contest.code for contest in table.contests]:
        starters = _starters(table, code, absent=kind == "no-shows")
        if starters:
            laps, only = table.wanted.laps or _laps(table, code), table.wanted.round
            sheets.append(start_list(table.frame, starters, kind, round_code=only, laps=laps))
    return sheets


def _starters(table: Table, contest: str, *, absent: bool) -> list[Starter]:
    def ask(state: State) -> list[Starter]:
        found = starters_of(state.event, state.lineup, contest, table.wanted.round)
        return [each for each in found if not (absent and each.bib in state.checked_in)]

    return table.house.live.ask(table.slug, ask) or []


def _laps(table: Table, code: str) -> int:
    contest = table.snapshot.event.contest(code)
    return len(contest.course.points) - 1 if contest else 0


def _times(table: Table) -> list[Sheet]:
    return [time_sheet(table.frame)]


def _awards(table: Table) -> list[Sheet]:
    sheets = []
    for contest in table.contests:
        won = honours.honours(table.house, table.slug, contest.code)
        winners = [
            Winner(
                group.name, winner.place, line.bib, line.name, line.club or line.nation, line.time
            )
            for group in (won.groups if won else ())
            for winner in group.winners
            for line in [winner.line]
        ]
        if winners:
            sheets.append(award_sheet(table.frame, winners, contest.name))
    return sheets


def _medals(table: Table) -> list[Sheet]:
    page = honours.medals(table.house, table.slug)
    return [medal_sheet(table.frame, page.table)] if page and page.table else []


def _records(table: Table) -> list[Sheet]:
    page = recordbook.record_page(table.house, table.slug)
    wanted = {contest.code for contest in table.contests}
    standing = page.standing if page else ()
    records = [each for one in standing if one.contest.code in wanted for each in one.records]
    return [records_sheet(table.frame, list(dict.fromkeys(records)))] if records else []


def _incidents(table: Table) -> list[Sheet]:
    told = history.history(table.house, table.slug, most=5000).told
    incidents = [_incident(table, number, each) for number, each in enumerate(told[::-1], 1)]
    return [incident_report(table.frame, incidents)]


def _incident(table: Table, number: int, told: history.Told) -> Incident:
    """Say a ruling in codes that docs/reference/rulings.md explains."""
    at = clock_time(told.ruling.at, table.snapshot.event.timezone)
    decided = ", ".join(
        _said(table, key, value) for key, value in told.data.items() if value and key != "entry"
    )
    withdrawn = "" if told.in_force else "X"
    return Incident(
        str(number), at, ", ".join(told.bibs), f"{told.kind}: {decided}".strip(", :"),
        told.ruling.reason, told.ruling.author, withdrawn,
    )  # fmt: skip


_SPANS = frozenset({"elapsed", "time", "offset"})


def _said(table: Table, key: str, value: Any) -> str:
    """Print one field of a ruling; moments and spans of time as people read them."""
    if key == "at":
        value = clock_time(value, table.snapshot.event.timezone)
    elif key in _SPANS and isinstance(value, int):
        value = format_duration(value)
    elif isinstance(value, list):
        value = ":".join(map(str, value))
    return f"{key} {value}"


KINDS: Mapping[str, Callable[[Table], list[Sheet]]] = {
    "results": partial(_results, view=View.OVERALL),
    "results-with-splits": partial(_results, view=View.OVERALL, splits=True),
    "results-by-sex": partial(_results, view=View.SEX),
    "results-by-category": partial(_results, view=View.CATEGORY),
    "results-by-heat": partial(_results, view=View.HEAT),
    **{kind: partial(_list, kind=kind) for kind in LISTS},
    "times": _times,
    "awards": _awards,
    "medals": _medals,
    "records": _records,
    "incidents": _incidents,
}
"""Every kind of sheet with rows, by its name."""
