"""Ranked results on paper: one list or taken apart, with splits or without, teams and relays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, repeat
from typing import NamedTuple

from timing.core.clock import Duration, format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Contest
from timing.core.telling.kept import KeptList
from timing.core.telling.legs import LegTime, has_legs, leg_table
from timing.core.telling.listing import line_of, shown_name
from timing.files.rulebook import team_presets
from timing.printing.sheet import Fact, Sheet
from timing.printing.sheets.contest_facts import contest_facts, round_of
from timing.printing.sheets.folded_rows import FoldedRows
from timing.printing.sheets.kept_rows import KeptRows
from timing.printing.sheets.result_cells import COMPACT, FULL
from timing.printing.sheets.result_rows import ResultRows, View
from timing.printing.sheets.results_sheet import (
    Circumstances,
    legend,
    round_title,
    rows_sheet,
    side_by_side,
)
from timing.printing.sheets.team_sheets import Member, TeamGroup, TeamLine, team_sheet
from timing.services.paper.list_kinds import start_sheets
from timing.services.paper.stamps import About, stamped
from timing.services.paper.wanted import Job, Table
from timing.services.paper.worth import Worth, worth_by_stamp, worth_of
from timing.services.public import honours
from timing.services.public.awarding import TeamPrize
from timing.services.public.circumstances import circumstances_of
from timing.services.public.field import field_of, gun_of
from timing.services.public.recordbook import marks_of
from timing.services.publications.kept import Kept

MOST_BESIDE = 9
"""Columns of splits on one sheet; of more there are several sheets."""
MANY_SPLITS = 8
"""More columns of splits make the type too small to be read from a wall."""
_BRIEF = tuple(key for key in FULL if key != "splits")
_SPLITS = ("place", "bib", "name", "nation", "splits", "time", "notes")


class ResultKind(NamedTuple):
    """How a list is taken apart, and the columns that it has for a contest; none: no sheet."""

    view: View
    keys: Callable[[Contest], Sequence[str]]


def _usual(contest: Contest) -> Sequence[str]:
    """Every column, without splits where there are too many of them."""
    return _BRIEF if len(contest.course.points) > MANY_SPLITS else FULL


def _every_split(contest: Contest) -> Sequence[str]:
    """Every split, or every lap; where there are many, little else."""
    course = contest.course
    if len(course.points) <= 2 and not course.open_laps:
        return ()
    return _SPLITS if len(course.points) > MANY_SPLITS or course.open_laps else FULL


RESULTS: Mapping[str, ResultKind] = {
    "results": ResultKind(View.OVERALL, _usual),
    "results-by-sex": ResultKind(View.SEX, _usual),
    "results-by-category": ResultKind(View.CATEGORY, _usual),
    "results-by-heat": ResultKind(View.HEAT, _usual),
    "results-compact": ResultKind(View.OVERALL, lambda _contest: COMPACT),
    "results-with-splits": ResultKind(View.OVERALL, _every_split),
}
"""Every kind of result list by its name."""


def results(table: Table, kind: str) -> list[Sheet]:
    """Give every round in which somebody stands on the start list; before it begins, that list."""
    sheets: list[Sheet] = []
    for contest in table.contests:
        lists = table.lists(contest) if RESULTS[kind].keys(contest) else []
        for standings in lists:
            if not standings.begun:
                sheets += start_sheets(table, contest, standings.round)
                continue
            worth = worth_of(table, contest)
            around = _around(table, standings, worth)
            rows = FoldedRows(standings, around.marks)
            sheets += _result_sheets(table, kind, rows, worth, around)
    return sheets


def kept_results(job: Job, kind: str, kept: Kept) -> list[Sheet] | None:
    """Give the same of lists as they were kept; None where it must be folded after all."""
    sheets: list[Sheet] = []
    for contest in job.contests:
        lists = [kept.lists[contest.code, each.code] for each in contest.rounds
                 if job.wanted.round in ("", each.code)]  # fmt: skip
        if not RESULTS[kind].keys(contest) or not any(each.lines for each in lists):
            continue
        if not all(each.begun for each in lists if each.lines):
            return None
        worth = worth_by_stamp(job, contest, kept.stamp.seq, kept.setup)
        if worth is None:
            return None
        for each in lists:
            if each.lines:
                around = _around_kept(job, each, worth)
                sheets += _result_sheets(job, kind, KeptRows(each), worth, around)
    return sheets


def _result_sheets(
    job: Job, kind: str, rows: ResultRows, worth: Worth, around: Circumstances
) -> list[Sheet]:
    """One sheet, or several of one number where there are more splits than can be read."""
    what, contest = RESULTS[kind], rows.contest
    keys = job.wanted.columns or what.keys(contest)
    frame = replace(job.frame, edition=worth.edition)
    sheet = rows_sheet(frame, rows, around, view=what.view, keys=keys)
    about = About(kind, contest.code, _round(contest, rows.round), public=True)
    version = worth.edition.version if kind == "results" else 0
    return side_by_side(stamped(job, sheet, about, version), "split", MOST_BESIDE)


def _around_kept(job: Job, kept: KeptList, worth: Worth) -> Circumstances:
    nobody = Standings(kept.contest, kept.round, 0, ())
    around = circumstances_of(
        job.event, nobody, job.wanted.language, deadline=worth.deadline, changes=worth.changes
    )
    return replace(around, gun=kept.started)


def _around(table: Table, standings: Standings, worth: Worth) -> Circumstances:
    field = field_of(table.house, table.slug, standings)
    return circumstances_of(
        table.snapshot.event,
        standings,
        table.wanted.language,
        deadline=worth.deadline,
        changes=worth.changes,
        marks=marks_of(field, table.snapshot),
    )


def _round(contest: Contest, code: str) -> str:
    return code if len(contest.rounds) > 1 else ""


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
            facts = [*_team_facts(table, contest), *_scored(table, contest)]
            sheet = team_sheet(frame, contest.name, groups, timed=won.timed, facts=facts)
            sheets.append(stamped(table, sheet, About(kind, contest.code, public=True)))
    return sheets


def _team_facts(table: Table, contest: Contest) -> Iterator[Fact]:
    """What a list of the contest says, as far as it is about all its rounds."""
    lists = table.lists(contest)
    gun = gun_of(lists[-1]) if lists else None
    return contest_facts(table.frame, contest, contest.rounds[-1], gun)


def _scored(table: Table, contest: Contest) -> Iterator[Fact]:
    """How teams score, in words."""
    rules = team_presets()[contest.rules.teams]
    told = table.say(f"scored.{rules.basis.value}", count=rules.scorers)
    yield Fact(table.say("fact.scored"), told)


def _team(contest: Contest, team: TeamPrize) -> TeamLine:
    members = [
        Member(
            str(row.sex_place or ""), row.bib, shown_name(row.entry), "",
            format_duration(row.result.official or 0, contest.rules.decimals),
        )
        for row in team.scorers
    ]  # fmt: skip
    return TeamLine(str(team.rank), "", team.club, "", team.score, members=members)


def relays(table: Table, kind: str) -> list[Sheet]:
    """Give the relays: each team with its legs, who ran them, their times and the splits."""
    return [
        sheet
        for contest in table.contests
        if contest.legs_of > 1
        for standings in table.lists(contest)
        for sheet in (
            [_relay(table, kind, contest, standings)]
            if standings.begun
            else start_sheets(table, contest, standings.round)
        )
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
    told = legend(table.say, FoldedRows(standings), View.OVERALL, around)
    about = About(kind, contest.code, _round(contest, standings.round), public=True)
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
