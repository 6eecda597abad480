"""Parts of lists as other programs ask for them: so many rows after a position, safe fields only.

Looks, never writes. The order is that of the standings; nothing is ranked or sorted by a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from timing.core.fold.standings import Row, Standings
from timing.core.fold.whole import State
from timing.core.setup.discretion import as_shown
from timing.core.setup.event import Contest
from timing.core.setup.roster import Entry, EntryId, Start
from timing.core.telling.choosing import Choice, choose
from timing.core.telling.listing import shown_name
from timing.services.house import House
from timing.services.live import Live, Snapshot
from timing.services.public.field import Field, field_of, names_of
from timing.services.public.recordbook import marks_of
from timing.services.public.shown import kept_back, newest_round, public
from timing.services.publications import publishing
from timing.services.publications.frozen import Change, Rows, differences
from timing.store.publications import Sheet


class Wish(NamedTuple):
    """What is asked of a list. after: a position in the whole list; most: rows at once."""

    words: str = ""
    choice: Choice = Choice()
    after: int = 0
    most: int = 200


class Excerpt(NamedTuple):
    """Rows with their positions (from 1) in the whole list.

    found: how many rows are asked for, on all parts. following: the position after which the next
    part begins, None at the end. marks: of each entry, beside its time.
    """

    standings: Standings
    rows: tuple[tuple[int, Row], ...]
    found: int
    following: int | None
    marks: Mapping[EntryId, tuple[str, ...]]


class Entrant(NamedTuple):
    """Somebody who is entered. bib: as it is worn now. category: "" where no list has it yet."""

    entry: Entry
    bib: str
    category: str
    starts: tuple[Start, ...]


class Printed(NamedTuple):
    """A publication as it may be shown today: who is kept back since is kept back in it, too."""

    sheet: Sheet
    rows: Rows


def contest_of(house: House, slug: str, code: str) -> tuple[Snapshot, Contest] | None:
    """Give a contest of a public event, or None."""
    snapshot = public(house, slug)
    contest = snapshot.event.contest(code) if snapshot else None
    return None if snapshot is None or contest is None else (snapshot, contest)


def chosen_round(snapshot: Snapshot, contest: Contest, code: str) -> str | None:
    """Give the round of a code, the last that has begun for "", None for an unknown one."""
    if not code:
        return newest_round(snapshot, contest)
    return code if (contest.code, code) in snapshot.standings else None


def excerpt(
    house: House, snapshot: Snapshot, contest: Contest, round_code: str, wish: Wish
) -> Excerpt:
    """Give the rows of a round that are asked for, in their order."""
    field = field_of(house, snapshot.event.slug, snapshot.standings[contest.code, round_code])
    rows = _wanted(house, snapshot, field, wish)
    positions = _positions(field)
    left = [(positions[row.entry.id], row) for row in rows]
    left = [pair for pair in left if pair[0] > wish.after]
    shown = tuple(left[: wish.most])
    return Excerpt(
        standings=field.standings,
        rows=shown,
        found=len(rows),
        following=shown[-1][0] if len(left) > len(shown) else None,
        marks=marks_of(field, snapshot),
    )


def _wanted(house: House, snapshot: Snapshot, field: Field, wish: Wish) -> Sequence[Row]:
    words = wish.words.strip()
    if not words:
        return choose(field.standings.rows, wish.choice)
    found = names_of(house, snapshot).find(words)
    worn = field.wearers.get(words, ())
    return choose(field.rows_of([*found, *(row.entry.id for row in worn)]), wish.choice)


def _positions(field: Field) -> Mapping[EntryId, int]:
    return field.once(
        "positions", lambda: {row.entry.id: n for n, row in enumerate(field.standings.rows, 1)}
    )


def positions(house: House, snapshot: Snapshot) -> Callable[[str, str, Row], int]:
    """Give what tells the position (from 1) of a row in the list of a contest and round."""

    def tell(contest: str, round_code: str, row: Row) -> int:
        field = field_of(house, snapshot.event.slug, snapshot.standings[contest, round_code])
        return _positions(field)[row.entry.id]

    return tell


class Entrants(NamedTuple):
    """Some of those who are entered. found: how many there are on all parts."""

    found: int
    listed: list[Entrant]


def entrants(
    house: House, snapshot: Snapshot, contest: str = "", after: int = 0, most: int | None = None
) -> Entrants:
    """List who is entered, by contest and then by bib; so many after a position."""

    def question(state: State) -> Entrants:
        order = _order(house, snapshot, state).get(contest, [])
        end = len(order) if most is None else after + most
        return Entrants(
            len(order), [_entrant(house, snapshot, state, each) for each in order[after:end]]
        )

    return house.live.ask(snapshot.event.slug, question) or Entrants(0, [])


def _entrant(house: House, snapshot: Snapshot, state: State, number: EntryId) -> Entrant:
    entry, starts = state.lineup.entries[number], state.lineup.starts
    contest = snapshot.event.contest(entry.contest)
    codes = [each.code for each in contest.rounds] if contest else []
    rows = (
        field_of(house, snapshot.event.slug, snapshot.standings[entry.contest, code]).entries
        for code in codes
    )
    category = next((each[number].category for each in rows if number in each), entry.category)
    return Entrant(
        as_shown(entry, snapshot.event),
        state.lineup.bibs.get(number, entry.bib),
        category,
        tuple(starts[number, code] for code in codes if (number, code) in starts),
    )


_Order = Mapping[str, list[EntryId]]
_orders: WeakKeyDictionary[Live, dict[str, tuple[tuple[int, int], _Order]]] = WeakKeyDictionary()


def _order(house: House, snapshot: Snapshot, state: State) -> _Order:
    """The entries of each contest, and of "" all, in their order; sorted once for many readers."""
    kept, slug = _orders.setdefault(house.live, {}), snapshot.event.slug
    stamp = (state.seq, snapshot.setup)
    if slug not in kept or kept[slug][0] != stamp:
        places = {each.code: place for place, each in enumerate(snapshot.event.contests)}
        bibs = state.lineup.bibs

        def first(entry: Entry) -> tuple[int, int, str, EntryId]:
            bib = bibs.get(entry.id, entry.bib)
            return (places[entry.contest], len(bib), bib, entry.id)

        order: dict[str, list[EntryId]] = {"": []}
        for entry in sorted(state.lineup.entries.values(), key=first):
            order[""].append(entry.id)
            order.setdefault(entry.contest, []).append(entry.id)
        kept[slug] = (stamp, order)
    return kept[slug][1]


def printed(house: House, snapshot: Snapshot, contest: str, version: int) -> Printed | None:
    """Give what a version of a contest says, or None."""
    sheet = publishing.sheet(house, snapshot.event.slug, contest, version)
    return None if sheet is None else Printed(sheet, _discreet(house, snapshot, sheet.rows))


def changes(
    house: House, snapshot: Snapshot, contest: str, older: int, newer: int
) -> list[Change] | None:
    """Say what a version changed against an older one; version 0 is empty. None for no version."""
    new = printed(house, snapshot, contest, newer)
    old = printed(house, snapshot, contest, older) if older else None
    if new is None or (old is None and older):
        return None
    return differences(old.rows if old else [], new.rows)


def _discreet(house: House, snapshot: Snapshot, rows: Sequence[Any]) -> Rows:
    veiled = kept_back(house, snapshot.event.slug)
    return [
        part | {"lines": [_veiled(line, veiled.get(line["entry"])) for line in part["lines"]]}
        for part in rows
    ]


def _veiled(line: dict[str, Any], shown: Entry | None) -> dict[str, Any]:
    if shown is None:
        return line
    club = "" if shown.hidden else line["club"]
    return line | {"name": shown_name(shown), "club": club, "born": shown.born[:4]}
