"""Lists of an ultra or a race on laps as CSV: who is where, and the time at every point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from timing.core.clock import format_duration
from timing.core.scoring.laps import (
    LapCourse,
    Progress,
    Ranked,
    Sighting,
    elapsed_times,
    time_at_points,
)
from timing.core.setup.roster import Entry
from timing.core.status import Status
from timing.files.feeds.csv_out import csv_text

_COLUMNS = (
    "contest", "place", "bib", "name", "sex", "club", "nation", "category", "status", "laps",
    "lap", "point", "in_out", "distance_m", "time",
)  # fmt: skip


def status_of(progress: Progress) -> Status:
    """What was decided; else OK has finished, DNF has stopped before, RUN is under way, DNS not."""
    if progress.ruled is not Status.OK:
        return progress.ruled
    if not progress.started:
        return Status.DNS
    if progress.finished:
        return Status.OK
    return Status.DNF if progress.dropped else Status.RUN


def laps_csv(
    contest: str, course: LapCourse, ranked: Iterable[Ranked[str]], entries: Mapping[str, Entry]
) -> str:
    """Everybody in order; the time is that at the furthest point. entries: by runner."""
    rows = [_cells(contest, course, row, entries[row.runner]) for row in ranked]
    return csv_text(_COLUMNS, rows)


def _cells(contest: str, course: LapCourse, row: Ranked[str], entry: Entry) -> tuple[str, ...]:
    progress, final = row.progress, row.progress.final
    seen = ("", "", "", "")
    if final is not None:
        point = course.points[final.point]
        metres = course.points[-1].distance * (final.lap - 1) + point.distance
        seen = (str(final.lap), point.name, _way(final), str(metres // 1000))
    time = "" if progress.elapsed is None else format_duration(progress.elapsed)
    return (
        contest, str(row.rank or ""), entry.bib, entry.name, entry.sex.value, entry.club,
        entry.nation, entry.category, status_of(progress).value, str(progress.laps), *seen, time,
    )  # fmt: skip


def _way(sighting: Sighting) -> str:
    return "out" if sighting.out else "in"


def splits_csv(course: LapCourse, runners: Mapping[str, Sequence[Sighting]]) -> str:
    """Time since the own start at every point, empty where there is no start.

    stay: how long the runner was at a point that records both ways, beside the departure.
    """
    rows = []
    for bib, times in runners.items():
        stays = time_at_points(times)
        for seen, elapsed in zip(times, elapsed_times(times), strict=True):
            stay = stays.get((seen.lap, seen.point)) if seen.out else None
            rows.append(
                (bib, str(seen.lap), course.points[seen.point].name, _way(seen),
                 "" if elapsed is None else format_duration(elapsed),
                 "" if stay is None else format_duration(stay))
            )  # fmt: skip
    return csv_text(("bib", "lap", "point", "in_out", "time", "stay"), rows)


def laps_rows(
    contest: str, name: str, ranked: Iterable[Ranked[str]], entries: Mapping[str, Entry]
) -> dict[str, Any]:
    """The list for JSON: times in microseconds."""
    return {
        "code": contest,
        "name": name,
        "rows": [
            {
                "place": row.rank, "bib": entries[row.runner].bib, "name": entries[row.runner].name,
                "status": status_of(row.progress).value, "laps": row.progress.laps,
                "elapsed_us": row.progress.elapsed,
            }
            for row in ranked
        ],
    }  # fmt: skip
