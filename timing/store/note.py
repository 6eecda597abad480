"""What one device said at once: new reads, its lines as they came, and that it was heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.store.raw_lines import RawLine
from timing.store.stations import StationRow


class Note(NamedTuple):
    """To be written down in one transaction if nothing of it is there.

    reads: storable, of the device that was heard. raw: its lines. goes_on: of a box, from where.
    """

    heard: StationRow
    reads: Sequence[Read]
    raw: Sequence[RawLine]
    arrived: Instant
    goes_on: Mapping[str, int] | None = None

    @property
    def lines(self) -> list[tuple[Read, RawLine | None]] | None:
        """Each read with its line; None where there are other lines, too."""
        if not self.raw:
            return [(read, None) for read in self.reads]
        if [line.n for line in self.raw] != [read.n for read in self.reads]:
            return None
        return list(zip(self.reads, self.raw, strict=True))
