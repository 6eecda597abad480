"""The two streams of a timing point side by side, with what officials need to join them."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.fold.whole import State
from timing.core.journal.lines import Read
from timing.core.setup.event import Event, TimingPoint
from timing.services.house import House, UnknownEventError


class Slot(NamedTuple):
    """One place in the funnel. known: whether the bib belongs to somebody.

    drift: times so far less bibs so far, above 0 where bibs are missing.
    """

    time: Read | None
    bib: Read | None
    anchored: bool
    name: str
    known: bool
    drift: int


class Point(NamedTuple):
    """A timing point with how many times and bibs of its two streams are there."""

    point: TimingPoint
    times: int
    bibs: int


class Alignment(NamedTuple):
    """points: those that have streams. slots: of the chosen one, in order."""

    event: Event
    points: tuple[Point, ...]
    chosen: TimingPoint | None
    slots: tuple[Slot, ...]
    seq: int


def alignment(house: House, slug: str, code: str = "") -> Alignment:
    """Show the streams of a point; without one the first that has any. Raises UnknownEventError."""
    found = house.live.ask(slug, lambda state: _alignment(state, code))
    if found is None:
        raise UnknownEventError(slug)
    return found


def _alignment(state: State, code: str) -> Alignment:
    rows = state.streams.rows
    points = tuple(
        Point(
            point,
            sum(row.time is not None for row in rows[point.code]),
            sum(row.bib is not None for row in rows[point.code]),
        )
        for point in state.event.points
        if rows.get(point.code)
    )
    chosen = next((each.point for each in points if code in ("", each.point.code)), None)
    slots = tuple(_slots(state, chosen.code)) if chosen else ()
    return Alignment(state.event, points, chosen, slots, state.seq)


def _slots(state: State, code: str) -> list[Slot]:
    worn = ((state.lineup.bibs[entry.id], entry) for entry in state.lineup.entries.values())
    names = {bib: entry.name for bib, entry in worn if bib}
    drift = 0
    slots = []
    for row in state.streams.rows[code]:
        drift += (row.time is not None) - (row.bib is not None)
        bib = (row.bib.bib or "") if row.bib else ""
        slots.append(Slot(row.time, row.bib, row.anchored, names.get(bib, ""), bib in names, drift))
    return slots
