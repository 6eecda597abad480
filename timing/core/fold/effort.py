"""One entry in one round, and what officials ruled about it: set times, marks, status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.results import Mark
from timing.core.journal import rulings as act
from timing.core.journal.lines import Read, Ruling
from timing.core.rulebook.codes import render_record
from timing.core.setup.called_off import CalledOff, Fate
from timing.core.setup.course import Plan
from timing.core.status import Status

RULED = "ruling"
"""The source of a passing that an official set."""

WATCH = "watch"
"""The source of a time taken by hand; two or three of them at the finish make one time."""


class Effort(NamedTuple):
    """What the fold knows of one start before its result is worked out.

    started: gun of the wave plus offset; None without a gun. seen: the athlete checked in.
    closed: the round is over. rulings: those about this start, in order of precedence.
    called_off: how the contest was cancelled or stopped.
    """

    entry: int
    round: str
    bib: str
    plan: Plan
    started: Instant | None
    seen: bool
    closed: bool
    rulings: Sequence[Ruling]
    called_off: CalledOff | None = None

    @property
    def end(self) -> int:
        """The course point whose time is the result: the finish, or that of a stopped race."""
        plan, fate = self.plan, self.called_off
        if fate is None or not fate.ranked or plan.course.open_laps:
            return plan.last
        index = plan.index_of.get(fate.point, plan.last)
        return index if index > 0 else plan.last


def set_times(effort: Effort) -> dict[int, Read]:
    """Give the times set by ruling as reads, by course point index; the later ruling holds.

    Without a gun they count from zero, so that a result from paper needs no start.
    """
    pinned: dict[int, Read] = {}
    for ruling in effort.rulings:
        if isinstance(ruling.act, act.SetTime):
            index = index_of(effort.plan, ruling.act)
            if index is not None and ruling.act.elapsed >= min(index, 1):
                at = Instant((effort.started or 0) + ruling.act.elapsed)
                point = effort.plan.pattern[min(index, effort.plan.last)]
                pinned[index] = Read(ruling.station, ruling.n, point, effort.bib, None, at, RULED)
    return pinned


def index_of(plan: Plan, decided: act.SetTime) -> int | None:
    """Find the index of the course point that a ruling sets; None if there is no such point."""
    index = plan.index_of.get(decided.course_point) if decided.course_point else plan.last
    if index is None or index < 0:
        return None
    further = plan.course.open_laps and index == plan.last
    return index + max(0, decided.lap - 1) if further else index


def marks_of(rulings: Sequence[Ruling]) -> tuple[Mark, ...]:
    """What to print beside a time, in order of precedence. rulings: about one start."""
    return tuple(map(_mark, rulings))


def _mark(ruling: Ruling) -> Mark:
    reason = ruling.reason
    match ruling.act:
        case act.Penalty(time=time, rule=rule):
            mark = Mark("penalty", "", time, rule, reason)
        case act.Caution(code=code):
            mark = Mark("caution", code, reason=reason)
        case act.Qualify(mark=code):
            mark = Mark("qualify", code, reason=reason)
        case act.SetTime(elapsed=time, course_point=point):
            mark = Mark("set_time", point, time, reason=reason)
        case act.Reaction(time=time):
            mark = Mark("reaction", "", time)
        case act.SetRecord(code=code, category=category, equalled=equalled, body=body):
            shown = render_record(code, category, equalled=equalled)
            mark = Mark("record", shown, rule=body, reason=reason)
        case other:  # the last of the acts about one start
            status: act.SetStatus = other  # type: ignore[assignment]
            mark = Mark("status", status.status.value, rule=status.rule, reason=reason)
    return mark


def status_of(
    effort: Effort, marks: Sequence[Mark], gun: Duration | None, *, passed: bool
) -> tuple[Status, str]:
    """The status and the rule that it goes by.

    passed: a point was passed that only a starter passes. An official's word goes before the
    cautions, these before the time. Who was out before the race was stopped stays out.
    """
    fate = effort.called_off
    if fate is not None and fate.fate is Fate.CANCELLED:
        return Status.CXL, ""
    rulings = [place for place, mark in enumerate(marks) if mark.kind == "status"]
    ruled = marks[rulings[-1]] if rulings else None
    if ruled is not None and ruled.code != Status.OK:
        return Status(ruled.code), ruled.rule
    final = _last_caution(effort.plan.rules.cautions_to_dq, marks)
    if final is not None and (ruled is None or final > rulings[-1]):
        return Status.DQ, marks[final].code
    if gun is not None and (fate is None or fate.ranked):
        limit = effort.plan.course.time_limit
        late = limit is not None and gun > limit and not effort.plan.course.open_laps
        return (Status.OTL if late and ruled is None else Status.OK), ""
    return _without_time(effort, passed=passed), ""


def _without_time(effort: Effort, *, passed: bool) -> Status:
    """The status of who has no time that counts, and about whom nobody ruled."""
    there = passed or effort.seen
    if effort.called_off is not None and (there or not effort.closed):
        return Status.STP
    if effort.closed:
        return Status.DNF if there else Status.DNS
    on_course = passed or (effort.seen and effort.started is not None)
    return Status.RUN if on_course else Status.READY


def _last_caution(enough: int, marks: Sequence[Mark]) -> int | None:
    """The place of the last caution among the marks, if there are so many that they disqualify."""
    cautions = [place for place, mark in enumerate(marks) if mark.kind == "caution"]
    return cautions[-1] if 0 < enough <= len(cautions) else None
