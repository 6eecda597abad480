"""How a series of races is scored, as data: what counts, how many races, what breaks a tie.

Presets live in config/rules/series.toml, each with its source. Knows no runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from timing.core.refusal import Problem
from timing.core.rulefile import accept, read_rules


class Scoring(StrEnum):
    """POSITION_POINTS, TABLE_POINTS, PERCENTILE: most wins. The others: least wins."""

    POSITION_POINTS = "position_points"
    TABLE_POINTS = "table_points"
    PERCENTILE = "percentile"
    AGGREGATE_TIME = "aggregate_time"
    MEDIAN_RATIO = "median_ratio"


class SeriesTie(StrEnum):
    """NEXT_BEST: the best score that did not count, then the next. HEAD_TO_HEAD: races won.

    FASTEST: the fastest time in any race; of use where all races are of one length.
    """

    NEXT_BEST = "next_best"
    HEAD_TO_HEAD = "head_to_head"
    FASTEST = "fastest"


class RaceGroup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At least so many of these races, numbered from 1, belong to a complete series."""

    name: str
    least: int = 1
    races: tuple[int, ...]


class SeriesRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """races: in the series, run or not. counted: the best so many count; 0: all.

    least: races for a complete series; 0: as many as count. by_sex: places are those within the
    sex. first: points for a win. median_score: for the median time. table, floor: points by
    place and beyond the table. order: race numbers as they take place, () as numbered.
    """

    code: str = ""
    name: str = ""
    source: str = ""
    certainty: str = "V"
    scoring: Scoring
    races: int = 0
    counted: int = 0
    least: int = 0
    by_sex: bool = True
    first: int = 0
    median_score: int = 1000
    table: tuple[int, ...] = ()
    floor: int = 0
    groups: tuple[RaceGroup, ...] = ()
    order: tuple[int, ...] = ()
    tie_breaks: tuple[SeriesTie, ...] = ()

    @property
    def most_wins(self) -> bool:
        """Whether a higher score is better."""
        return self.scoring not in (Scoring.AGGREGATE_TIME, Scoring.MEDIAN_RATIO)

    @property
    def needed(self) -> int:
        """Races of a complete series. Times can only be added over the same number of races."""
        return self.least or self.counted


class _Presets(Struct, frozen=True, forbid_unknown_fields=True):
    presets: tuple[SeriesRules, ...]


def decode_series(text: str, file: str | None = None) -> dict[str, SeriesRules]:
    """Read config/rules/series.toml by code. Raises Refusal with every row that is wrong."""
    presets = read_rules(text, _Presets, file=file).presets
    twice = [code for code, n in Counter(rules.code for rules in presets).items() if n > 1]
    problems = [Problem("series-twice", f"{code!r} stands twice; expected once") for code in twice]
    problems += [problem for rules in presets for problem in check_series(rules)]
    accept([problem._replace(file=file) for problem in problems])
    return {rules.code: rules for rules in presets}


def check_series(rules: SeriesRules) -> tuple[Problem, ...]:
    """The numbers fit the races that there are; races 0 stands for any number."""
    return tuple(_problems(rules, rules.code or rules.scoring.value))


def _problems(rules: SeriesRules, name: str) -> Iterator[Problem]:
    for key, number in (("counted", rules.counted), ("least", rules.least)):
        if number < 0 or (rules.races and number > rules.races):
            yield Problem("series-races", f"{name}: {key} is {number} of {rules.races} races")
    if rules.order and sorted(rules.order) != list(range(1, rules.races + 1)):
        sentence = f"order {list(rules.order)}; expected each of 1 to {rules.races} once"
        yield Problem("series-order", f"{name}: {sentence}")
    for group in rules.groups:
        if any(not 1 <= number <= rules.races for number in group.races):
            sentence = f"races {list(group.races)}; expected 1 to {rules.races}"
            yield Problem("series-group", f"{name}, group {group.name}: {sentence}")
        if not 0 <= group.least <= len(group.races):
            sentence = f"at least {group.least} of {len(group.races)} races"
            yield Problem("series-group", f"{name}, group {group.name}: {sentence}")
