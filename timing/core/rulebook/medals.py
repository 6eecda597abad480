"""Medals and the medal table over delegations, which are not always nations.

Knows neither events nor times: medals are counted from final places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from timing.core.rulebook.ranking import awarded, places

GOLD, SILVER, BRONZE = "gold", "silver", "bronze"
MEDALS = (GOLD, SILVER, BRONZE)


class Medals(NamedTuple):
    """What one delegation has won."""

    team: str
    gold: int = 0
    silver: int = 0
    bronze: int = 0

    @property
    def total(self) -> int:
        """All medals together; it decides nothing."""
        return self.gold + self.silver + self.bronze


class MedalRow(NamedTuple):
    """rank: shared by delegations with the same medals, the next rank is skipped."""

    rank: int
    medals: Medals


def count_medals(titles: Iterable[Sequence[tuple[str, int | None]]]) -> tuple[Medals, ...]:
    """Count over all titles; each is a final as (delegation, place), None without a place.

    Two firsts are two golds and no silver; two thirds are two bronzes.
    """
    won: dict[str, Counter[str]] = {}
    for title in titles:
        for (team, _), medal in zip(title, awarded((p for _, p in title), MEDALS), strict=True):
            won.setdefault(team, Counter())
            if medal is not None:
                won[team][medal] += 1
    return tuple(
        Medals(team, count[GOLD], count[SILVER], count[BRONZE]) for team, count in won.items()
    )


def medal_table(medals: Iterable[Medals]) -> tuple[MedalRow, ...]:
    """Rank by gold, then silver, then bronze; equals share the rank, in order of name.

    Delegations without a medal are not listed. Rows of one delegation are added up.
    """
    won: dict[str, Medals] = {}
    for one in medals:
        had = won.get(one.team, Medals(one.team))
        sums = (had.gold + one.gold, had.silver + one.silver, had.bronze + one.bronze)
        won[one.team] = Medals(one.team, *sums)
    listed = sorted(
        (row for row in won.values() if row.total),
        key=lambda row: (*_worse(row), row.team.casefold(), row.team),
    )
    ranks = places(_worse(row) for row in listed)
    return tuple(MedalRow(int(rank), row) for rank, row in zip(ranks, listed, strict=True))


def _worse(row: Medals) -> tuple[int, int, int]:
    return (-row.gold, -row.silver, -row.bronze)
