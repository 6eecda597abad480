"""What a timing box said, as values: the one vocabulary that every grammar of this room yields.

Knows no event, no bib list and no database; a sighting becomes a read elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from timing.core.clock import Instant

READ, GUN, MARKER, BIB, SPLIT, STATUS, CORRECTION, WIND, REACTION = (
    "read",  # a chip, a bib or a bare time was seen at the point
    "gun",  # a start impulse
    "marker",  # another button, trigger or event of the box; `note` says which
    "bib",  # the bib that belongs to an earlier sighting with the same sequence
    "split",  # an intermediate time that a results file carries beside the finish
    "status",  # no time: `note` is DNS, DNF, DQ or what the file says
    "correction",  # the operator of the box cleared or renumbered an earlier time
    "wind",  # of the heat that `box` names: `note` is the reading in metres a second
    "reaction",  # `at` is how long somebody took to react
)
DAY, ELAPSED = "day", "elapsed"


class Sighting(NamedTuple):
    """One thing that a box saw.

    key: equal for the same sighting sent again, different for any other of the same source.
    line: the text as it came, NUL shown as ``␀``; never changed, never thrown away.
    at: moment; for the clock "elapsed" microseconds since that clock started; None: no time.
    chip: code of the tag as the box writes it. bib: only where the box itself says a bib.
    kind, clock: one of the words above. box: name that the box or its location gives itself.
    rssi: signal strength in the box's own scale; larger is stronger within one box.
    sequence: number that the box counts by (PassingNo, LogID, place), for gaps and resuming.
    """

    key: str
    line: str
    at: Instant | None
    chip: str | None = None
    bib: str | None = None
    kind: str = READ
    clock: str = DAY
    box: str | None = None
    antenna: str | None = None
    rssi: int | None = None
    sequence: int | None = None
    note: str | None = None


class Refused(NamedTuple):
    """A line that says nothing readable: kept and listed, it never stops the stream."""

    line_no: int
    line: str
    code: str
    sentence: str


class Reply(NamedTuple):
    """Bytes for the box; with after_commit only once the sightings before it are durable."""

    data: bytes
    after_commit: bool = False


class BoxClock(NamedTuple):
    """The box told its own time; whoever knows the arrival can tell how far it is off."""

    at: Instant


Event: TypeAlias = Sighting | Refused | Reply | BoxClock
Position: TypeAlias = Mapping[str, int]
"""Where to go on after a break, in names and numbers of the grammar's own."""


class UnreadableError(ValueError):
    """A line cannot be read: a code for machines and a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


_SHOWN = 40


def shown(text: str) -> str:
    """Quote a piece of a line for a sentence, cut to a readable length."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def spellings(chip: str) -> tuple[str, ...]:
    """The ways in which one tag is written by different boxes, most literal first.

    As it is, in capitals, without leading zeros. A hexadecimal tag that is printed in decimal
    elsewhere is not guessed: too many tags are both.
    """
    bare = chip.upper().lstrip("0") or "0"
    return tuple(dict.fromkeys((chip, chip.upper(), bare)))
