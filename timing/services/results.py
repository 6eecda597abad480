"""What the public may read: events, lists of results, one runner. Looks, never writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.event import Contest, Event
from timing.core.listing import Line, lines_of, shown_name
from timing.core.standings import Row, Standings
from timing.core.status import Status
from timing.files.results_json import contest_rows, results_json
from timing.files.results_out import results_csv
from timing.services.house import House
from timing.services.live import Snapshot
from timing.store import setup
from timing.store.folding import fold_text


class Progress(NamedTuple):
    """How far a round is. expected: on the start list."""

    expected: int
    finished: int
    on_course: int


class RoundCard(NamedTuple):
    """One round of a contest on the page of the event."""

    code: str
    name: str
    progress: Progress


class ContestCard(NamedTuple):
    """One contest on the page of the event."""

    contest: Contest
    rounds: tuple[RoundCard, ...]


class EventPage(NamedTuple):
    """An event with the state of each of its rounds."""

    event: Event
    contests: tuple[ContestCard, ...]
    changed: Instant
    last_finish: Instant | None


class ContestPage(NamedTuple):
    """The result list of one round. standings and lines have the same order and length."""

    event: Event
    contest: Contest
    round: str
    standings: Standings
    lines: tuple[Line, ...]
    columns: frozenset[str]
    heats: int
    progress: Progress
    seq: int
    changed: Instant
    last_finish: Instant | None


class RunnerPage(NamedTuple):
    """Everything about the wearer of one bib: a row for each contest and round."""

    event: Event
    bib: str
    starts: tuple[tuple[Contest, Row, Line], ...]
    changed: Instant


def events(house: House) -> list[Event]:
    """List the public events, the newest first."""
    return [event for event in all_events(house) if event.public]


def all_events(house: House) -> list[Event]:
    """List all events, hidden ones too, the newest first. For the staff."""
    with house.store.read() as tx:
        return sorted(setup.list_events(tx), key=lambda each: each.date)[::-1]


def event_page(house: House, slug: str) -> EventPage | None:
    """Show an event; None if there is none, or if it is hidden."""
    snapshot = _public(house, slug)
    if snapshot is None:
        return None
    cards = tuple(
        ContestCard(
            contest,
            tuple(
                RoundCard(
                    each.code, each.name, _progress(snapshot.standings[contest.code, each.code])
                )
                for each in contest.rounds
            ),
        )
        for contest in snapshot.event.contests
    )
    return EventPage(snapshot.event, cards, snapshot.changed, snapshot.last_finish)


def contest_page(house: House, slug: str, code: str, round_code: str = "") -> ContestPage | None:
    """Show the list of one round; without a round the last that has begun."""
    snapshot = _public(house, slug)
    contest = snapshot.event.contest(code) if snapshot else None
    if snapshot is None or contest is None:
        return None
    chosen = round_code or _newest_round(snapshot, contest)
    standings = snapshot.standings.get((code, chosen))
    if standings is None:
        return None
    lines = tuple(lines_of(standings))
    return ContestPage(
        event=snapshot.event,
        contest=contest,
        round=chosen,
        standings=standings,
        lines=lines,
        columns=_columns(lines),
        heats=len({row.start.heat for row in standings.rows}),
        progress=_progress(standings),
        seq=snapshot.seq,
        changed=snapshot.changed,
        last_finish=_last_finish(standings.ranked),
    )


def contest_csv(page: ContestPage) -> str:
    """Give the list as a CSV file."""
    return results_csv([page.standings])


def contest_json(page: ContestPage) -> bytes:
    """Give the list as JSON."""
    return results_json(page.event, [contest_rows(page.standings)], (), ())


def runner_page(house: House, slug: str, bib: str) -> RunnerPage | None:
    """Show the wearer of a bib; None if nobody wears it."""
    snapshot = _public(house, slug)
    if snapshot is None:
        return None
    starts = tuple(
        (standings.contest, row, line)
        for standings in snapshot.standings.values()
        for row, line in zip(standings.rows, lines_of(standings), strict=True)
        if row.bib == bib
    )
    return RunnerPage(snapshot.event, bib, starts, snapshot.changed) if starts else None


class Found(NamedTuple):
    """An answer to a search: one person with the contests entered."""

    bib: str
    name: str
    club: str
    contests: tuple[str, ...]


def find(house: House, slug: str, words: str) -> tuple[Event, list[Found]] | None:
    """Search an event by bib or by parts of a name; accents and case are forgiven."""
    snapshot = _public(house, slug)
    if snapshot is None:
        return None
    wanted = [f" {word}" for word in fold_text(words).split()]
    people: dict[tuple[str, str], Found] = {}
    for standings in snapshot.standings.values():
        for row in standings.rows:
            if not wanted or not _matches(row, words.strip(), wanted):
                continue
            key = (row.bib, row.entry.name)
            before = people.get(key, Found(row.bib, shown_name(row.entry), row.entry.club, ()))
            names = dict.fromkeys((*before.contests, standings.contest.name))
            people[key] = before._replace(contests=tuple(names))
    return snapshot.event, sorted(people.values(), key=lambda each: each.name)[:_MOST]


_MOST = 50  # answers to one search


def _matches(row: Row, words: str, wanted: list[str]) -> bool:
    if row.bib == words:
        return True
    name = fold_text(row.entry.name)
    return not row.entry.hidden and all(word in name for word in wanted)


def _public(house: House, slug: str) -> Snapshot | None:
    snapshot = house.live.snapshot(slug)
    return snapshot if snapshot is not None and snapshot.event.public else None


_OPTIONAL = ("club", "nation", "category", "net", "born", "lane")


def _columns(lines: Iterable[Line]) -> frozenset[str]:
    """Name the columns that hold anything at all."""
    return frozenset(name for line in lines for name in _OPTIONAL if getattr(line, name))


def _newest_round(snapshot: Snapshot, contest: Contest) -> str:
    """Prefer the last round in which somebody has a result, else the first."""
    for each in reversed(contest.rounds):
        if snapshot.standings[contest.code, each.code].ranked:
            return each.code
    return contest.rounds[0].code


def _progress(standings: Standings) -> Progress:
    statuses = [row.result.status for row in standings.rows]
    return Progress(len(statuses), statuses.count(Status.OK), statuses.count(Status.RUN))


def _last_finish(rows: Iterable[Row]) -> Instant | None:
    return max((row.result.splits[-1].at for row in rows if row.result.splits), default=None)
