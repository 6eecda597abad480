"""The lines of stations and boxes, verbatim, also those that could not be read. Append-only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import select

from timing.core.clock import Instant
from timing.store import schema
from timing.store.connect import Tx
from timing.store.hand import Hand
from timing.store.lines import derived, runs
from timing.store.schema import table_of

RAW = table_of(schema.RawLine)


class RawLine(NamedTuple):
    """One line as it came.

    position: where it stands in its source, so that a reader can go on behind the last one.
    n: the number of the read that was made of it, or None; problem: why there is none.
    digest: what makes it the same line when a box says it again. sequence: by what the box counts.
    line_station: that of the read, where it is another one.
    """

    position: int
    content: bytes
    n: int | None = None
    problem: str = ""
    digest: bytes | None = None
    sequence: int | None = None
    line_station: str | None = None


COLUMNS = ("event_id", "station", *RawLine._fields, "arrived")
_AT = (
    f"SELECT {', '.join(RawLine._fields)} FROM raw_line "
    "WHERE event_id = ? AND station = ? AND position BETWEEN ? AND ?"
)


class Bundle:
    """Lines of one station on their way in: first it is asked what is there, then they are kept.

    One that is there already changes nothing; another content at a known position is kept too,
    under a negative position. Whoever makes one has the journal of the event locked.
    """

    def __init__(self, hand: Hand, event: int, station: str, lines: Sequence[RawLine]) -> None:
        """Ask what stands at the positions of the lines."""
        self._hand, self._event, self._station, self._lines = hand, event, station, lines
        self._asked = [
            (span, hand.ask(_AT, (event, station, *span)))
            for span in runs(line.position for line in lines)
        ]

    def keep(self, arrived: Instant | None) -> int:
        """Write down what is new and say how much that was."""
        known = {line.position: line for line in self._around()}
        fresh = []
        for line in self._lines:
            position = _free_position(line, known)
            if position not in known:
                known[position] = line
                fresh.append((self._event, self._station, position, *line[1:], arrived))
        self._hand.fill("raw_line", COLUMNS, fresh)
        return len(fresh)

    def _around(self) -> list[RawLine]:
        """What is there at these positions and derived from them.

        A derived position is taken only where its own is.
        """
        found: list[RawLine] = []
        for (first, last), answer in self._asked:
            there = list(map(_raw_line, answer))
            if there:
                derivates = (derived(last + 1, 0) + 1, derived(first, 0))
                more = self._hand.ask(_AT, (self._event, self._station, *derivates))
                found += [*there, *map(_raw_line, more)]
        return found


def list_lines(tx: Tx, event: int, station: str, *, only_problems: bool = False) -> list[RawLine]:
    """The lines of a station in the order of their source."""
    query = select(*(RAW.c[name] for name in RawLine._fields)).order_by(RAW.c.position)
    query = query.where(RAW.c.event_id == event, RAW.c.station == station)
    if only_problems:
        query = query.where(RAW.c.problem != "")
    return list(map(_raw_line, tx.execute(query)))


def _free_position(line: RawLine, known: dict[int, RawLine]) -> int:
    """The position of a line, or that of its like, or a derived one that is free."""
    there = known.get(line.position)
    if there is None or there.content == line.content:
        return line.position
    tries = (derived(line.position, attempt) for attempt in count(1))
    return next(p for p in tries if known.get(p, line).content == line.content)


def _raw_line(row: Sequence[Any]) -> RawLine:
    line = RawLine(*row)
    digest = None if line.digest is None else bytes(line.digest)
    return line._replace(content=bytes(line.content), digest=digest)
