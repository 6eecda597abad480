"""Why a start has the place that it has, from the row of the list and its neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from timing.core.clock import format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.rules import Basis, ContestRules
from timing.core.setup.roster import EntryId, StartKey
from timing.core.status import Status
from timing.core.telling.sentences import Telling

Photo = Mapping[EntryId, int]
"""Where the judges read each from a picture, among those of a heat with equal times."""


def place_of(standings: Standings, key: StartKey, photo: Photo) -> Iterator[Telling]:
    """Say it for one start; nothing where the list does not have it."""
    rows = standings.rows
    number = next((k for k, row in enumerate(rows) if row.result.key == key), None)
    if number is None:
        return
    row = rows[number]
    if row.place is None:
        finished = row.entry.out_of_competition and row.result.status is Status.OK
        code = "out_of_competition" if finished else "no_place"
        yield Telling(code, {"status": row.result.status.value})
        return
    count = bisect_left(rows, True, key=_unranked)
    yield Telling("place", {"place": str(row.place), "count": str(count)})
    if row.place == 1:
        yield Telling("first", {})
    else:
        yield from _behind(standings, row, rows[row.place - 2])
    yield from _equals(standings, number, photo)
    yield from _classes(row)


def _behind(standings: Standings, row: Row, before: Row) -> Iterator[Telling]:
    if standings.contest.rules.basis is Basis.LAPS or row.gap is None or before.gap is None:
        return
    gap = row.gap - before.gap
    if gap:
        params = {"gap": format_duration(gap), "bib": before.bib, "place": str(before.place)}
        yield Telling("behind", params)


def _unranked(row: Row) -> bool:
    return row.place is None


def _same_time(rows: Sequence[Row], number: int) -> list[Row]:
    """Those with the same printed time as one of the ranked: they stand together, around it."""
    time = rows[number].result.official

    def alike(row: Row) -> bool:
        return row.place is not None and row.result.official == time

    before = list(takewhile(alike, (rows[at] for at in range(number - 1, -1, -1))))
    after = takewhile(alike, (rows[at] for at in range(number + 1, len(rows))))
    return [*reversed(before), *after]


def _equals(standings: Standings, number: int, photo: Photo) -> Iterator[Telling]:
    """Name those with the same printed time, and what decided between them."""
    if standings.contest.rules.basis is Basis.LAPS:
        return
    row, same = standings.rows[number], _same_time(standings.rows, number)
    tied = [other.bib for other in same if other.place == row.place]
    if tied:
        yield Telling("tied", {"bibs": ", ".join(tied)})
    apart = [other for other in same if other.place != row.place]
    for code in ("exact", "gun_decides", "photo", "recorded"):
        bibs = [
            other.bib
            for other in apart
            if _decider(standings.contest.rules, row, other, photo) == code
        ]
        if bibs:
            yield Telling(code, {"bibs": ", ".join(bibs)})


def _decider(rules: ContestRules, row: Row, other: Row, photo: Photo) -> str:
    """What puts one of two with the same printed time before the other."""
    mine, theirs = row.result, other.result
    exact = (mine.gun, theirs.gun) if rules.basis is Basis.GUN else (mine.net, theirs.net)
    if rules.rank_exact and (exact[0] != exact[1] or mine.penalty != theirs.penalty):
        return "exact"
    if rules.basis is Basis.NET_THEN_GUN and mine.gun != theirs.gun:
        return "gun_decides"
    read = photo.get(row.entry.id) != photo.get(other.entry.id)
    return "photo" if read else "recorded"


def _classes(row: Row) -> Iterator[Telling]:
    for place, name in (
        (row.sex_place, row.entry.sex.value),
        (row.category_place, row.category),
    ):
        if place is not None:
            yield Telling("in_class", {"place": str(place), "name": name})
