"""Scores a race of individuals from files: the fold, the standings, the prizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from timing.core.fold.standings import Row, Standings, standings_of
from timing.core.fold.whole import State, anomalies_of, fold
from timing.core.journal.anomalies import Anomaly, about_entry
from timing.core.telling.fates import as_called_off
from timing.core.telling.listing import shown_name, shown_time
from timing.files.feeds.results_json import contest_rows
from timing.files.feeds.results_out import AwardLine, doubts_of, results_csv
from timing.files.race.choices import ContestChoice
from timing.files.race.folder import RaceData
from timing.files.race.rulings import ROUND
from timing.files.rulebook import team_presets
from timing.services.public.awarding import (
    Part,
    TeamPrize,
    ages_of,
    award_prizes,
    award_teams,
    parts_of,
)
from timing.services.scoring.scored import Lists, Made, made
from timing.services.scoring.sheets import individual_sheets
from timing.services.watching import of_times

_TEAM_NAMES = {"M": "Men's teams", "W": "Women's teams", "N": "Non-binary teams"}


def score_individuals(race: RaceData) -> Made:
    """Everything that is written of a race of individuals, as bytes."""
    state = fold(race.event, race.roster, race.journal)
    categories = {entry.id: entry.category for entry in race.roster.entries}
    standings = [standings_of(state, contest, ROUND, categories) for contest in race.event.contests]
    parts: list[Part] = []
    awards: list[AwardLine] = []
    for choice, one in zip(race.choices.contest, standings, strict=True):
        parts += _parts(race, one)
        awards += _awards(race, state, choice, one)
    anomalies = [
        *anomalies_of(state),
        *_unclassified(race, standings),
        *of_times(standings, race.event, state.cleared),
    ]
    event = as_called_off(race.event, state.lineup.called_off)
    groups = [part.group for part in parts] if any(part.group for part in parts) else ()
    return made(
        event,
        [contest_rows(one) for one in standings],
        Lists(individual_sheets(event, parts), awards, doubts_of(anomalies, state, race.places)),
        {"results.csv": results_csv([part.standings for part in parts], groups)},
        [_summary(one) for one in standings],
    )


def _summary(standings: Standings) -> str:
    ranked, listed = len(standings.ranked), len(standings.rows)
    others = f", {listed - ranked} without a place" if listed > ranked else ""
    return f"{standings.contest.name}: {ranked} ranked{others}"


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
        rules = replace(
            rules, scorers=teams.count or rules.scorers, teams=teams.of_club or rules.teams
        )
        for team in award_teams(standings, rules, teams.sexes, teams.prizes):
            yield _team_line(choice.code, team)


def _team_line(contest: str, team: TeamPrize) -> AwardLine:
    return AwardLine(
        contest, "", f"team {team.sex}", _TEAM_NAMES.get(team.sex, f"Teams {team.sex}"),
        str(team.rank), "", team.club, team.club, team.score,
        tuple(_scorer(row) for row in team.scorers),
    )  # fmt: skip


def _scorer(row: Row) -> str:
    return f"{row.bib} {shown_name(row.entry)} ({row.sex_place})"
