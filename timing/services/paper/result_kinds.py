"""Ranked results on paper: one list or taken apart, with splits or without, teams and relays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, repeat

from timing.core.clock import Duration, format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Contest
from timing.core.telling.legs import LegTime, has_legs, leg_table
from timing.core.telling.listing import line_of, shown_name
from timing.printing.sheet import Sheet
from timing.printing.sheets.contest_facts import contest_facts, round_of
from timing.printing.sheets.folded_rows import FoldedRows
from timing.printing.sheets.result_cells import COMPACT, FULL
from timing.printing.sheets.result_rows import View
from timing.printing.sheets.results_sheet import (
    Circumstances,
    legend,
    results_sheet,
    round_title,
)
from timing.printing.sheets.team_sheets import Member, TeamGroup, TeamLine, team_sheet
from timing.services.paper.stamps import About, stamped
from timing.services.paper.wanted import Table
from timing.services.paper.worth import Worth, worth_of
from timing.services.public import honours
from timing.services.public.awarding import TeamPrize
from timing.services.public.circumstances import circumstances_of
from timing.services.public.field import field_of
from timing.services.public.recordbook import marks_of

MANY_SPLITS = 8
"""More columns of splits make the type too small to be read from a wall."""
_BRIEF = tuple(key for key in FULL if key != "splits")
_SPLITS = ("place", "bib", "name", "nation", "splits", "time", "notes")


def results(table: Table, kind: str, view: View, keys: Sequence[str] = ()) -> list[Sheet]:
    """Give every round in which somebody stands on the start list.

    keys: the columns; none is all, without splits where there are too many of them.
    """
    return [
        _results(table, kind, view, each, table.wanted.columns or keys)
        for contest in table.contests
        for each in table.lists(contest)
    ]


def compact(table: Table, kind: str) -> list[Sheet]:
    """Give the results in few columns."""
    return results(table, kind, View.OVERALL, COMPACT)


def with_splits(table: Table, kind: str) -> list[Sheet]:
    """Give the results with every split, or every lap, and little else."""
    sheets = []
    for contest in table.contests:
        many = len(contest.course.points) > MANY_SPLITS or contest.course.open_laps
        keys = table.wanted.columns or (_SPLITS if many else FULL)
        if len(contest.course.points) > 2 or contest.course.open_laps:
            sheets += [
                _results(table, kind, View.OVERALL, each, keys) for each in table.lists(contest)
            ]
    return sheets


def _results(
    table: Table, kind: str, view: View, standings: Standings, keys: Sequence[str]
) -> Sheet:
    contest = standings.contest
    worth = worth_of(table, contest)
    if not keys:
        keys = _BRIEF if len(contest.course.points) > MANY_SPLITS else FULL
    frame = replace(table.frame, edition=worth.edition)
    around = _around(table, standings, worth)
    sheet = results_sheet(frame, standings, around, view=view, keys=keys)
    about = About(kind, contest.code, _round(contest, standings), public=True)
    return stamped(table, sheet, about, worth.edition.version if kind == "results" else 0)


def _around(table: Table, standings: Standings, worth: Worth) -> Circumstances:
    field = field_of(table.house, table.slug, standings)
    return circumstances_of(
        table.snapshot.event,
        standings,
        table.wanted.language,
        deadline=worth.deadline,
        changes=worth.changes,
        marks=marks_of(field, table.snapshot.event),
    )


def _round(contest: Contest, standings: Standings) -> str:
    return standings.round if len(contest.rounds) > 1 else ""


def teams(table: Table, kind: str) -> list[Sheet]:
    """Give the teams of every contest that scores them, with who scored."""
    sheets = []
    for contest in table.contests:
        won = honours.honours_of(table.house, table.snapshot, contest)
        if won.teams:
            frame = replace(table.frame, edition=worth_of(table, contest).edition)
            groups = [
                TeamGroup(table.say(f"sex.{sex}"), [_team(contest, each) for each in part])
                for sex, part in groupby(won.teams, key=lambda team: team.sex)
            ]
            sheet = team_sheet(frame, contest.name, groups)
            sheets.append(stamped(table, sheet, About(kind, contest.code, public=True)))
    return sheets


def _team(contest: Contest, team: TeamPrize) -> TeamLine:
    members = [
        Member(
            str(row.sex_place or ""), row.bib, shown_name(row.entry), "",
            format_duration(row.result.official or 0, contest.rules.decimals),
        )
        for row in team.scorers
    ]  # fmt: skip
    return TeamLine(str(team.rank), "", team.club, "", str(team.score), members=members)


def relays(table: Table, kind: str) -> list[Sheet]:
    """Give the relays: each team with its legs, who ran them, their times and the splits."""
    return [
        _relay(table, kind, contest, standings)
        for contest in table.contests
        if contest.legs_of > 1
        for standings in table.lists(contest)
    ]


def _relay(table: Table, kind: str, contest: Contest, standings: Standings) -> Sheet:
    worth = worth_of(table, contest)
    around = _around(table, standings, worth)
    round_ = round_of(contest, standings.round)
    facts = contest_facts(table.frame, contest, round_, around.gun)
    legs = leg_table(contest, standings.rows) if has_legs(contest) else repeat(())
    lines = [_relay_line(contest, row, own) for row, own in zip(standings.rows, legs, strict=False)]
    sheet = team_sheet(
        replace(table.frame, edition=worth.edition),
        round_title(contest, standings.round),
        [TeamGroup("", lines)],
        relay=True,
        facts=[*facts, *around.records],
    )
    told = legend(table.say, FoldedRows(standings), View.OVERALL)
    about = About(kind, contest.code, _round(contest, standings), public=True)
    return stamped(table, replace(sheet, legend=told), about)


def _relay_line(contest: Contest, row: Row, legs: Sequence[LegTime]) -> TeamLine:
    line = line_of(contest, row)
    decimals = contest.rules.decimals
    total: Duration | None = Duration(0)
    members = []
    for leg in legs:
        total = None if leg.time is None or total is None else Duration(total + leg.time)
        members.append(
            Member(str(leg.number), "", leg.name, _text(total, decimals), _text(leg.time, decimals))
        )
    return TeamLine(
        line.place, line.bib, line.name, line.nation, line.time, line.gap, members or _names(row)
    )


def _text(time: Duration | None, decimals: int) -> str:
    return "" if time is None else format_duration(time, decimals)


def _names(row: Row) -> list[Member]:
    """Who ran, where nobody took the times of the legs."""
    if row.entry.hidden:
        return []
    ran = sorted((each for each in row.entry.members if each.leg), key=lambda each: each.leg)
    return [Member(str(each.leg), "", each.name) for each in ran]
