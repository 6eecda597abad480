"""Lists of a relay as CSV: teams with their legs, the ranking of each leg, the records as used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from timing.core.clock import Duration, format_duration
from timing.core.scoring.relay_records import Collation
from timing.core.scoring.relays import Placed, Team
from timing.core.status import Status
from timing.files.feeds.csv_out import csv_text


class TeamLine(NamedTuple):
    """One team of the list. runners: of each leg, as printed. category: its code.

    ruled: the status by decision, None without one.
    """

    placed: Placed
    team: Team
    name: str
    category: str
    category_place: int | None
    runners: tuple[str, ...]
    ruled: Status | None = None


def place_text(placed: Placed) -> str:
    """``3``, ``3=`` when shared, "" without a place."""
    return "" if placed.place is None else f"{placed.place}{'=' if placed.tied else ''}"


def time_text(time: Duration | None) -> str:
    """A time as it was recorded, "" where there is none."""
    return "" if time is None else format_duration(time)


class TeamPart(NamedTuple):
    """A part of the list with places of its own; group "" where the list is not divided."""

    group: str
    lines: tuple[TeamLine, ...]


def relay_csv(contest: str, parts: Sequence[TeamPart], legs: int) -> str:
    """Teams in order, and for each leg its runners, its time and the running sum.

    A divided list has a first column for its parts.
    """
    divided = any(part.group for part in parts)
    header = ["group"] if divided else []
    header += ["contest", "place", "bib", "name", "category", "category_place", "time", "status"]
    for leg in range(1, legs + 1):
        header += [f"runners {leg}", f"leg {leg}", f"split {leg}"]
    rows = (
        [*([part.group] if divided else []), *_team_cells(contest, line)]
        for part in parts
        for line in part.lines
    )
    return csv_text(header, rows)


def _team_cells(contest: str, line: TeamLine) -> list[str]:
    category_place = "" if line.category_place is None else str(line.category_place)
    cells = [
        contest, place_text(line.placed), line.team.bib, line.name, line.category, category_place,
        time_text(line.placed.time), status_of(line),
    ]  # fmt: skip
    for leg, split, runners in zip(line.team.legs, line.team.splits, line.runners, strict=True):
        marked = f"{runners} (M{leg.mass_start})" if leg.mass_start else runners
        cells += [marked, time_text(leg.time) or "DNF", time_text(split) or "DNF"]
    return cells


def status_of(line: TeamLine) -> str:
    """OK with a total, else what was decided; DNS without any record, DNF otherwise."""
    if line.placed.time is not None:
        return Status.OK.value
    if line.ruled is not None:
        return line.ruled.value
    return "DNF" if any(leg.record for leg in line.team.legs) else "DNS"


def legs_csv(rankings: Sequence[Sequence[Placed]], lines: Mapping[str, TeamLine]) -> str:
    """The ranking of every leg, one after the other."""
    rows = [
        (str(leg), place_text(placed), placed.bib, lines[placed.bib].name,
         lines[placed.bib].runners[leg - 1], time_text(placed.time) or "DNF")
        for leg, ranking in enumerate(rankings, 1)
        for placed in ranking
    ]  # fmt: skip
    return csv_text(("leg", "place", "bib", "name", "runners", "time"), rows)


def records_csv(collation: Collation) -> str:
    """Every record with what was filled in, and a remark for each inference."""
    rows = [
        (str(number), record.bib, time_text(record.time), str(record.leg or ""),
         " ".join(code.value for code in collation.remarks(number)))
        for number, record in enumerate(collation.records, 1)
    ]  # fmt: skip
    return csv_text(("order", "bib", "time", "leg", "remarks"), rows)


def relay_rows(contest: str, name: str, lines: Iterable[TeamLine]) -> dict[str, Any]:
    """The list for JSON: times in microseconds."""
    return {
        "code": contest,
        "name": name,
        "rows": [
            {
                "place": line.placed.place, "tied": line.placed.tied, "bib": line.team.bib,
                "name": line.name, "category": line.category,
                "category_place": line.category_place, "status": status_of(line),
                "official_us": line.placed.time,
                "legs": [
                    {
                        "leg": leg.number, "runners": runners, "time_us": leg.time,
                        "split_us": split, "mass_start": bool(leg.mass_start),
                    }
                    for leg, split, runners in zip(
                        line.team.legs, line.team.splits, line.runners, strict=True
                    )
                ],
            }
            for line in lines
        ],
    }  # fmt: skip
