"""The one ordered list of a round, with every place that is counted in it.

Every surface (page, sheet, file) shows these rows in this order and sorts nothing itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from timing.core.clock import Duration
from timing.core.fold.collector import collector_paused
from timing.core.fold.results import Result
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.anomalies import Anomaly, about, about_entry
from timing.core.journal.lines import Ruling
from timing.core.rulebook.ranking import Finish, by_basis, finish_order, places_within, tie_groups
from timing.core.rulebook.rules import Basis, ContestRules
from timing.core.setup.event import Contest
from timing.core.setup.roster import Entry, EntryId, Start
from timing.core.status import Status, is_begun


class Row(NamedTuple):
    """One line of the standings.

    place: 1-2-2-4; None for the unranked. tied: the place is shared. sex_place, category_place,
    heat_place: the same count within sex, category and heat. gap: behind the first.
    """

    place: int | None
    tied: bool
    entry: Entry
    bib: str
    start: Start
    result: Result
    category: str
    sex_place: int | None
    category_place: int | None
    heat_place: int | None
    gap: Duration | None


class Standings(NamedTuple):
    """rows: the ranked in order of place, then the unranked in the order of the rules."""

    contest: Contest
    round: str
    seq: int
    rows: tuple[Row, ...]

    @property
    def ranked(self) -> tuple[Row, ...]:
        """The rows that have a place."""
        return tuple(row for row in self.rows if row.place is not None)

    @property
    def begun(self) -> bool:
        """Whether the list tells results yet; before, it is the list of who is to start."""
        results = [row.result for row in self.rows]
        guns = any(result.started is not None for result in results)
        return guns or is_begun({result.status for result in results})


# Results are many: columns are taken by position, and rows are made without counting the fields.
_ENTRY, _ROUND = itemgetter(0), itemgetter(1)
_OFFICIAL, _RECORDED = itemgetter(10), itemgetter(13)
_finish = partial(tuple.__new__, Finish)
_row = partial(tuple.__new__, Row)


def standings_of(
    state: State, contest: Contest, round_code: str, categories: Mapping[EntryId, str]
) -> Standings:
    """Rank one round of a contest.

    categories: of each entry, as the scheme of the contest says; missing or "" is unclassified.
    """
    entries = state.lineup.entries
    with collector_paused():
        ranked: list[Result] = []
        rest: list[Result] = []
        for (entry, code), result in state.results.items():
            if code == round_code and entries[entry].contest == contest.code:
                (ranked if _has_place(contest, entries[entry], result) else rest).append(result)
        finishes = _finishes(state, contest, round_code, ranked)
        order = finish_order(finishes)
        groups = tie_groups([finishes[index] for index in order], contest.rules.ties)
        rows = _ranked_rows(state, contest, [ranked[index] for index in order], groups, categories)
        rows += _unranked_rows(state, contest, rest, categories)
        return Standings(contest, round_code, state.seq, tuple(rows))


def _has_place(contest: Contest, entry: Entry, result: Result) -> bool:
    if entry.out_of_competition:
        return False
    if contest.rules.basis is Basis.LAPS:
        return result.laps > 0 and result.status in (Status.OK, Status.RUN)
    return result.status is Status.OK and result.gun is not None


def _finishes(
    state: State, contest: Contest, round_code: str, results: Sequence[Result]
) -> list[Finish]:
    """Turn results into what places are made of."""
    photo, dead = photo_finish(state.live, round_code)
    ids = list(map(_ENTRY, results))
    return list(map(_finish, zip(
        *_ranked_times(contest, results),
        _places_in(photo, state, contest, results) if photo else repeat(0),
        map(_RECORDED, results),
        [entry in dead for entry in ids] if dead else repeat(object=False), strict=False,
    )))  # fmt: skip


def _places_in(
    photo: Mapping[EntryId, int], state: State, contest: Contest, results: Sequence[Result]
) -> list[int]:
    """Count the order that the judges read among those who are equal and of one heat.

    A picture shows one heat, so equal times of two heats tie, whatever their places in the
    pictures are. Who is not in the picture does not pass before those who are.
    """
    heats = [state.lineup.starts[result.key].heat for result in results]
    equals = list(zip(*_ranked_times(contest, results), heats, strict=False))
    found = [photo.get(result.entry, len(photo) + 1) for result in results]
    order = sorted(range(len(found)), key=found.__getitem__)
    places = places_within([found[each] for each in order], [equals[each] for each in order])
    return [place or 0 for _, place in sorted(zip(order, places, strict=True))]


def read_places(state: State, standings: Standings) -> dict[EntryId, int]:
    """Where the judges read each of the ranked, among equals of a heat; nothing without a picture.

    standings: of the state.
    """
    photo = photo_finish(state.live, standings.round).order
    results = [row.result for row in standings.ranked] if photo else []
    places = _places_in(photo, state, standings.contest, results)
    return {result.entry: place for result, place in zip(results, places, strict=True)}


class PhotoFinish(NamedTuple):
    """What the judges read: the order of entries, and those whom they cannot separate."""

    order: dict[EntryId, int]
    dead_heats: set[EntryId]


def photo_finish(live: Iterable[Ruling], round_code: str) -> PhotoFinish:
    """Collect the readings of a round. live: the rulings in force, in order of precedence.

    The last word holds: a dead heat takes back an order read before, an order read later parts it.
    """
    found = PhotoFinish({}, set())
    for ruling in live:
        match ruling.act:
            case act.PhotoFinish(round=code, order=order) if code == round_code:
                found.order.update({entry: place for place, entry in enumerate(order, 1)})
                found.dead_heats.difference_update(order)
            case act.DeadHeat(round=code, entries=entries) if code == round_code:
                found.dead_heats.update(entries)
                if read := [found.order[entry] for entry in entries if entry in found.order]:
                    found.order.update(dict.fromkeys(entries, min(read)))
            case _:
                pass
    return found


def _ranked_times(
    contest: Contest, results: Sequence[Result]
) -> tuple[Iterable[int], Iterable[int]]:
    """What is ranked, and what separates equals of it: two columns."""
    rules = contest.rules
    if rules.basis is Basis.LAPS:  # more laps first, then less time at the last of them
        last = [result.elapsed[-1] + result.penalty if result.elapsed else 0 for result in results]
        return [-result.laps for result in results], last
    if rules.basis is not Basis.NET_THEN_GUN and not rules.rank_exact:
        return _officials(results), repeat(0)
    exact = [_exact(rules, result) for result in results]
    return [time for time, _ in exact], [then for _, then in exact]


def _officials(results: Iterable[Result]) -> list[int]:
    return [time or 0 for time in map(_OFFICIAL, results)]


def _exact(rules: ContestRules, result: Result) -> tuple[int, int]:
    gun, net = (result.gun or 0) + result.penalty, (result.net or 0) + result.penalty
    return by_basis(rules.basis, gun, net if rules.rank_exact else result.official or 0)


def _ranked_rows(
    state: State,
    contest: Contest,
    results: Sequence[Result],
    groups: Sequence[int],
    categories: Mapping[EntryId, str],
) -> list[Row]:
    lineup = state.lineup
    ids = list(map(_ENTRY, results))
    people = list(map(lineup.entries.__getitem__, ids))
    starts = list(map(lineup.starts.__getitem__, zip(ids, map(_ROUND, results), strict=True)))
    sexes = [entry.sex or None for entry in people]
    labels = [categories.get(entry, "") for entry in ids]
    classes = [(sex, label) if label else None for sex, label in zip(sexes, labels, strict=True)]
    sizes = Counter(groups)
    return list(map(_row, zip(
        places_within(groups, repeat("overall", len(groups))),
        [sizes[group] > 1 for group in groups],
        people,
        map(lineup.bibs.__getitem__, ids),
        starts,
        results,
        labels,
        places_within(groups, sexes),
        places_within(groups, classes),
        places_within(groups, [start.heat for start in starts]),
        _gaps(contest, results),
        strict=True,
    )))  # fmt: skip


def _gaps(contest: Contest, results: Sequence[Result]) -> Sequence[int | None]:
    """Behind the first, by the official times, so that the printed times and gaps add up."""
    if contest.rules.basis is Basis.LAPS or not results:
        return [None] * len(results)
    times = _officials(results)
    first = times[0]
    return [time - first for time in times]


def _unranked_rows(
    state: State, contest: Contest, results: Sequence[Result], categories: Mapping[EntryId, str]
) -> list[Row]:
    """List who has no place: out of competition by time, then by status, then in start order.

    On the course the race is told as it stands: who is further comes before, then who was faster.
    """
    order = {code: index for index, code in enumerate(contest.rules.unranked)}
    lineup = state.lineup
    keep = [
        result
        for result in results
        if contest.rules.list_unstarted or result.status not in (Status.DNS, Status.READY)
    ]

    def key(result: Result) -> tuple[int, int, int, int, int, int]:
        start = lineup.starts[result.key]
        finished = result.status is Status.OK
        group = -1 if finished else order.get(result.status.value, len(order))
        far, time = (0, result.official or 0) if finished else _way(result)
        return (group, -far, time, start.heat, start.lane, result.entry)

    return [
        Row(
            None, False, lineup.entries[result.entry], lineup.bibs[result.entry],
            lineup.starts[result.key], result, categories.get(result.entry, ""),
            None, None, None, None,
        )
        for result in sorted(keep, key=key)
    ]  # fmt: skip


def _way(result: Result) -> tuple[int, int]:
    """How far somebody on the course has come, and when; nothing for everybody else."""
    if result.status is not Status.RUN or not result.splits:
        return 0, 0
    last = result.splits[-1]
    return last.position, last.elapsed


_PODIUM = 3


def doubts_of(standings: Standings) -> list[Anomaly]:
    """What only the list shows: a tie for a medal, and who has a place but no category."""
    contest, round_code = standings.contest, standings.round
    ties = sorted({row.place for row in standings.ranked if row.tied and row.place is not None})
    doubts = [
        about(
            "podium_tie", f"{contest.code}:{round_code}:{place}", rank=str(place),
            contest=contest.name,
        )
        for place in ties
        if place <= _PODIUM
    ]  # fmt: skip
    if contest.rules.categories:
        doubts += [
            about_entry("unclassified", row.entry.id, round_code, bib=row.bib)
            for row in standings.ranked
            if not row.category
        ]
    return doubts
