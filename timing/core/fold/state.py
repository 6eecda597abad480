"""What the journal means up to a sequence number, with all that is needed to go on from there."""

from __future__ import annotations

from dataclasses import dataclass, field

from timing.core.fold.attribution import Known, Piles, Target
from timing.core.fold.lineup import Lineup
from timing.core.fold.results import Result
from timing.core.journal import rulings as act
from timing.core.journal.anomalies import Anomaly
from timing.core.journal.corrections import Corrections
from timing.core.journal.lines import LineId, Read, Ruling
from timing.core.journal.streams import Streams
from timing.core.journal.withdrawals import Book
from timing.core.setup.event import Event
from timing.core.setup.roster import Roster, StartKey


@dataclass(slots=True)
class State:
    """Owned by one caller; ``refold`` brings it up to date in place.

    reads: as they were written. piles: as they count, by bib. nameless: what is wrong with those
    that name nobody. strays: the same for the reads of a bib. checked_in: the first desk read of
    a bib. clashes: lines that came under the number of another one. halved: bibs of which there are
    lines without a time, or were.
    """

    event: Event
    roster: Roster
    seq: int
    reads: list[Read]
    book: Book
    lineup: Lineup
    targets: dict[StartKey, Target]
    known: Known
    fix: Corrections
    piles: Piles
    nameless: list[Anomaly]
    streams: Streams
    results: dict[StartKey, Result] = field(default_factory=dict)
    strays: dict[str, list[Anomaly]] = field(default_factory=dict)
    checked_in: dict[str, Read] = field(default_factory=dict)
    lines: dict[str, dict[int, Read]] = field(default_factory=dict)
    clashes: list[LineId] = field(default_factory=list)
    halved: set[str] = field(default_factory=set)

    @property
    def live(self) -> list[Ruling]:
        """The rulings in force, in order of precedence."""
        return self.book.live

    @property
    def cleared(self) -> frozenset[str]:
        """Keys of the anomalies that an official has looked at."""
        return frozenset(
            ruling.act.anomaly for ruling in self.live if isinstance(ruling.act, act.Clear)
        )

    def read(self, line: LineId) -> Read | None:
        """Find a read as it was written. The lines of a station are listed when first asked for."""
        station, n = line
        if station not in self.lines:
            self.lines[station] = {read[1]: read for read in self.reads if read[0] == station}
        return self.lines[station].get(n)

    def wrote(self, read: Read) -> None:
        """Keep a further read."""
        self.reads.append(read)
        if read.n < 0:
            self.clashes.append(read.id)
        if read.station in self.lines:
            self.lines[read.station][read.n] = read

    def has_line(self, line: LineId) -> bool:
        """Whether a read or a ruling of this identity was written."""
        return line in self.book or self.read(line) is not None
