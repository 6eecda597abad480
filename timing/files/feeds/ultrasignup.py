"""Results in the form of the UltraSignup upload. Their entrants are an ordinary table.

Source: help.ultrasignup.com, formatting results files: the headers spelled exactly so, no empty
rows, no empty gender.
"""

from __future__ import annotations

from datetime import date

from timing.core.clock import format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.categories import age_on
from timing.core.setup.roster import Entry, Sex
from timing.core.status import NOT_HELD, Status
from timing.files.feeds.csv_out import csv_text

_HEADER = ("place", "time", "first", "last", "age", "gender", "dob", "bib", "status")
_STATUS = {Status.OK: "1", Status.DNF: "2", Status.DNS: "3", Status.DQ: "5"}
_UNOFFICIAL = "4"
_GENDER = {Sex.MEN: "M", Sex.WOMEN: "F", Sex.NON_BINARY: "X"}


def ultrasignup_csv(standings: Standings, on: date) -> str:
    """The rows of one contest. on: the day of the race, for ages."""
    rows = [row for row in standings.rows if row.result.status not in NOT_HELD]
    return csv_text(_HEADER, (_cells(standings, row, on) for row in rows))


def _cells(standings: Standings, row: Row, on: date) -> tuple[str, ...]:
    entry, result = row.entry, row.result
    first, last = halves(entry)
    time = "0"
    if result.official is not None:
        time = format_duration(result.official, standings.contest.rules.decimals)
    status = _STATUS.get(result.status, "2")
    if result.status is Status.OK and row.place is None:
        status = _UNOFFICIAL
    return (
        str(row.place or ""), time, first, last, _age(entry, on), _GENDER.get(entry.sex, "X"),
        entry.born if len(entry.born) > len("2000") else "", row.bib, status,
    )  # fmt: skip


def halves(entry: Entry) -> tuple[str, str]:
    """First and last name: the last is what the name is sorted by, else its last word."""
    if entry.family and entry.name.endswith(entry.family):
        return entry.name.removesuffix(entry.family).strip(), entry.family
    first, _, last = entry.name.rpartition(" ")
    return first, last


def _age(entry: Entry, on: date) -> str:
    if entry.age is not None:
        return str(entry.age)
    if len(entry.born) > len("2000"):
        return str(age_on(date.fromisoformat(entry.born), on))
    return str(on.year - int(entry.born)) if entry.born else ""
