"""Whether a relay team may run as it is named: each one leg, for one team, of the right sexes.

World Athletics Technical Rules TR 24.10; a house may rule otherwise, so these are doubts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from timing.core.journal.anomalies import Anomaly, about_entry
from timing.core.scoring.relay_lineups import in_two_legs
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry, Member, Roster, Sex

CODES = frozenset({"line_up_twice", "line_up_shared", "line_up_legs", "line_up_sexes"})


def line_up_doubts(event: Event, roster: Roster) -> Iterator[Anomaly]:
    """Look at every team of a relay that names somebody."""
    for contest in event.contests:
        if contest.legs_of > 1:
            teams = [each for each in roster.entries if each.contest == contest.code]
            yield from doubts_of_teams(contest, teams)


def doubts_of_teams(contest: Contest, teams: Sequence[Entry]) -> Iterator[Anomaly]:
    """The doubts about the teams of one relay."""
    for team in teams:
        if runners(team):
            yield from _of_team(contest, team)
    yield from _shared(contest, teams)


def runners(team: Entry) -> tuple[Member, ...]:
    """Who runs a leg, in the order of the legs; substitutes do not."""
    return tuple(sorted((each for each in team.members if each.leg), key=lambda each: each.leg))


def who(member: Member) -> Hashable:
    """The identity of a runner: the person, or the name where none is known."""
    return member.name.casefold() if member.person is None else member.person


def _of_team(contest: Contest, team: Entry) -> Iterator[Anomaly]:
    named = runners(team)
    names = {str(who(each)): each.name for each in named}
    for key in in_two_legs([str(who(each)) for each in named]):
        yield _doubt("line_up_twice", contest, team, names[key], name=names[key])
    legs = {each.leg for each in named}
    if legs != set(range(1, contest.legs_of + 1)):
        found = str(len(legs & set(range(1, contest.legs_of + 1))))
        yield _doubt("line_up_legs", contest, team, found=found, legs=str(contest.legs_of))
    sexes = Counter(each.sex for each in named)
    women, men = sexes[Sex.WOMEN], sexes[Sex.MEN]
    if not _allowed(contest, team, women, men, whole=women + men == len(named)):
        yield _doubt("line_up_sexes", contest, team, women=str(women), men=str(men))


def _allowed(contest: Contest, team: Entry, women: int, men: int, *, whole: bool) -> bool:
    """Whether the sexes fit.

    In a mixed relay there are as many women as men, once all are known; in one that is open to
    all, a mixed team may be any.
    """
    sex = Sex(contest.sex) or team.sex
    if sex is Sex.MIXED:
        return women == men or not whole or not contest.sex
    return not (sex is Sex.WOMEN and men) and not (sex is Sex.MEN and women)


def _shared(contest: Contest, teams: Iterable[Entry]) -> Iterator[Anomaly]:
    """Who is named by two teams of one relay."""
    first: dict[Hashable, Entry] = {}
    for team in teams:
        for each in team.members:
            other = first.setdefault(who(each), team)
            if other is not team:
                bib = other.bib or other.name
                yield _doubt("line_up_shared", contest, team, each.name, name=each.name, other=bib)


def _doubt(code: str, contest: Contest, team: Entry, what: str = "", **params: str) -> Anomaly:
    first = contest.rounds[0].code if contest.rounds else ""
    return about_entry(code, team.id, first, what, bib=team.bib or team.name, **params)
