"""Scores an ultra or a race on laps from files: who is ahead of whom, and where."""

from __future__ import annotations

from timing.core.scoring.laps import LapCourse, rank_laps
from timing.files.feeds.laps_out import laps_csv, laps_rows, splits_csv, status_of
from timing.files.race.folder import RaceData
from timing.files.race.laps import corrected, lap_decisions, sightings
from timing.services.scoring.scored import Lists, Made, made
from timing.services.scoring.sheets import laps_sheet


def score_laps(race: RaceData, course: LapCourse) -> Made:
    """Everything that is written of a race on laps, as bytes."""
    (contest,) = race.event.contests
    entries = {entry.bib or f"entry {entry.id}": entry for entry in race.roster.entries}
    clock = race.clock if race.choices.times.clock == "day" else None
    used = corrected(race.recorded, race.ruled, race.zero)
    runners = sightings(course, entries, used, race.zero, clock)
    ranked = rank_laps(course, runners, lap_decisions(race.ruled, race.recorded, entries))
    finished = sum(status_of(row.progress) == "OK" for row in ranked)
    rows = laps_rows(contest.code, contest.name, ranked, entries)
    return made(
        race.event,
        [rows],
        Lists([laps_sheet(race.event, contest.name, course, ranked, entries)]),
        {
            "results.csv": laps_csv(contest.code, course, ranked, entries),
            "splits.csv": splits_csv(course, runners),
        },
        [f"{contest.name}: {finished} of {len(ranked)} finished"],
    )
