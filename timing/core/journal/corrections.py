"""What rulings say about single lines and about clocks, and the reads once that is applied."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId, Read, Ruling, precedence

OF_LINES = (act.Void, act.Attribute, act.Retime, act.Repoint)
"""The acts that correct one read."""


class Corrections(NamedTuple):
    """of_line: the corrections in force of each read, in order of precedence.

    clocks: what is added to the stamps of a station. stations: those whose reads may change.
    """

    of_line: dict[LineId, list[Ruling]]
    clocks: dict[str, Duration]
    stations: set[str]

    def add(self, ruling: Ruling) -> None:
        """Take a correction of one read into account."""
        line = ruling.act.line  # type: ignore[union-attr]
        insort(self.of_line.setdefault(line, []), ruling, key=precedence)
        self.stations.add(line[0])

    def drop(self, ruling: Ruling) -> None:
        """Leave a correction of one read out again."""
        self.of_line[ruling.act.line].remove(ruling)  # type: ignore[union-attr]

    def applied(self, read: Read) -> Read | None:
        """The read as it counts; None when it is voided."""
        at = read.at
        if at is not None:
            at = Instant(at + self.clocks.get(read.station, 0))
        fixed = read._replace(at=at)
        for ruling in self.of_line.get(read.id, ()):
            match ruling.act:
                case act.Void():
                    return None
                case act.Attribute(bib=bib):
                    fixed = fixed._replace(bib=bib, chip=fixed.chip if bib else None)
                case act.Retime(at=at):
                    fixed = fixed._replace(at=at)
                case other:
                    fixed = fixed._replace(point=other.point)  # type: ignore[union-attr]
        return fixed


def corrections(live: Iterable[Ruling]) -> Corrections:
    """Collect the corrections. live: rulings in force, in order of precedence."""
    fix = Corrections({}, {}, set())
    for ruling in live:
        if isinstance(ruling.act, OF_LINES):
            fix.add(ruling)
        elif isinstance(ruling.act, act.SetClock):
            fix.clocks[ruling.act.station] = ruling.act.offset
            fix.stations.add(ruling.act.station)
    return fix


def all_applied(reads: Iterable[Read], fix: Corrections) -> Iterable[Read]:
    """Give the reads as they count, without those that are voided."""
    stations = fix.stations
    if not stations:
        return reads
    return [
        fixed
        for read in reads
        if (fixed := fix.applied(read) if read[0] in stations else read) is not None
    ]
