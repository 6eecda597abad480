"""The one ordered list of a round, with every place that is counted in it.

Every surface (page, sheet, file) shows these rows in this order and sorts nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from timing.core import rulings as act
from timing.core.clock import Duration
from timing.core.event import Contest
from timing.core.fold import State
from timing.core.ranking import Finish, by_basis, finish_order, places, places_within, tie_groups
from timing.core.results import Result
from timing.core.roster import Entry, EntryId, Start
from timing.core.rules import Basis
from timing.core.status import Status


class Row(NamedTuple):
    """One line of the standings.

    place: 1-2-2-4; None for the unranked. tied: the place is shared. sex_place, category_place,
    heat_place: the same count within sex, category and heat. gap: behind the first, exact.
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


def standings_of(
    state: State, contest: Contest, round_code: str, categories: Mapping[EntryId, str]
) -> Standings:
    """Rank one round of a contest.

    categories: of each entry, as the scheme of the contest says; missing or "" is unclassified.
    """
    entries = state.lineup.entries
    results = [
        result
        for (entry, code), result in state.results.items()
        if code == round_code and entries[entry].contest == contest.code
    ]
    ranked = [result for result in results if _has_place(contest, entries[result.entry], result)]
    finishes = _finishes(state, contest, round_code, ranked)
    order = finish_order(finishes)
    groups = tie_groups([finishes[index] for index in order], contest.rules.ties)
    rows = _ranked_rows(state, [ranked[index] for index in order], groups, contest, categories)
    have_place = {result.entry for result in ranked}
    rest = [result for result in results if result.entry not in have_place]
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
    photo: dict[EntryId, int] = {}
    dead: set[EntryId] = set()
    for ruling in state.live:
        match ruling.act:
            case act.PhotoFinish(round=code, order=order) if code == round_code:
                photo |= {entry: place for place, entry in enumerate(order, 1)}
            case act.DeadHeat(round=code, entries=entries) if code == round_code:
                dead |= set(entries)
            case _:
                pass
    rules = contest.rules
    if rules.basis is Basis.LAPS:
        return [_lap_finish(result) for result in results]
    finishes = []
    for result in results:
        gun, net = (result.gun or 0) + result.penalty, (result.net or 0) + result.penalty
        if not rules.rank_exact:
            net = result.official or 0
            gun = gun if rules.basis is Basis.NET_THEN_GUN else net
        time, then = by_basis(rules.basis, gun, net)
        entry = result.entry
        finishes.append(Finish(time, then, photo.get(entry, 0), result.recorded, entry in dead))
    return finishes


def _lap_finish(result: Result) -> Finish:
    """More laps first, then less time at the last of them."""
    splits = result.splits
    return Finish(-result.laps, splits[-1].elapsed if splits else 0, 0, result.recorded)


def _ranked_rows(
    state: State,
    results: Sequence[Result],
    groups: Sequence[int],
    contest: Contest,
    categories: Mapping[EntryId, str],
) -> list[Row]:
    lineup = state.lineup
    people = [lineup.entries[result.entry] for result in results]
    starts = [lineup.starts[result.key] for result in results]
    labels = [categories.get(entry.id, "") for entry in people]
    overall = places(groups)
    by_sex = places_within(groups, (entry.sex or None for entry in people))
    by_category = places_within(groups, (label or None for label in labels))
    by_heat = places_within(groups, (start.heat for start in starts))
    sizes = _sizes(groups)
    first = _ranked_time(contest, results[0]) if results else None
    return [
        Row(
            int(overall[index]), sizes[group] > 1, people[index], lineup.bibs[result.entry],
            starts[index], result, labels[index], by_sex[index], by_category[index],
            by_heat[index], _gap(contest, first, result),
        )
        for index, (group, result) in enumerate(zip(groups, results, strict=True))
    ]  # fmt: skip


def _sizes(groups: Iterable[int]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    return sizes


def _ranked_time(contest: Contest, result: Result) -> int | None:
    if contest.rules.basis is Basis.LAPS:
        return None
    net = contest.rules.basis in (Basis.NET, Basis.NET_THEN_GUN)
    time = result.net if net else result.gun
    return None if time is None else time + result.penalty


def _gap(contest: Contest, first: int | None, result: Result) -> Duration | None:
    time = _ranked_time(contest, result)
    return None if first is None or time is None else Duration(time - first)


def _unranked_rows(
    state: State, contest: Contest, results: Sequence[Result], categories: Mapping[EntryId, str]
) -> list[Row]:
    """List who has no place: out of competition by time, then by status, then in start order."""
    order = {code: index for index, code in enumerate(contest.rules.unranked)}
    lineup = state.lineup
    keep = [
        result
        for result in results
        if contest.rules.list_unstarted or result.status not in (Status.DNS, Status.READY)
    ]

    def key(result: Result) -> tuple[int, int, int, int, int]:
        start = lineup.starts[result.key]
        finished = result.status is Status.OK
        group = -1 if finished else order.get(result.status.value, len(order))
        time = (result.official or 0) if finished else 0
        return (group, time, start.heat, start.lane, result.entry)

    return [
        Row(
            None, False, lineup.entries[result.entry], lineup.bibs[result.entry],
            lineup.starts[result.key], result, categories.get(result.entry, ""),
            None, None, None, None,
        )
        for result in sorted(keep, key=key)
    ]  # fmt: skip
