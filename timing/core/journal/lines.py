"""The journal: reads and rulings, each known by the station that wrote it and its number there.

Append-only and one order. Everything else is computed from these lines and the setup.
"""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.journal.rulings import Act

LineId = tuple[str, int]
"""(station, n): made at the station, so that sending a line again changes nothing."""


CLASH_BITS = 20
"""By so many bits a number is shifted to make room for lines that clash with its own."""


def claimed(n: int) -> int:
    """The number that a line claims: its own, or that of the line with which it clashes.

    A line that came under the number of another one is kept under a negative number.
    """
    return n if n >= 0 else -n >> CLASH_BITS


class Read(NamedTuple):
    """A station saw something. Any of bib, chip and at may be missing, but not all three.

    point: the timing point's code. bib: as keyed in, may hold ``?`` for a half-read digit.
    at: an Instant on the station's own clock; a ruling corrects that clock.
    source: how it was seen: chip, button, typed, watch, photo, paper, camera, desk.
    strength: signal strength of a chip read, for points that choose the strongest; 0 unknown.
    """

    station: str
    n: int
    point: str
    bib: str | None
    chip: str | None
    at: Instant | None
    source: str
    strength: int = 0

    @property
    def id(self) -> LineId:
        """The identity of the line."""
        return (self.station, self.n)

    @property
    def moment(self) -> Instant:
        """When it was made; only of a read that has a time, as all have that a start is given."""
        return self.at  # type: ignore[return-value]


class Ruling(NamedTuple):
    """An official decided something, for a reason and under a name.

    at: when it was decided, on the clock of the station; rulings that contradict each other are
        settled by (at, station, n), so that the order of arrival does not matter.
    """

    station: str
    n: int
    at: Instant
    act: Act
    reason: str = ""
    author: str = ""

    @property
    def id(self) -> LineId:
        """The identity of the line."""
        return (self.station, self.n)


def precedence(ruling: Ruling) -> tuple[int, str, int]:
    """The key by which rulings are sorted; the last of two on one matter holds."""
    return (ruling.at, ruling.station, ruling.n)


class Journal(NamedTuple):
    """All lines of an event up to a sequence number; seq 0 is the empty journal.

    A line may stand there twice; of two lines of one identity with different content the store
    keeps the second under a number of its own, see ``claimed``.
    """

    reads: tuple[Read, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    seq: int = 0
