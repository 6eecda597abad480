"""Who has won what: categories, prizes, teams, medals. Looks, never writes, decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.standings import Row, Standings
from timing.core.fold.whole import State
from timing.core.rulebook.categories import OLDEST
from timing.core.rulebook.medals import MedalRow, count_medals, medal_table
from timing.core.rulebook.prizes import Award, PrizeScheme, Rankings, Reason, explain, give_prizes
from timing.core.rulebook.rules import Title
from timing.core.scoring.teams import Basis as TeamBasis, Finish, TeamResult, score_teams
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import EntryId, Sex
from timing.core.telling.choosing import delegation_of
from timing.core.telling.legs import LegTime, has_legs, leg_table
from timing.core.telling.listing import Line, line_of
from timing.core.telling.members import member_names
from timing.core.telling.sentences import Telling
from timing.core.telling.team_awards import team_sentences
from timing.files.rulebook import prizes_at, scheme_at, team_presets
from timing.services.house import House
from timing.services.live import Snapshot
from timing.services.public.awarding import (
    TeamPrize,
    ages_of,
    award_teams,
    finish_of,
    rankings_of,
)
from timing.services.public.circumstances import age_classes
from timing.services.public.field import Progress, field_of
from timing.services.public.shown import newest_round, public

PODIUM = 3
_EVERY_TEAM = 10**6
_NO_AGE = (1000, 1000)
"""Where a category stands that no scheme knows: behind all others."""


class Winner(NamedTuple):
    """Somebody in a group: the place in it, and the line of the list."""

    place: str
    line: Line


class Group(NamedTuple):
    """The best of one category, or the winners of one prize. sex: "" where the name says it."""

    name: str
    sex: str
    winners: tuple[Winner, ...]


class Honours(NamedTuple):
    """All that is won in one contest. settled: nobody is on the course any more.

    scheme: the name of the prize scheme, "" where the first three of each category are listed.
    timed: whether teams score times, not points. legs: of each team with its line, for a relay.
    members: who ran for it.
    """

    event: Event
    contest: Contest
    round: str
    settled: bool
    scheme: str
    groups: tuple[Group, ...]
    teams: tuple[TeamPrize, ...]
    timed: bool
    legs: tuple[tuple[Line, tuple[LegTime, ...]], ...]
    members: Mapping[EntryId, tuple[str, ...]]
    progress: Progress
    changed: Instant
    last_finish: Instant | None


class MedalPage(NamedTuple):
    """The medal table. decided, contests: how many contests it rests on, and of how many."""

    event: Event
    table: tuple[MedalRow, ...]
    decided: int
    contests: int
    changed: Instant


def honours(house: House, slug: str, code: str) -> Honours | None:
    """Give the winners of a contest; None if there is no such contest."""
    snapshot = public(house, slug)
    contest = snapshot.event.contest(code) if snapshot else None
    return None if snapshot is None or contest is None else honours_of(house, snapshot, contest)


def honours_of(house: House, snapshot: Snapshot, contest: Contest) -> Honours:
    """Give the winners of a contest as a snapshot shows them."""
    slug, code = snapshot.event.slug, contest.code
    standings = snapshot.standings[code, newest_round(snapshot, contest)]
    field = field_of(house, slug, standings)
    chosen = prizes_at(snapshot.event, contest.rules.prizes)
    return Honours(
        event=snapshot.event,
        contest=contest,
        round=standings.round,
        settled=not field.progress.on_course and field.progress.finished > 0,
        scheme=chosen.name if chosen else "",
        groups=_prizes(house, slug, standings, chosen) if chosen else _best(snapshot, standings),
        teams=_teams(standings),
        timed=_timed(contest),
        legs=_legs(standings),
        members={row.entry.id: member_names(row.entry) for row in standings.ranked},
        progress=field.progress,
        changed=snapshot.changed,
        last_finish=field.last_finish,
    )


def _best(snapshot: Snapshot, standings: Standings) -> tuple[Group, ...]:
    """The first three of each sex, then of each category, the youngest first."""
    found: dict[tuple[str, str], list[Winner]] = {}
    for row in standings.ranked:
        line = line_of(standings.contest, row)
        place = title_place(standings.contest, row)
        if place is not None and place <= PODIUM:
            sex = "" if standings.contest.legs_of > 1 else row.entry.sex.value
            found.setdefault(("", sex), []).append(Winner(str(place), line))
        if row.category and row.category_place and row.category_place <= PODIUM:
            key = (row.category, row.entry.sex.value)
            found.setdefault(key, []).append(Winner(line.category_place, line))
    classes = age_classes(snapshot.event, standings.contest)
    ages = {code: (each.first or 0, each.last or OLDEST) for code, each in classes.items()}
    known = {**ages, "": (-1, -1)}
    said = {code for code, each in classes.items() if each.of_one_sex}
    return tuple(
        Group(name, "" if name in said else sex, tuple(found[name, sex]))
        for name, sex in sorted(found, key=lambda key: (known.get(key[0], _NO_AGE), *key))
    )


class Given(NamedTuple):
    """The prizes of one list: by what rankings, and to whom."""

    rankings: Rankings
    awards: tuple[Award, ...]


def _given(house: House, slug: str, standings: Standings, chosen: PrizeScheme) -> Given:
    """Give the prizes of a contest by its scheme, once a list."""

    def question(state: State) -> Given:
        ages = ages_of(scheme_at(state.event, standings.contest.rules.categories))
        on = date.fromisoformat(state.event.date)
        rankings = rankings_of(state, standings, chosen, ages, on)
        return Given(rankings, give_prizes(chosen, rankings))

    def ask() -> Given:
        return house.live.ask(slug, question) or Given({"": ()}, ())

    return field_of(house, slug, standings).once("prizes", ask)


def reasons(
    house: House, slug: str, standings: Standings, entry: EntryId
) -> list[tuple[str, Reason]]:
    """Tell for every prize of a contest, by its name, why an entry has it or has it not.

    Nothing where the contest has no scheme of prizes, or the event is not public.
    """
    snapshot = public(house, slug)
    return [] if snapshot is None else reasons_in(house, snapshot, standings, entry)


def reasons_in(
    house: House, snapshot: Snapshot, standings: Standings, entry: EntryId
) -> list[tuple[str, Reason]]:
    """The same of any event, for its officials."""
    slug = snapshot.event.slug
    chosen = prizes_at(snapshot.event, standings.contest.rules.prizes)
    if chosen is None:
        return []
    names = {prize.code: prize.name for prize in chosen.prize}
    given = _given(house, slug, standings, chosen)
    told = explain(chosen, given.rankings, given.awards, entry)
    return [(names[each.prize], each._replace(other=names.get(each.other, ""))) for each in told]


def of_team(house: House, slug: str, standings: Standings, entry: EntryId) -> tuple[Telling, ...]:
    """Tell how the team of an entry stands.

    Nothing where the contest scores no teams, or the entry has no place.
    """
    rules = team_presets().get(standings.contest.rules.teams)
    row = next((each for each in standings.ranked if each.entry.id == entry), None)
    if rules is None or row is None:
        return ()
    sex = row.entry.sex

    def scored() -> tuple[Finish, TeamResult]:
        finish = finish_of(standings, sex, rules)
        return finish, score_teams(finish, rules)

    finish, result = field_of(house, slug, standings).once(f"teams {sex.value}", scored)
    return tuple(
        team_sentences(finish, rules, result, str(entry), standings.contest.rules.decimals)
    )


def _prizes(
    house: House, slug: str, standings: Standings, chosen: PrizeScheme
) -> tuple[Group, ...]:
    rows = {row.entry.id: row for row in standings.rows}
    awards = _given(house, slug, standings, chosen).awards
    return tuple(
        Group(prize.name, "", tuple(
            Winner(f"{award.place}{'=' if award.tied else ''}",
                   line_of(standings.contest, rows[int(str(award.entry))]))
            for award in awards if award.prize == prize.code
        ))
        for prize in chosen.prize
    )  # fmt: skip


def _teams(standings: Standings) -> tuple[TeamPrize, ...]:
    rules = team_presets().get(standings.contest.rules.teams)
    if rules is None:
        return ()
    present = {row.entry.sex.value for row in standings.ranked}
    sexes = [sex for sex in ("W", "M", "X", "N") if sex in present]
    return tuple(award_teams(standings, rules, sexes, _EVERY_TEAM))


def _timed(contest: Contest) -> bool:
    rules = team_presets().get(contest.rules.teams)
    return rules is not None and rules.basis is not TeamBasis.PLACES


def _legs(standings: Standings) -> tuple[tuple[Line, tuple[LegTime, ...]], ...]:
    contest = standings.contest
    if not has_legs(contest):
        return ()
    table = leg_table(contest, standings.rows)
    lines = (line_of(contest, row) for row in standings.rows)
    return tuple((line, tuple(legs)) for line, legs in zip(lines, table, strict=True))


def medals(house: House, slug: str) -> MedalPage | None:
    """Count the medals of all delegations over the contests that are decided."""
    snapshot = public(house, slug)
    return None if snapshot is None else medals_of(house, snapshot)


def medals_of(house: House, snapshot: Snapshot) -> MedalPage:
    """Count the medals as a snapshot shows them."""
    slug, called_off = snapshot.event.slug, snapshot.event.called_off
    finals = [
        field_of(house, slug, snapshot.standings[contest.code, contest.rounds[-1].code])
        for contest in snapshot.event.contests
        if contest.code not in called_off or called_off[contest.code].ranked
    ]
    decided = [
        field.standings
        for field in finals
        if field.progress.finished and not field.progress.on_course
    ]
    titles = [title for standings in decided for title in _titles(standings)]
    table = medal_table(count_medals(titles))
    return MedalPage(snapshot.event, table, len(decided), len(finals), snapshot.changed)


def _titles(standings: Standings) -> list[list[tuple[str, int | None]]]:
    """Every title of a contest as (delegation, place); who runs for nobody wins nothing."""
    kinds = standings.contest.rules.titles if standings.contest.legs_of == 1 else (Title.OVERALL,)
    titles: dict[tuple[str, ...], list[tuple[str, int | None]]] = {}
    for row in standings.ranked:
        for kind in kinds:
            of, place = _title_of(standings.contest, row, kind)
            titles.setdefault((kind, *of), []).append((delegation_of(row), place))
    return [[(team, place) for team, place in title if team] for title in titles.values()]


def _title_of(contest: Contest, row: Row, kind: Title) -> tuple[tuple[str, ...], int | None]:
    """For which title somebody runs, and the place there; a class that is not known wins none."""
    if kind is Title.OVERALL:
        return (), row.place
    if kind is Title.SEX:
        return (row.entry.sex.value,), title_place(contest, row)
    return (row.entry.sex.value, row.category), row.category_place if row.category else None


def title_place(contest: Contest, row: Row) -> int | None:
    """The place that counts for a title: within the sex, but of relays and unknowns overall."""
    overall = contest.legs_of > 1 or row.entry.sex is Sex.UNKNOWN
    return row.place if overall else row.sex_place
