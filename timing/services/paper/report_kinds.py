"""Papers from after the race: prizes, medals, records, applications for them, and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from timing.core.clock import format_duration
from timing.core.journal.rulings import CallOff
from timing.core.setup.event import Contest, Event
from timing.core.telling.listing import shown_name
from timing.files.entrants.nations import nation_name
from timing.printing.lettering.direction import apart
from timing.printing.phrases import clock_time
from timing.printing.sheet import Sheet
from timing.printing.sheets.contest_facts import round_of
from timing.printing.sheets.notices import ruled_text
from timing.printing.sheets.prize_sheets import (
    Shelf,
    Winner,
    award_sheet,
    medal_sheet,
    records_sheet,
)
from timing.printing.sheets.report_sheets import Incident, incident_report
from timing.services.paper.stamps import About, stamped
from timing.services.paper.wanted import Table
from timing.services.public import honours, recordbook
from timing.services.public.awarding import TeamPrize
from timing.services.raceday import history

_DESK = frozenset({"confirm", "bind_bib", "bind_chip"})
"""Rulings of the check-in desk, which are no incidents."""
_SPANS = frozenset({"elapsed", "time", "offset"})
_MOST = 100_000


def awards(table: Table) -> list[Sheet]:
    """Give the prizes of each contest in the order of the ceremony."""
    sheets = []
    for contest in table.contests:
        winners = list(_winners(table, contest))
        if winners:
            sheet = award_sheet(table.frame, winners, contest.name)
            sheets.append(stamped(table, sheet, About("awards", contest.code)))
    return sheets


def _winners(table: Table, contest: Contest) -> Iterator[Winner]:
    won = honours.honours_of(table.house, table.snapshot, contest)
    for group in won.groups:
        title = " ".join(
            part
            for part in (group.name, table.say(f"sex.{group.sex}") if group.sex else "")
            if part
        )
        for winner in group.winners:
            line = winner.line
            club = line.club or line.nation
            yield Winner(title, winner.place, line.bib, line.name, club, line.time)
    for team in won.teams:
        if team.rank <= honours.PODIUM:
            yield _team(table, team)


def _team(table: Table, team: TeamPrize) -> Winner:
    title = f"{table.say('list.teams')} · {table.say(f'sex.{team.sex}')}"
    members = [
        f"{row.bib} {apart(shown_name(row.entry))} ({row.sex_place})" for row in team.scorers
    ]
    return Winner(title, str(team.rank), "", team.club, "", team.score, members)


def medals(table: Table) -> list[Sheet]:
    """Give the medal table."""
    page = honours.medals_of(table.house, table.snapshot)
    if not page.table:
        return []
    teams = [row.medals.team for row in page.table]
    told = [(team, nation_name(team, table.say.language)) for team in teams]
    names = sorted(pair for pair in told if pair[1])
    sheet = medal_sheet(table.frame, page.table, names)
    return [stamped(table, sheet, About("medals", public=True))]


def records(table: Table) -> list[Sheet]:
    """Give the records that stood when the event began, contest by contest."""
    wanted = {contest.code for contest in table.contests}
    shelves = [
        Shelf(each.contest, each.records)
        for each in recordbook.standing_at(table.snapshot.event)
        if each.contest.code in wanted
    ]
    if not shelves:
        return []
    about = About("records", table.wanted.contest, public=True)
    return [stamped(table, records_sheet(table.frame, shelves), about)]


def incidents(table: Table) -> list[Sheet]:
    """Give every decision of the officials, the oldest first."""
    told = history.history(table.house, table.slug, most=_MOST).told
    kept = [each for each in reversed(told) if each.kind not in _DESK]
    found = [_incident(table, number, each) for number, each in enumerate(kept, 1)]
    return [stamped(table, incident_report(table.frame, found), About("incidents"))]


def _incident(table: Table, number: int, told: history.Told) -> Incident:
    at = clock_time(told.ruling.at, table.snapshot.event.timezone)
    withdrawn = "" if told.in_force else "X"
    return Incident(
        str(number), at, ", ".join(told.bibs), _decision(table, told),
        told.ruling.reason, told.ruling.author, withdrawn,
    )  # fmt: skip


def _decision(table: Table, told: history.Told) -> str:
    """Say a ruling in the language of the sheet, as the officials' desk does."""
    kind = "recall" if told.kind == "gun" and told.data["at"] is None else told.kind
    named = _names(table.snapshot.event, told.data)
    values = {name: _said(table, name, value) for name, value in (told.data | named).items()}
    if isinstance(told.ruling.act, CallOff):
        values["told"] = ruled_text(table.say, table.snapshot.event, told.ruling.act)
    return table.say(f"ruled.{kind}", **values).strip()


def _names(event: Event, data: Mapping[str, Any]) -> dict[str, str]:
    """The names of the wave, contest and round that a ruling calls by their codes."""
    contest = event.contest(data.get("contest") or "")
    round_ = round_of(contest, data.get("round") or "") if contest else None
    wave = next((each for each in event.waves if each.code == data.get("wave")), None)
    found = {"wave": wave, "contest": contest, "round": round_}
    return {key: each.name for key, each in found.items() if each is not None}


def _said(table: Table, name: str, value: Any) -> str:
    """Print one field of a ruling; moments and spans of time as people read them."""
    if value is None:
        return "\u2013"
    if name == "at":
        return clock_time(value, table.snapshot.event.timezone)
    if name in _SPANS and isinstance(value, int):
        return format_duration(value)
    if isinstance(value, list):
        return ":".join(map(str, value))
    if name == "equalled":
        return "=" if value else ""
    return str(value)
