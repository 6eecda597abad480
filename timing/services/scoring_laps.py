"""Scores an ultra or a race on laps from files: who is ahead of whom, and where."""

from __future__ import annotations

from timing.core.laps import LapCourse, rank_laps
from timing.files.laps_out import laps_csv, laps_rows, splits_csv, status_of
from timing.files.race_folder import RaceData
from timing.files.race_laps import sightings
from timing.files.results_json import results_json
from timing.files.results_out import anomalies_csv, awards_csv
from timing.services.scored import Made


def score_laps(race: RaceData, course: LapCourse) -> Made:
    """Everything that is written of a race on laps, as bytes."""
    (contest,) = race.event.contests
    entries = {entry.bib: entry for entry in race.roster.entries}
    runners = sightings(course, entries, race.recorded, race.zero)
    ranked = rank_laps(course, runners)
    finished = sum(status_of(row.progress) == "OK" for row in ranked)
    rows = laps_rows(contest.code, contest.name, ranked, entries)
    return Made(
        files={
            "results.csv": laps_csv(contest.code, course, ranked, entries).encode(),
            "results.json": results_json(race.event, [rows], (), ()),
            "awards.csv": awards_csv(()).encode(),
            "anomalies.csv": anomalies_csv(()).encode(),
            "splits.csv": splits_csv(course, runners).encode(),
        },
        doubts=(),
        summary=(f"{contest.name}: {finished} of {len(ranked)} finished",),
    )
