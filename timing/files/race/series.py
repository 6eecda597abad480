"""A series as a folder of races: its rules from race.toml, its races from their own folders."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import Duration
from timing.core.rulebook.categories import Scheme
from timing.core.rulebook.prizes import PrizeScheme
from timing.core.scoring.series_rules import RaceGroup, Scoring, SeriesRules, check_series
from timing.core.setup.event import Event
from timing.files.race.choices import SeriesChoice
from timing.files.race.event import build_event
from timing.files.race.folder import RaceData, open_race, read_race
from timing.files.race.names import refuse_tables, tell_strays
from timing.files.race.race_toml import RaceText
from timing.files.race.schemes import read_prizes, read_schemes
from timing.files.rulebook import series_presets


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
    refuse_tables(text)
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
    """One race of individuals: nothing else has a place or a time of a person."""
    own = open_race(folder, text.findings)
    _check_kind(own)
    tell_strays(own)
    return read_race(own, encoding)


def _check_kind(own: RaceText) -> None:
    kinds = [
        ("$.series", "a series", own.race.series is not None),
        ("$.contest", "a relay", any(each.relay is not None for each in own.race.contest)),
        ("$.contest", "a race on laps", any(each.laps is not None for each in own.race.contest)),
    ]
    for key, kind, found in kinds:
        if found:
            own.wrong(key, f"{kind} inside a series; expected a race of individuals")
            own.findings.refuse()


_KEYS = (
    "scoring", "counted", "least", "by_sex", "first", "median_score", "table", "floor",
    "tie_breaks",
)  # fmt: skip
"""What a series may say otherwise than its preset."""


def _preset(text: RaceText, series: SeriesChoice) -> SeriesRules:
    """The rules from which a series starts; without a preset it says at least its scoring."""
    if series.preset:
        presets = series_presets()
        if series.preset in presets:
            return presets[series.preset]
        known = ", ".join(presets)
        text.wrong("$.series.preset", f"{series.preset!r}; expected one of {known}")
    elif series.scoring is None:
        text.wrong("$.series.scoring", "no scoring and no preset; expected one of them")
    return SeriesRules(scoring=series.scoring or Scoring.POSITION_POINTS)


def _rules(text: RaceText, series: SeriesChoice) -> SeriesRules:
    numbers: dict[str, int] = {}
    if not series.race:
        text.wrong("$.series.race", "the series has no race; expected [[series.race]] for each")
    for number, race in enumerate(series.race, 1):
        if numbers.setdefault(race.name, number) != number:
            text.wrong(f"$.series.race[{number - 1}].name", f"{race.name!r} stands twice")
    named = [*series.order, *(name for group in series.groups for name in group.races)]
    for name in named:
        if name not in numbers:
            known = ", ".join(numbers)
            text.wrong("$.series", f"{name!r} is no race of the series; expected one of {known}")
    rules = replace(
        _preset(text, series), races=len(series.race),
        groups=tuple(
            RaceGroup(
                name=group.name, least=group.least,
                races=tuple(numbers[name] for name in group.races if name in numbers),
            )
            for group in series.groups
        ),
        order=tuple(numbers[name] for name in series.order if name in numbers),
        **{key: told for key in _KEYS if (told := getattr(series, key)) is not None},
    )  # fmt: skip
    for problem in check_series(rules):
        text.wrong("$.series", problem.sentence, problem.code)
    return rules
