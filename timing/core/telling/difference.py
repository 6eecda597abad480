"""What changed between two folds of one event, entry by entry, and the rulings that did it.

The correction notice, and the preview of a ruling before it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from timing.core.clock import format_duration
from timing.core.fold.effort import RULED
from timing.core.fold.standings import Row, Standings, standings_of
from timing.core.fold.whole import State, fold
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Contest
from timing.core.setup.roster import Entry, EntryId
from timing.core.telling.causes import Cause, causes_between, concerns
from timing.core.telling.sentences import Telling

Key = tuple[str, str]
"""(contest, round)."""


class Change(NamedTuple):
    """One entry whose line of a list is not what it was; a side is None where it is not listed.

    own: its own result changed, not only its place among the others. causes: the rulings about
    it; where only the place moved, those about whoever changed. reads: new reads that count.
    """

    contest: Contest
    round: str
    entry: Entry
    before: Row | None
    after: Row | None
    own: bool
    causes: tuple[Cause, ...]
    reads: tuple[Read, ...]

    @property
    def sentence(self) -> Telling:
        """The change in words."""
        row = self.after or self.before
        params = {"bib": row.bib if row else "", "name": self.entry.name}
        sides = {"before": self._shown(self.before), "after": self._shown(self.after)}
        code = "listed" if self.before is None else "unlisted" if self.after is None else "changed"
        return Telling(code, params | sides)

    def _shown(self, row: Row | None) -> str:
        """``3. 6:45.2``, ``2=. 6:45``, ``1. 12 laps, 59:10`` or ``DQ (TR16.8)``."""
        if row is None:
            return ""
        result = row.result
        if row.place is None:
            return f"{result.status} ({result.rule})" if result.rule else result.status.value
        time = format_duration(result.official) if result.official is not None else ""
        by_laps = self.contest.rules.basis is Basis.LAPS
        laps = f"{result.laps} lap{'s' * (result.laps != 1)}" if by_laps else ""
        what = ", ".join(filter(None, (laps, time)))
        return f"{row.place}{'=' * row.tied}. {what}"


def difference(
    before: State,
    after: State,
    categories: Mapping[EntryId, str] | None = None,
    later: Mapping[EntryId, str] | None = None,
) -> list[Change]:
    """Compare two folds; in the order of the newer lists, then who is no longer listed.

    categories: of each entry, for places within them. later: after the change, if others.
    """
    causes = causes_between(before, after)
    old = _lists(before, categories or {})
    new = _lists(after, (categories if later is None else later) or {})
    return [
        change
        for key in {**new, **old}
        for change in _traced(before, after, causes, list(_changes(key, old, new)))
    ]


def preview(
    state: State, rulings: Sequence[Ruling], categories: Mapping[EntryId, str] | None = None
) -> list[Change]:
    """Say what would change with these rulings. The state is only looked at: a copy is folded."""
    journal = Journal(tuple(state.reads), (*state.book.rulings, *rulings), state.seq)
    return difference(state, fold(state.event, state.roster, journal), categories)


def _lists(state: State, categories: Mapping[EntryId, str]) -> dict[Key, Standings]:
    return {
        (contest.code, each.code): standings_of(state, contest, each.code, categories)
        for contest in state.event.contests
        for each in contest.rounds
    }


def _changes(
    key: Key, before: Mapping[Key, Standings], after: Mapping[Key, Standings]
) -> Iterator[Change]:
    """The lines that differ, without their causes."""
    contest = (after.get(key) or before[key]).contest
    old = {row.entry.id: row for row in before[key].rows} if key in before else {}
    new = {row.entry.id: row for row in after[key].rows} if key in after else {}
    for entry in {**new, **old}:
        one, other = old.get(entry), new.get(entry)
        row = other or one
        if row is not None and one != other:
            own = one is None or other is None or _own(one) != _own(other)
            yield Change(contest, key[1], row.entry, one, other, own, (), ())


def _own(row: Row) -> tuple[object, ...]:
    """What of a line does not depend on the others."""
    return (row.entry, row.bib, row.start, row.result, row.category)


def _traced(
    before: State, after: State, causes: Sequence[Cause], changes: Sequence[Change]
) -> Iterator[Change]:
    """Give each change of one list its causes."""
    traced = [
        change._replace(
            causes=tuple(
                cause
                for cause in causes
                if any(
                    row is not None and concerns(state, cause.ruling, row)
                    for state, row in ((before, change.before), (after, change.after))
                )
            ),
            reads=_new_reads(change),
        )
        for change in changes
    ]
    of_the_list = {cause: None for change in traced if change.own for cause in change.causes}
    for change in traced:
        yield change if change.own or change.causes else change._replace(causes=tuple(of_the_list))


def _new_reads(change: Change) -> tuple[Read, ...]:
    if change.after is None:
        return ()
    known = set(change.before.result.reads) if change.before else set()
    return tuple(
        read for read in change.after.result.reads if read not in known and read.source != RULED
    )
