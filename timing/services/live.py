"""What the journal means now, kept in memory: one fold an event, refreshed by one thread at a time.

Others are handed the last snapshot, which never changes. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple, TypeVar

from timing.core.clock import SECOND, Instant
from timing.core.fold.standings import Standings, standings_of
from timing.core.fold.whole import State, anomalies_of, fold, refit, refold
from timing.core.journal.anomalies import Anomaly
from timing.core.journal.lines import Journal
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry, EntryId, Roster, StartKey
from timing.core.telling.conditions import with_wind
from timing.core.telling.fates import as_called_off
from timing.services.watching import of_entries, of_times
from timing.store import journal, setup
from timing.store.connect import Store, Tx
from timing.store.rereading import Reading, read_roster

T = TypeVar("T")
Key = tuple[str, str]
"""(contest, round)."""
Classify = Callable[[Event, Roster], Mapping[EntryId, str]]
"""Gives each entry its category by the schemes of its contest."""


class Snapshot(NamedTuple):
    """An event as the journal has it up to seq. setup: counts changes of setup and roster.

    taken: when the journal was last looked at. changed: when something new was found.
    last_finish: the newest finish of the event.
    """

    event: Event
    roster: Roster
    seq: int
    setup: int
    taken: Instant
    changed: Instant
    standings: Mapping[Key, Standings]
    anomalies: tuple[Anomaly, ...]
    last_finish: Instant | None


@dataclass(slots=True)
class _Watch:
    """One event under observation; state belongs to whoever holds the lock.

    number: of the event in the database. reading: the roster as it was read. pending: lists with
    starts that are folded and not ranked yet; None: all of them, and all categories are to be
    found anew.
    """

    lock: Lock = field(default_factory=Lock)
    state: State | None = None
    number: int = 0
    reading: Reading | None = None
    setup: int = -1
    categories: Mapping[EntryId, str] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    pending: set[Key] | None = None


class Live:
    """Snapshots of all events. Safe to share between threads."""

    def __init__(
        self, store: Store, clock: Callable[[], Instant], classify: Classify, pause: int = SECOND
    ) -> None:
        """Keep folds of the events of a store. pause: microseconds between two looks."""
        self._store, self._clock, self._classify, self._pause = store, clock, classify, pause
        self._watches: dict[str, _Watch] = {}
        self._lock = Lock()

    def snapshot(self, slug: str, *, fresh: bool = False) -> Snapshot | None:
        """Give the event as it stands, None if there is no such event.

        fresh: include every line that is committed now; else a look at most once a pause, by one
        thread, while the others get the last snapshot.
        """
        watch = self._watch(slug)
        last = watch.snapshot
        if last is not None and not fresh and self._clock() - last.taken < self._pause:
            return last
        if last is not None and not fresh:
            if not watch.lock.acquire(blocking=False):
                return last
        else:
            watch.lock.acquire()
        try:
            return self._look(slug, watch)
        finally:
            watch.lock.release()

    def ask(self, slug: str, question: Callable[[State], T]) -> T | None:
        """Let a function look at the whole state, up to date; it must not change it.

        Nothing is ranked for it. Returns its answer, or None if there is no such event.
        """
        watch = self._watch(slug)
        with watch.lock:
            state = self._catch_up(slug, watch)
            return None if state is None else question(state)

    def holds(self, slug: str) -> bool:
        """Whether the fold of an event is in memory, so that a look at it costs little."""
        with self._lock:
            watch = self._watches.get(slug)
        return watch is not None and watch.state is not None

    def forget(self, slug: str) -> None:
        """Drop what is in memory of an event; the next look folds everything again."""
        with self._lock:
            self._watches.pop(slug, None)

    def _watch(self, slug: str) -> _Watch:
        with self._lock:
            return self._watches.setdefault(slug, _Watch())

    def _look(self, slug: str, watch: _Watch) -> Snapshot | None:
        """Bring one watch up to date and rank. The caller holds its lock."""
        state = self._catch_up(slug, watch)
        if state is None:
            return None
        watch.snapshot = self._snapshot(watch, state, watch.pending)
        watch.pending = set()
        return watch.snapshot

    def _catch_up(self, slug: str, watch: _Watch) -> State | None:
        """Fold what is new. The caller holds the lock of the watch."""
        with self._store.read() as tx:
            found = setup.find_event(tx, slug)
            if found is None:
                watch.state = watch.snapshot = watch.pending = None
                return None
            seq, version = journal.head(tx, found)
            state = watch.state
            if state is None or watch.number != found or state.seq > seq:
                return self._begin(watch, tx, found, version)
            if watch.setup == version and state.seq == seq:
                return state
            new = journal.load_journal(tx, found, after=state.seq)
            if watch.setup == version:
                touched = refold(state, new.reads, new.rulings, new.seq)
                _stand_in(watch, touched, state.lineup.entries)
            else:
                reading = read_roster(tx, found, watch.reading)
                self._refit(watch, state, setup.load_event_numbered(tx, found), reading, new)
                watch.setup = version
        return state

    def _begin(self, watch: _Watch, tx: Tx, found: int, version: int) -> State:
        """Fold everything that the database has of an event."""
        event, watch.reading = setup.load_event_numbered(tx, found), read_roster(tx, found)
        state = fold(event, watch.reading.roster, journal.load_journal(tx, found))
        watch.state, watch.number = state, found
        watch.setup, watch.pending = version, None
        return state

    def _refit(
        self, watch: _Watch, state: State, event: Event, reading: Reading, new: Journal
    ) -> None:
        """Take over another setup or roster and new lines; what is as it was stays."""
        known = {entry.id: entry for entry in state.roster.entries}
        fresh = [each for each in reading.roster.entries if each is not known.get(each.id)]
        before = state.lineup.entries
        touched = refit(state, event, reading.roster, new)
        watch.reading = reading
        if touched is None:
            watch.pending = None
        elif watch.pending is not None:
            changed = self._classify(event, Roster(entries=tuple(fresh)))
            watch.categories = {**watch.categories, **changed}
            _stand_in(watch, touched, before, state.lineup.entries)

    def _snapshot(self, watch: _Watch, state: State, stale: set[Key] | None) -> Snapshot:
        """Rank again what is stale; None: everything."""
        last = watch.snapshot
        same = last is not None and last.seq == state.seq and last.setup == watch.setup
        if last is not None and same and stale is not None and not stale:
            return last._replace(taken=self._clock())
        if stale is None:
            watch.categories = self._classify(state.event, state.roster)
        old = last.standings if last is not None and stale is not None else {}
        standings = {
            key: old[key]._replace(seq=state.seq)
            if key in old and key not in (stale or ())
            else standings_of(state, contest, key[1], watch.categories)
            for contest in state.event.contests
            for key in ((contest.code, each.code) for each in contest.rounds)
        }
        event = as_ruled(state)
        watched = (
            *of_times(standings.values(), event, state.cleared),
            *of_entries(event, state.roster, state.cleared),
        )
        return Snapshot(
            event=event,
            roster=state.roster,
            seq=state.seq,
            setup=watch.setup,
            taken=self._clock(),
            changed=self._clock(),
            standings=standings,
            anomalies=(*anomalies_of(state), *watched),
            last_finish=_last_finish(standings.values()),
        )


def as_ruled(state: State) -> Event:
    """The setup as it is shown: with the winds that were read, and what is called off."""
    lineup = state.lineup
    return as_called_off(with_wind(state.event, state.live), lineup.called_off, lineup.guns)


def _stand_in(
    watch: _Watch, touched: Iterable[StartKey], *lineups: Mapping[EntryId, Entry]
) -> None:
    """Note the lists in which starts stand, or stood before they were changed."""
    if watch.pending is not None:
        watch.pending |= {
            (entries[entry].contest, code)
            for entry, code in touched
            for entries in lineups
            if entry in entries
        }


def _last_finish(standings: Iterable[Standings]) -> Instant | None:
    """The newest last passing of whoever is ranked; no split is built for it."""
    results = (row.result for each in standings for row in each.ranked)
    finishes = (each.reads[len(each.elapsed) - 1].at for each in results if each.elapsed)
    return max((at for at in finishes if at is not None), default=None)
