"""From times in order to places: ties are data, and many rankings come from one sorted list.

Knows nothing of athletes: a time, the order in which it was recorded, and what may tie.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, groupby, pairwise
from operator import itemgetter, ne
from typing import NamedTuple

from timing.core.rulebook.rules import Basis, Ties

Place = int | Fraction


class Method(StrEnum):
    """How equal results share places; the digits are the places when the second and third tie."""

    STANDARD = "standard_1224"
    MODIFIED = "modified_1334"
    DENSE = "dense_1223"
    ORDINAL = "ordinal_1234"
    FRACTIONAL = "fractional"


class Finish(NamedTuple):
    """What places are made of.

    time: what is ranked, in microseconds; less is better.
    then: what separates equal times (the gun time behind equal net times); 0 when nothing does.
    photo: the order that the judges read from the photo finish within equal times; 0 unread.
    recorded: the position in the order of recording.
    dead_heat: the judges declared that this finish ties with an equal time beside it.
    """

    time: int
    then: int = 0
    photo: int = 0
    recorded: int = 0
    dead_heat: bool = False


def by_basis(basis: Basis, gun: int, net: int) -> tuple[int, int]:
    """Give (time, then) of a Finish for the time that a contest or an award goes by.

    Gun: World Athletics TR 19.24 note. Net: race policy for age groups. Net, then gun: a club
    rule, where the gun time only separates equal net times.
    """
    match basis:
        case Basis.NET:
            return net, 0
        case Basis.NET_THEN_GUN:
            return net, gun
        case _:
            return gun, 0


def finish_order(finishes: Sequence[Finish]) -> list[int]:
    """Give the positions of the finishes, best first. No two are recorded at one position.

    Sorts by one column after the other, the most important last, and leaves out those that say
    nothing: numbers are compared much faster than tuples.
    """
    order = list(range(len(finishes)))
    for number in reversed(range(len(Finish._fields))):
        column = list(map(itemgetter(number), finishes))
        if any(column):
            order.sort(key=column.__getitem__)
    return order


def tie_groups(ordered: Iterable[Finish], ties: Ties) -> list[int]:
    """Number the finishes so that exactly those that tie have the same number.

    ordered: best first. SHARED: equal in time and in all that separates times. RECORDED: such
    equals keep the order of recording and differ in place, unless one of two neighbours is a
    declared dead heat; then both tie.
    """
    finishes = list(ordered)
    times, *more = (list(map(itemgetter(number), finishes)) for number in range(_RECORDED))
    keys = list(zip(times, *more, strict=True)) if any(map(any, more)) else times
    apart: Iterable[int] = map(ne, keys, keys[1:])
    if ties is Ties.RECORDED:
        apart = (
            differ or not (one.dead_heat or other.dead_heat)
            for differ, (one, other) in zip(apart, pairwise(finishes), strict=True)
        )
    return list(accumulate(apart, initial=1))[: len(finishes)]


_RECORDED = Finish._fields.index("recorded")
"""What stands before it separates finishes under every rule: time, then, photo."""


def places(keys: Iterable[Hashable], method: Method = Method.STANDARD) -> list[Place]:
    """Give the places of a list that is sorted, best first; equal neighbours tie."""
    result: list[Place] = []
    for number, (_, run) in enumerate(groupby(keys), 1):
        size = len(list(run))
        result += _shared(method, number, len(result) + 1, size)
    return result


def _shared(method: Method, number: int, first: int, size: int) -> Iterable[Place]:
    """Places of one run of equals: the number-th run, whose first member is the first-th."""
    last = first + size - 1
    match method:
        case Method.STANDARD:
            return [first] * size
        case Method.MODIFIED:
            return [last] * size
        case Method.DENSE:
            return [number] * size
        case Method.ORDINAL:
            return range(first, last + 1)
        case _:  # Method.FRACTIONAL: the mean of the places
            return [Fraction(first + last, 2)] * size


def places_within(keys: Iterable[Hashable], scopes: Iterable[Hashable]) -> list[int | None]:
    """Give each member of a sorted list the place within its own scope (1-2-2-4).

    keys: best first; equal keys tie. scopes: for each key the scope in which it is ranked, such
    as its sex or its age class, or None for a member without one, who gets no place. One pass
    however many scopes there are; places in several rankings take one call for each ranking.
    World Athletics CR 25.2-25.3: mixed races are split and ranked again.
    """
    counters: dict[Hashable, Callable[[Hashable], int | None]] = {None: _no_place}
    result: list[int | None] = []
    add = result.append
    for scope, key in zip(scopes, keys, strict=True):
        try:
            add(counters[scope](key))
        except KeyError:
            counters[scope] = counter = _counter()
            add(counter(key))
    return result


def _no_place(_: Hashable) -> None:
    return None


def _counter() -> Callable[[Hashable], int]:
    """Start to count one scope. A running generator is the cheapest counter that remembers."""
    counter = _count()
    next(counter)
    return counter.send


def _count() -> Generator[int, Hashable, None]:
    key = yield 0
    seen = place = 1
    while True:
        last = key
        key = yield place
        seen += 1
        if key != last:
            place = seen


def awarded(ranks: Iterable[Place | None], awards: Sequence[str]) -> list[str | None]:
    """Give what each place earns: two firsts take two golds and no silver, two thirds two bronzes.

    awards: from the first place on (gold, silver, bronze). No place earns nothing.
    """
    earned = dict(enumerate(awards, 1))
    return [earned.get(int(rank)) if rank is not None else None for rank in ranks]
