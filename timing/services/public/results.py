"""What the public may read: events, lists of results, one runner. Looks, never writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from timing.core.clock import Instant, datetime_of
from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Contest, Event, Round
from timing.core.setup.roster import EntryId
from timing.core.telling.calendar import Calendar, calendar_of
from timing.core.telling.choosing import Choice, Offer, choose, club_of
from timing.core.telling.intermediate import Passage, last_position, passages
from timing.core.telling.listing import Line, shown_name
from timing.core.telling.members import member_names
from timing.files.feeds.results_json import contest_rows, results_json
from timing.files.feeds.results_out import results_csv
from timing.services.house import House
from timing.services.live import Snapshot, as_ruled
from timing.services.public.field import Field, Progress, field_of, names_of
from timing.services.public.recordbook import marks_of
from timing.services.public.shown import newest_round, public
from timing.store import called_off, setup


class RoundCard(NamedTuple):
    """One round of a contest on the page of the event. start: of its first heat, as planned."""

    code: str
    name: str
    progress: Progress
    start: Instant | None


class ContestCard(NamedTuple):
    """One contest on the page of the event."""

    contest: Contest
    rounds: tuple[RoundCard, ...]


class Planned(NamedTuple):
    """A round in the timetable. day: the ISO date at the event, "" where nothing is planned."""

    day: str
    start: Instant | None
    contest: Contest
    round: RoundCard


class EventPage(NamedTuple):
    """An event with the state of each of its rounds; timetable: the same rounds by their starts."""

    event: Event
    timetable: tuple[Planned, ...]
    contests: tuple[ContestCard, ...]
    changed: Instant
    last_finish: Instant | None


LEAF = 200
"""Rows on one leaf of a long list."""


class Ask(NamedTuple):
    """What a reader wants to see of a list. view: ``list``, ``splits`` or ``heats``."""

    words: str = ""
    choice: Choice = Choice()
    page: int = 1
    view: str = "list"


_ALL = Ask()
_NEVER = Instant(1 << 62)


class Leaf(NamedTuple):
    """One leaf of a long list. leaves: how many. found: rows on all. first: index of the first."""

    number: int
    leaves: int
    found: int
    first: int


class ContestPage(NamedTuple):
    """The result list of one round: standings are whole, lines are those that are asked for.

    passages: of each line, in the same order; only in the view ``splits``. ask: as it was asked.
    members: of the teams that are shown, leg by leg. start: the first gun, or as it is planned.
    """

    event: Event
    contest: Contest
    round: str
    standings: Standings
    lines: tuple[Line, ...]
    passages: tuple[tuple[Passage, ...], ...]
    columns: frozenset[str]
    heats: int
    progress: Progress
    seq: int
    changed: Instant
    last_finish: Instant | None
    ask: Ask
    offer: Offer
    leaf: Leaf
    marks: Mapping[EntryId, tuple[str, ...]]
    members: Mapping[EntryId, tuple[str, ...]]
    start: Instant | None


def events(house: House) -> list[Event]:
    """List the public events, the newest first."""
    return [event for event in all_events(house) if event.public]


def calendar(house: House) -> Calendar:
    """Sort the public events: those of today, those to come, those that are over."""
    return calendar_of(events(house), house.clock())


def all_events(house: House) -> list[Event]:
    """List all events, hidden ones too, the newest first. For the staff."""
    with house.store.read() as tx:
        listed, ruled = setup.list_events(tx), called_off.slugs(tx)
    listed = [_as_ruled(house, each) if each.slug in ruled else each for each in listed]
    return sorted(listed, key=lambda each: each.date)[::-1]


def _as_ruled(house: House, event: Event) -> Event:
    return house.live.ask(event.slug, as_ruled) or event


def event_page(house: House, slug: str) -> EventPage | None:
    """Show an event; None if there is none, or if it is hidden."""
    snapshot = public(house, slug)
    if snapshot is None:
        return None
    cards = tuple(
        ContestCard(
            contest,
            tuple(_round_card(house, snapshot, contest, each) for each in contest.rounds),
        )
        for contest in snapshot.event.contests
    )
    table = _timetable(snapshot.event, cards)
    return EventPage(snapshot.event, table, cards, snapshot.changed, snapshot.last_finish)


def _timetable(event: Event, cards: Iterable[ContestCard]) -> tuple[Planned, ...]:
    rounds = [(card.contest, each) for card in cards for each in card.rounds]
    return tuple(
        Planned(_day(event, each.start), each.start, contest, each)
        for contest, each in sorted(rounds, key=lambda pair: pair[1].start or _NEVER)
    )


def _day(event: Event, start: Instant | None) -> str:
    if start is None:
        return ""
    return datetime_of(start).astimezone(ZoneInfo(event.timezone)).date().isoformat()


def _round_card(house: House, snapshot: Snapshot, contest: Contest, each: Round) -> RoundCard:
    field = field_of(house, snapshot.event.slug, snapshot.standings[contest.code, each.code])
    start = _planned(snapshot.event, contest, each.code)
    return RoundCard(each.code, each.name, field.progress, start)


def _planned(event: Event, contest: Contest, round_code: str) -> Instant | None:
    """The planned start of the first heat of a round."""
    waves = {wave.code: wave.scheduled for wave in event.waves}
    heats = [heat for each in contest.rounds if each.code == round_code for heat in each.heats]
    planned = [waves.get(heat.wave) for heat in heats]
    return min((at for at in planned if at is not None), default=None)


def contest_page(
    house: House, slug: str, code: str, round_code: str = "", ask: Ask = _ALL
) -> ContestPage | None:
    """Show the list of one round; without a round the last that has begun.

    None if there is no such contest, round or leaf.
    """
    snapshot = public(house, slug)
    standings = None if snapshot is None else _list(snapshot, code, round_code)
    if snapshot is None or standings is None:
        return None
    contest, field = standings.contest, field_of(house, slug, standings)
    rows = _asked(house, snapshot, field, ask)
    leaf = leaf_of(len(rows), ask.page)
    if leaf is None:
        return None
    shown = rows[leaf.first : leaf.first + LEAF]
    return ContestPage(
        event=snapshot.event,
        contest=contest,
        round=standings.round,
        standings=standings,
        lines=tuple(map(field.line, shown)),
        passages=_passages(contest, shown, field) if ask.view == "splits" else (),
        columns=field.columns,
        heats=len(field.offer.heats),
        progress=field.progress,
        seq=snapshot.seq,
        changed=snapshot.changed,
        last_finish=field.last_finish,
        ask=ask,
        offer=field.offer,
        leaf=leaf,
        marks=marks_of(field, snapshot),
        members={row.entry.id: member_names(row.entry) for row in shown if row.entry.members},
        start=field.gun or _planned(snapshot.event, contest, standings.round),
    )


def _list(snapshot: Snapshot, code: str, round_code: str) -> Standings | None:
    """The list of a round; without a round the last that has begun."""
    contest = snapshot.event.contest(code)
    if contest is None:
        return None
    return snapshot.standings.get((code, round_code or newest_round(snapshot, contest)))


def _asked(house: House, snapshot: Snapshot, field: Field, ask: Ask) -> Sequence[Row]:
    """Narrow a list down; the order stays."""
    if not ask.words.strip():
        return choose(field.standings.rows, ask.choice)
    found = names_of(house, snapshot).find(ask.words)
    worn = field.wearers.get(ask.words.strip(), ())
    return choose(field.rows_of([*found, *(row.entry.id for row in worn)]), ask.choice)


def leaf_of(found: int, number: int) -> Leaf | None:
    """Give one leaf of a list of so many rows; None if there is no such leaf."""
    count = max(1, -(-found // LEAF))
    return Leaf(number, count, found, (number - 1) * LEAF) if 1 <= number <= count else None


def _passages(
    contest: Contest, rows: Sequence[Row], field: Field
) -> tuple[tuple[Passage, ...], ...]:
    last = last_position(contest, (row.result for row in rows))
    return tuple(tuple(passages(contest, row.result, field.ladder, last)) for row in rows)


def contest_csv(page: ContestPage) -> str:
    """Give the list as a CSV file."""
    return results_csv([page.standings])


def contest_json(page: ContestPage) -> bytes:
    """Give the list as JSON."""
    return results_json(page.event, [contest_rows(page.standings)], (), ())


class Found(NamedTuple):
    """An answer to a search: one person with the contests entered, or a team."""

    bib: str
    name: str
    club: str
    contests: tuple[str, ...]
    members: tuple[str, ...] = ()


def find(house: House, slug: str, words: str) -> tuple[Event, list[Found]] | None:
    """Search an event by bib or by parts of a name; accents and case are forgiven."""
    snapshot = public(house, slug)
    if snapshot is None:
        return None
    fields = [field_of(house, slug, each) for each in snapshot.standings.values()]
    rows = [row for field in fields for row in field.wearers.get(words.strip(), ())]
    for entry in names_of(house, snapshot).find(words, MOST_FOUND):
        rows += [field.entries[entry] for field in fields if entry in field.entries]
    names = {contest.code: contest.name for contest in snapshot.event.contests}
    people: dict[tuple[str, str], Found] = {}
    for row in rows:
        team = member_names(row.entry)
        blank = Found(row.bib, shown_name(row.entry), club_of(row), (), team)
        before = people.setdefault((row.bib, row.entry.name), blank)
        contests = dict.fromkeys((*before.contests, names[row.entry.contest]))
        people[row.bib, row.entry.name] = before._replace(contests=tuple(contests))
    return snapshot.event, list(people.values())[:MOST_FOUND]


MOST_FOUND = 50
"""Answers to one search."""
