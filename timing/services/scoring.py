"""Scores a race from a folder of files: the same journal and fold as a live race, then its lists.

Everything is read and checked first; a refused race writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.anomalies import Anomaly, about_entry
from timing.core.fold import State, anomalies_of, fold
from timing.core.listing import shown_name, shown_time
from timing.core.refusal import Problem
from timing.core.standings import Row, Standings, standings_of
from timing.files.findings import Findings
from timing.files.race_folder import RaceData, read_race
from timing.files.race_toml import ContestChoice
from timing.files.results_json import results_json
from timing.files.results_out import AwardLine, anomalies_csv, awards_csv, results_csv
from timing.files.rulebook import team_presets
from timing.files.rulings_file import ROUND
from timing.files.whole_folder import whole_folder
from timing.services.awarding import (
    Part,
    TeamPrize,
    ages_of,
    award_prizes,
    award_teams,
    parts_of,
)

Tell = Callable[[str], None]
"""Is told in a few words what is being done now."""

_TEAM_NAMES = {"M": "Men's teams", "W": "Women's teams", "N": "Non-binary teams"}


class Scored(NamedTuple):
    """What was written. open_anomalies: those that nobody has looked at and that matter."""

    files: tuple[Path, ...]
    standings: tuple[Standings, ...]
    awards: tuple[AwardLine, ...]
    open_anomalies: tuple[Anomaly, ...]
    notices: tuple[Problem, ...]


class _Lists(NamedTuple):
    """Everything that is shown of a race, before it is written."""

    race: RaceData
    state: State
    standings: tuple[Standings, ...]
    parts: tuple[Part, ...]
    awards: tuple[AwardLine, ...]
    anomalies: tuple[Anomaly, ...]


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
    lists = _lists(race)
    tell("writing the results")
    files = _write(out, lists)
    still_open = tuple(
        each for each in lists.anomalies if not each.cleared and each.severity != "info"
    )
    return Scored(files, lists.standings, lists.awards, still_open, tuple(findings.notices))


def _lists(race: RaceData) -> _Lists:
    state = fold(race.event, race.roster, race.journal)
    categories = {entry.id: entry.category for entry in race.roster.entries}
    standings = tuple(
        standings_of(state, contest, ROUND, categories) for contest in race.event.contests
    )
    anomalies = (*anomalies_of(state), *_unclassified(race, standings))
    parts: list[Part] = []
    awards: list[AwardLine] = []
    for choice, one in zip(race.choices.contest, standings, strict=True):
        parts += _parts(race, one)
        awards += _awards(race, state, choice, one)
    return _Lists(race, state, standings, tuple(parts), tuple(awards), anomalies)


def _unclassified(race: RaceData, standings: Sequence[Standings]) -> Iterator[Anomaly]:
    """Who finished without a category in a contest that has a scheme of them."""
    for one in standings:
        for row in one.ranked if one.contest.code in race.schemes else ():
            if not row.category:
                yield about_entry("unclassified", row.entry.id, one.round, bib=row.bib)


def _parts(race: RaceData, standings: Standings) -> list[Part]:
    code = standings.contest.code
    if code not in race.prizes:
        return [Part("", standings)]
    ages = ages_of(race.schemes.get(code))
    return parts_of(standings, race.prizes[code], ages, date.fromisoformat(race.event.date))


def _awards(
    race: RaceData, state: State, choice: ContestChoice, standings: Standings
) -> Iterator[AwardLine]:
    """The award list of a contest: prizes in the order of their scheme, then teams."""
    if choice.code in race.prizes:
        scheme = race.prizes[choice.code]
        if choice.general_first is not None:
            scheme = replace(scheme, general_first=choice.general_first)
        ages = ages_of(race.schemes.get(choice.code))
        rows = {row.entry.id: row for row in standings.rows}
        prizes = {prize.code: prize for prize in scheme.prize}
        day = date.fromisoformat(race.event.date)
        for award in award_prizes(state, standings, scheme, ages, day):
            prize, row = prizes[award.prize], rows[int(str(award.entry))]
            place = f"{award.place}{'=' if award.tied else ''}"
            yield AwardLine(
                choice.code, prize.group, prize.code, prize.name, place, row.bib,
                shown_name(row.entry), row.entry.club, shown_time(standings.contest, row.result),
            )  # fmt: skip
    if choice.teams is not None:
        teams = choice.teams
        rules = team_presets()[teams.rules]
        rules = replace(rules, scorers=teams.count or rules.scorers)
        for team in award_teams(standings, rules, teams.sexes, teams.prizes):
            yield _team_line(choice.code, team)


def _team_line(contest: str, team: TeamPrize) -> AwardLine:
    return AwardLine(
        contest, "", f"team {team.sex}", _TEAM_NAMES.get(team.sex, f"Teams {team.sex}"),
        str(team.rank), "", team.club, team.club, str(team.score),
        tuple(_scorer(row) for row in team.scorers),
    )  # fmt: skip


def _scorer(row: Row) -> str:
    return f"{row.bib} {shown_name(row.entry)} ({row.sex_place})"


def _write(out: Path, lists: _Lists) -> tuple[Path, ...]:
    race, parts = lists.race, lists.parts
    groups = [part.group for part in parts] if any(part.group for part in parts) else ()
    made = {
        "results.csv": results_csv([part.standings for part in parts], groups).encode(),
        "results.json": results_json(
            race.event, lists.standings, lists.awards, lists.anomalies
        ),
        "awards.csv": awards_csv(lists.awards).encode(),
        "anomalies.csv": anomalies_csv(lists.anomalies, lists.state, race.places).encode(),
    }  # fmt: skip
    with whole_folder(out) as draft:
        for name, content in made.items():
            (draft / name).write_bytes(content)
    return tuple(out / name for name in made)
