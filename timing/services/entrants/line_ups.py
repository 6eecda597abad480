"""Who runs which leg of a relay: typed at the office, held against the rules, kept in history.

What the rules do not allow is refused until somebody says that it shall stand all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import Instant
from timing.core.fold.state import State
from timing.core.journal.anomalies import Anomaly
from timing.core.refusal import Problem, Refusal, refused
from timing.core.scoring.relay_lineups import MOST_ADDITIONAL, check_line_ups
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry, EntryId, Member, Sex
from timing.core.telling.line_ups import doubts_of_teams, runners
from timing.services.entrants.entries import carry_out
from timing.services.entrants.entry_facts import Facts, facts_of
from timing.services.entrants.entry_plan import CHANGE, Plan, Planned
from timing.services.house import House, UnknownEventError
from timing.store import amendments, setup

_PAIR = re.compile(r"\s*&\s*")
_LONGEST_NAME = 120
FIELD = "members"
"""Under which the changes of a line-up stand in the history of an entry."""

Typed = Mapping[str, str]
"""The form: ``name-1``, ``sex-1``, ``born-1`` for the runner of leg 1, ``name-s1`` for the first
substitute."""


class LineUp(NamedTuple):
    """A team as it is named. rows: key of the form -> member. doubts: what the rules say to it.

    additional: who joined after the first start of the team.
    """

    event: Event
    contest: Contest
    team: Entry
    rows: Mapping[str, Member | None]
    doubts: tuple[Anomaly, ...]
    additional: tuple[str, ...]


def line_up(house: House, slug: str, entry: EntryId) -> LineUp:
    """Give the line-up of a team. Raises UnknownEventError, Refusal: no team of a relay."""
    facts = facts_of(house, slug)
    contest, team = _team(facts, entry)
    rounds = _rounds(house, slug, team)
    doubts = tuple(_doubts(facts, contest, team))
    shown = {each.name.casefold(): each.name for each in team.members}
    additional = tuple(shown.get(key, key) for key in check_line_ups(rounds).additional)
    return LineUp(facts.event, contest, team, _rows(contest, team), doubts, additional)


def name_runners(
    house: House, slug: str, entry: EntryId, typed: Typed, *,
    reason: str, author: str, anyway: bool = False,
) -> bool:  # fmt: skip
    """Write a line-up; gives whether anything changed. anyway: in spite of what the rules say.

    After the gun a reason is needed. Raises Refusal, UnknownEventError.
    """
    facts = facts_of(house, slug)
    contest, team = _team(facts, entry)
    members = tuple(_members(contest, team, typed, _known(facts)))
    if members == team.members:
        return False
    if facts.started and not reason:
        raise refused(
            "reason", "the race has begun; please give a reason, it is kept with the change"
        )
    changed = replace(team, members=members)
    if not anyway:
        _refuse(facts, contest, changed, _rounds(house, slug, team, now=changed))
    planned = Planned(1, CHANGE, changed, 0, "", 0, {FIELD: (team.members, members)}, ())
    carry_out(house, slug, Plan((planned,), (), (), ()), reason=reason or "line-up", author=author)
    return True


def _team(facts: Facts, entry: EntryId) -> tuple[Contest, Entry]:
    team = facts.entries.get(entry)
    contest = facts.event.contest(team.contest) if team else None
    if team is None or contest is None or contest.legs_of < 2:
        raise refused("line-up", "entry {entry} is no team of a relay", entry=entry)
    return contest, team


def _rows(contest: Contest, team: Entry) -> dict[str, Member | None]:
    """A row for every leg, for whoever runs besides, and for substitutes."""
    rows: dict[str, Member | None] = {}
    for leg in range(1, contest.legs_of + 1):
        own = [each for each in team.members if each.leg == leg]
        rows[str(leg)] = replace(own[0], name=" & ".join(m.name for m in own)) if own else None
    spare = [each for each in team.members if not 1 <= each.leg <= contest.legs_of]
    for number in range(1, max(MOST_ADDITIONAL, len(spare)) + 1):
        rows[f"s{number}"] = spare[number - 1] if number <= len(spare) else None
    return rows


def _members(
    contest: Contest, team: Entry, typed: Typed, known: Mapping[str, Member]
) -> Iterator[Member]:
    """Whoever was typed; what is known of somebody stays as far as the form does not say it."""
    before = {each.name.casefold(): each for each in team.members}
    for key in _rows(contest, team):
        names = " ".join(typed.get(f"name-{key}", "").split())[:_LONGEST_NAME]
        alone = "&" not in names
        for name in filter(None, _PAIR.split(names)):
            found = before.get(name.casefold()) or known.get(name.casefold()) or Member(name=name)
            told = _told(typed, key) if alone else {}
            yield replace(found, name=name, leg=int(key) if key.isdecimal() else 0, **told)


def _told(typed: Typed, key: str) -> dict[str, str | Sex]:
    """What the form says of one runner; a field that it leaves empty says nothing."""
    told: dict[str, str | Sex] = {}
    if (sex := typed.get(f"sex-{key}", "")) in ("M", "W", "N"):
        told["sex"] = Sex(sex)
    if born := typed.get(f"born-{key}", "").strip()[:10]:
        told["born"] = born
    return told


def _known(facts: Facts) -> dict[str, Member]:
    """Everybody who is entered alone, by name; of namesakes nobody."""
    found: dict[str, Member | None] = {}
    for each in facts.entries.values():
        if each.members or each.guide:
            continue
        name = each.name.casefold()
        same = found.get(name)
        member = Member(name=each.name, sex=each.sex, born=each.born, person=each.person)
        found[name] = member if name not in found or same == member else None
    return {name: member for name, member in found.items() if member is not None}


def _refuse(facts: Facts, contest: Contest, team: Entry, rounds: Sequence[Sequence[str]]) -> None:
    """Raise Refusal with everything that the rules do not allow."""
    problems = [
        Problem(each.code, each.said) for each in _doubts(facts, contest, team)
        if each.code != "line_up_legs"
    ]  # fmt: skip
    found = check_line_ups(rounds).problems
    problems += [each for each in found if each.code == "additional-athletes"]
    if problems:
        raise Refusal(*problems)


def _doubts(facts: Facts, contest: Contest, team: Entry) -> Iterator[Anomaly]:
    """What is odd about a team; others may be the other side of it."""
    teams = [
        team if each.id == team.id else each
        for each in facts.entries.values()
        if each.contest == contest.code
    ]
    names = {team.bib or team.name}
    for each in doubts_of_teams(contest, teams):
        if each.entry == team.id or each.params.get("other") in names:
            yield each


def _rounds(
    house: House, slug: str, team: Entry, now: Entry | None = None
) -> list[tuple[str, ...]]:
    """The line-up with which the team started in each round, and last the one that is named now.

    now: as it will be. Read back from the history of the entry; where nobody was named before a
    gun, that round tells nothing.
    """
    guns = house.live.ask(slug, lambda state: tuple(_guns(state, team)))
    if guns is None:
        raise UnknownEventError(slug)
    with house.store.read() as tx:
        kept = amendments.load_amendments(tx, setup.event_number(tx, slug), [team.id])
    changes = [each for each in kept if each.field == FIELD]
    present = tuple(each.name.casefold() for each in runners(team))
    found = []
    for gun in guns:
        later = next((each for each in changes if each.at > gun), None)
        found.append(present if later is None else _names(later.old or ""))
    last = present if now is None else tuple(each.name.casefold() for each in runners(now))
    return [*filter(None, found), last]


def _guns(state: State, team: Entry) -> Iterator[Instant]:
    """When the team started, round by round."""
    contest = state.event.contest(team.contest)
    for each in contest.rounds if contest else ():
        start = state.lineup.starts.get((team.id, each.code))
        gun = state.lineup.started(start) if start else None
        if gun is not None:
            yield gun


def _names(kept: str) -> tuple[str, ...]:
    """Who ran a leg, of a line-up as the history keeps it: ``1 Ann Berg; 0 Ben Cole``."""
    pairs = [each.partition(" ") for each in kept.split("; ") if each]
    legs = [(leg, name.casefold()) for leg, _space, name in pairs if leg.isdecimal() and leg != "0"]
    return tuple(name for _leg, name in sorted(legs, key=lambda pair: int(pair[0])))
