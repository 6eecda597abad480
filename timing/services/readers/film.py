"""What the file of a photo finish says as a whole: rows written anew, and the order of equals.

The operator of the camera reads the film again and saves again; what the file says last holds,
unless an official has said otherwise since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.journal.lines import LineId
from timing.core.journal.rulings import Act, PhotoFinish, Void, Withdraw
from timing.core.setup.roster import EntryId
from timing.readers.sighting import READ, Sighting


class Ruled(NamedTuple):
    """A ruling in force: its line, and the station that wrote it is the first half of that."""

    line: LineId

    def by(self, station: str) -> bool:
        """Whether this station wrote it."""
        return self.line[0] == station


class Row(NamedTuple):
    """A row of the file. place: as the film shows it; line: of its read, "" before it has one."""

    bib: str
    at: Instant
    place: int
    line: LineId = ("", 0)


def finishes_of(sightings: Iterable[Sighting]) -> dict[str, list[Sighting]]:
    """The rows with a bib and a time by the heat that they name."""
    heats: dict[str, list[Sighting]] = {}
    for each in sightings:
        if each.kind == READ and each.box and each.bib and each.at is not None:
            heats.setdefault(each.box, []).append(each)
    return heats


def replaced(
    rows: Iterable[Row], there: Iterable[Row], voids: Mapping[LineId, Ruled], author: str
) -> Iterator[Act]:
    """Void the times that the file no longer gives to a bib; bring back what it gives again.

    there: what it said before. voids: of the reads that are not used. author: the station of the
    reader, who takes back only what it ruled itself.
    """
    now = {row.bib: row.at for row in rows}
    for read in there:
        if read.bib not in now:
            continue
        void = voids.get(read.line)
        if read.at != now[read.bib]:
            if void is None:
                yield Void(line=read.line)
        elif void is not None and void.by(author):
            yield Withdraw(line=void.line)


def whole(rows: Iterable[Row], there: Iterable[Row], voids: Mapping[LineId, Ruled]) -> list[Row]:
    """The heat as it is known by now: a file that grows says only what is new."""
    known = {read.bib: read for read in there if read.line not in voids}
    return list((known | {row.bib: row for row in rows}).values())


def orders(
    round_code: str,
    rows: Iterable[Row],
    entries: Mapping[str, EntryId],
    in_force: Sequence[PhotoFinish],
) -> Iterator[PhotoFinish]:
    """The order of those with equal times whom the film separates, where it is not ruled yet.

    entries: by bib. in_force: orders of the judges, in order of precedence; the last one about the
    same people counts. Equal times and equal places are a dead heat, about which nothing is ruled.
    """
    for _, group in groupby(sorted(rows, key=lambda row: (row.at, row.place)), lambda row: row.at):
        equals = list(group)
        order = tuple(entries[row.bib] for row in equals if row.bib in entries)
        separated = len({row.place for row in equals}) == len(equals)
        if not separated or len(order) < max(2, len(equals)):
            continue
        ruled = PhotoFinish(round=round_code, order=order)
        last = next((each for each in reversed(in_force) if _same_people(each, ruled)), None)
        if last != ruled:
            yield ruled


def _same_people(one: PhotoFinish, other: PhotoFinish) -> bool:
    return one.round == other.round and set(one.order) == set(other.order)
