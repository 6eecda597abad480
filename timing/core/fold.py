"""The fold: setup and journal in, results and anomalies out. Pure, total, deterministic.

Two stages: a result is local to one start, ranking is global (``core.standings``). Only the first
is incremental; ``refold`` equals folding everything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from timing.core import rulings as act
from timing.core.anomalies import Anomaly, about
from timing.core.attribution import Corrections, Routes, Sorted, Target, attribute, corrections
from timing.core.effort import Effort, result_of
from timing.core.event import Event
from timing.core.journal import Journal, Read, Ruling
from timing.core.lineup import Lineup, line_up, routes_of
from timing.core.results import Result
from timing.core.roster import Roster, StartKey
from timing.core.streams import Streams, join
from timing.core.withdrawals import in_force


@dataclass(slots=True)
class State:
    """What the journal means up to a sequence number.

    Owned by one caller; ``refold`` brings it up to date in place. reads and rulings are kept as
    they were written, so that everything can be folded again.
    """

    event: Event
    roster: Roster
    seq: int
    reads: list[Read]
    rulings: list[Ruling]
    live: list[Ruling]
    lineup: Lineup
    routes: Routes
    targets: dict[StartKey, Target]
    fix: Corrections
    rest: Sorted
    streams: Streams
    results: dict[StartKey, Result] = field(default_factory=dict)
    doubts: list[Anomaly] = field(default_factory=list)

    @property
    def cleared(self) -> frozenset[str]:
        """Keys of the anomalies that an official has looked at."""
        return frozenset(
            ruling.act.anomaly for ruling in self.live if isinstance(ruling.act, act.Clear)
        )


def fold(event: Event, roster: Roster, journal: Journal) -> State:
    """Fold the whole journal. The order of its lines does not matter."""
    live, doubts = in_force(journal.rulings)
    lineup = line_up(event, roster, live)
    routes, targets = routes_of(lineup)
    fix = corrections(live)
    rest = attribute(journal.reads, routes, fix)
    streams = join(rest.no_bib, rest.no_time, live)
    joined = attribute(streams.joined, routes, _NO_CORRECTIONS)
    state = State(
        event, roster, journal.seq, list(journal.reads), list(journal.rulings), live, lineup,
        routes, targets, fix, rest, streams, doubts=doubts + joined.anomalies,
    )  # fmt: skip
    state.results = {key: _result(state, target) for key, target in targets.items()}
    return state


_NO_CORRECTIONS = corrections(())
_NOTHING: tuple[Ruling, ...] = ()


def _result(state: State, target: Target) -> Result:
    entry, code = target.key
    lineup = state.lineup
    bib = lineup.bibs[entry]
    contest = lineup.entries[entry].contest
    effort = Effort(
        entry, code, bib, lineup.plans[contest], target.started, bib in state.rest.checked_in,
        (contest, code) in lineup.closed, lineup.about.get(target.key, _NOTHING),
    )  # fmt: skip
    return result_of(effort, target.reads)


def refold(
    state: State, reads: Sequence[Read], rulings: Sequence[Ruling], seq: int
) -> set[StartKey]:
    """Bring a state up to date with new lines; returns the starts whose results were refolded.

    A read touches the starts of its bib. A ruling that reaches further folds everything.
    """
    if rulings or any(_reaches_far(state, read) for read in reads):
        journal = Journal((*state.reads, *reads), (*state.rulings, *rulings), seq)
        fresh = fold(state.event, state.roster, journal)
        for name in State.__slots__:
            setattr(state, name, getattr(fresh, name))
        return set(state.results)
    state.reads.extend(reads)
    state.seq = seq
    found = attribute(reads, state.routes, state.fix)
    state.rest.anomalies.extend(found.anomalies)
    touched = {target.key for read in reads for target in _targets(state, read)}
    for key in touched:
        state.results[key] = _result(state, state.targets[key])
    return touched


def _targets(state: State, read: Read) -> Iterable[Target]:
    bib = read.bib or state.lineup.chips.get(read.chip or "", "")
    return state.routes.by_bib.get(bib, ())


def _reaches_far(state: State, read: Read) -> bool:
    """Whether a read is a half of two streams, a check-in, or one that a ruling already names."""
    names_nobody = not read.bib and not read.chip
    return (
        names_nobody
        or read.at is None
        or read.source == "desk"
        or read.station in state.fix.stations
    )


def anomalies_of(state: State) -> list[Anomaly]:
    """Collect everything officials should look at, in a stable order; cleared ones are marked."""
    found = {
        anomaly.key: anomaly
        for anomaly in (
            *state.doubts,
            *state.lineup.anomalies,
            *state.rest.anomalies,
            *state.streams.anomalies,
            *_missing_guns(state),
            *(each for result in state.results.values() for each in result.anomalies),
        )
    }
    cleared = state.cleared
    return [
        anomaly._replace(cleared=anomaly.key in cleared)
        for anomaly in sorted(found.values(), key=lambda each: (each.code, each.key))
    ]


def _missing_guns(state: State) -> list[Anomaly]:
    waves = {
        state.lineup.starts[key].wave
        for key, target in state.targets.items()
        if target.started is None and target.reads
    }
    return [about("no_gun", wave, wave=wave) for wave in waves]
