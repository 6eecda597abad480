"""Records: what stands in the books of an event's contests, and what was run against it.

Nothing is ratified here: a time is a possible record until an official marks it as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.records import Judgement, Record, Run, Verdict, standing_in
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import EntryId, Sex
from timing.core.telling.listing import Line, line_of
from timing.core.telling.record_doubts import (
    CODES,
    attacks,
    doubt_about,
    is_marked,
    unmet_conditions,
)
from timing.files.rulebook import books_of, record_conditions
from timing.services.house import House
from timing.services.live import Snapshot
from timing.services.public.field import Field, field_of
from timing.services.public.shown import public

MARKS = {Verdict.POSSIBLE: "REC?", Verdict.EQUALLED: "=REC?"}
"""What stands beside the time. A time that is too good to be believed gets no mark."""


class Standing(NamedTuple):
    """The records that stood on the first day of the event, for one contest and sex."""

    contest: Contest
    sex: str
    records: tuple[Record, ...]


class Attack(NamedTuple):
    """A time of this event that beats or equals records. marked: those that officials marked."""

    contest: Contest
    line: Line
    judgements: tuple[Judgement, ...]
    marked: tuple[Record, ...]


class RecordPage(NamedTuple):
    """The records that matter at an event, and the attacks on them."""

    event: Event
    standing: tuple[Standing, ...]
    attacks: tuple[Attack, ...]
    changed: Instant


def marks_of(field: Field, snapshot: Snapshot) -> Mapping[EntryId, tuple[str, ...]]:
    """Give each entry that attacks a record its mark, until an official has settled the doubt.

    Marked for one body is marked: that another one lists a slower time of that kind is no news.
    """
    event, round_code = snapshot.event, field.standings.round
    cleared = {each.key for each in snapshot.anomalies if each.cleared and each.code in CODES}
    contest = _contest(field.standings, event)
    own = hash(frozenset((*event.schemes.items(), *event.conditions.wind.items())))
    asked = f"records {event.date} {contest.rules.records} {own}"
    found = field.once(asked, lambda: tuple(_attacks(field.standings, event)))
    marks: dict[EntryId, tuple[str, ...]] = {}
    for row, judgements in found:
        settled = {_kind(each.record) for each in judgements if is_marked(row, each.record)}
        verdicts = {
            each.verdict
            for each in judgements
            if _kind(each.record) not in settled
            and doubt_about(each, row, round_code) not in cleared
        }
        marks[row.entry.id] = tuple(mark for one, mark in MARKS.items() if one in verdicts)[:1]
    return marks


def _kind(record: Record) -> tuple[str, str]:
    return record.code, record.category


def record_page(house: House, slug: str) -> RecordPage | None:
    """Give the records of an event; None if there is no such event."""
    snapshot = public(house, slug)
    return None if snapshot is None else records_of(house, snapshot)


def records_of(house: House, snapshot: Snapshot) -> RecordPage:
    """Give the records of an event as a snapshot shows it."""
    slug = snapshot.event.slug
    fields = [field_of(house, slug, each) for each in snapshot.standings.values()]
    found = tuple(
        _attack(field.standings.contest, row, judgements)
        for field in fields
        for row, judgements in _attacks(field.standings, snapshot.event)
    )
    stand = tuple(standing_at(snapshot.event))
    return RecordPage(snapshot.event, stand, found, snapshot.changed)


def _attack(contest: Contest, row: Row, judgements: tuple[Judgement, ...]) -> Attack:
    marked = tuple(each.record for each in judgements if is_marked(row, each.record))
    return Attack(contest, line_of(contest, row), judgements, marked)


def standing_at(event: Event) -> Iterator[Standing]:
    """Give what stood in the books when the event began, contest by contest."""
    for contest in event.contests:
        books = books_of(event, contest)
        classes = [
            record.category
            for book in books
            for record in book.record
            if record.discipline == contest.discipline
        ]
        for sex in _sexes(contest) if classes else ():
            records = tuple(
                record
                for category in dict.fromkeys(("", *classes))
                for record in standing_in(books, _run(contest, event, sex.value, category))
            )
            if records:
                yield Standing(contest, sex.value, records)


def _sexes(contest: Contest) -> Iterable[Sex]:
    return [Sex(contest.sex)] if contest.sex else [Sex.WOMEN, Sex.MEN, Sex.MIXED]


def _run(contest: Contest, event: Event, sex: str, category: str) -> Run:
    day = date.fromisoformat(event.date)
    return Run(contest.discipline, sex, 0, day, category, contest.surface)


def _attacks(standings: Standings, event: Event) -> Iterator[tuple[Row, tuple[Judgement, ...]]]:
    """The best time against each record that may be one, where it is believed."""
    books = books_of(event, _contest(standings, event))
    found: dict[EntryId, tuple[Row, list[tuple[int, Judgement]]]] = {}
    best: dict[Record, int] = {}
    for row, run, judged in attacks(standings, event, books):
        for each in judged:
            if _may_be(standings, event, row, each.record):
                found.setdefault(row.entry.id, (row, []))[1].append((run.time, each))
                best[each.record] = min(run.time, best.get(each.record, run.time))
    for row, claims in found.values():
        kept = [each for time, each in claims if time == best[each.record]]
        if believed := tuple(each for each in kept if each.verdict in MARKS):
            yield row, believed


def _contest(standings: Standings, event: Event) -> Contest:
    """The contest as it is now; a kept list may be older than its choice of books."""
    return event.contest(standings.contest.code) or standings.contest


def _may_be(standings: Standings, event: Event, row: Row, record: Record) -> bool:
    """Whether no condition of the body is known to be violated."""
    return not unmet_conditions(standings, event, row, record_conditions().get(record.body))
