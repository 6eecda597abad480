"""Prizes of a contest from its standings: by category, for teams, and the parts of the listing.

Decides nothing: hands the ranked rows to ``core.rulebook.prizes`` and ``core.scoring.teams``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import Duration
from timing.core.fold.standings import Row, Standings, standings_of
from timing.core.fold.whole import State
from timing.core.rulebook.categories import Scheme, age_on
from timing.core.rulebook.prizes import (
    Award,
    Contender,
    PrizeScheme,
    Rankings,
    give_prizes,
    report_groups,
    stands_in,
)
from timing.core.rulebook.ranking import places
from timing.core.rulebook.rounding import round_up
from timing.core.rulebook.rules import Basis
from timing.core.scoring.teams import Runner, TeamRules, score_teams
from timing.core.setup.roster import Entry, EntryId
from timing.core.telling.team_awards import score_text

Ages = Mapping[str, tuple[int, int]]
"""Category code -> its first and last age."""


class TeamPrize(NamedTuple):
    """A team that won a prize: its rank among the teams of a sex, score and scorers.

    score: as it is printed: points, with decimals where a dead heat shared them, or a time.
    """

    sex: str
    rank: int
    club: str
    score: str
    scorers: tuple[Row, ...]


class Part(NamedTuple):
    """A part of the listing (a report group) with places of its own."""

    group: str
    standings: Standings


def ages_of(scheme: Scheme | None) -> Ages:
    """The ages of every category of a scheme."""
    return {row.code: (row.first, row.last) for row in scheme.category} if scheme else {}


def award_prizes(
    state: State, standings: Standings, scheme: PrizeScheme, ages: Ages, on: date
) -> tuple[Award, ...]:
    """Give the prizes of a contest; entries are known by their ids."""
    return give_prizes(scheme, rankings_of(state, standings, scheme, ages, on))


def rankings_of(
    state: State, standings: Standings, scheme: PrizeScheme, ages: Ages, on: date
) -> Rankings:
    """Give the rankings that the prizes of a scheme are given by, each by its basis."""
    return {
        basis: [_contender(row, ages, on) for row in _by_basis(state, standings, basis).ranked]
        for basis in {"", *(prize.basis for prize in scheme.prize)}
    }


def _by_basis(state: State, standings: Standings, basis: str) -> Standings:
    contest = standings.contest
    if not basis or basis == contest.rules.basis:
        return standings
    rules = replace(contest.rules, basis=Basis(basis), rank_exact=True)
    categories = {row.entry.id: row.category for row in standings.rows}
    return standings_of(state, replace(contest, rules=rules), standings.round, categories)


def _contender(row: Row, ages: Ages, on: date) -> Contender:
    entry = row.entry
    first, last = ages.get(row.category) or _own_age(entry, on)
    return Contender(entry.id, row.place or 0, entry.sex.value, first, last, entry.club)


def _own_age(entry: Entry, on: date) -> tuple[int | None, int | None]:
    """The age itself where no category tells: of a year of birth both ages that it may mean."""
    if entry.age is not None:
        return entry.age, entry.age
    if len(entry.born) == len("2000"):
        years = on.year - int(entry.born)
        return years - 1, years
    if entry.born:
        years = age_on(date.fromisoformat(entry.born), on)
        return years, years
    return None, None


def finish_of(standings: Standings, sex: str, rules: TeamRules) -> list[list[Runner]]:
    """Everybody of a sex with a place, as runners for their clubs; named by their entries."""
    rows = [row for row in standings.ranked if row.entry.sex == sex]
    step = standings.contest.rules.step
    return [
        [Runner(str(row.entry.id), row.entry.club, _time(row, rules, step)) for row in group]
        for _, group in groupby(rows, key=lambda row: row.sex_place)
    ]


def _time(row: Row, rules: TeamRules, step: int) -> int:
    """The time that a runner brings to the team, with its penalty."""
    result = row.result
    if rules.net and result.net is not None:
        return round_up(result.net + result.penalty, step)
    return result.official or 0


def award_teams(
    standings: Standings, rules: TeamRules, sexes: Sequence[str], prizes: int
) -> Iterator[TeamPrize]:
    """The best teams of each sex, by the places of their members within it."""
    for sex in sexes:
        rows = {row.entry.id: row for row in standings.ranked if row.entry.sex == sex}
        for team in score_teams(finish_of(standings, sex, rules), rules).rows:
            if team.rank <= prizes:
                scorers = tuple(rows[int(name)] for name in team.scorers)
                score = score_text(team.score, rules, standings.contest.rules.decimals)
                yield TeamPrize(sex, team.rank, team.team, score, scorers)


def parts_of(standings: Standings, scheme: PrizeScheme, ages: Ages, on: date) -> list[Part]:
    """The listing by report group, places restarting in each; one part where there is one group.

    Who may win any prize of a group stands in it.
    """
    groups = report_groups(scheme)
    if not groups:
        return [Part("", standings)]
    listed = [_contender(row, ages, on) for row in standings.rows]
    return [Part(group, _restarted(standings, _members(scheme, group, listed))) for group in groups]


def _members(scheme: PrizeScheme, group: str, listed: Sequence[Contender]) -> set[EntryId]:
    return {int(str(who.entry)) for who in listed if stands_in(scheme, group, who)}


def _restarted(standings: Standings, members: set[EntryId]) -> Standings:
    rows = [row for row in standings.rows if row.entry.id in members]
    ranked = [row for row in rows if row.place is not None]
    counts = places(row.place for row in ranked)
    first = ranked[0].gap if ranked else None
    sharing = Counter(row.place for row in ranked)
    fresh = [
        row._replace(
            place=int(place),
            tied=sharing[row.place] > 1,
            gap=None if row.gap is None or first is None else Duration(row.gap - first),
        )
        for row, place in zip(ranked, counts, strict=True)
    ]
    return standings._replace(rows=(*fresh, *(row for row in rows if row.place is None)))
