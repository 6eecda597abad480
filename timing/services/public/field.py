"""What is worked out once from a list and then read by many: offers, progress, splits, searches.

Kept as long as the list or the roster it comes from is the newest; forgotten with the house.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from threading import Lock
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from timing.core.clock import Instant
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.rules import Basis
from timing.core.setup.roster import Entry, EntryId, Roster, Sex
from timing.core.status import Status
from timing.core.telling.choosing import Offer, club_of, delegation_of, offer_of
from timing.core.telling.intermediate import Ladder, ladder_of
from timing.core.telling.listing import Line, line_of
from timing.services.house import House
from timing.services.live import Live, Snapshot
from timing.store.folding import fold_text

T = TypeVar("T")
_MOST_LINES = 10_000
_LAST_LETTER = "\U0010ffff"


class Progress(NamedTuple):
    """How far a round is. expected: on the start list.

    waiting: for the gun, or after it not seen anywhere yet. begun: there was a gun, or somebody is
    under way; before, the list is the start list.
    """

    expected: int
    finished: int
    on_course: int
    waiting: int
    begun: bool


def gun_of(standings: Standings) -> Instant | None:
    """Give the moment of the first gun of the round."""
    heard = (row.result.started for row in standings.rows)
    return min((at for at in heard if at is not None), default=None)


class Field:
    """The list of one round, with what is asked of it again and again. Each is made when asked."""

    def __init__(self, standings: Standings, before: Field | None = None) -> None:
        """Keep a list. before: the same list a moment ago; its lines that still hold are kept."""
        self.standings = standings
        self._kept: dict[str, Any] = {}
        same = before is not None and before.standings.contest == standings.contest
        self.printed: dict[EntryId, tuple[Row, Line]] = before.printed if same and before else {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Give something else about this list, made when it is first asked for."""
        if name not in self._kept:
            self._kept[name] = make()
        kept: T = self._kept[name]
        return kept

    def line(self, row: Row) -> Line:
        """Print a row of the list; one that did not change is not printed again."""
        kept = self.printed.get(row.entry.id)
        if kept is None or kept[0] != row:
            if len(self.printed) > _MOST_LINES:
                self.printed.clear()
            kept = self.printed[row.entry.id] = (row, line_of(self.standings.contest, row))
        return kept[1]

    @cached_property
    def offer(self) -> Offer:
        """What the list can be narrowed to."""
        return offer_of(self.standings.rows)

    @cached_property
    def progress(self) -> Progress:
        """How many are expected, home and on the course; on laps who still runs is not home."""
        statuses = [row.result.status for row in self.standings.rows]
        return Progress(
            expected=len(statuses),
            finished=statuses.count(Status.OK),
            on_course=statuses.count(Status.RUN),
            waiting=statuses.count(Status.READY),
            begun=self.standings.begun,
        )

    @cached_property
    def ladder(self) -> Ladder:
        """The times at every point."""
        return ladder_of(self.standings.rows)

    @cached_property
    def wearers(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each bib."""
        found: dict[str, list[Row]] = {}
        for row in self.standings.rows:
            found.setdefault(row.bib, []).append(row)
        return found

    @cached_property
    def entries(self) -> Mapping[EntryId, Row]:
        """The row of each entry."""
        return {row.entry.id: row for row in self.standings.rows}

    @cached_property
    def _positions(self) -> Mapping[EntryId, int]:
        return {row.entry.id: index for index, row in enumerate(self.standings.rows)}

    def rows_of(self, entries: Iterable[EntryId]) -> list[Row]:
        """Give the rows of some entries in the order of the list."""
        known, rows = self._positions, self.standings.rows
        return [rows[at] for at in sorted({known[each] for each in entries if each in known})]

    def neighbours(self, row: Row) -> tuple[Row | None, Row | None]:
        """The ranked rows just before and just after a ranked row."""
        if row.place is None:
            return None, None
        rows, at = self.standings.rows, self._positions[row.entry.id]
        after = rows[at + 1] if at + 1 < len(rows) else None
        if after is not None and after.place is None:
            after = None
        return (rows[at - 1] if at else None), after

    @cached_property
    def columns(self) -> frozenset[str]:
        """The optional columns that hold anything at all."""
        rows = self.standings.rows
        contest = self.standings.contest
        laps = contest.rules.basis is Basis.LAPS
        found = {
            "club": any(map(club_of, rows)),
            "nation": any(map(delegation_of, rows)),
            "category": any(row.category for row in rows),
            "sex": contest.legs_of == 1
            and len({row.entry.sex for row in rows} - {Sex.UNKNOWN}) > 1,
            "lane": any(row.start.lane for row in rows),
            "net": not laps and any(row.result.net not in (None, row.result.gun) for row in rows),
        }
        return frozenset(name for name, there in found.items() if there)

    @cached_property
    def gun(self) -> Instant | None:
        """The first gun that was heard."""
        return gun_of(self.standings)

    @cached_property
    def last_finish(self) -> Instant | None:
        """The newest finish of the list."""
        results = (row.result for row in self.standings.rows)
        home = (each for each in results if each.reads and each.status is Status.OK)
        return max((each.reads[-1].at or Instant(0) for each in home), default=None)


class Names:
    """Finds entries by bib or by the beginnings of words of a name, without accents.

    Hidden names are found by their bib only. One word is looked up in a sorted list, the others
    are looked for among its finds.
    """

    def __init__(self, entries: Iterable[Entry], before: Names | None = None) -> None:
        """Index the entries; names that ``before`` knows already are not folded again."""
        known: dict[str, str] = {} if before is None else before.folded
        shown = [(_spoken(entry), entry.id) for entry in entries if not entry.hidden]
        texts = {text for text, _ in shown}
        self.folded: dict[str, str] = {each: known.get(each) or fold_text(each) for each in texts}
        ordered = sorted((self.folded[text], number) for text, number in shown)
        self._names = [name for name, _ in ordered]
        self._ids = [number for _, number in ordered]
        words = [(word, rank) for rank, name in enumerate(self._names) for word in name.split()]
        words.sort()
        self._words = [word for word, _ in words]
        self._ranks = [rank for _, rank in words]

    def find(self, text: str, most: int | None = None) -> list[EntryId]:
        """Give the entries whose names have a word that begins with each word, by name."""
        words = [word[:40] for word in fold_text(text).split()[:8]]
        if not words:
            return []
        spans = sorted((self._span(word) for word in words), key=lambda span: span[1] - span[0])
        low, high = spans[0]
        ranks: Iterable[int] = set(self._ranks[low:high])
        if len(words) > 1:
            wanted = [f" {word}" for word in words]
            ranks = [rank for rank in ranks if all(word in self._names[rank] for word in wanted)]
        chosen = sorted(ranks) if most is None else nsmallest(most, ranks)
        return [self._ids[rank] for rank in chosen]

    def _span(self, word: str) -> tuple[int, int]:
        low = bisect_left(self._words, word)
        return low, bisect_left(self._words, word + _LAST_LETTER, low)


def _spoken(entry: Entry) -> str:
    """The names by which an entry is searched: its own and those of its members."""
    return " ".join((entry.name, *(member.name for member in entry.members)))


class _Shelf:
    """What is kept for one house. Safe to share between threads: a value made twice is one."""

    def __init__(self) -> None:
        self.fields: dict[tuple[str, str, str], Field] = {}
        self.names: dict[str, tuple[Roster, Names]] = {}


_shelves: WeakKeyDictionary[Live, _Shelf] = WeakKeyDictionary()
_lock = Lock()


def _shelf(house: House) -> _Shelf:
    with _lock:
        return _shelves.setdefault(house.live, _Shelf())


def field_of(house: House, slug: str, standings: Standings) -> Field:
    """Give what is known about a list."""
    fields, key = _shelf(house).fields, (slug, standings.contest.code, standings.round)
    kept = fields.get(key)
    if kept is None or kept.standings.rows is not standings.rows:
        kept = fields[key] = Field(standings, kept)
    return kept


def names_of(house: House, snapshot: Snapshot) -> Names:
    """Give the index of the names of an event."""
    names, slug = _shelf(house).names, snapshot.event.slug
    kept = names.get(slug)
    if kept is None or kept[0] is not snapshot.roster:
        fresh = Names(snapshot.roster.entries, kept[1] if kept else None)
        kept = names[slug] = (snapshot.roster, fresh)
    return kept[1]
