"""The fold: setup and journal in, results and anomalies out. Pure, total, deterministic.

Two stages: a result is local to one start, ranking is global (``core.fold.standings``).
Only the first is incremental; ``refold`` and ``refit`` equal folding everything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from timing.core.fold.attribution import halves, nameless, pile_up
from timing.core.fold.collector import collector_paused
from timing.core.fold.increment import Increment
from timing.core.fold.lineup import line_up, targets_of
from timing.core.fold.realignment import join_again, line_up_again, rows_changed
from timing.core.fold.references import loose_ends
from timing.core.fold.settling import (
    settle,
    settle_again,
    settle_all_cleanly,
    settle_without_bib,
    starts_of,
)
from timing.core.fold.state import State
from timing.core.journal.anomalies import Anomaly, about
from timing.core.journal.clashes import clash, clashes_of
from timing.core.journal.corrections import all_applied, corrections
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.journal.streams import Streams, join
from timing.core.journal.withdrawals import Book
from timing.core.setup.event import Event
from timing.core.setup.roster import Roster, StartKey
from timing.core.status import Status

__all__ = ["State", "anomalies_of", "fold", "refit", "refold"]


def fold(event: Event, roster: Roster, journal: Journal) -> State:
    """Fold the whole journal. The order of its lines does not matter."""
    with collector_paused():
        book = Book(journal.rulings)
        lineup = line_up(event, roster, book.live)
        targets, known = targets_of(event, lineup)
        fix = corrections(book.live)
        piles = pile_up(all_applied(journal.reads, fix), lineup.chips)
        times, doubts = nameless(piles.get(None, ()))
        state = State(
            event, roster, journal.seq, list(journal.reads), book, lineup, targets, known, fix,
            piles, doubts, Streams({}, [], []),
        )  # fmt: skip
        unsettled = settle_all_cleanly(state)
        state.clashes = clashes_of(_perhaps_clashing(state, journal, unsettled))
        bibs = [read for bib in unsettled for read in halves(bib, piles.get(bib, ()))]
        state.halved = {str(read.bib) for read in bibs}
        state.streams = join(times, bibs, book.live)
        for read in state.streams.joined:
            piles[read.bib].append(read)
        for bib in unsettled:
            settle(state, bib)
        for target in targets.values():
            if not target.bib:
                settle_without_bib(state, target)
        return state


def _perhaps_clashing(
    state: State, journal: Journal, unsettled: Iterable[str]
) -> Iterator[Read | Ruling]:
    """Leave out the reads of a bib that was settled the short way, which only plain lines take."""
    yield from journal.rulings
    if any(n < 0 for _, n in state.fix.of_line):  # it may be voided and on no pile
        yield from journal.reads
        return
    for bib in (None, *unsettled):
        yield from state.piles.get(bib, ())


def refold(
    state: State, reads: Sequence[Read], rulings: Sequence[Ruling], seq: int
) -> set[StartKey]:
    """Bring a state up to date with new lines.

    Returns the starts whose result, bib or row of the start list changed, and those whose order
    in a tie was ruled; places change by no other cause. Lines cost what they concern; only the
    clock of a station, and two rulings under one number, fold everything.
    """
    step = Increment(state)
    step.take(reads, rulings)
    state.seq = seq
    return _brought_up_to_date(step, rulings)


def refit(state: State, event: Event, roster: Roster, new: Journal) -> set[StartKey] | None:
    """Bring a state up to date with what was changed in setup and roster, and with new lines.

    new: the lines since the state was folded. Returns what ``refold`` does, those who are no
    longer entered included; None where the setup of the event changed and with it perhaps all.
    """
    same = event == state.event
    state.event, state.roster = event, roster
    step = Increment(state)
    step.take(new.reads, new.rulings)
    state.seq = new.seq
    step.lined_up = True
    step.far = step.far or not same
    changed = _brought_up_to_date(step, new.rulings)
    return changed if same else None


def _brought_up_to_date(step: Increment, rulings: Iterable[Ruling]) -> set[StartKey]:
    """Work out anew what has to be; returns the starts of which something else is shown."""
    changed = _fold_again(step, rulings) if step.far else _followed(step)
    return changed | (step.shown & step.state.results.keys())


def _followed(step: Increment) -> set[StartKey]:
    """Work out anew what lines or another roster touched; returns the starts that changed."""
    state = step.state
    if step.lined_up:
        with collector_paused():
            line_up_again(step)
    if step.nameless or step.streams:
        join_again(step)
    touched = {key for bib in step.bibs for key in starts_of(state, bib)} | step.bare
    before = {key: state.results.get(key) for key in touched}
    for bib in step.bibs:
        settle_again(state, bib)
    for key in step.bare:
        settle_without_bib(state, state.targets[key])
    return step.gone | {key for key, was in before.items() if state.results[key] != was}


def _fold_again(step: Increment, rulings: Iterable[Ruling]) -> set[StartKey]:
    """Fold everything into the same state; returns the starts whose result changed.

    rulings: the new ones, because the book keeps one of two under one number.
    """
    state = step.state
    journal = Journal(tuple(state.reads), (*state.book.rulings, *rulings), state.seq)
    fresh = fold(state.event, state.roster, journal)
    changed = {
        key
        for key in state.results.keys() | fresh.results.keys()
        if state.results.get(key) != fresh.results.get(key)
    }
    step.shown |= rows_changed(state.lineup, fresh.lineup)
    for each in fields(State):
        setattr(state, each.name, getattr(fresh, each.name))
    return changed


def anomalies_of(state: State) -> list[Anomaly]:
    """Collect everything officials should look at, in a stable order; cleared ones are marked."""
    found = {
        anomaly.key: anomaly
        for anomaly in (
            *state.book.doubts(),
            *loose_ends(state.event, state.lineup, state.live, state.has_line),
            *state.lineup.anomalies,
            *state.nameless,
            *(each for stray in state.strays.values() for each in stray),
            *state.streams.anomalies,
            *_missing_guns(state),
            *map(clash, state.clashes),
            *(each for result in state.results.values() for each in result.anomalies),
        )
    }
    cleared = state.cleared
    return [
        anomaly._replace(cleared=anomaly.key in cleared)
        for anomaly in sorted(found.values(), key=lambda each: (each.code, each.key))
    ]


def _missing_guns(state: State) -> Iterator[Anomaly]:
    """Name the waves without a gun of which somebody was seen."""
    waves = {
        state.lineup.starts[key].wave
        for key, result in state.results.items()
        if result.started is None
        and (result.reads or result.unused)
        and result.status is not Status.CXL
    }
    for wave in waves:
        yield about("no_gun", wave, wave=wave)
