"""What a ruling would change, before it is made: every result and every place that moves.

The journal is folded once more with the ruling in it; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from timing.core.fold.standings import Row, Standings, standings_of
from timing.core.fold.whole import State, fold
from timing.core.journal.lines import Journal, Ruling
from timing.core.journal.rulings import Act
from timing.core.setup.event import Event
from timing.core.setup.roster import EntryId, Roster
from timing.core.telling.listing import shown_time
from timing.services.entrants.classify import categories_of
from timing.services.house import House, UnknownEventError

Key = tuple[str, str]
"""(contest, round)."""


class Side(NamedTuple):
    """A line of a list before or after. place: "" for the unranked. category: ``2 W40``, or ""."""

    place: str
    time: str
    category: str = ""


class Move(NamedTuple):
    """Somebody whose line changes; a side is None where the entry is not listed."""

    contest: str
    round: str
    bib: str
    name: str
    before: Side | None
    after: Side | None


class Preview(NamedTuple):
    """All lines that change. results: of how many the time or status; places: the place."""

    moves: tuple[Move, ...]
    results: int
    places: int


NOTHING = Preview((), 0, 0)


def preview(house: House, slug: str, acts: Sequence[Act]) -> Preview:
    """Say what would change if these rulings were made now. Raises UnknownEventError."""
    now = house.clock()
    rulings = tuple(Ruling("preview", n, now, act) for n, act in enumerate(acts, 1))
    found = house.live.ask(slug, lambda state: _compared(state, rulings))
    if found is None:
        raise UnknownEventError(slug)
    return found


def preview_setup(house: House, slug: str, event: Event) -> Preview:
    """Say what would change with this setup in place of the present one.

    Raises UnknownEventError.
    """
    found = house.live.ask(slug, lambda state: _with_setup(state, event))
    if found is None:
        raise UnknownEventError(slug)
    return found


def _with_setup(state: State, event: Event) -> Preview:
    """Rank by the new setup; a contest that is not in both shows all its lines."""
    contests = {each.code for each in event.contests}
    entries = tuple(each for each in state.roster.entries if each.contest in contests)
    here = {entry.id for entry in entries}
    starts = tuple(start for start in state.roster.starts if start.entry in here)
    journal = Journal(tuple(state.reads), tuple(state.book.rulings), state.seq)
    roster = Roster(entries=entries, starts=starts)
    after = _lists(fold(event, roster, journal), categories_of(event, roster))
    before = _lists(state, categories_of(state.event, state.roster))
    keys = {**before, **after}
    return _counted(move for key in keys for move in _moves(key, before.get(key), after.get(key)))


def _compared(state: State, rulings: tuple[Ruling, ...]) -> Preview:
    """Rank before and after. ``state`` is only looked at."""
    journal = Journal(tuple(state.reads), (*state.book.rulings, *rulings), state.seq)
    categories = categories_of(state.event, state.roster)
    after = _lists(fold(state.event, state.roster, journal), categories)
    before = _lists(state, categories)
    return _counted(
        move for key, standings in after.items() for move in _moves(key, before[key], standings)
    )


def _lists(state: State, categories: Mapping[EntryId, str]) -> dict[Key, Standings]:
    return {
        (contest.code, each.code): standings_of(state, contest, each.code, categories)
        for contest in state.event.contests
        for each in contest.rounds
    }


def _moves(key: Key, before: Standings | None, after: Standings | None) -> Iterator[Move]:
    old, new = _sides(before), _sides(after)
    for entry, (row, side) in new.items():
        there = old[entry][1] if entry in old else None
        if there != side:
            yield Move(*key, row.bib, row.entry.name, there, side)
    for entry, (row, side) in old.items():
        if entry not in new:
            yield Move(*key, row.bib, row.entry.name, side, None)


def _sides(standings: Standings | None) -> Mapping[int, tuple[Row, Side]]:
    if standings is None:
        return {}
    return {row.entry.id: (row, _side(standings, row)) for row in standings.rows}


def _side(standings: Standings, row: Row) -> Side:
    place = "" if row.place is None else f"{row.place}{'=' * row.tied}"
    own = row.category_place
    category = row.category if own is None else f"{own} {row.category}"
    return Side(place, shown_time(standings.contest, row.result), category)


def _standing(side: Side | None) -> tuple[str, str] | None:
    """What counts as a place: in the list, and in the category."""
    return None if side is None else (side.place, side.category)


def _counted(moves: Iterable[Move]) -> Preview:
    told = tuple(moves)
    return Preview(
        told,
        results=sum((m.before and m.before.time) != (m.after and m.after.time) for m in told),
        places=sum(_standing(m.before) != _standing(m.after) for m in told),
    )
