"""Sheets for everybody: as they were published, else as they may be shown now."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from timing.core.setup.event import Contest, Minors
from timing.core.telling.listing import HIDDEN_NAME
from timing.printing.phrases import FALLBACK
from timing.services.house import House
from timing.services.live import Snapshot
from timing.services.paper.kept import once
from timing.services.paper.list_kinds import PUBLIC as STARTS
from timing.services.paper.sheets import PUBLIC, Wanted, drawn_once, sheets_of, table_of
from timing.services.paper.stamps import digest
from timing.services.paper.wanted import Table
from timing.services.public import honours, recordbook, shown
from timing.services.public.circumstances import ALL
from timing.store import publications, setup
from timing.store.publications import Version

_WORDED = frozenset({"records"})
"""Kinds that have words in their rows: in another language their number is another one."""


class Checked(NamedTuple):
    """Whether a sheet of paper still says what is true. newest: the version to look at, if any.

    version: of the sheet, 0 where it was not published.
    """

    kind: str
    contest: str
    version: int
    current: bool
    newest: Version | None


def public_pdf(house: House, slug: str, kind: str, contest: str, language: str) -> bytes | None:
    """Give a sheet to a reader: the published one where there is one, else as it stands now.

    None: no such event, contest or kind for everybody. Raises Refusal: nothing to print.
    """
    snapshot = shown.public(house, slug)
    if snapshot is None or kind not in PUBLIC:
        return None
    if contest and snapshot.event.contest(contest) is None:
        return None
    if kind == "results" and contest:
        frozen = _frozen(house, snapshot, contest)
        if frozen is not None:
            return frozen
    wanted = Wanted(contest=contest, language=language)
    return drawn_once(table_of(house, snapshot, kind, wanted, veiled=True), kind)


def _frozen(house: House, snapshot: Snapshot, contest: str) -> bytes | None:
    """The newest publication, unless it names somebody who may not be named any more."""
    if snapshot.event.minors is not Minors.FULL:
        return None
    with house.store.read() as tx:
        event = setup.event_number(tx, snapshot.event.slug)
        last = publications.latest(tx, event, contest)
        kept = publications.load_sheet(tx, event, contest, last.version) if last else None
    if last is None or kept is None or _called_off_since(snapshot, contest, last):
        return None
    hidden = {entry.id for entry in snapshot.roster.entries if entry.hidden}
    named = (
        line["entry"] in hidden and line["name"] != HIDDEN_NAME
        for part in kept.rows
        for line in part["lines"]
    )
    return None if any(named) else kept.pdf


def _called_off_since(snapshot: Snapshot, contest: str, version: Version) -> bool:
    """Whether the contest was called off after it was published; its sheet must tell that."""
    fate = snapshot.event.called_off.get(contest)
    return fate is not None and fate.since > version.published_at


def check(
    house: House, slug: str, kind: str, contest: str, token: str, round_code: str = ""
) -> Checked | None:
    """Tell whether a sheet says what is true now. None: there is no such kind of sheet."""
    snapshot = shown.public(house, slug)
    code = "" if contest == ALL else contest
    if snapshot is None or kind not in PUBLIC:
        return None
    if code and snapshot.event.contest(code) is None:
        return None
    with house.store.read() as tx:
        newest = publications.latest(tx, setup.event_number(tx, slug), code) if code else None
    if token.startswith("v") and token[1:].isdecimal():
        version = int(token[1:])
        current = newest is not None and newest.version == version
        return Checked(kind, code, version, current, newest)
    languages = snapshot.event.languages if kind in _WORDED else ()
    current = any(
        token in _said(house, snapshot, kind, Wanted(contest=code, round=round_code, language=each))
        for each in languages or (FALLBACK,)
    )
    return Checked(kind, code, 0, current, newest)


def _said(house: House, snapshot: Snapshot, kind: str, wanted: Wanted) -> list[str]:
    """The digests of what the sheets of a kind say now."""
    table = table_of(house, snapshot, kind, wanted, veiled=True)
    return once(table, kind, _digests).split()


def _digests(table: Table, kind: str) -> str:
    """What the sheets of a kind say now; also with all names, as the office prints them."""
    whole = table.house.live.snapshot(table.slug)
    tables = [table]
    if whole is not None and whole is not table.snapshot:
        tables.append(replace(table, event=whole.event, snapshot=whole, veiled=False))
    sheets = [sheet for each in tables for sheet in sheets_of(each, kind)]
    # Of a list that stands on several sheets, the number tells what the whole of it says.
    return " ".join(
        token for sheet in sheets for token in (digest(sheet), sheet.number.rpartition("-")[2])
    )


def on_offer(house: House, slug: str) -> dict[str, list[str]] | None:
    """List the kinds of sheets that have something on them: by contest, "" for the whole event.

    None: no such event.
    """
    snapshot = shown.public(house, slug)
    if snapshot is None:
        return None
    found = {each.code: _of_contest(snapshot, each) for each in snapshot.event.contests}
    whole = ["start-by-wave", "start-by-name", "start-by-bib"] if any(found.values()) else []
    if honours.medals_of(house, snapshot).table:
        whole.append("medals")
    if any(recordbook.standing_at(snapshot.event)):
        whole.append("records")
    return {**found, "": whole}


def _of_contest(snapshot: Snapshot, contest: Contest) -> list[str]:
    """The kinds that tell something about a contest, by what it is; no results before it begins."""
    lists = [snapshot.standings[contest.code, each.code] for each in contest.rounds]
    if not any(each.rows for each in lists):
        return []
    relay = contest.legs_of > 1
    course = contest.course
    told = {
        "results-by-sex": not contest.sex and not relay,
        "results-by-category": not relay,
        "results-by-heat": any(len(each.heats) > 1 for each in contest.rounds),
        "results-with-splits": len(course.points) > 2 or course.open_laps,
        "teams": bool(contest.rules.teams) and not relay,
        "relays": relay,
        "start-by-wave": False,
        "medals": False,
        "records": False,
    }
    begun = any(each.begun for each in lists if each.rows)
    return [kind for kind in PUBLIC if told.get(kind, True) and (begun or kind in STARTS)]
