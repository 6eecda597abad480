"""A series of races: scores of each race, best of them, order, and who can still complete it.

What counts is data (series_rules). Persons are keys made elsewhere (identities);
knows nothing of names, clubs as printed, or prizes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Generic, NamedTuple, TypeVar

from timing.core.clock import Duration
from timing.core.scoring.series_points import (
    Points,
    median,
    median_ratio,
    percentile_points,
    position_points,
    table_points,
)
from timing.core.scoring.series_rules import Scoring, SeriesRules, SeriesTie

K = TypeVar("K", bound=Hashable)


class Run(NamedTuple, Generic[K]):
    """One person in one race. place: in the race, shared by a dead heat. time None: DNF."""

    person: K
    sex: str
    place: int
    time: Duration | None


class Race(NamedTuple, Generic[K]):
    """runs: None for a race that is still to come. median: an override, where not all are known."""

    name: str
    runs: tuple[Run[K], ...] | None
    median: Duration | None = None


class Row(NamedTuple, Generic[K]):
    """One person. place: None for who cannot complete the series any more; tied: place shared.

    scores: a race each, None where not finished or not run yet. counting: numbers of the races
    that count. total: None for times that cannot be complete. groups: whether each is satisfied.
    """

    place: int | None
    tied: bool
    person: K
    scores: tuple[Points | None, ...]
    counting: tuple[int, ...]
    total: Points | None
    complete: bool
    groups: tuple[bool, ...]


def in_time_order(races: Sequence[Race[K]], rules: SeriesRules) -> list[Race[K]]:
    """The races as they take place."""
    return [races[number - 1] for number in rules.order] if rules.order else list(races)


def series_scores(
    races: Sequence[Race[K]], rules: SeriesRules
) -> dict[K, tuple[Points | None, ...]]:
    """Score everybody who started in a race; None for a race not finished."""
    by_race = [dict(_race_scores(race, rules)) for race in races]
    persons = dict.fromkeys(
        run.person for race in in_time_order(races, rules) for run in race.runs or ()
    )
    return {person: tuple(scores.get(person) for scores in by_race) for person in persons}


def _race_scores(race: Race[K], rules: SeriesRules) -> Iterator[tuple[K, Points]]:
    done = [run for run in race.runs or () if run.time is not None]
    times = [(run.person, run.time) for run in done if run.time is not None]
    match rules.scoring:
        case Scoring.AGGREGATE_TIME:
            yield from times
        case Scoring.MEDIAN_RATIO:
            middle = race.median or median([time for _, time in times]) or 1
            yield from (
                (who, median_ratio(time, middle, rules.median_score)) for who, time in times
            )
        case _:
            scopes: dict[str, list[Run[K]]] = {}
            for run in done:
                scopes.setdefault(run.sex if rules.by_sex else "", []).append(run)
            for runs in scopes.values():
                yield from zip((run.person for run in runs), _points(runs, rules), strict=True)


def _points(runs: Sequence[Run[K]], rules: SeriesRules) -> Sequence[Points]:
    ahead = sorted(run.place for run in runs)
    within = [bisect_left(ahead, run.place) + 1 for run in runs]
    if rules.scoring is Scoring.TABLE_POINTS:
        return table_points(within, rules.table, rules.floor)
    if rules.scoring is Scoring.PERCENTILE:
        return [percentile_points(place, len(runs)) for place in within]
    return [position_points(place, rules.first) for place in within]


def fastest_times(races: Iterable[Race[K]]) -> dict[K, Duration]:
    """The fastest time of everybody who finished a race."""
    found: dict[K, Duration] = {}
    for run in chain.from_iterable(race.runs or () for race in races):
        if run.time is not None:
            found[run.person] = min(run.time, found.get(run.person, run.time))
    return found


def rank_series(
    scores: Mapping[K, Sequence[Points | None]],
    rules: SeriesRules,
    races_run: Iterable[int],
    fastest: Mapping[K, Duration] | None = None,
) -> tuple[Row[K], ...]:
    """Order: can complete, more races (at most those needed), total, then the tie-breaks.

    races_run: numbers of the races that have taken place. fastest: of everybody, for the tie-break
    that asks for it; who has no time loses to who has one.
    """
    run = set(races_run)
    rows = [_row(person, tuple(own), rules, run) for person, own in scores.items()]
    rows.sort(key=lambda row: _key(row, rules))
    ranked: list[Row[K]] = []
    for _, group in groupby(rows, key=lambda row: _key(row, rules)):
        equals = list(group)
        if equals[0].place is None:
            ranked += equals
            continue
        for tied in _separate(equals, rules, list(rules.tie_breaks), fastest or {}):
            place, shared = len(ranked) + 1, len(tied) > 1
            ranked += [row._replace(place=place, tied=shared) for row in tied]
    return tuple(ranked)


def _row(person: K, scores: tuple[Points | None, ...], rules: SeriesRules, run: set[int]) -> Row[K]:
    counting = _best(scores, rules)[: rules.counted or None]
    done = {number for number, score in enumerate(scores, start=1) if score is not None}
    to_come = set(range(1, max(rules.races, len(scores)) + 1)) - run
    groups = tuple(len(done.intersection(group.races)) >= group.least for group in rules.groups)
    possible = len(done) + len(to_come) >= rules.needed and all(
        len((done | to_come).intersection(group.races)) >= group.least for group in rules.groups
    )
    complete = len(done) >= rules.needed and all(groups)
    total: Points | None = sum((scores[number - 1] or 0) for number in counting)
    if rules.scoring is Scoring.AGGREGATE_TIME and not possible:
        total = None
    return Row(
        0 if possible else None, False, person, scores, tuple(sorted(counting)), total, complete,
        groups,
    )  # fmt: skip


def _best(scores: Sequence[Points | None], rules: SeriesRules) -> list[int]:
    """Numbers of the races with a score, the best first; of equals the earlier race."""
    sign = -1 if rules.most_wins else 1
    with_score = [(sign * s, number) for number, s in enumerate(scores, start=1) if s is not None]
    return [number for _, number in sorted(with_score)]


def _key(row: Row[K], rules: SeriesRules) -> tuple[bool, int, Points]:
    total = row.total or 0
    done = sum(score is not None for score in row.scores)
    return (
        row.place is None,
        -min(done, rules.needed or done),
        -total if rules.most_wins else total,
    )


def _separate(
    equals: list[Row[K]],
    rules: SeriesRules,
    questions: list[SeriesTie],
    fastest: Mapping[K, Duration],
) -> list[list[Row[K]]]:
    """Equal totals in groups that stay tied, best first."""
    if len(equals) == 1 or not questions:
        return [equals]
    question, *rest = questions
    ask: dict[SeriesTie, Callable[[Row[K]], tuple[Points, ...]]] = {
        SeriesTie.NEXT_BEST: lambda row: _next_best(row, rules),
        SeriesTie.HEAD_TO_HEAD: lambda row: (-_wins(row, equals, rules),),
        SeriesTie.FASTEST: lambda row: (row.person not in fastest, fastest.get(row.person, 0)),
    }
    answers = {row.person: ask[question](row) for row in equals}
    ordered = sorted(equals, key=lambda row: answers[row.person])
    return [
        part
        for _, group in groupby(ordered, key=lambda row: answers[row.person])
        for part in _separate(list(group), rules, rest, fastest)
    ]


def _next_best(row: Row[K], rules: SeriesRules) -> tuple[Points, ...]:
    sign = -1 if rules.most_wins else 1
    left = [n for n in _best(row.scores, rules) if n not in row.counting]
    # Who has no further score loses to who has one, whichever way scores go.
    further: list[Points] = []
    for number in left:
        further += [0, sign * (row.scores[number - 1] or 0)]
    return (*further, 1)


def _wins(row: Row[K], equals: Sequence[Row[K]], rules: SeriesRules) -> int:
    """Races in which the row scored better than another of the tied, over all of them."""
    sign = 1 if rules.most_wins else -1
    return sum(
        sign * mine > sign * theirs
        for other in equals
        for mine, theirs in zip(row.scores, other.scores, strict=True)
        if mine is not None and theirs is not None
    )
