"""Whose a read is: from the bib or chip it names, the point where it was made and the moment.

Knows the roster and the rulings on lines, bibs and chips; knows nothing of results.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from timing.core import rulings as act
from timing.core.anomalies import Anomaly, about_line
from timing.core.clock import Duration, Instant
from timing.core.journal import LineId, Read, Ruling
from timing.core.roster import StartKey

DESK = "desk"
"""The source of a check-in: it says that somebody is there, not that a point was passed."""

_EARLIEST, _LATEST = 0, 1 << 53  # moments outside are from a clock that was never set
_SLACK = 3_600_000_000  # a start is a candidate for reads from an hour before its gun on


class Target(NamedTuple):
    """A start that a read may belong to.

    started: None before the gun. points: the timing points that its course passes. reads: what
    was given to it so far; each has a time.
    """

    key: StartKey
    started: Instant | None
    points: Collection[str]
    reads: list[Read]


class Routes(NamedTuple):
    """How a read finds its start.

    by_bib: the starts of whoever wears a bib. only: the one start of a bib that has just one.
    chips: chip -> bib. only_chip: the one start of a chip.
    """

    by_bib: dict[str, list[Target]]
    only: dict[str, Target]
    chips: Mapping[str, str]
    only_chip: dict[str, Target]


def routes_to(by_bib: dict[str, list[Target]], chips: Mapping[str, str]) -> Routes:
    """Prepare the short ways for bibs and chips with a single start."""
    only = {bib: targets[0] for bib, targets in by_bib.items() if len(targets) == 1}
    only_chip = {chip: only[bib] for chip, bib in chips.items() if bib in only}
    return Routes(by_bib, only, chips, only_chip)


class Corrections(NamedTuple):
    """What rulings say about lines: voided, moved in time or place, given to another bib."""

    voided: frozenset[LineId]
    bibs: Mapping[LineId, str]
    times: Mapping[LineId, Instant | None]
    points: Mapping[LineId, str]
    clocks: Mapping[str, Duration]
    stations: frozenset[str]


def corrections(live: Iterable[Ruling]) -> Corrections:
    """Collect the corrections. live: rulings in force, in order of precedence."""
    voided: set[LineId] = set()
    bibs: dict[LineId, str] = {}
    times: dict[LineId, Instant | None] = {}
    points: dict[LineId, str] = {}
    clocks: dict[str, Duration] = {}
    for ruling in live:
        match ruling.act:
            case act.Void(line=line):
                voided.add(line)
            case act.Attribute(line=line, bib=bib):
                bibs[line] = bib
            case act.Retime(line=line, at=at):
                times[line] = at
            case act.Repoint(line=line, point=point):
                points[line] = point
            case act.SetClock(station=station, offset=offset):
                clocks[station] = offset
            case _:
                pass
    lines = [*voided, *bibs, *times, *points]
    return Corrections(
        frozenset(voided), bibs, times, points, clocks,
        frozenset({line[0] for line in lines} | set(clocks)),
    )  # fmt: skip


def corrected(read: Read, fix: Corrections) -> Read | None:
    """Apply the corrections to a read of a station that has any; None when it is voided."""
    line = read.id
    if line in fix.voided:
        return None
    at = read.at
    if line in fix.times:
        at = fix.times[line]
    elif at is not None:
        at = Instant(at + fix.clocks.get(read.station, 0))
    return read._replace(
        bib=fix.bibs.get(line, read.bib), point=fix.points.get(line, read.point), at=at
    )


class Sorted(NamedTuple):
    """What is left after the reads were given to their starts.

    checked_in: the first desk read of each bib. no_bib, no_time: halves of the two streams.
    """

    checked_in: dict[str, Read]
    no_bib: list[Read]
    no_time: list[Read]
    anomalies: list[Anomaly]


def attribute(reads: Iterable[Read], routes: Routes, fix: Corrections) -> Sorted:
    """Append each read to the list of its start; what fits nowhere becomes an anomaly.

    Repeated lines may be appended twice; the effort drops them.
    """
    rest = Sorted({}, [], [], [])
    if fix.stations:
        reads = _all_corrected(reads, fix)
    by_bib, by_chip = routes.only, routes.only_chip
    for read in reads:
        # positions instead of names: this loop runs once for every read of the event
        target = by_bib.get(read[3]) if read[3] else by_chip.get(read[4])  # type: ignore[arg-type]
        if target is not None and read[2] in target[2] and _EARLIEST <= (read[5] or -1) < _LATEST:
            target[3].append(read)
        else:
            _unusual(read, routes, rest)
    return rest


def _all_corrected(reads: Iterable[Read], fix: Corrections) -> Iterator[Read]:
    for read in reads:
        fixed = corrected(read, fix) if read[0] in fix.stations else read
        if fixed is not None:
            yield fixed


def _unusual(read: Read, routes: Routes, rest: Sorted) -> None:
    """Find the place of a read that is not plain: desk, no bib, no time, several starts."""
    bib = read.bib or routes.chips.get(read.chip or "", "")
    if read.source == DESK:
        _check_in(read, bib, routes, rest)
    elif not bib and read.chip:
        rest.anomalies.append(about_line("unknown_chip", read.id, chip=read.chip, point=read.point))
    elif not bib:
        rest.no_bib.append(read)
    elif bib not in routes.by_bib:
        code = "half_read_bib" if "?" in bib else "unknown_bib"
        rest.anomalies.append(about_line(code, read.id, bib=bib, point=read.point))
    elif read.at is None:
        rest.no_time.append(read._replace(bib=bib))
    elif not _EARLIEST <= read.at < _LATEST:
        rest.anomalies.append(about_line("wild_clock", read.id, station=read.station))
    else:
        _deliver(read, bib, routes.by_bib[bib], rest)


def _check_in(read: Read, bib: str, routes: Routes, rest: Sorted) -> None:
    if bib not in routes.by_bib:
        rest.anomalies.append(about_line("unknown_bib", read.id, bib=bib, point=read.point))
        return
    first = rest.checked_in.get(bib)
    if first is None or (read.at or 0, read.station, read.n) < (
        first.at or 0,
        first.station,
        first.n,
    ):
        rest.checked_in[bib] = read


def _deliver(read: Read, bib: str, targets: list[Target], rest: Sorted) -> None:
    """Give a read with bib and time to the start that was running at that moment."""
    passing = [target for target in targets if read.point in target.points]
    if passing:
        running(passing, read.at or 0).reads.append(read)
    else:
        rest.anomalies.append(about_line("off_course", read.id, bib=bib, point=read.point))


def running(targets: list[Target], at: int) -> Target:
    """Choose the start that was under way: the latest gun before the moment, else the next one."""
    begun = [target for target in targets if target.started is not None and target.started <= at]
    if begun:
        return max(begun, key=_gun)
    waiting = [target for target in targets if target.started is not None]
    soon = [target for target in waiting if _gun(target)[0] - at <= _SLACK]
    gunless = [target for target in targets if target.started is None]
    return min(soon or gunless or waiting, key=_gun)


def _gun(target: Target) -> tuple[int, StartKey]:
    return (target.started or 0, target.key)
