"""The data sheet of an application for a record: what is known is filled in, the rest is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from timing.core.clock import format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.record_conditions import (
    Circumstances,
    application_until,
    conditions_of,
)
from timing.core.rulebook.records import Record
from timing.core.setup.roster import EntryId
from timing.core.status import Status
from timing.core.telling.conditions import wind_of
from timing.core.telling.listing import line_of, reaction_of
from timing.files.rulebook import record_conditions
from timing.printing.disciplines import discipline_name
from timing.printing.sheet import Sheet, Signature
from timing.printing.sheets.contest_facts import course_text, ruleset_name
from timing.printing.sheets.report_sheets import Part, data_sheet
from timing.printing.sheets.results_sheet import round_title
from timing.services.paper.stamps import About, stamped
from timing.services.paper.wanted import Table
from timing.services.public import recordbook
from timing.services.public.circumstances import circumstances_of

_SIGNED = ("referee", "chief_timekeeper", "photo_judge", "starter", "measurer")
_ROAD = "road"
_FIRST = 1


class Claim(NamedTuple):
    """A result that may be a record, and what it would replace."""

    standings: Standings
    row: Row
    record: Record | None


def applications(table: Table) -> list[Sheet]:
    """Give a form for every possible record; of a contest without one, for the best of each sex."""
    return [_sheet(table, claim) for claim in _claims(table)]


def _claims(table: Table) -> list[Claim]:
    page = recordbook.records_of(table.house, table.snapshot)
    attacked: dict[tuple[str, EntryId], list[Record]] = {}
    for attack in page.attacks:
        beaten = [judgement.record for judgement in attack.judgements]
        attacked[attack.contest.code, attack.line.entry] = _hardest(beaten)
    rows = [
        (standings, row)
        for contest in table.contests
        for standings in table.lists(contest)
        for row in standings.ranked
    ]
    found = [
        Claim(standings, row, record)
        for standings, row in rows
        for record in attacked.get((standings.contest.code, row.entry.id), ())
    ]
    if found or not table.wanted.contest:
        return found
    return [
        Claim(standings, row, _book(table, standings, row))
        for standings, row in rows
        if row.sex_place == _FIRST
        and row.result.status is Status.OK
        and standings.round == standings.contest.rounds[-1].code
    ]


def _hardest(records: list[Record]) -> list[Record]:
    """Of each kind and class the record that is the hardest to beat: that one is applied for."""
    best: dict[tuple[str, str], Record] = {}
    for record in sorted(records, key=lambda each: each.time):
        best.setdefault((record.code, record.category), record)
    return list(best.values())


def _book(table: Table, standings: Standings, row: Row) -> Record | None:
    """The first record of the book for the contest and the sex of a row."""
    contest, sex = standings.contest, row.entry.sex.value
    found = (
        record
        for each in recordbook.standing_at(table.snapshot.event)
        if each.contest.code == contest.code and each.sex in (sex, contest.sex)
        for record in each.records
    )
    return next(found, None)


def _sheet(table: Table, claim: Claim) -> Sheet:
    say, contest = table.say, claim.standings.contest
    signatures = [Signature(say(f"official.{role}")) for role in _SIGNED]
    parts = [
        Part(say("form.record"), list(_of_record(table, claim))),
        Part(say("form.athlete"), list(_of_athlete(table, claim))),
        Part(say("form.race"), list(_of_race(table, claim))),
        Part(say("form.timing"), list(_of_timing(table, claim))),
        Part(say("form.conditions"), list(_asked(table, claim))),
    ]
    sheet = data_sheet(table.frame, say("list.record_application"), parts, signatures)
    about = About("record-application", contest.code, claim.row.bib)
    return stamped(table, sheet, about)


def _of_record(table: Table, claim: Claim) -> Iterator[tuple[str, str]]:
    say, contest, record = table.say, claim.standings.contest, claim.record
    told = (say.body(record.body), record.code, record.category) if record else ()
    yield say("form.body"), " · ".join(part for part in told if part)
    sex = say(f"sex.{claim.row.entry.sex.value}")
    yield (
        say("form.discipline"),
        " · ".join(part for part in (discipline_name(say, contest.discipline), sex) if part),
    )
    yield say("form.mark"), line_of(contest, claim.row).time
    if record:
        parts = (record.mark, ", ".join(record.holders), record.nation, say.when(record.date))
        yield say("form.before"), " ".join(part for part in parts if part)
    else:
        yield say("form.before"), ""
    yield say("form.until"), _until(table, record)


def _until(table: Table, record: Record | None) -> str:
    rules = record_conditions().get(record.body) if record else None
    event = table.snapshot.event
    last = (
        application_until(rules, date.fromisoformat(event.last_date or event.date))
        if rules
        else None
    )
    return table.say.days(last.isoformat()) if last else ""


def _of_athlete(table: Table, claim: Claim) -> Iterator[tuple[str, str]]:
    say, entry = table.say, claim.row.entry
    yield say("form.name"), entry.name
    for member in entry.members:
        yield (
            f"{say('column.leg')} {member.leg}",
            " · ".join(filter(None, (member.name, say.when(member.born)))),
        )
    yield say("form.born"), say.when(entry.born)
    yield say("form.nation"), entry.nation or entry.delegation
    yield say("form.club"), entry.club
    yield say("form.bib"), claim.row.bib
    yield say("form.identity"), ""


def _of_race(table: Table, claim: Claim) -> Iterator[tuple[str, str]]:
    say, event = table.say, table.snapshot.event
    contest, start = claim.standings.contest, claim.row.start
    around = circumstances_of(event, claim.standings, table.wanted.language)
    weather = (event.conditions.weather, event.conditions.temperature)
    yield say("form.event"), event.name
    yield say("form.contest"), round_title(contest, claim.standings.round)
    yield say("form.heat"), " · ".join(str(each) for each in (start.heat, start.lane) if each)
    yield say("form.place"), event.place
    yield say("form.date"), say.days(event.date, event.last_date)
    yield say("form.start"), say.moment(around.gun, event.timezone) if around.gun else ""
    yield say("form.competitors"), str(_started(claim))
    yield say("form.weather"), ", ".join(each for each in weather if each)
    yield say("form.wind"), _wind(table, claim)
    yield say("form.course"), course_text(say, contest)
    yield say("form.measured"), ""
    yield say("form.ruleset"), ruleset_name(table.frame)


def _of_timing(table: Table, claim: Claim) -> Iterator[tuple[str, str]]:
    say, contest = table.say, claim.standings.contest
    yield say("form.method"), say.get(f"timing.{contest.timing}", contest.timing)
    yield say("form.device"), ""
    yield say("form.zero"), ""
    yield say("form.reaction"), reaction_of(claim.row.result)
    points = contest.course.points
    splits = [
        f"{say.point(points[at].name)} {format_duration(elapsed, contest.rules.decimals)}"
        for at, elapsed in ((split.position, split.elapsed) for split in claim.row.result.splits)
        if 0 < at < len(points) - 1
    ]
    if splits:
        yield say("form.splits"), ", ".join(splits)
    yield say("form.doping"), ""


def _asked(table: Table, claim: Claim) -> Iterator[tuple[str, str]]:
    """Each condition of the body, and whether it is met as far as the house knows."""
    known = record_conditions()
    rules = known.get(claim.record.body) if claim.record else None
    answers = {True: "form.met", False: "form.not_met", None: "form.to_show"}
    for finding in conditions_of(rules or known["World Athletics"], _race(table, claim)):
        yield table.say(f"form.{finding.needed.value}"), table.say(answers[finding.met])


def _race(table: Table, claim: Claim) -> Circumstances:
    contest = claim.standings.contest
    started = _started(claim)
    relay = contest.legs_of > 1
    return Circumstances(
        distance=contest.course.distance,
        legs=contest.legs_of,
        timing=contest.timing,
        competitors=None if relay else started,
        teams=started if relay else None,
        wind=_number(_wind(table, claim)),
        road=contest.surface == _ROAD,
    )


def _started(claim: Claim) -> int:
    """How many of the same heat were on the course."""
    heat = claim.row.start.heat
    return sum(
        row.start.heat == heat and row.result.status not in (Status.DNS, Status.READY)
        for row in claim.standings.rows
    )


def _wind(table: Table, claim: Claim) -> str:
    contest, heat = claim.standings.contest, claim.row.start.heat
    return wind_of(table.snapshot.event, contest.code, claim.standings.round, heat)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
