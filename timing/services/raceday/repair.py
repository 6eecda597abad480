"""The officials' queue: what is wrong, the readings it is about, and which bib was meant.

Ranks suggestions from typing distance, who is expected here now, and what other sources read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from timing.core.clock import SECOND, Duration, Instant
from timing.core.fold.results import Result
from timing.core.fold.whole import State, anomalies_of
from timing.core.journal.anomalies import Anomaly
from timing.core.journal.lines import LineId, Read
from timing.core.setup.event import Event
from timing.core.status import OUT
from timing.core.telling.arrivals import Typical, arrival_at
from timing.core.telling.suggest import Clue, Suggestion, suggest, who_comes
from timing.services.house import House, UnknownEventError
from timing.services.watching import WATCHED

_SUGGESTED = 24  # cases of a page that get suggestions; the others when the first are done
_SAME_MOMENT = Duration(3 * SECOND // 2)
_SPREAD = Duration(60 * SECOND)
_OF_A_BIB = ("unknown_bib", "half_read_bib", "off_course", "no_start", "no_bib")
_ORDER = {"error": 0, "warning": 1, "info": 2}


class Case(NamedTuple):
    """An anomaly with what an official needs to settle it at a glance.

    read: the reading it is about, as it counts; readings: all of its entry, where it has one.
    """

    anomaly: Anomaly
    bib: str
    name: str
    read: Read | None
    readings: tuple[Read, ...]
    suggestions: tuple[Suggestion, ...]


class Queue(NamedTuple):
    """What is open, the gravest and newest first. cleared: how many were explained."""

    event: Event
    seq: int
    cases: tuple[Case, ...]
    cleared: int
    names: Mapping[str, str]


def queue(house: House, slug: str, code: str = "") -> Queue:
    """Give what officials should look at; code: only this kind. Raises UnknownEventError."""
    snapshot = house.live.snapshot(slug, fresh=True)
    watched = [each for each in snapshot.anomalies if each.code in WATCHED] if snapshot else []
    found = house.live.ask(slug, lambda state: _queue(state, code, watched))
    if found is None:
        raise UnknownEventError(slug)
    return found


def _queue(state: State, code: str, watched: Sequence[Anomaly]) -> Queue:
    all_of_it = [*anomalies_of(state), *watched]
    reads = {read.id: read for pile in state.piles.values() for read in pile}
    open_ones = [each for each in all_of_it if not each.cleared and code in ("", each.code)]
    open_ones.sort(key=lambda each: (_ORDER[each.severity], -_moment(each, reads)))
    wanted = [reads[a.line] for a in open_ones[:_SUGGESTED] if a.line in reads]
    scene = _Scene(state, wanted)
    cases = tuple(
        _case(state, each, reads, scene if place < _SUGGESTED else None)
        for place, each in enumerate(open_ones)
    )
    names = {s.bib: scene.names.get(s.bib, "") for case in cases for s in case.suggestions}
    return Queue(state.event, state.seq, cases, len(all_of_it) - len(open_ones), names)


def _moment(anomaly: Anomaly, reads: Mapping[LineId, Read]) -> int:
    read = reads.get(anomaly.line) if anomaly.line else None
    return (read.at or 0) if read else 0


def _case(
    state: State, anomaly: Anomaly, reads: Mapping[LineId, Read], scene: _Scene | None
) -> Case:
    read = reads.get(anomaly.line) if anomaly.line else None
    bib = anomaly.params.get("bib", "")
    name = ""
    readings: tuple[Read, ...] = ()
    if anomaly.entry is not None and anomaly.entry in state.lineup.entries:
        bib = state.lineup.bibs[anomaly.entry]
        name = state.lineup.entries[anomaly.entry].name
    if bib and read is None:
        pile = [each for each in state.piles.get(bib, ()) if each.at is not None]
        readings = tuple(sorted(pile, key=lambda each: each.at or 0))
    suggested: Sequence[Suggestion] = ()
    if scene is not None and read is not None and anomaly.code in _OF_A_BIB:
        suggested = scene.suggest(read)
    return Case(anomaly, bib, name, read, readings, tuple(suggested))


class _Due(NamedTuple):
    """When the wearer of a bib should pass a point; at None: nobody knows."""

    at: Instant | None
    spread: Duration
    taken: bool
    out: bool


class _Scene:
    """Who is expected at each point, worked out once for all cases of a page."""

    def __init__(self, state: State, wanted: Iterable[Read]) -> None:
        self.state = state
        self.names = {
            state.lineup.bibs[entry.id]: entry.name for entry in state.lineup.entries.values()
        }
        points = {read.point for read in wanted}
        self._typical = {
            contest.code: Typical(
                result
                for key, result in state.results.items()
                if state.lineup.entries[key[0]].contest == contest.code
            )
            for contest in state.event.contests
        } if points else {}  # fmt: skip
        self._due = {point: self._due_at(point) for point in points}
        self._seen: dict[str, list[tuple[Instant, str, str]]] = {point: [] for point in points}
        for bib in self.names.keys() & state.piles.keys() if points else ():
            for read in state.piles[bib]:
                if read.point in points and read.at is not None:
                    self._seen[read.point].append((read.at, bib, read.station))
        for seen in self._seen.values():
            seen.sort()

    def suggest(self, read: Read) -> list[Suggestion]:
        """The bibs that this reading may have been, the likeliest first."""
        agreeing = self._agreeing(read)
        clues = {
            bib: Clue(
                gap=None if due.at is None or read.at is None else Duration(read.at - due.at),
                spread=due.spread,
                taken=due.taken and bib not in agreeing,
                out=due.out,
                agrees=bib in agreeing,
            )
            for bib, due in self._due[read.point].items()
        }
        return suggest(read.bib, clues) if read.bib else who_comes(clues)

    def _agreeing(self, read: Read) -> set[str]:
        """Bibs that another station read at the same point at the same moment."""
        if read.at is None:
            return set()
        seen = self._seen[read.point]
        begin = bisect_left(seen, (read.at - _SAME_MOMENT,))
        end = bisect_left(seen, (read.at + _SAME_MOMENT + 1,))
        return {bib for _, bib, station in seen[begin:end] if bib and station != read.station}

    def _due_at(self, point: str) -> dict[str, _Due]:
        due: dict[str, _Due] = {}
        for key, target in self.state.targets.items():
            indexes = target.plan.at_point.get(point, ())
            if target.bib and indexes:
                found = self._due_of(self.state.results[key], indexes, target.plan.contest)
                known = due.get(target.bib)
                if known is None or (known.taken and not found.taken):
                    due[target.bib] = found
        return due

    def _due_of(self, result: Result, indexes: Sequence[int], contest: str) -> _Due:
        """The first passing of the point that is still missing."""
        out = result.status in OUT
        missing = [index for index in indexes if index not in result.positions]
        if not missing:
            return _Due(None, _SPREAD, taken=True, out=out)
        index = missing[0]
        between = _between(result, index)
        if between is not None:
            return _Due(*between, taken=False, out=out)
        course = self.state.lineup.plans[contest].course
        arrival = arrival_at(result, course, index, self._typical[contest])
        if arrival is None:
            return _Due(None, _SPREAD, taken=False, out=out)
        return _Due(arrival.at, arrival.spread, taken=False, out=out)


def _between(result: Result, index: int) -> tuple[Instant, Duration] | None:
    """A passing that was missed lies between the one before and the one after it."""
    before = [r.at for p, r in zip(result.positions, result.reads, strict=True) if p < index]
    after = [r.at for p, r in zip(result.positions, result.reads, strict=True) if p > index]
    early = before[-1] if before else result.started
    late = after[0] if after else None
    if early is None or late is None:
        return None
    return Instant((early + late) // 2), Duration(max(_SPREAD, (late - early) // 4))
