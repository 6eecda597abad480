"""By which mark everybody is seeded in the first round of a contest; the lot has the others.

An estimate from a forward mark is always labelled as one. Knows nothing of heats and lanes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from timing import resources
from timing.core.clock import Duration
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.setup.event import METRE, Contest, Direction, Event
from timing.core.setup.retro import (
    RatioTable,
    SeedEstimate,
    backward_ratio,
    decode_ratios,
    delegation_of,
    estimate_seed,
    shares,
)
from timing.core.setup.roster import Entry, EntryId
from timing.core.status import Status

APART: Mapping[str, Callable[[Entry], str]] = {
    "delegation": delegation_of, "club": lambda entry: entry.club, "nobody": lambda _entry: "",
}  # fmt: skip
"""Whose team mates go to different heats."""

_OUT = (Status.DNS, Status.WD, Status.DQ)


class Starter(NamedTuple):
    """Somebody to be drawn. key: the bib, by which a lot can be drawn again.

    kind: of the mark: ``SB``, ``PB``, ``seed`` as entered, ``estimate``, "" for none.
    estimate: the range of an estimated mark.
    """

    entry: Entry
    key: str
    mark: Duration | None
    kind: str
    estimate: SeedEstimate | None = None


def starters_of(state: State, contest: Contest, code: str) -> tuple[Starter, ...]:
    """Everybody of a contest who may still start in a round, in order of entry."""
    out = not_starting(state, code)
    entries = [
        entry
        for entry in state.lineup.entries.values()
        if entry.contest == contest.code and entry.id not in out
    ]
    bibs = state.lineup.bibs
    worn = Counter(bibs[entry.id] for entry in entries)
    return tuple(
        _starter(
            state, contest, entry,
            bibs[entry.id] if bibs[entry.id] and worn[bibs[entry.id]] == 1 else f"#{entry.id}",
        )
        for entry in entries
    )  # fmt: skip


def not_starting(state: State, code: str) -> frozenset[EntryId]:
    """Those whom a ruling in force keeps from a round (DNS, withdrawn, DQ); the last one counts."""
    last = {
        each.act.entry: each.act.status
        for each in state.live
        if isinstance(each.act, act.SetStatus) and each.act.round == code
    }
    return frozenset(entry for entry, status in last.items() if status in _OUT)


def _starter(state: State, contest: Contest, entry: Entry, key: str) -> Starter:
    for mark, kind in ((entry.sb, "SB"), (entry.pb, "PB"), (entry.seed, "seed")):
        if mark is not None:
            return Starter(entry, key, mark, kind)
    estimate = _estimate(state.event, contest, entry, state.lineup.entries.values())
    if estimate is not None:
        return Starter(entry, key, estimate.time, "estimate", estimate)
    return Starter(entry, key, None, "")


def _estimate(
    event: Event, contest: Contest, entry: Entry, entries: Iterable[Entry]
) -> SeedEstimate | None:
    """From the best forward mark of the same person over the same distance at this event."""
    if entry.person is None or not _runs(contest, Direction.BACKWARD):
        return None
    same = {
        each.code
        for each in event.contests
        if each.course.distance == contest.course.distance
        and each.legs_of == contest.legs_of
        and _runs(each, Direction.FORWARD)
    }
    marks = [
        mark
        for other in entries
        if other.person == entry.person and other.contest in same
        for mark in (other.sb if other.sb is not None else other.pb,)
        if mark is not None
    ]
    metres = contest.course.distance // METRE
    own = _own_ratios(event, entry, entries) if marks else ()
    return estimate_seed(min(marks), metres, _ratios(), own) if marks else None


def _own_ratios(event: Event, entry: Entry, entries: Iterable[Entry]) -> list[Fraction]:
    """Backward over forward of the same person, at every distance with a mark both ways."""
    best: dict[tuple[int, int], dict[Direction, Duration]] = {}
    for other in entries:
        contest = event.contest(other.contest)
        mark = other.sb if other.sb is not None else other.pb
        if other.person != entry.person or contest is None or mark is None or mark <= 0:
            continue
        for way in Direction:
            if _runs(contest, way):
                both = best.setdefault((contest.course.distance, contest.legs_of), {})
                both[way] = min(both.get(way, mark), mark)
    return [
        backward_ratio(both[Direction.BACKWARD], both[Direction.FORWARD])
        for both in best.values()
        if len(both) == len(Direction)
    ]


def _runs(contest: Contest, way: Direction) -> bool:
    """Whether all of the course is run this way."""
    return shares(contest.course)[way] == contest.course.distance > 0


@cache
def _ratios() -> RatioTable:
    path = resources.folder("config") / "rules" / "backward_ratio.toml"
    return decode_ratios(path.read_text(encoding="utf-8"), str(path))
