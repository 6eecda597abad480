"""A result list as it is kept: its printed lines and the little else that a sheet of it needs.

Says the same as the standings it was made of and knows no splits, reads or rulings any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, json

from timing.core.clock import Instant, format_duration
from timing.core.fold.standings import Row
from timing.core.rulebook.rounding import round_up
from timing.core.setup.event import Contest
from timing.core.setup.roster import EntryId
from timing.core.status import Status, is_begun
from timing.core.telling.listing import reaction_of


class KeptSplit(Struct, frozen=True):
    """One column of the splits, as in ``listing.SplitCell``."""

    code: str
    elapsed: str


class KeptLine(Struct, frozen=True):
    """One printed line: ``listing.Line``, and what only some sheets have room for.

    gun: the gun time, rounded as the official one. reaction: to the thousandth.
    """

    place: str
    bib: str
    name: str
    club: str
    nation: str
    born: str
    sex: str
    category: str
    category_place: str
    sex_place: str
    heat: str
    heat_place: str
    lane: str
    time: str
    net: str
    gap: str
    notes: tuple[str, ...]
    splits: tuple[KeptSplit, ...]
    status: str
    entry: EntryId
    gun: str
    reaction: str


class KeptList(NamedTuple):
    """The list of one round. started: its first gun. marks: beside times, such as REC?."""

    contest: Contest
    round: str
    started: Instant | None
    marks: Mapping[EntryId, Sequence[str]]
    lines: Sequence[KeptLine]

    @property
    def begun(self) -> bool:
        """Whether the list tells results yet, as of ``Standings``."""
        seen = {Status(line.status) for line in self.lines}
        return self.started is not None or is_begun(seen)


_LINES = json.Decoder(list[KeptLine])


def read_lines(documents: bytes) -> list[KeptLine]:
    """Read a JSON array of printed lines. Raises msgspec.MsgspecError."""
    return _LINES.decode(documents)


def beside(contest: Contest, row: Row) -> dict[str, Any]:
    """What a kept line has beside the printed one."""
    return {"gun": _gun(contest, row), "reaction": reaction_of(row.result)}


def _gun(contest: Contest, row: Row) -> str:
    """The gun time of who finished; the others have none that counts."""
    gun, rules = row.result.gun, contest.rules
    if gun is None or row.result.status is not Status.OK:
        return ""
    return format_duration(round_up(gun, rules.step), rules.decimals)
