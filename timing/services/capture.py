"""Lines from stations: taken down as they come, acknowledged one by one, never refused for sense.

A line that is not even a line (no number, no identity) is named and given back; all others are
kept, and what does not fit becomes an anomaly in the fold.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta, Struct

from timing.core.clock import Duration, Instant
from timing.core.journal import Read
from timing.services.house import House
from timing.services.stations import Permit
from timing.store import journal, stations
from timing.store.stations import StationRow

_Text = Annotated[str, Meta(max_length=64)]


class Line(Struct, frozen=True, kw_only=True):
    """A read as a station sends it. at: microseconds since 1970 on its clock, None without one."""

    n: Annotated[int, Meta(ge=1)]
    bib: _Text | None = None
    chip: _Text | None = None
    at: int | None = None
    source: _Text = "typed"
    point: _Text | None = None
    strength: int = 0


class Batch(Struct, frozen=True, kw_only=True):
    """What a station sends at once. unsent: lines it has besides these. offset: of its clock."""

    station: Annotated[str, Meta(min_length=4, max_length=64)]
    lines: list[Any] = msgspec.field(default_factory=list)
    unsent: Annotated[int, Meta(ge=0)] = 0
    offset: int | None = None
    name: _Text = ""


class Receipt(NamedTuple):
    """What became of a line: ``new``, ``known``, ``clash``, or ``unreadable`` with a sentence."""

    n: int
    outcome: str
    seq: int
    sentence: str = ""


def take(house: House, permit: Permit, batch: Batch) -> list[Receipt]:
    """Write a batch down in one transaction; all its receipts are true once this returns.

    The permit decides the timing point; a line that names another one is kept there all the same
    only when the link is for a desk.
    """
    reads, receipts = _readable(batch, permit)
    with house.store.write() as tx:
        appended = journal.append(tx, permit.event, reads, arrived=house.clock())
        stations.hear(tx, _heard(house, permit, batch))
    receipts += [Receipt(one.line[1], str(one.outcome), one.seq) for one in appended]
    return sorted(receipts)


def _readable(batch: Batch, permit: Permit) -> tuple[list[Read], list[Receipt]]:
    reads: list[Read] = []
    receipts: list[Receipt] = []
    for raw in batch.lines:
        try:
            line = msgspec.convert(raw, Line)
        except msgspec.ValidationError as error:
            number = raw.get("n") if isinstance(raw, dict) else None
            n = number if isinstance(number, int) else 0
            receipts.append(Receipt(n, "unreadable", 0, str(error)))
        else:
            reads.append(_read(batch.station, line, permit))
    return reads, receipts


def _read(station: str, line: Line, permit: Permit) -> Read:
    at = None if line.at is None else Instant(line.at)
    point = permit.point or line.point or ""
    bib = line.bib.strip() if line.bib else None
    return Read(
        station, line.n, point, bib or None, line.chip or None, at, line.source, line.strength
    )


def _heard(house: House, permit: Permit, batch: Batch) -> StationRow:
    now = house.clock()
    offset = None if batch.offset is None else Duration(batch.offset)
    name = batch.name or permit.name
    return StationRow(
        permit.event, batch.station, permit.token_hash, name, permit.point or permit.desk, now, now,
        batch.unsent, offset,
    )  # fmt: skip
