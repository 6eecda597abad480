"""Fills the documents of API v1 from what the services give. Decides and orders nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from timing.core.fold.standings import Row
from timing.core.rulebook.records import Record
from timing.core.setup.called_off import WHOLE_EVENT
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry
from timing.core.telling.listing import Line, line_of, shown_name
from timing.services.public.honours import MedalPage
from timing.services.public.recordbook import RecordPage
from timing.services.public.results import ContestCard, EventPage
from timing.services.public.runners import RunnerPage, StartPage
from timing.services.publications.excerpts import Entrant
from timing.services.publications.frozen import Change
from timing.store.publications import Version
from timing.web.api import words

Positions = Callable[[str, str, Row], int]
"""The position (from 1) of a row in the list of a contest and round."""


def brief(event: Event) -> words.EventBrief:
    return words.EventBrief(
        slug=event.slug, name=event.name, date=event.date, last_date=event.last_date,
        place=event.place, timezone=event.timezone, demo=event.demo,
        called_off=called_off(event),
    )  # fmt: skip


def called_off(event: Event, contest: str = WHOLE_EVENT) -> words.CalledOff | None:
    fate = event.called_off.get(contest)
    return None if fate is None else words.CalledOff(
        fate=fate.fate.value, reason=fate.reason, since_us=fate.since, until_us=fate.until,
        day=fate.day, ranked=fate.ranked, stands_us=fate.stands, point=fate.point,
    )  # fmt: skip


def event_document(page: EventPage, seq: int, feeds: Iterable[str]) -> words.EventDocument:
    event = page.event
    return words.EventDocument(
        slug=event.slug, name=event.name, date=event.date, last_date=event.last_date,
        place=event.place, timezone=event.timezone, demo=event.demo, organiser=event.organiser,
        ruleset=event.ruleset, note=event.note, languages=list(event.languages),
        contests=[contest_info(event, card) for card in page.contests], seq=seq,
        called_off=called_off(event),
        changed_us=page.changed, last_finish_us=page.last_finish, feeds=list(feeds),
    )  # fmt: skip


def contest_info(event: Event, card: ContestCard) -> words.ContestInfo:
    contest = card.contest
    return words.ContestInfo(
        code=contest.code, name=contest.name, discipline=contest.discipline, sex=contest.sex,
        timing=contest.timing, surface=contest.surface, legs_of=contest.legs_of,
        basis=contest.rules.basis.value, distance_mm=contest.course.distance,
        points=[
            words.PointInfo(code=each.code, name=each.name, distance_mm=each.distance,
                            kind=each.kind.value)
            for each in contest.course.points
        ],
        rounds=[
            words.RoundInfo(code=each.code, name=each.name, heats=len(planned.heats),
                            start_us=each.start, **each.progress._asdict())
            for each, planned in zip(card.rounds, contest.rounds, strict=True)
        ],
        called_off=called_off(event, contest.code),
    )  # fmt: skip


def standing_row(
    contest: Contest, row: Row, position: int, marks: Iterable[str] = ()
) -> words.StandingRow:
    line, result = line_of(contest, row), row.result
    return words.StandingRow(
        position=position, place=row.place, tied=row.tied, bib=row.bib, name=line.name,
        club=line.club, nation=line.nation, born=line.born, sex=line.sex,
        sex_place=row.sex_place, category=line.category, category_place=row.category_place,
        heat=row.start.heat, heat_place=row.heat_place, lane=row.start.lane,
        status=result.status.value, rule=result.rule, time=line.time,
        official_us=result.official, gun_us=result.gun, net_us=result.net, gap_us=row.gap,
        laps=result.laps, notes=list(line.notes), marks=list(marks),
        splits=[
            words.SplitTime(position=each.position, elapsed_us=each.elapsed)
            for each in result.splits
        ],
    )  # fmt: skip


def runner_document(page: RunnerPage, at: Positions) -> words.RunnerDocument:
    """Show a runner. at: the position of each start in its list."""
    return words.RunnerDocument(
        event=page.event.slug, bib=page.bib, name=page.name, changed_us=page.changed,
        starts=[_runner_start(start, at) for start in page.starts],
    )  # fmt: skip


def _runner_start(start: StartPage, at: Positions) -> words.RunnerStart:
    code = start.round.code
    return words.RunnerStart(
        contest=start.contest.code, round=code,
        row=standing_row(start.contest, start.row, at(start.contest.code, code, start.row)),
        pace_us=start.pace,
        passings=[
            words.Passing(position=each.position, name=each.name, distance_mm=each.distance,
                          elapsed_us=each.elapsed, leg_us=each.leg, pace_us=each.pace,
                          place=each.place)
            for each in start.passages
        ],
        before=_bib(start.before), after=_bib(start.after),
        members=[member.name for member in start.members],
    )  # fmt: skip


def _bib(line: Line | None) -> str | None:
    return None if line is None else line.bib


def entrant_row(one: Entrant) -> words.EntrantRow:
    entry = one.entry
    return words.EntrantRow(
        contest=entry.contest, bib=one.bib, name=shown_name(entry),
        club="" if entry.hidden else entry.club, nation=entry.delegation or entry.nation,
        born=entry.born[:4], sex=entry.sex.value, category=one.category, members=_members(entry),
        starts=[
            words.StartInfo(round=each.round, heat=each.heat, lane=each.lane, wave=each.wave)
            for each in one.starts
        ],
    )  # fmt: skip


def _members(entry: Entry) -> list[str]:
    return [] if entry.hidden else [member.name for member in entry.members]


def medal_table(page: MedalPage) -> words.MedalTable:
    return words.MedalTable(
        event=page.event.slug, decided=page.decided, contests=page.contests,
        table=[
            words.MedalLine(rank=each.rank, delegation=each.medals.team, gold=each.medals.gold,
                            silver=each.medals.silver, bronze=each.medals.bronze)
            for each in page.table
        ],
    )  # fmt: skip


def record_document(page: RecordPage) -> words.RecordDocument:
    return words.RecordDocument(
        event=page.event.slug,
        standing=[
            words.StandingRecord(contest=each.contest.code, sex=each.sex,
                                 records=[_record(record) for record in each.records])
            for each in page.standing
        ],
        attacks=[
            words.AttackInfo(contest=each.contest.code, bib=each.line.bib, name=each.line.name,
                             time=each.line.time,
                             verdicts=[one.verdict.value for one in each.judgements],
                             records=[_record(one.record) for one in each.judgements],
                             marked=[f"{one.code} ({one.body})" for one in each.marked])
            for each in page.attacks
        ],
    )  # fmt: skip


def _record(record: Record) -> words.RecordInfo:
    return words.RecordInfo(
        body=record.body, code=record.code, category=record.category, status=record.status,
        mark=record.mark, mark_us=record.time,
        holders=list(record.holders), nation=record.nation, date=record.date, place=record.place,
        surface=record.surface, source=record.source,
    )  # fmt: skip


def version_info(each: Version) -> words.VersionInfo:
    return words.VersionInfo(
        contest=each.contest, version=each.version, state=each.state.value, seq=each.seq,
        published_at_us=each.published_at, sha256=each.sha256, note=each.note,
    )  # fmt: skip


def change_info(each: Change) -> words.ChangeInfo:
    return words.ChangeInfo(
        round=each.round, bib=each.bib, name=each.name, before=_side(each.before),
        after=_side(each.after), sentence=each.sentence.text().strip(),
    )  # fmt: skip


def _side(side: tuple[str, str] | None) -> words.Side | None:
    return None if side is None else words.Side(place=side[0], time=side[1])
