"""Every new time against the record book: possible and equalled records, and what is not believed.

Gives what officials should look at; ratifies nothing. Wind and the other conditions of the body
that lists a record decide whether a time can be one. What an official marked as that record is no
doubt any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from timing.core.clock import format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.journal.anomalies import Anomaly, about_entry
from timing.core.rulebook.codes import render_record
from timing.core.rulebook.record_conditions import Circumstances, RecordConditions, conditions_of
from timing.core.rulebook.records import (
    Judgement,
    Record,
    RecordBook,
    Run,
    Verdict,
    judge,
    standing_in,
)
from timing.core.rulebook.rounding import half_up, round_up
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Event
from timing.core.status import Status
from timing.core.telling.conditions import wind_of

Conditions = Mapping[str, RecordConditions]
"""By body; a body that is not named asks nothing."""

_NOT_THERE = (Status.DNS, Status.READY)

_VERDICTS = {
    Verdict.POSSIBLE: "possible_record",
    Verdict.EQUALLED: "record_equalled",
    Verdict.IMPLAUSIBLE: "implausible_record",
}
_NOT_ELIGIBLE = "record_without_conditions"
CODES = frozenset({*_VERDICTS.values(), _NOT_ELIGIBLE})
"""The anomalies that speak of records."""


def record_doubts(
    standings: Standings, event: Event, books: Sequence[RecordBook], conditions: Conditions
) -> Iterator[Anomaly]:
    """Look at every time of a list, not only at the best.

    event: with the winds that were ruled. books: those that apply to the contest.
    """
    for row, _, judged in attacks(standings, event, books):
        yield from _told(standings, event, row, judged, conditions)


def attacks(
    standings: Standings, event: Event, books: Sequence[RecordBook]
) -> Iterator[tuple[Row, Run, list[Judgement]]]:
    """Give every time that is not slower than a record, with what it is against each of them."""
    contest = standings.contest
    if not any(record.discipline == contest.discipline for book in books for record in book.record):
        return
    slowest: dict[tuple[str, str], int] = {}
    for row in standings.ranked:
        for run in _runs(standings, row, event):
            known = (run.sex, run.category)
            if known not in slowest:
                everybody = standing_in(books, run._replace(nation=None))
                slowest[known] = max((one.time for one in everybody), default=0)
            if run.time <= slowest[known] and (judged := judge(books, run)):
                yield row, run, judged


def _runs(standings: Standings, row: Row, event: Event) -> Iterator[Run]:
    """Give a result as a run for the records of everybody and of its category; laps are none.

    The official time by the gun alone counts for a record.
    """
    contest, entry, gun = standings.contest, row.entry, row.result.gun
    whole = contest.rules.basis is not Basis.LAPS and not row.result.shortened
    if gun is None or row.result.status is not Status.OK or not whole:
        return
    time = round_up(gun, contest.rules.step) + row.result.penalty
    day = date.fromisoformat(event.date)
    for category in dict.fromkeys(("", row.category)):
        yield Run(
            contest.discipline, entry.sex.value, time, day, category, contest.surface,
            entry.nation or entry.delegation,
        )  # fmt: skip


def is_marked(row: Row, record: Record) -> bool:
    """Whether an official marked a result as this record, or as one that equals it."""
    code = render_record(record.code, record.category)
    return any(
        mark.kind == "record" and mark.code.removeprefix("=") == code and mark.rule == record.body
        for mark in row.result.marks
    )


def _told(
    standings: Standings,
    event: Event,
    row: Row,
    judged: list[Judgement],
    conditions: Conditions,
) -> Iterator[Anomaly]:
    for verdict, record, better in judged:
        if is_marked(row, record):
            continue
        unmet = unmet_conditions(standings, event, row, conditions.get(record.body))
        believed = verdict is not Verdict.IMPLAUSIBLE
        code = _NOT_ELIGIBLE if believed and unmet else _VERDICTS[verdict]
        yield about_entry(
            code, row.entry.id, standings.round, _which(record),
            bib=row.bib, mark=format_duration(record.time), holder=", ".join(record.holders),
            body=record.body, percent=str(half_up(better, 1)), margin=str(record.margin),
            needed=", ".join(unmet), record=record.code, category=record.category,
            contest=standings.contest.code, round=standings.round, equalled="" if better else "=",
        )  # fmt: skip


def doubt_about(judged: Judgement, row: Row, round_code: str) -> str:
    """Give the key of the doubt that a believed time is; an official clears it by that key."""
    code, which = _VERDICTS[judged.verdict], _which(judged.record)
    return about_entry(code, row.entry.id, round_code, which).key


def _which(record: Record) -> str:
    return f"{record.body}:{record.category}:{record.code}"


def unmet_conditions(
    standings: Standings, event: Event, row: Row, rules: RecordConditions | None
) -> list[str]:
    """The conditions that are known to be violated, in words."""
    if rules is None:
        return []
    contest = standings.contest
    heat, relay = row.start.heat, contest.legs_of > 1
    started = sum(
        one.start.heat == heat and one.result.status not in _NOT_THERE for one in standings.rows
    )
    circumstances = Circumstances(
        distance=contest.course.distance,
        legs=contest.legs_of,
        timing=contest.timing,
        competitors=None if relay else started,
        teams=started if relay else None,
        wind=_wind(wind_of(event, contest.code, standings.round, heat)),
        road=contest.surface == "road",
    )
    found = conditions_of(rules, circumstances)
    needed = [finding.needed.value for finding in found if finding.met is False]
    return [each.removeprefix("record-needs-").replace("-", " ") for each in needed]


def _wind(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
