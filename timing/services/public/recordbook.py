"""Records: what stands in the book for the contests of an event, and what was run against it.

No body has ratified anything here: a time is a possible record until somebody does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.records import Judgement, Record, Run, Verdict, judge, standing
from timing.core.rulebook.rounding import round_up
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import EntryId, Sex
from timing.core.status import Status
from timing.core.telling.listing import Line, line_of
from timing.core.telling.record_doubts import unmet_conditions
from timing.files.rulebook import record_book, record_conditions
from timing.services.house import House
from timing.services.live import Snapshot
from timing.services.public.field import Field, field_of
from timing.services.public.shown import public

_BOOK = "backward"
MARKS = {Verdict.POSSIBLE: "REC?", Verdict.EQUALLED: "=REC?"}
"""What stands beside the time. A time that is too good to be believed gets no mark."""


class Standing(NamedTuple):
    """The records that stood on the first day of the event, for one contest and sex."""

    contest: Contest
    sex: str
    records: tuple[Record, ...]


class Attack(NamedTuple):
    """A time of this event that beats or equals a record."""

    contest: Contest
    line: Line
    judgements: tuple[Judgement, ...]


class RecordPage(NamedTuple):
    """The records that matter at an event, and the attacks on them."""

    event: Event
    standing: tuple[Standing, ...]
    attacks: tuple[Attack, ...]
    changed: Instant


def marks_of(field: Field, event: Event) -> Mapping[EntryId, tuple[str, ...]]:
    """Give each entry that attacks a record its mark."""
    found = field.once(f"records {event.date}", lambda: tuple(_attacks(field.standings, event)))
    return {
        row.entry.id: tuple(
            mark
            for verdict, mark in MARKS.items()
            if any(each.verdict is verdict for each in judgements)
        )[:1]
        for row, judgements in found
    }


def record_page(house: House, slug: str) -> RecordPage | None:
    """Give the records of an event; None if there is no such event."""
    snapshot = public(house, slug)
    return None if snapshot is None else records_of(house, snapshot)


def records_of(house: House, snapshot: Snapshot) -> RecordPage:
    """Give the records of an event as a snapshot shows it."""
    slug = snapshot.event.slug
    fields = [field_of(house, slug, each) for each in snapshot.standings.values()]
    attacks = tuple(
        Attack(field.standings.contest, line_of(field.standings.contest, row), judgements)
        for field in fields
        for row, judgements in _attacks(field.standings, snapshot.event)
    )
    stand = tuple(standing_at(snapshot.event))
    return RecordPage(snapshot.event, stand, attacks, snapshot.changed)


def standing_at(event: Event) -> Iterator[Standing]:
    """Give what stood in the book when the event began, contest by contest."""
    for contest in event.contests:
        for sex in _sexes(contest):
            run = _run(contest, event, sex.value, 0)
            records = standing(record_book(_BOOK).record, run)
            if records:
                yield Standing(contest, sex.value, tuple(records))


def _sexes(contest: Contest) -> Iterable[Sex]:
    return [Sex(contest.sex)] if contest.sex else [Sex.WOMEN, Sex.MEN, Sex.MIXED]


def _attacks(standings: Standings, event: Event) -> Iterator[tuple[Row, tuple[Judgement, ...]]]:
    """The best of each sex, if the gun time beats or equals a record and may be one."""
    contest = standings.contest
    for row in standings.ranked:
        if row.sex_place != 1 or row.result.status is not Status.OK:
            continue
        time = _gun_time(contest, row)
        if contest.rules.basis is Basis.LAPS or time is None:
            continue
        found = judge(record_book(_BOOK), _run(contest, event, row.entry.sex.value, time))
        believed = tuple(
            each
            for each in found
            if each.verdict in MARKS
            and not unmet_conditions(
                standings, event, row, record_conditions().get(each.record.body)
            )
        )
        if believed:
            yield row, believed


def _gun_time(contest: Contest, row: Row) -> int | None:
    """The official time by the gun: the one that counts for a record."""
    gun = row.result.gun
    if gun is None:
        return None
    return round_up(gun, contest.rules.step) + row.result.penalty


def _run(contest: Contest, event: Event, sex: str, time: int) -> Run:
    return Run(
        contest.discipline, sex, time, date.fromisoformat(event.date), surface=contest.surface
    )
