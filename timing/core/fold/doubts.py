"""What an official should look at in one effort."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from timing.core.clock import format_duration
from timing.core.fold.effort import Effort
from timing.core.fold.results import Result
from timing.core.journal.anomalies import Anomaly, about, about_entry
from timing.core.rulebook.reactions import LEAST_REACTION
from timing.core.setup.course import lap_bound
from timing.core.status import Status

_TELLING = ("contradiction", "too_fast", "after_finish")
"""Reasons for not using a read that an official should hear of in any case."""


def doubts_about(effort: Effort, result: Result, *, bounded: bool) -> Iterator[Anomaly]:
    """Name them in a stable order. bounded: all passings are slow enough to be believed."""
    if result.unused:
        yield from _unused_reads(effort, result)
        yield from _clocks(result)
        yield from _backups(effort, result)
    if not bounded:
        yield from _too_fast(effort, result)
    yield from _of_status(effort, result)
    if result.marks:
        yield from _of_marks(effort, result)


def _of_marks(effort: Effort, result: Result) -> Iterator[Anomaly]:
    cautions = sum(mark.kind == "caution" for mark in result.marks)
    if cautions:
        yield _doubt(effort, "cautioned", count=str(cautions))
    yield from _reaction(effort, result)


def _reaction(effort: Effort, result: Result) -> Iterator[Anomaly]:
    measured = [mark.time for mark in result.marks if mark.kind == "reaction"]
    if measured and measured[-1] < LEAST_REACTION and result.status is not Status.DQ:
        time, least = format_duration(measured[-1], 3), format_duration(LEAST_REACTION, 3)
        yield _doubt(effort, "false_start", time=time, least=least)


def _unused_reads(effort: Effort, result: Result) -> Iterator[Anomaly]:
    names: dict[str, str] = {}
    for unused in result.unused:
        names.setdefault(unused.code, effort.plan.points[unused.reads[0].point].name)
    for code in _TELLING:
        if code in names:
            yield _doubt(effort, code, "unused", point=names[code])
    if "before_start" in names and result.gun is None:
        yield _doubt(effort, "before_start", point=names["before_start"])


def _clocks(result: Result) -> Iterator[Anomaly]:
    """Stations whose moments lie months away from the start: one anomaly for each station."""
    for unused in result.unused:
        if unused.code == "wild_clock":
            for station in sorted({read.station for read in unused.reads}):
                yield about("wild_clock", station, station=station)


def _backups(effort: Effort, result: Result) -> Iterator[Anomaly]:
    """Two sources that saw one passing and differ by more than the point tolerates."""
    for unused in result.unused:
        counts = unused.by
        if unused.code == "backup" and counts is not None:
            point = effort.plan.points[counts.point]
            difference = max(abs(read.moment - counts.moment) for read in unused.reads)
            if difference > point.tolerance:
                yield _doubt(
                    effort, "times_differ", f"{counts.station}:{counts.n}", point=point.name,
                    difference=format_duration(difference, 1), source=counts.source,
                )  # fmt: skip


def _too_fast(effort: Effort, result: Result) -> Iterator[Anomaly]:
    plan = effort.plan
    passed = [(0, 0), *zip(result.positions, result.elapsed, strict=False)]
    for before, after in pairwise(passed):
        if after[1] - before[1] < lap_bound(plan, after[0]) - lap_bound(plan, before[0]):
            name = plan.course.points[min(after[0], plan.last)].name
            yield _doubt(effort, "too_fast", str(after[0]), point=name)


def _of_status(effort: Effort, result: Result) -> Iterator[Anomaly]:
    plan, points = effort.plan, effort.plan.course.points
    some_missing = len(result.positions) <= plan.last and not plan.course.open_laps
    if some_missing and result.status is Status.OK:
        for index in sorted(set(range(1, effort.end)).difference(result.positions)):
            yield _doubt(effort, "missing_split", str(index), point=points[index].name)
    if result.status is Status.OTL:
        yield _doubt(effort, "over_limit")
    ran = result.laps > 0 if result.status is Status.DNS else result.gun is not None
    if result.status in (Status.DNS, Status.DNF) and ran:
        name = points[min(result.laps, plan.last)].name
        yield _doubt(effort, "dns_with_time", point=name, status=result.status.value)


def _doubt(effort: Effort, code: str, what: str = "", **params: str) -> Anomaly:
    return about_entry(code, effort.entry, effort.round, what, bib=effort.bib, **params)
