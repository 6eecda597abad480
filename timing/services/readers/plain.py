"""The bulk of what boxes say: chips that were seen, and lines that could not be read.

Nothing must be looked up to write these down but what was said before, so 15,000 of them a second
take less than a quarter of a core. Everything else is for the scribe.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from timing.core.journal.lines import Read, Ruling
from timing.readers.delivery import Batch
from timing.readers.sighting import DAY, READ, Refused, Sighting
from timing.services.readers.boxes import Reader
from timing.store.raw_lines import RawLine
from timing.store.readers import Said

_STRONGEST = 2**31 - 1


class Page(NamedTuple):
    """The lines of one batch."""

    reads: list[Read]
    rulings: list[Ruling]
    raw: list[RawLine]

    def last(self, station: str) -> int:
        """The last number under which a station has a line here; 0 without one."""
        lines: list[Read | Ruling] = [*self.reads, *self.rulings]
        return max((line.n for line in lines if line.station == station), default=0)


PHOTO = "lif"
"""The format whose rows are looked at together: what the film says last of a heat holds."""


def is_plain(reader: Reader, batch: Batch) -> bool:
    """Whether a batch holds nothing but what was seen at a time of day, and refused lines."""
    return reader.order.format != PHOTO and all(
        each.kind == READ and each.clock == DAY for each in batch.sightings
    )


def plain_page(reader: Reader, batch: Batch, said: Said) -> Page:
    """Give the lines of a plain batch that are not known yet."""
    reads: list[Read] = []
    raw: list[RawLine] = []
    (position, n), station, point = said.standing, reader.station, reader.order.point
    for digest, each in fresh(batch, said):
        position += 1
        if isinstance(each, Refused):
            raw.append(refused_line(position, digest, each))
            continue
        n += 1
        reads.append(read_of(each, station, n, point))
        content = each.line.encode("utf-8", "replace")
        raw.append(RawLine(position, content, n, "", digest, each.sequence))
    return Page(reads, [], raw)


def fresh(batch: Batch, said: Said) -> Iterator[tuple[bytes, Sighting | Refused]]:
    """Give what was not said before, each thing once, with its digest."""
    here: set[bytes] = set()
    said_now: list[Sighting | Refused] = [*batch.sightings, *batch.refused]
    for each in said_now:
        digest = _digest(each)
        if digest not in said.digests and digest not in here:
            here.add(digest)
            yield digest, each


def read_of(each: Sighting, station: str, n: int, point: str, *, photo: bool = False) -> Read:
    """Give the read of a sighting."""
    chip, bib = each.chip, each.bib
    source = "photo" if photo else "chip" if chip else "typed" if bib else "button"
    strength = max(-_STRONGEST, min(each.rssi or 0, _STRONGEST))
    return Read(station, n, point, bib, chip, each.at, source, strength)


def refused_line(position: int, digest: bytes, each: Refused) -> RawLine:
    """Give the line that is kept of one that could not be read."""
    content, problem = each.line.encode("utf-8", "replace"), f"{each.code}: {each.sentence}"
    return RawLine(position, content, None, problem, digest)


def _digest(each: Sighting | Refused) -> bytes:
    """What makes a sighting the same one; a refused line is known by its place and its text."""
    key = f"line {each.line_no} {each.line}" if isinstance(each, Refused) else f"key {each.key}"
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()
