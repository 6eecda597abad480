"""Whose a read is: from the bib or chip it names, the point where it was made and the moment.

Reads are piled up by bib first; a pile is sorted out for itself, so that a changed line costs
one pile. Knows the start lists; knows nothing of results.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.journal.anomalies import Anomaly, about, about_line
from timing.core.journal.lines import Read
from timing.core.setup.course import Plan
from timing.core.setup.roster import StartKey

DESK = "desk"
"""The source of a check-in: it says that somebody is there, not that a point was passed."""

WILD = 1 << 53
"""Moments as far from 1970 as this, in microseconds, are from a clock that was never set."""

_SLACK = 3_600_000_000  # a start is a candidate for reads from an hour before its gun on

Piles = dict[str | None, list[Read]]
"""The reads of each bib; under None those that name nobody."""


class Target(NamedTuple):
    """A start that a read may belong to. started: None before the gun."""

    key: StartKey
    bib: str
    started: Instant | None
    plan: Plan


class Known(NamedTuple):
    """What is known of bibs and points.

    wearers: the starts of each bib. idle: bibs of entries that start nowhere. guides: bibs of
    guides, which are outside of the results. points: codes of the timing points.
    """

    wearers: Mapping[str, Sequence[Target]]
    idle: frozenset[str]
    guides: frozenset[str]
    points: frozenset[str]


class Sorted(NamedTuple):
    """What became of the reads of one bib.

    given: the reads of each start, each with a time. checked_in: the first read at a desk.
    """

    given: dict[StartKey, list[Read]]
    checked_in: Read | None
    anomalies: list[Anomaly]


def pile_up(reads: Iterable[Read], chips: Mapping[str, str]) -> Piles:
    """Put each read on the pile of the bib that it names, or whose chip it saw."""
    piles: Piles = defaultdict(list)
    for read in reads:  # positions instead of names: this runs once for every read of the event
        piles[read[3] or chips.get(read[4])].append(read)  # type: ignore[arg-type]
    return piles


def names(read: Read, chips: Mapping[str, str]) -> str | None:
    """On whose pile a read belongs; None: it names nobody."""
    return read.bib or chips.get(read.chip or "")


def is_half(read: Read) -> bool:
    """Whether a read that names somebody has no time: one half of two streams."""
    return read.at is None and read.source != DESK


def is_time(read: Read) -> bool:
    """Whether a read that names nobody is a time at the line: the other half."""
    return not read.chip and read.at is not None and read.source != DESK


def halves(bib: str, pile: Iterable[Read]) -> list[Read]:
    """Give the reads of a pile that have no time, with their bib."""
    return [read._replace(bib=bib) for read in pile if is_half(read)]


def nameless(pile: Iterable[Read]) -> tuple[list[Read], list[Anomaly]]:
    """Split the reads that name nobody: times for the two streams, and what is wrong."""
    times: list[Read] = []
    doubts: list[Anomaly] = []
    for read in pile:
        if read.chip:
            doubts.append(about_line("unknown_chip", read.id, chip=read.chip, point=read.point))
        elif is_time(read):
            times.append(read)
        else:
            doubts.append(about_line("empty_line", read.id, station=read.station))
    return times, doubts


def sort_out(bib: str, pile: Sequence[Read], known: Known) -> Sorted:
    """Give the reads of one bib to its starts; what fits nowhere becomes an anomaly."""
    targets = known.wearers.get(bib, ())
    found = Sorted({target.key: [] for target in targets}, None, [])
    there = at_desk(pile)
    passing = [read for read in pile if read[6] != DESK] if there else pile
    if len(targets) == 1 and passing and _all_plain(passing, targets[0].plan.at_point):
        found.given[targets[0].key].extend(passing)
    else:
        for read in passing:
            if read.at is not None:
                _deliver(bib, read, targets, known, found)
    first = min(there, key=checking_in, default=None)
    if first is not None and _unknown(bib, known):
        found.anomalies.append(_about("unknown_bib", bib, first))
    return found._replace(checked_in=first)


def at_desk(pile: Iterable[Read]) -> list[Read]:
    """The reads of a pile that were made at a desk."""
    return [read for read in pile if read[6] == DESK]


def checking_in(read: Read) -> tuple[int, str, int]:
    """The key by which the first of several reads at a desk is found."""
    return (read.at or 0, read.station, read.n)


def _all_plain(pile: Iterable[Read], stops: Mapping[str, object]) -> bool:
    """Whether all can be passings without a closer look, told by their columns: mostly so."""
    _, _, points, _, _, moments, _, _ = zip(*pile, strict=True)
    return (
        None not in moments
        and stops.keys() >= set(points)
        and min(moments) > -WILD
        and max(moments) < WILD
    )


def _deliver(bib: str, read: Read, targets: Sequence[Target], known: Known, found: Sorted) -> None:
    """Give a read with bib and time to the start that was running, or say what is wrong."""
    passing = [target for target in targets if read.point in target.plan.at_point]
    if passing and not _wild(read.moment):
        found.given[running(passing, read.moment).key].append(read)
    elif bib not in known.guides:
        found.anomalies.append(_about(_problem(bib, read, known), bib, read))


def _problem(bib: str, read: Read, known: Known) -> str:
    """Name what keeps a read with bib and time from being a passing of anybody."""
    if _wild(read.moment):
        return "wild_clock"
    if _unknown(bib, known):
        return "half_read_bib" if "?" in bib else "unknown_bib"
    if read.point not in known.points:
        return "unknown_point"
    return "no_start" if bib in known.idle else "off_course"


def _wild(at: int) -> bool:
    return not -WILD < at < WILD


def _unknown(bib: str, known: Known) -> bool:
    return bib not in known.wearers and bib not in known.idle and bib not in known.guides


def _about(code: str, bib: str, read: Read) -> Anomaly:
    if code == "wild_clock":
        return about(code, read.station, station=read.station)
    if code == "unknown_point":
        return about(code, read.point, point=read.point)
    return about_line(code, read.id, bib=bib, point=read.point)


def running(targets: Sequence[Target], at: int) -> Target:
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
