"""What separates teams whose totals are equal; each body asks other questions in another order.

Knows totals and places only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

Score = int | Fraction
Squad = Sequence[Score]
"""Places of a team: the scorers first, best to last, then its other finishers."""

_NEVER = 10**9  # the place of who did not finish


class TieBreak(StrEnum):
    """One question to teams with equal totals.

    LAST_SCORER: whose last scorer is nearer to first. FROM_LAST: the same, then the one before,
    and so on. FIRST_SCORER: whose first is better. NEXT_FINISHER: whose first non-scorer is
    better; a team without one loses. ALL_BUT_LAST: the total without the last scorer.
    MATCH_UPS: first against first, second against second ...; most wins.
    """

    LAST_SCORER = "last_scorer"
    FROM_LAST = "from_last"
    FIRST_SCORER = "first_scorer"
    NEXT_FINISHER = "next_finisher"
    ALL_BUT_LAST = "all_but_last"
    MATCH_UPS = "match_ups"


class Ranked(NamedTuple):
    """rank: shared where no question separates. decided_by: the question that did, or ""."""

    rank: int
    team: str
    decided_by: str


Answer = tuple[Score, ...]
"""Less is better."""


def match_ups(squads: Mapping[str, Squad], scorers: int) -> dict[str, int]:
    """Wins of each team over all the others, scorer against scorer; equal places win nothing."""
    return {
        team: sum(
            mine < theirs
            for other, places in squads.items()
            if other != team
            for mine, theirs in zip(own[:scorers], places[:scorers], strict=False)
        )
        for team, own in squads.items()
    }


def _next_finisher(squad: Squad, scorers: int) -> Answer:
    return (squad[scorers] if len(squad) > scorers else _NEVER,)


_OWN: dict[TieBreak, Callable[[Squad, int], Answer]] = {
    TieBreak.LAST_SCORER: lambda squad, scorers: (squad[scorers - 1],),
    TieBreak.FROM_LAST: lambda squad, scorers: tuple(reversed(squad[:scorers])),
    TieBreak.FIRST_SCORER: lambda squad, _: (squad[0],),
    TieBreak.NEXT_FINISHER: _next_finisher,
    TieBreak.ALL_BUT_LAST: lambda squad, scorers: (sum(squad[: scorers - 1]),),
}


def answers(question: TieBreak, squads: Mapping[str, Squad], scorers: int) -> dict[str, Answer]:
    """What each of the tied teams answers; less is better."""
    if question is TieBreak.MATCH_UPS:
        return {team: (-wins,) for team, wins in match_ups(squads, scorers).items()}
    return {team: _OWN[question](squad, scorers) for team, squad in squads.items()}


def break_ties(
    teams: Mapping[str, tuple[Score, Squad]], scorers: int, questions: Sequence[TieBreak]
) -> list[Ranked]:
    """Rank teams by total, least first, then by the questions; who ties shares the rank (1-2-2-4).

    A question is put only to the teams that are still equal, so match-ups count among them.
    Teams that share a rank are in order of name.
    """
    totals = {team: (total,) for team, (total, _) in teams.items()}
    squads = {team: squad for team, (_, squad) in teams.items()}
    ranked: list[Ranked] = []
    for group in _split(totals):
        first = len(ranked) + 1
        ranked += _separate(first, group, squads, scorers, questions)
    return ranked


def _split(keys: Mapping[str, Answer]) -> Iterator[list[str]]:
    """The teams in groups of equal keys, least first, each in order of name."""
    ordered = sorted(keys, key=lambda team: (keys[team], team))
    for _, group in groupby(ordered, key=lambda team: keys[team]):
        yield list(group)


def _separate(
    first: int,
    group: list[str],
    squads: Mapping[str, Squad],
    scorers: int,
    questions: Sequence[TieBreak],
    decided_by: str = "",
) -> list[Ranked]:
    if len(group) == 1 or not questions:
        return [Ranked(first, team, decided_by) for team in group]
    question, *rest = questions
    among = {team: squads[team] for team in group}
    ranked: list[Ranked] = []
    parts = list(_split(answers(question, among, scorers)))
    for part in parts:
        by = question.value if len(parts) > 1 else decided_by
        ranked += _separate(first + len(ranked), part, squads, scorers, rest, by)
    return ranked
