"""The table of a series as CSV and for JSON: one row a person, one column a race."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from timing.core.clock import format_duration
from timing.core.scoring.series import Row
from timing.core.scoring.series_rules import Scoring, SeriesRules
from timing.files.feeds.csv_out import csv_text


class PersonLine(NamedTuple):
    """One person of the table, with the name, club and category as printed."""

    row: Row[Any]
    name: str
    club: str
    category: str


def place_text(row: Row[Any]) -> str:
    """``3``, ``3=`` when shared, "" for who cannot complete the series any more."""
    return "" if row.place is None else f"{row.place}{'=' if row.tied else ''}"


def score_text(score: int | Fraction | None, rules: SeriesRules) -> str:
    """A time, or points: whole, or with two decimals where a tie shared them."""
    if score is None:
        return ""
    if rules.scoring is Scoring.AGGREGATE_TIME:
        return format_duration(int(score))
    whole = Fraction(score)
    return str(whole.numerator) if whole.denominator == 1 else f"{float(whole):.2f}"


class PersonPart(NamedTuple):
    """A part of the table with places of its own; group "" where the table is not divided."""

    group: str
    lines: tuple[PersonLine, ...]


def series_csv(races: Sequence[str], parts: Sequence[PersonPart], rules: SeriesRules) -> str:
    """Everybody in order. complete, and each group of races: Y or N.

    A divided table has a first column for its parts.
    """
    divided = any(part.group for part in parts)
    header = ["group"] if divided else []
    header += ["place", "name", "club", "category", *races, "total", "complete"]
    header += [f"group {group.name}" for group in rules.groups]
    rows = (
        [*([part.group] if divided else []), *_cells(line, rules)]
        for part in parts
        for line in part.lines
    )
    return csv_text(header, rows)


def _cells(line: PersonLine, rules: SeriesRules) -> list[str]:
    row = line.row
    cells = [place_text(row), line.name, line.club, line.category]
    cells += [score_text(score, rules) for score in row.scores]
    cells += [score_text(row.total, rules), _yes(row.complete)]
    return cells + [_yes(done) for done in row.groups]


def _yes(value: object) -> str:
    return "Y" if value else "N"


def series_rows(code: str, name: str, lines: Sequence[PersonLine], rules: SeriesRules) -> Any:
    """The table for JSON; scores as text, times with all their digits."""
    return {
        "code": code,
        "name": name,
        "scoring": rules.scoring.value,
        "rows": [
            {
                "place": line.row.place, "tied": line.row.tied, "name": line.name,
                "club": line.club, "category": line.category,
                "scores": [score_text(score, rules) for score in line.row.scores],
                "counting": list(line.row.counting), "total": score_text(line.row.total, rules),
                "complete": line.row.complete,
            }
            for line in lines
        ],
    }  # fmt: skip
