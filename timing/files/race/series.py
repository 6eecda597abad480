"""A series as a folder of races: its rules from race.toml, its races from their own folders."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from timing.core.clock import Duration
from timing.core.rulebook.categories import Scheme
from timing.core.rulebook.prizes import PrizeScheme
from timing.core.scoring.series_rules import RaceGroup, SeriesRules, check_series
from timing.core.setup.event import Event
from timing.files.race.choices import SeriesChoice
from timing.files.race.event import build_event
from timing.files.race.folder import RaceData, open_race, read_race
from timing.files.race.race_toml import RaceText
from timing.files.race.schemes import read_prizes, read_schemes


class SeriesRace(NamedTuple):
    """One race. data: None for a race still to come. median: None for that of its finishers."""

    name: str
    data: RaceData | None
    median: Duration | None


class SeriesData(NamedTuple):
    """A series that may be scored. clubs: another spelling of a club -> the one to use."""

    text: RaceText
    event: Event
    rules: SeriesRules
    races: tuple[SeriesRace, ...]
    scheme: Scheme | None
    prizes: PrizeScheme | None
    clubs: dict[str, str]
    eligible_clubs: tuple[str, ...]


def read_series(text: RaceText, series: SeriesChoice, encoding: str | None) -> SeriesData:
    """Read all races of a series. Raises Refusal with the problems of all of them."""
    event = build_event(text).event
    schemes, prizes = read_schemes(text), read_prizes(text)
    rules = _rules(text, series)
    text.findings.settle()
    races = tuple(
        SeriesRace(
            choice.name,
            _race(text, text.path.parent / choice.folder, encoding) if choice.folder else None,
            text.duration(f"$.series.race[{number}].median", choice.median)
            if choice.median
            else None,
        )
        for number, choice in enumerate(series.race)
    )
    text.findings.settle()
    contest = text.race.contest[0]
    return SeriesData(
        text, event, rules, races, schemes.get(contest.code), prizes.get(contest.code),
        text.race.entries.clubs, series.eligible_clubs,
    )  # fmt: skip


def _race(text: RaceText, folder: Path, encoding: str | None) -> RaceData:
    return read_race(open_race(folder, text.findings), encoding)


def _rules(text: RaceText, series: SeriesChoice) -> SeriesRules:
    numbers: dict[str, int] = {}
    for number, race in enumerate(series.race, 1):
        if numbers.setdefault(race.name, number) != number:
            text.wrong(f"$.series.race[{number - 1}].name", f"{race.name!r} stands twice")
    named = [*series.order, *(name for group in series.groups for name in group.races)]
    for name in named:
        if name not in numbers:
            known = ", ".join(numbers)
            text.wrong("$.series", f"{name!r} is no race of the series; expected one of {known}")
    rules = SeriesRules(
        scoring=series.scoring, races=len(series.race), counted=series.counted,
        least=series.least, by_sex=series.by_sex, first=series.first,
        median_score=series.median_score, table=series.table, floor=series.floor,
        tie_breaks=series.tie_breaks,
        groups=tuple(
            RaceGroup(
                name=group.name, least=group.least,
                races=tuple(numbers[name] for name in group.races if name in numbers),
            )
            for group in series.groups
        ),
        order=tuple(numbers[name] for name in series.order if name in numbers),
    )  # fmt: skip
    for problem in check_series(rules):
        text.wrong("$.series", problem.sentence, problem.code)
    return rules
