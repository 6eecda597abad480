"""Team scores from one race: sum of places, aggregate time, or the last member over the line.

What counts and what breaks a tie is data (config/rules/teams.toml). Knows no sexes or ages: the
caller hands in the finish of those who are scored together. Each rule's source is in the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from string import ascii_uppercase
from typing import NamedTuple

from msgspec import Struct

from timing.core.refusal import Problem
from timing.core.rulebook.ranking import Method, places
from timing.core.rulefile import read_checked
from timing.core.scoring.tie_breaks import Score, TieBreak, break_ties


class Basis(StrEnum):
    """PLACES: sum of places. TIME: sum of times. LAST: the time of the last member."""

    PLACES = "places"
    TIME = "time"
    LAST = "last"


class DeadHeats(StrEnum):
    """SHARED: each gets the better place. AVERAGED: the mean of the places they fill."""

    SHARED = "shared"
    AVERAGED = "averaged"


class Removed(StrEnum):
    """Who is taken out before places are counted, so that those behind move up."""

    INDIVIDUALS = "individuals"
    INCOMPLETE = "incomplete"


class TeamRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to score teams.

    scorers: how many count. most: how many a team may have (0: no limit). displace: how many
    keep their places (0: all). nobody: clubs that are never a team. sexes: at least so many of
    each sex among the scorers of a mixed team, by the sex of the runner. teams: of one club; whom
    the first team has no room for runs for the second (B), and so on. net: the net times are
    added, whatever the runners are placed by.
    """

    code: str
    name: str
    source: str
    certainty: str = "V"
    basis: Basis = Basis.PLACES
    scorers: int
    most: int = 0
    displace: int = 0
    removed: tuple[Removed, ...] = ()
    dead_heats: DeadHeats = DeadHeats.SHARED
    nobody: tuple[str, ...] = ()
    sexes: dict[str, int] = {}
    teams: int = 1
    net: bool = False
    tie_breaks: tuple[TieBreak, ...] = ()


class Runner(NamedTuple):
    """One finisher. name: nobody else's. team: "" runs for no team. time: microseconds."""

    name: str
    team: str = ""
    time: int = 0
    sex: str = ""


class TeamRow(NamedTuple):
    """A team that is complete. score: places or microseconds; scorers: names, best first.

    places: of everybody who has one, the scorers first. decided_by: the tie-break that separated
    the team from equal totals, "" where none was needed.
    """

    rank: int
    team: str
    score: Score
    scorers: tuple[str, ...]
    places: tuple[Score, ...]
    decided_by: str


class Unranked(NamedTuple):
    """A team without a score. code: too-few, too-many, member-missing or too-few-of-sex."""

    team: str
    code: str
    found: int
    expected: int


class TeamResult(NamedTuple):
    """The ranked teams, the others in order of name, and the points of every runner counted."""

    rows: tuple[TeamRow, ...]
    unranked: tuple[Unranked, ...]
    points: dict[str, Score]


Finish = Sequence[Sequence[Runner]]
"""Runners in order of finish; more than one in a group is a dead heat."""


class _Rules(Struct, frozen=True, forbid_unknown_fields=True):
    presets: tuple[TeamRules, ...]


def decode_team_rules(text: str, file: str | None = None) -> dict[str, TeamRules]:
    """Read config/rules/teams.toml by code. Raises Refusal with every row that is wrong."""
    rules = read_checked(text, _Rules, lambda found: check_team_rules(found.presets), file=file)
    return {preset.code: preset for preset in rules.presets}


def check_team_rules(presets: Iterable[TeamRules]) -> tuple[Problem, ...]:
    """Codes are unique and the numbers fit each other."""
    rows = list(presets)
    twice = [code for code, count in Counter(row.code for row in rows).items() if count > 1]
    problems = [
        Problem("team-rules-twice", f"{code!r} stands twice; expected once") for code in twice
    ]
    return (*problems, *chain.from_iterable(_row_problems(row) for row in rows))


def _row_problems(row: TeamRules) -> Iterator[Problem]:
    if row.scorers < 1:
        yield Problem("team-scorers", f"{row.code}: {row.scorers} scorers; expected at least 1")
    for key, number in (("most", row.most), ("displace", row.displace)):
        if number and number < row.scorers:
            sentence = f"{key} is {number}; expected 0 or at least the {row.scorers} scorers"
            yield Problem("team-size", f"{row.code}: {sentence}")
    if not 1 <= row.teams <= len(ascii_uppercase):
        sentence = f"{row.teams} teams of a club; expected 1 to {len(ascii_uppercase)}"
        yield Problem("team-number", f"{row.code}: {sentence}")
    if sum(row.sexes.values()) > row.scorers:
        sentence = f"{sum(row.sexes.values())} of given sexes for {row.scorers} scorers"
        yield Problem("team-sexes", f"{row.code}: {sentence}; expected at most as many")


def finish_points(finish: Finish, dead_heats: DeadHeats) -> dict[str, Score]:
    """The place of every runner; a dead heat shares the better place or the mean of its places."""
    method = Method.FRACTIONAL if dead_heats is DeadHeats.AVERAGED else Method.STANDARD
    names = [(number, runner.name) for number, group in enumerate(finish) for runner in group]
    found = places((number for number, _ in names), method)
    return {name: place for (_, name), place in zip(names, found, strict=True)}


def squads_of(finish: Finish, rules: TeamRules) -> dict[str, list[Runner]]:
    """Who runs for which team, also for the second one of a club; in order of finish."""
    return _squads(_divided(finish, rules) if rules.teams > 1 else finish, rules)


def score_teams(
    finish: Finish, rules: TeamRules, entered: Mapping[str, int] | None = None
) -> TeamResult:
    """Score one race.

    entered: members of each team who should finish; only ``last`` asks for them.
    """
    finish = _divided(finish, rules) if rules.teams > 1 else finish
    squads = _squads(finish, rules)
    unranked = {team: why for team in squads if (why := _unfit(team, squads[team], rules, entered))}
    complete = {team: squad for team, squad in squads.items() if team not in unranked}
    points = finish_points(_counted(finish, set(complete), rules), rules.dead_heats)
    scored = [_row(team, squad, points, rules) for team, squad in complete.items()]
    ranked = break_ties(
        {row.team: (row.score, row.places) for row in scored}, rules.scorers, rules.tie_breaks
    )
    by_team = {row.team: row for row in scored}
    rows = tuple(by_team[r.team]._replace(rank=r.rank, decided_by=r.decided_by) for r in ranked)
    return TeamResult(rows, tuple(unranked[team] for team in sorted(unranked)), points)


def _divided(finish: Finish, rules: TeamRules) -> list[list[Runner]]:
    """Members beyond the first team run for the B team, and so on.

    Whom the last team has no room for runs for nobody, unless a team may have any number.
    """
    size, seen = rules.most or rules.scorers, Counter[str]()
    groups = []
    for group in finish:
        named = []
        for runner in group:
            number = seen[runner.team] // size
            seen[runner.team] += 1
            belongs = runner.team and runner.team not in rules.nobody
            team = _lettered(runner.team, number, rules) if belongs and number else runner.team
            named.append(runner._replace(team=team))
        groups.append(named)
    return groups


def _lettered(club: str, number: int, rules: TeamRules) -> str:
    if number >= rules.teams:
        if rules.most:
            return ""
        number = rules.teams - 1
    return f"{club} {ascii_uppercase[number]}"


def _squads(finish: Finish, rules: TeamRules) -> dict[str, list[Runner]]:
    squads: dict[str, list[Runner]] = {}
    for runner in chain.from_iterable(finish):
        if runner.team and runner.team not in rules.nobody:
            squads.setdefault(runner.team, []).append(runner)
    return squads


def _unfit(
    team: str, squad: list[Runner], rules: TeamRules, entered: Mapping[str, int] | None
) -> Unranked | None:
    if len(squad) < rules.scorers:
        return Unranked(team, "too-few", len(squad), rules.scorers)
    if rules.most and len(squad) > rules.most:
        return Unranked(team, "too-many", len(squad), rules.most)
    should = (entered or {}).get(team, 0) if rules.basis is Basis.LAST else 0
    if len(squad) < should:
        return Unranked(team, "member-missing", len(squad), should)
    found = Counter(runner.sex for runner in squad)
    lacking = [sex for sex, least in rules.sexes.items() if found[sex] < least]
    if lacking:
        return Unranked(team, "too-few-of-sex", found[lacking[0]], rules.sexes[lacking[0]])
    return None


def _counted(finish: Finish, complete: set[str], rules: TeamRules) -> list[list[Runner]]:
    """The finish without those who are removed, so that those behind move up."""
    seen: Counter[str] = Counter()
    groups = []
    for group in finish:
        staying = []
        for runner in group:
            seen[runner.team] += 1
            if _stays(runner, seen[runner.team], complete, rules):
                staying.append(runner)
        groups.append(staying)
    return groups


def _stays(runner: Runner, number: int, complete: set[str], rules: TeamRules) -> bool:
    """number: the runner is the number-th of the team."""
    if not runner.team or runner.team in rules.nobody:
        return Removed.INDIVIDUALS not in rules.removed
    if runner.team not in complete:
        return Removed.INCOMPLETE not in rules.removed
    return not rules.displace or number <= rules.displace


def _row(team: str, squad: list[Runner], points: dict[str, Score], rules: TeamRules) -> TeamRow:
    if rules.basis is not Basis.PLACES:
        squad = sorted(squad, key=lambda runner: runner.time)
    scorers = squad if rules.basis is Basis.LAST else _scorers(squad, rules)
    others = [runner for runner in squad if runner not in scorers]
    found = tuple(points[r.name] for r in (*scorers, *others) if r.name in points)
    names = tuple(runner.name for runner in scorers)
    return TeamRow(0, team, _score(scorers, points, rules.basis), names, found, "")


def _score(scorers: list[Runner], points: dict[str, Score], basis: Basis) -> Score:
    if basis is Basis.PLACES:
        return sum((Fraction(points[runner.name]) for runner in scorers), Fraction(0))
    times = [runner.time for runner in scorers]
    return sum(times) if basis is Basis.TIME else max(times)


def _scorers(squad: list[Runner], rules: TeamRules) -> list[Runner]:
    """The best who fill what each sex must have, then the best of all; in order."""
    chosen: list[Runner] = []
    for sex, least in rules.sexes.items():
        chosen += [runner for runner in squad if runner.sex == sex][:least]
    chosen += [runner for runner in squad if runner not in chosen][: rules.scorers - len(chosen)]
    return [runner for runner in squad if runner in chosen]
