"""What a result means for the team of a runner, as sentences of an explanation.

Decides nothing: the scores come from ``core.scoring.teams``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from timing.core.clock import format_duration
from timing.core.scoring.teams import Basis, Finish, TeamResult, TeamRow, TeamRules, squads_of
from timing.core.scoring.tie_breaks import Score
from timing.core.telling.sentences import Telling

CODES = frozenset({
    "team-counts", "team-not-counted", "team-too-few", "team-too-many", "team-member-missing",
    "team-too-few-of-sex",
})  # fmt: skip
"""What a runner of a team is told."""


def team_sentences(
    finish: Finish, rules: TeamRules, result: TeamResult, runner: str, decimals: int | None = None
) -> Iterator[Telling]:
    """Say how the team of a runner stands and what the runner does for it.

    finish, result: of the ranking in which the runner is; runner: as named there. decimals: of
    times; None for as many as they have.
    """
    squads = squads_of(finish, rules)
    team = next((name for name, squad in squads.items() if runner in {r.name for r in squad}), "")
    if not team:
        yield Telling("team-none", {})
        return
    row = next((each for each in result.rows if each.team == team), None)
    if row is not None:
        score = score_text(row.score, rules, decimals)
        yield from _ranked(result, row, runner, score)
        return
    missing = next(each for each in result.unranked if each.team == team)
    params = {"team": team, "found": str(missing.found), "expected": str(missing.expected)}
    yield Telling(f"team-{missing.code}", params)


def _ranked(result: TeamResult, row: TeamRow, runner: str, score: str) -> Iterator[Telling]:
    params = {
        "team": row.team, "rank": str(row.rank), "count": str(len(result.rows)),
        "score": score, "scorers": str(len(row.scorers)),
    }  # fmt: skip
    yield Telling("team-counts" if runner in row.scorers else "team-not-counted", params)
    if row.decided_by:
        yield Telling(f"team-tie-{row.decided_by}", {})


def score_text(score: Score, rules: TeamRules, decimals: int | None = None) -> str:
    """Print what a team scored: points, with decimals where a dead heat shared them, or a time.

    decimals: of a time; None for as many as it has.
    """
    if rules.basis is not Basis.PLACES:
        return format_duration(int(score), decimals)
    points = Fraction(score)
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.2f}"
