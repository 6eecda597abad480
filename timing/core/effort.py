"""One entry in one round: from its reads and the rulings about it to its result.

Local: looks at nobody else, so that a changed line costs the refolding of one entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter, sub
from typing import NamedTuple

from timing.core import rulings as act
from timing.core.anomalies import Anomaly, about_entry
from timing.core.clock import Duration, Instant
from timing.core.course import Plan
from timing.core.journal import Read, Ruling
from timing.core.passings import RULED, Chosen, choose
from timing.core.results import NOT_RECORDED, Mark, Result, Unused, recorded_order
from timing.core.rounding import official_hand_time, round_up
from timing.core.status import Status

_ZERO = Duration(0)
_ABSENT = (Status.DNS, Status.DNF)


class Effort(NamedTuple):
    """What the fold knows of one start before its result is worked out.

    started: gun of the wave plus offset; None without a gun. seen: the athlete checked in.
    closed: the round is over. rulings: those about this start, in order of precedence.
    """

    entry: int
    round: str
    bib: str
    plan: Plan
    started: Instant | None
    seen: bool
    closed: bool
    rulings: Sequence[Ruling]


def result_of(effort: Effort, reads: list[Read]) -> Result:
    """Work out the result. reads: all of this start, in any order."""
    plan, started = effort.plan, effort.started
    if not effort.rulings and started is not None:
        quick = _undisturbed(effort, reads, started)
        if quick is not None:
            return quick
    timed = sorted(read for read in reads if read.at is not None)
    timed.sort(key=_moment)
    pinned = _pinned(effort)
    chosen = choose(plan, started, timed, pinned)
    chosen = _by_watches(effort, chosen, timed)
    return _judged(effort, chosen)


def _moment(read: Read) -> tuple[int, str, int]:
    return (read.at or 0, read.station, read.n)


def _undisturbed(effort: Effort, reads: list[Read], started: Instant) -> Result | None:
    """Take the short way of most efforts: one clean read at each point, in order.

    The same result as the long way; only sooner (a property test compares them).
    """
    plan = effort.plan
    skip = plan.last + 1 - len(reads)
    if skip not in (0, 1) or not plan.plain:
        return None
    ordered = sorted(reads, key=_AT)
    if list(map(_POINT, ordered)) != (plan.pattern if skip else plan.full_pattern):
        return None
    moments: list[int] = list(map(_AT, ordered))
    if moments[0] < started + (plan.gap if skip else 0):
        return None
    if min(map(sub, moments[1:], moments), default=1) < max(plan.gap, 1):
        return None
    gun, net = moments[-1] - started, moments[-1] - (started if skip else moments[0])
    limit = plan.course.time_limit
    if limit is not None and gun > limit:
        return None
    finish = ordered[-1]
    return Result(
        effort.entry, effort.round, Status.OK, "", started, plan.whole[skip:], tuple(ordered),
        Duration(gun), Duration(net), round_up(net if plan.by_net else gun, plan.rules.step),
        _ZERO, plan.last, recorded_order(moments[-1], finish[1]), (), (), (),
    )  # fmt: skip


_POINT, _AT = itemgetter(2), itemgetter(5)


def _at(read: Read) -> int:
    return read.at or 0


def _pinned(effort: Effort) -> dict[int, Read]:
    """Times set by ruling, as reads on the course; the later ruling holds."""
    pinned: dict[int, Read] = {}
    for ruling in effort.rulings:
        if isinstance(ruling.act, act.SetTime):
            index = _index_of(effort.plan, ruling.act.course_point)
            if index is not None:
                at = Instant((effort.started or 0) + ruling.act.elapsed)
                point = effort.plan.full_pattern[min(index, effort.plan.last)]
                pinned[index] = Read(
                    ruling.station, ruling.n, point, effort.bib or None, None, at, RULED
                )
    return pinned


def _index_of(plan: Plan, course_point: str) -> int | None:
    return plan.index_of.get(course_point) if course_point else plan.last


def _by_watches(effort: Effort, chosen: Chosen, reads: Sequence[Read]) -> Chosen:
    """Let two or three watches at the finish make one hand time (TR 19.11)."""
    if effort.started is None or not chosen.passings:
        return chosen
    index, finish = chosen.passings[-1]
    if finish.source != "watch" or index != effort.plan.last:
        return chosen
    window = effort.plan.points[finish.point].window
    close = [
        read
        for read in reads
        if read.source == "watch"
        and read.point == finish.point
        and abs(_at(read) - _at(finish)) <= window
    ]
    watches = sorted({read.id: read for read in close}.values(), key=_moment)[:3]
    if len(watches) < 2:
        return chosen
    time = official_hand_time([Duration(_at(read) - effort.started) for read in watches])
    passing = finish._replace(at=Instant(effort.started + time))
    taken = {read.id for read in watches}
    unused = [each for each in chosen.unused if each.line not in taken]
    unused += [Unused(read.id, "watch") for read in watches if read.id != finish.id]
    return Chosen([*chosen.passings[:-1], (index, passing)], unused)


def _judged(effort: Effort, chosen: Chosen) -> Result:
    """Put times, status and marks together."""
    plan, started, passings = effort.plan, effort.started, chosen.passings
    finish = passings[-1][1] if passings and passings[-1][0] >= plan.last else None
    laps = passings[-1][0] if passings else 0
    gun = net = official = None
    if started is not None and finish is not None and finish.at is not None:
        start_read = (
            passings[0][1] if passings[0][0] == 0 and passings[0][1] is not finish else None
        )
        begin = start_read.at if start_read is not None and start_read.at is not None else started
        gun, net = Duration(finish.at - started), Duration(finish.at - begin)
        if finish.source == RULED:
            net = gun
    marks = tuple(_marks(effort))
    penalty = Duration(sum(mark.time for mark in marks if mark.kind == "penalty"))
    if gun is not None and net is not None:
        official = round_up(Duration((net if plan.by_net else gun) + penalty), plan.rules.step)
    status, rule = _status(effort, gun, marks, passed=bool(passings))
    recorded = recorded_order(finish.at or 0, finish.n) if finish else NOT_RECORDED
    result = Result(
        effort.entry, effort.round, status, rule, started,
        tuple(index for index, _ in passings), tuple(read for _, read in passings), gun, net, official,
        penalty, laps, recorded, marks, tuple(chosen.unused), (),
    )  # fmt: skip
    return result._replace(anomalies=tuple(_anomalies(effort, result)))


def _marks(effort: Effort) -> list[Mark]:
    marks: list[Mark] = []
    for ruling in effort.rulings:
        match ruling.act:
            case act.Penalty(time=time, rule=rule):
                marks.append(Mark("penalty", "", time, rule, ruling.reason))
            case act.Caution(code=code):
                marks.append(Mark("caution", code, reason=ruling.reason))
            case act.Qualify(mark=code):
                marks.append(Mark("qualify", code, reason=ruling.reason))
            case act.SetTime(elapsed=time, course_point=point):
                marks.append(Mark("set_time", point, time, reason=ruling.reason))
            case act.SetStatus(status=status, rule=rule):
                marks.append(Mark("status", status.value, rule=rule, reason=ruling.reason))
            case _:
                pass
    return marks


def _status(
    effort: Effort, gun: Duration | None, marks: tuple[Mark, ...], *, passed: bool
) -> tuple[Status, str]:
    ruled = next((mark for mark in reversed(marks) if mark.kind == "status"), None)
    if ruled is not None and ruled.code != Status.OK:
        return Status(ruled.code), ruled.rule
    rules = effort.plan.rules
    cautions = [mark for mark in marks if mark.kind == "caution"]
    overruled = ruled is not None
    if rules.cautions_to_dq and len(cautions) >= rules.cautions_to_dq and not overruled:
        return Status.DQ, cautions[rules.cautions_to_dq - 1].code
    if gun is not None:
        limit = effort.plan.course.time_limit
        late = limit is not None and gun > limit and not effort.plan.open_laps
        return (Status.OTL if late and not overruled else Status.OK), ""
    return _unfinished(effort, passed=passed), ""


def _unfinished(effort: Effort, *, passed: bool) -> Status:
    if effort.closed:
        return Status.DNF if passed or effort.seen else Status.DNS
    on_course = passed or (effort.seen and effort.started is not None)
    return Status.RUN if on_course else Status.READY


_TELLING = ("before_start", "contradiction", "after_finish")
"""Reasons for not using a read that an official should hear of."""


def _anomalies(effort: Effort, result: Result) -> Iterator[Anomaly]:
    """Say what an official should look at in this effort."""
    points = effort.plan.course.points
    finish = points[-1].name
    for code in sorted({each.code for each in result.unused}.intersection(_TELLING)):
        yield _doubt(effort, code, point=finish)
    if result.status is Status.OK and not effort.plan.open_laps:
        for index in sorted(set(range(1, effort.plan.last)).difference(result.positions)):
            yield _doubt(effort, "missing_split", str(index), point=points[index].name)
    if result.status is Status.OTL:
        yield _doubt(effort, "over_limit")
    if result.status in _ABSENT and result.gun is not None:
        yield _doubt(effort, "dns_with_time", point=finish, status=result.status.value)
    cautions = sum(mark.kind == "caution" for mark in result.marks)
    if cautions:
        yield _doubt(effort, "cautioned", count=str(cautions))


def _doubt(effort: Effort, code: str, what: str = "", **params: str) -> Anomaly:
    return about_entry(code, effort.entry, effort.round, what, bib=effort.bib, **params)
