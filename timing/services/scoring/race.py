"""Scores a race from a folder of files: the same journal and fold as a live race, then its lists.

Everything is read and checked first; a refused race writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from timing.files.feeds.whole_folder import whole_folder
from timing.files.race.folder import RaceData, open_race, read_race
from timing.files.race.names import tell_strays
from timing.files.race.series import read_series
from timing.files.tables.findings import Findings
from timing.services.scoring.individual import score_individuals
from timing.services.scoring.laps import score_laps
from timing.services.scoring.relay import score_relay
from timing.services.scoring.scored import Made, Scored
from timing.services.scoring.series import score_series

Tell = Callable[[str], None]
"""Is told in a few words what is being done now."""


def score(
    folder: Path, out: Path, *, encoding: str | None = None, tell: Tell = lambda _: None
) -> Scored:
    """Score the race in a folder and write its results into another one, all or nothing.

    encoding: of the tables, where they are not UTF-8. Raises Refusal with every problem of the
    input, OSError where the results cannot be written.
    """
    findings = Findings()
    tell("reading the files")
    text = open_race(folder, findings)
    tell_strays(text)
    if text.race.series is not None:
        series = read_series(text, text.race.series, encoding)
        tell(f"scoring {len(series.races)} races")
        made = score_series(series)
    else:
        race = read_race(text, encoding)
        tell(f"scoring {len(race.roster.entries)} entries and {len(race.journal.reads)} times")
        made = _made(race)
    tell("writing the results")
    with whole_folder(out) as draft:
        for name, content in made.files.items():
            (draft / name).write_bytes(content)
    return Scored(
        files=tuple(out / name for name in made.files),
        summary=made.summary,
        open_doubts=tuple(doubt for doubt in made.doubts if doubt.is_open),
        notices=tuple(findings.notices),
    )


def _made(race: RaceData) -> Made:
    if race.relay is not None:
        return score_relay(race, race.relay)
    if race.laps is not None:
        return score_laps(race, race.laps)
    return score_individuals(race)
