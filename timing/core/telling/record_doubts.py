"""Every new time against the record book: possible and equalled records, and what is not believed.

Gives what officials should look at; ratifies nothing. Wind and the other conditions of the body
that lists a record decide whether a time can be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from timing.core.clock import Duration, format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.journal.anomalies import Anomaly, about_entry
from timing.core.rulebook.record_conditions import Circumstances, RecordConditions, conditions_of
from timing.core.rulebook.records import Judgement, RecordBook, Run, Verdict, judge, standing
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
    standings: Standings, event: Event, book: RecordBook, conditions: Conditions
) -> Iterator[Anomaly]:
    """Look at every time of a list, not only at the best. event: with the winds that were ruled."""
    contest = standings.contest
    if contest.rules.basis is Basis.LAPS or not any(
        record.discipline == contest.discipline for record in book.record
    ):
        return
    slowest: dict[tuple[str, str], int] = {}
    for row in standings.ranked:
        time = _time(standings, row)
        if time is None:
            continue
        for category in dict.fromkeys(("", row.category)):
            run = Run(
                contest.discipline, row.entry.sex.value, time, date.fromisoformat(event.date),
                category, contest.surface,
            )  # fmt: skip
            known = (run.sex, category)
            if known not in slowest:
                slowest[known] = max((one.time for one in standing(book.record, run)), default=0)
            if time <= slowest[known]:
                yield from _told(standings, event, row, judge(book, run), book, conditions)


def _time(standings: Standings, row: Row) -> Duration | None:
    """The official time by the gun, which alone counts for a record."""
    gun = row.result.gun
    if gun is None or row.result.status is not Status.OK:
        return None
    return Duration(round_up(gun, standings.contest.rules.step) + row.result.penalty)


def _told(
    standings: Standings,
    event: Event,
    row: Row,
    judged: list[Judgement],
    book: RecordBook,
    conditions: Conditions,
) -> Iterator[Anomaly]:
    for verdict, record, better in judged:
        unmet = unmet_conditions(standings, event, row, conditions.get(record.body))
        believed = verdict is not Verdict.IMPLAUSIBLE
        code = _NOT_ELIGIBLE if believed and unmet else _VERDICTS[verdict]
        yield about_entry(
            code, row.entry.id, standings.round, f"{record.body}:{record.category}", bib=row.bib,
            mark=format_duration(record.time), holder=", ".join(record.holders), body=record.body,
            percent=str(half_up(better, 1)), margin=str(book.margin),
            needed=", ".join(unmet),
        )  # fmt: skip


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
