"""The result of one entry in one round, as values: passings, splits, times, status, notes."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.journal.anomalies import Anomaly
from timing.core.journal.lines import LineId, Read, claimed
from timing.core.setup.roster import EntryId, StartKey
from timing.core.status import Status


class Unused(NamedTuple):
    """Reads that do not count, and why: a code of ``core.telling.explain.UNUSED``.

    by: the read that counts in their place, where there is one.
    """

    code: str
    reads: tuple[Read, ...]
    by: Read | None = None


class Split(NamedTuple):
    """A passing of a course point.

    position: index of the course point (laps go on counting). elapsed: from the gun of
    the entry, exact.
    """

    position: int
    at: Instant
    elapsed: Duration
    line: LineId


SHORTENED = "shortened"


class Mark(NamedTuple):
    """Something to print beside the time.

    kind: penalty, caution, qualify, set_time, status, record, reaction, of which the last one
    holds, or shortened: the time is that of a point, because the race was stopped. rule: that it
    goes by; of a record the body that lists it.
    """

    kind: str
    code: str
    time: Duration = Duration(0)
    rule: str = ""
    reason: str = ""


class Result(NamedTuple):
    """What the journal means for one entry in one round.

    started: the moment from which its gun time runs (gun plus offset), None without a gun.
    positions, reads: the course point indexes passed, and the read that counts at each.
    elapsed: exact, from the gun of the entry to each passing; empty while there is no gun.
    gun, net: exact elapsed times at the finish, penalties not included; None if not finished.
    official: the time of the contest's basis with penalties, rounded once by the contest's rule.
    laps: completed legs of an open-lap course, else passings after the start.
    recorded: orders results with equal times as they were recorded; see ``recorded_order``.
    """

    entry: EntryId
    round: str
    status: Status
    rule: str
    started: Instant | None
    positions: tuple[int, ...]
    reads: tuple[Read, ...]
    elapsed: tuple[Duration, ...]
    gun: Duration | None
    net: Duration | None
    official: Duration | None
    penalty: Duration
    laps: int
    recorded: int
    marks: tuple[Mark, ...]
    unused: tuple[Unused, ...]
    anomalies: tuple[Anomaly, ...]

    @property
    def key(self) -> StartKey:
        """The start whose result this is."""
        return (self.entry, self.round)

    @property
    def shortened(self) -> bool:
        """Whether the times are those of a part of the course: no record, no best, no pace."""
        return any(mark.kind == SHORTENED for mark in self.marks)

    @property
    def splits(self) -> tuple[Split, ...]:
        """The passings with the time elapsed since the gun of the entry; none without a gun."""
        return tuple(
            Split(index, read.moment, elapsed, read.id)
            for index, read, elapsed in zip(self.positions, self.reads, self.elapsed, strict=False)
        )


NOT_RECORDED = 1 << 80
"""The ``recorded`` of a result without a finish: after every other."""


def recorded_order(at: int, n: int) -> int:
    """Order finishes by moment, then by their number at the station that recorded them."""
    return (at << 24) + (n if n >= 0 else claimed(n))
