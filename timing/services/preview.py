"""What a ruling would change, before it is made: every result and every place that moves.

The journal is folded once more with the ruling in it; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from timing.core.fold.standings import Row
from timing.core.fold.whole import State, fold
from timing.core.journal.lines import Journal, Ruling
from timing.core.journal.rulings import Act
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Roster
from timing.core.telling import difference
from timing.core.telling.difference import Change
from timing.core.telling.listing import all_notes, shown_time
from timing.services.entrants.classify import categories_of
from timing.services.house import House, UnknownEventError


class Side(NamedTuple):
    """A line of a list before or after. place: "" for the unranked. category: ``2 W40``, or "".

    notes: what stands beside the time, with the bodies of records.
    """

    place: str
    time: str
    category: str = ""
    notes: str = ""

    @property
    def result(self) -> tuple[str, str]:
        """What is of the entry alone."""
        return self.time, self.notes


class Move(NamedTuple):
    """Somebody whose line changes; a side is None where the entry is not listed."""

    contest: str
    round: str
    bib: str
    name: str
    before: Side | None
    after: Side | None


class Preview(NamedTuple):
    """All lines that change. results: of how many the time, status or notes; places: the place."""

    moves: tuple[Move, ...]
    results: int
    places: int


NOTHING = Preview((), 0, 0)


def preview(house: House, slug: str, acts: Sequence[Act]) -> Preview:
    """Say what would change if these rulings were made now. Raises UnknownEventError."""
    now = house.clock()
    rulings = [Ruling("preview", n, now, act) for n, act in enumerate(acts, 1)]
    found = house.live.ask(slug, lambda state: _ruled(state, rulings))
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
    after = fold(event, roster, journal)
    was, will = categories_of(state.event, state.roster), categories_of(event, roster)
    return _counted(difference.difference(state, after, was, will))


def _ruled(state: State, rulings: Sequence[Ruling]) -> Preview:
    """Rank before and after. ``state`` is only looked at."""
    categories = categories_of(state.event, state.roster)
    return _counted(difference.preview(state, rulings, categories))


def _move(change: Change) -> Move:
    row = change.after or change.before
    return Move(
        contest=change.contest.code,
        round=change.round,
        bib=row.bib if row else "",
        name=change.entry.name,
        before=_side(change.contest, change.before),
        after=_side(change.contest, change.after),
    )


def _side(contest: Contest, row: Row | None) -> Side | None:
    if row is None:
        return None
    place = "" if row.place is None else f"{row.place}{'=' * row.tied}"
    own = row.category_place
    category = row.category if own is None else f"{own} {row.category}"
    notes = " ".join(all_notes(contest, row))
    return Side(place, shown_time(contest, row.result), category, notes)


def _standing(side: Side | None) -> tuple[str, str] | None:
    """What counts as a place: in the list, and in the category."""
    return None if side is None else (side.place, side.category)


def _counted(changes: Iterable[Change]) -> Preview:
    """Keep what a reader of the list would see; a gap alone is no change of its own."""
    told = tuple(move for move in map(_move, changes) if move.before != move.after)
    return Preview(
        told,
        results=sum((m.before and m.before.result) != (m.after and m.after.result) for m in told),
        places=sum(_standing(m.before) != _standing(m.after) for m in told),
    )
