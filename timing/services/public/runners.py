"""One runner: every start with its splits, beside those of somebody else; who is on the course."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Contest, Event, Round
from timing.core.setup.roster import Entry, Member
from timing.core.status import Status
from timing.core.telling.explain import Explanation, explain
from timing.core.telling.intermediate import Passage, last_position, passages, whole_pace
from timing.core.telling.listing import Line, line_of, shown_name
from timing.core.telling.members import running
from timing.services.house import House
from timing.services.live import Snapshot
from timing.services.public.field import Progress, field_of
from timing.services.public.honours import of_team, reasons
from timing.services.public.shown import public
from timing.store import publications, setup
from timing.store.publications import State


class StartPage(NamedTuple):
    """One runner in one round. last: everybody before and after in the list, with the gap.

    pace: over the whole course. members: of a team, as they may be published. why: the result
    explained, with its prizes. waits: for a start that nobody has had yet.
    """

    contest: Contest
    round: Round
    row: Row
    line: Line
    passages: tuple[Passage, ...]
    pace: Duration | None
    progress: Progress
    before: Line | None
    after: Line | None
    members: tuple[Member, ...]
    why: Explanation | None
    waits: bool


class RunnerPage(NamedTuple):
    """Everything about the wearer of one bib: a start for each contest and round.

    official: contests with a place and official results, for which there is a certificate.
    """

    event: Event
    bib: str
    entry: Entry
    name: str
    starts: tuple[StartPage, ...]
    changed: Instant
    official: tuple[Contest, ...]

    @property
    def best(self) -> StartPage:
        """The start to show on a card: the last that has a place, else the last of all."""
        placed = [start for start in self.starts if start.row.place is not None]
        return (placed or self.starts)[-1]


class Beside(NamedTuple):
    """Two runners in one round: their splits side by side. ahead: of the first, at each point."""

    one: StartPage
    other: StartPage
    ahead: tuple[Duration | None, ...]


def runner(house: House, slug: str, bib: str, *, hidden_too: bool = False) -> RunnerPage | None:
    """Show the wearer of a bib; None if nobody wears it, or there is no such event.

    hidden_too: also of an event that is not public, for a desk of its own.
    """
    snapshot = house.live.snapshot(slug) if hidden_too else public(house, slug)
    if snapshot is None:
        return None
    starts = tuple(
        _start(house, snapshot, key, row)
        for key, standings in snapshot.standings.items()
        for row in field_of(house, slug, standings).wearers.get(bib, ())
    )
    if not bib or not starts:
        return None
    entry = starts[0].row.entry
    return RunnerPage(
        snapshot.event, bib, entry, shown_name(entry), starts, snapshot.changed,
        official=() if entry.hidden else _official(house, slug, starts),
    )  # fmt: skip


def _official(house: House, slug: str, starts: Iterable[StartPage]) -> tuple[Contest, ...]:
    placed = {start.contest.code: start.contest for start in starts if start.row.place is not None}
    with house.store.read() as tx:
        event = setup.event_number(tx, slug)
        newest = {code: publications.latest(tx, event, code) for code in placed}
    states = {code: last.state for code, last in newest.items() if last is not None}
    return tuple(placed[code] for code in placed if states.get(code) is State.OFFICIAL)


def _start(house: House, snapshot: Snapshot, key: tuple[str, str], row: Row) -> StartPage:
    standings = snapshot.standings[key]
    contest, field = standings.contest, field_of(house, snapshot.event.slug, standings)
    last = last_position(contest, [row.result])
    before, after = field.neighbours(row)
    return StartPage(
        contest=contest,
        round=next(each for each in contest.rounds if each.code == standings.round),
        row=row,
        line=line_of(contest, row),
        passages=tuple(passages(contest, row.result, field.ladder, last)),
        pace=whole_pace(contest, row.result),
        progress=field.progress,
        before=None if before is None else line_of(contest, before),
        after=None if after is None else line_of(contest, after),
        members=running(row.entry),
        why=_why(house, snapshot.event.slug, standings, row),
        waits=row.result.status is Status.READY and not field.progress.begun,
    )


def _why(house: House, slug: str, standings: Standings, row: Row) -> Explanation | None:
    prizes = reasons(house, slug, standings, row.entry.id)
    teams = of_team(house, slug, standings, row.entry.id)
    return house.live.ask(
        slug, lambda state: explain(state, row.result.key, standings, prizes, teams)
    )


def beside(one: RunnerPage, other: RunnerPage) -> list[Beside]:
    """Put two runners side by side in every round that both have run."""
    theirs = {(start.contest.code, start.round.code): start for start in other.starts}
    pairs = [(start, theirs.get((start.contest.code, start.round.code))) for start in one.starts]
    return [
        Beside(
            mine,
            yours,
            tuple(
                None
                if here.elapsed is None or there.elapsed is None
                else Duration(there.elapsed - here.elapsed)
                for here, there in zip(mine.passages, yours.passages, strict=False)
            ),
        )
        for mine, yours in pairs
        if yours is not None
    ]
