"""Entries and medals as CSV tables: the rows come in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from timing.core.rulebook.medals import MedalRow
from timing.files.feeds.csv_out import csv_text

_ENTRANT = (
    "contest", "bib", "name", "club", "nation", "born", "sex", "category", "members", "heats",
)  # fmt: skip


def entrants_csv(entrants: Iterable[Mapping[str, Any]]) -> str:
    """Who is entered. Each has the columns as keys; starts: with round, heat and lane."""
    rows = [
        [
            *(str(one[key]) for key in _ENTRANT[:-2]),
            "; ".join(one["members"]),
            "; ".join(f"{each.round} {each.heat}" for each in one["starts"]),
        ]
        for one in entrants
    ]
    return csv_text(_ENTRANT, rows)


def medals_csv(table: Iterable[MedalRow]) -> str:
    """The medal table."""
    rows = [
        [str(cell) for cell in (rank, won.team, won.gold, won.silver, won.bronze)]
        for rank, won in table
    ]
    return csv_text(("rank", "delegation", "gold", "silver", "bronze"), rows)
