"""Team mates go to different heats where that is possible (TR 20.3): exchanges, each recorded.

Works on heats that are already seeded; knows nothing of lanes and tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Seeded(NamedTuple):
    """An athlete in a heat. rank: in the seeding, from 1. team: "" is nobody's mate."""

    name: str
    rank: int
    team: str = ""


class Exchange(NamedTuple):
    """Two athletes changed heats. mate: the team that stood together before."""

    first: str
    second: str
    mate: str


class Separated(NamedTuple):
    """The heats after the exchanges, in their order; the best of each heat never moved."""

    heats: tuple[tuple[Seeded, ...], ...]
    exchanges: tuple[Exchange, ...]


class _Move(NamedTuple):
    """cost: less is better; then the seats (heat, position) of the two."""

    cost: tuple[int, int, int, int]
    one: tuple[int, int]
    other: tuple[int, int]


def clashes(heats: Sequence[Sequence[Seeded]]) -> int:
    """How many pairs of team mates run in one heat."""
    return sum(
        count * (count - 1) // 2
        for heat in heats
        for team, count in Counter(athlete.team for athlete in heat).items()
        if team
    )


def separate(heats: Sequence[Sequence[Seeded]]) -> Separated:
    """Exchange athletes as long as that leaves fewer team mates together.

    heats: as seeded, the best of each first. An exchange inside one row of the seeding comes
    before one between rows, then the one that parts most pairs, then the smallest step in rank,
    then the lower ranked. Where no exchange parts anybody, two are looked for that do together.
    """
    seats = [list(heat) for heat in heats]
    least = _unavoidable(seats)
    exchanges: list[Exchange] = []
    while clashes(seats) > least and (moves := _next(seats)):
        exchanges += [_exchange(seats, move) for move in moves]
    return Separated(tuple(tuple(heat) for heat in seats), tuple(exchanges))


_TRIED = 60
"""So many exchanges that part nobody are tried for one that then does; the best ones first."""


def _next(seats: list[list[Seeded]]) -> tuple[_Move, ...]:
    """The exchange that parts, or two of which the first one makes room for the second."""
    best = min(_moves(seats, least=1), default=None)
    if best is not None:
        return (best,)
    for first in sorted(_moves(seats, least=0))[:_TRIED]:
        after = [list(heat) for heat in seats]
        _exchange(after, first)
        second = min(_moves(after, least=1), default=None)
        if second is not None:
            return (first, second)
    return ()


def _exchange(seats: list[list[Seeded]], move: _Move) -> Exchange:
    (heat, place), (other_heat, other_place) = move.one, move.other
    athlete, other = seats[heat][place], seats[other_heat][other_place]
    seats[heat][place], seats[other_heat][other_place] = other, athlete
    return Exchange(athlete.name, other.name, athlete.team)


def _unavoidable(seats: Sequence[Sequence[Seeded]]) -> int:
    """The pairs that stay whatever is exchanged: more team mates than there are heats."""
    heats = max(len(seats), 1)
    teams = Counter(athlete.team for heat in seats for athlete in heat if athlete.team)
    found = 0
    for size in teams.values():
        each, more = divmod(size, heats)
        found += more * (each + 1) * each // 2 + (heats - more) * each * (each - 1) // 2
    return found


def _moves(seats: list[list[Seeded]], least: int) -> Iterator[_Move]:
    """Every exchange of someone with a team mate in the heat that parts so many pairs at least.

    least: less those that it joins.
    """
    teams = [Counter(athlete.team for athlete in heat) for heat in seats]
    for heat, athletes in enumerate(seats):
        for place, athlete in enumerate(athletes):
            if place and athlete.team and teams[heat][athlete.team] > 1:
                yield from _moves_of((heat, place), seats, teams, least)


def _moves_of(
    seat: tuple[int, int], seats: list[list[Seeded]], teams: list[Counter[str]], least: int
) -> Iterator[_Move]:
    heat, place = seat
    athlete = seats[heat][place]
    for other_heat, others in enumerate(seats):
        for other_place, other in enumerate(others):
            if other_heat == heat or not other_place or other.team == athlete.team:
                continue
            parted = _parted(athlete.team, teams[heat], teams[other_heat])
            parted += _parted(other.team, teams[other_heat], teams[heat])
            if parted >= least:
                step = abs(athlete.rank - other.rank)
                cost = (abs(place - other_place), -parted, step, -athlete.rank)
                yield _Move(cost, seat, (other_heat, other_place))


def _parted(team: str, here: Counter[str], there: Counter[str]) -> int:
    """Pairs of one team that are parted, less those joined, when a member changes heats."""
    return here[team] - 1 - there[team] if team else 0
