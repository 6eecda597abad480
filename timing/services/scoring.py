"""Scores a race from a folder of files: the same journal and fold as a live race, then its lists.

Everything is read and checked first; a refused race writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from timing.core.anomalies import Anomaly, about_entry
from timing.core.fold import State, anomalies_of, fold
from timing.core.refusal import Problem
from timing.core.standings import Standings, standings_of
from timing.files.findings import Findings
from timing.files.race_folder import RaceData, read_race
from timing.files.results_json import results_json
from timing.files.results_out import Award, anomalies_csv, awards_csv, results_csv
from timing.files.rulings_file import ROUND
from timing.files.whole_folder import whole_folder

Tell = Callable[[str], None]
"""Is told in a few words what is being done now."""


class Scored(NamedTuple):
    """What was written. open_anomalies: those that nobody has looked at and that matter."""

    files: tuple[Path, ...]
    standings: tuple[Standings, ...]
    awards: tuple[Award, ...]
    open_anomalies: tuple[Anomaly, ...]
    notices: tuple[Problem, ...]


def score(
    folder: Path, out: Path, *, encoding: str | None = None, tell: Tell = lambda _: None
) -> Scored:
    """Score the race in a folder and write its results into another one, all or nothing.

    encoding: of the tables, where they are not UTF-8. Raises Refusal with every problem of the
    input, OSError where the results cannot be written.
    """
    findings = Findings()
    tell("reading the files")
    race = read_race(folder, findings, encoding)
    tell(f"scoring {len(race.roster.entries)} entries and {len(race.journal.reads)} times")
    state = fold(race.event, race.roster, race.journal)
    categories = {entry.id: entry.category for entry in race.roster.entries}
    standings = tuple(
        standings_of(state, contest, ROUND, categories) for contest in race.event.contests
    )
    anomalies = [*anomalies_of(state), *_unclassified(race, standings)]
    awards: tuple[Award, ...] = ()
    tell("writing the results")
    files = _write(out, race, state, standings, awards, anomalies)
    still_open = tuple(each for each in anomalies if not each.cleared and each.severity != "info")
    return Scored(files, standings, awards, still_open, tuple(findings.notices))


def _unclassified(race: RaceData, standings: Sequence[Standings]) -> list[Anomaly]:
    """Who finished without a category in a contest that has a scheme of them."""
    schemes = {choice.code for choice in race.choices.contest if choice.categories}
    return [
        about_entry("unclassified", row.entry.id, one.round, bib=row.bib)
        for one in standings
        if one.contest.code in schemes
        for row in one.ranked
        if not row.category
    ]


def _write(
    out: Path,
    race: RaceData,
    state: State,
    standings: Sequence[Standings],
    awards: Sequence[Award],
    anomalies: Sequence[Anomaly],
) -> tuple[Path, ...]:
    made = {
        "results.csv": results_csv(standings).encode(),
        "results.json": results_json(race.event, standings, awards, anomalies),
        "awards.csv": awards_csv(awards).encode(),
        "anomalies.csv": anomalies_csv(anomalies, state, race.places).encode(),
    }
    with whole_folder(out) as draft:
        for name, content in made.items():
            (draft / name).write_bytes(content)
    return tuple(out / name for name in made)
