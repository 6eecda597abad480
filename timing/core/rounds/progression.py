"""Who goes on to the next round: by place (Q), by time (q), ties, lots, reserves.

World Athletics Technical Rules TR 20.8, TR 21. Knows nothing of lanes and of how heats are seeded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from timing.core.rulebook.lots import Lot, draw_lot


class Finisher(NamedTuple):
    """One athlete after a round.

    place: in the heat, shared by a dead heat; None for everybody who did not finish (DNS, DNF,
    DQ): they never go on. time: as read (0.001 s), in microseconds; None where there is none.
    """

    name: str
    heat: int
    place: int | None
    time: int | None


class Quota(NamedTuple):
    """by_place: from each heat. by_time: of all the others. free_lanes: that could take more."""

    by_place: int
    by_time: int
    free_lanes: int = 0


class Draw(NamedTuple):
    """Equals for fewer places than they are. mark: what the drawn will carry (qD)."""

    between: tuple[str, ...]
    slots: int
    mark: str = "qD"


class Progression(NamedTuple):
    """places: Q, by heat and place. times: q, fastest first. drawn: qD.

    undecided: draws still to be made. lots: those that were made.
    """

    places: tuple[Finisher, ...]
    times: tuple[Finisher, ...]
    drawn: tuple[Finisher, ...] = ()
    undecided: tuple[Draw, ...] = ()
    lots: tuple[Lot, ...] = ()

    def mark_of(self, name: str) -> str:
        """Q, q, qD, or "" for who does not go on."""
        marks = (("Q", self.places), ("q", self.times), ("qD", self.drawn))
        return next((m for m, group in marks if any(f.name == name for f in group)), "")


class _Chosen(NamedTuple):
    """taken: who goes on. draws: for the last places."""

    taken: tuple[Finisher, ...]
    draws: tuple[Draw, ...] = ()


MIXED_TIMING = "referee/technical delegate decides; additional lanes preferred"
"""What is done when heats of one round were timed by different systems (TR 20.8)."""


def times_decide(systems: Iterable[str], by_time: int) -> bool:
    """Whether places by time can be given: only one timing system may decide them (TR 20.8)."""
    return by_time == 0 or len(set(systems)) <= 1


def advance(finishers: Sequence[Finisher], quota: Quota) -> Progression:
    """Choose who goes on.

    A tie for the last place by position lets all of them go on: in a free lane first, then at
    the cost of a place by time; where neither is left, they are drawn. A tie for the last place
    by time lets all go on while lanes are free, else they are drawn (TR 20.8, 21). Places that a
    heat cannot fill are not handed to others.
    """
    placed = sorted(
        (f for f in finishers if f.place is not None), key=lambda f: (f.heat, f.place or 0)
    )
    by_place, left = _by_place(placed, quota)
    rest = [f for f in placed if f not in by_place.taken and not _drawn_for(by_place.draws, f)]
    by_time = _by_time(rest, left.by_time, left.free_lanes)
    return Progression(by_place.taken, by_time.taken, undecided=by_place.draws + by_time.draws)


def _drawn_for(draws: Iterable[Draw], finisher: Finisher) -> bool:
    return any(finisher.name in draw.between for draw in draws)


def _by_place(placed: Sequence[Finisher], quota: Quota) -> tuple[_Chosen, Quota]:
    """Give who goes on by place, and the quota with what is left of places by time and lanes."""
    times, lanes = quota.by_time, quota.free_lanes
    taken: list[Finisher] = []
    draws: list[Draw] = []
    for heat in sorted({finisher.heat for finisher in placed}):
        inside = [f for f in placed if f.heat == heat and (f.place or 0) <= quota.by_place]
        extra = max(len(inside) - quota.by_place, 0)
        if extra > lanes + times:
            last = [f for f in inside if f.place == inside[-1].place]
            sure = [f for f in inside if f not in last]
            draws.append(Draw(tuple(f.name for f in last), quota.by_place - len(sure)))
            inside, extra = sure, 0
        from_lanes = min(extra, lanes)
        lanes, times = lanes - from_lanes, times - (extra - from_lanes)
        taken += inside
    left = quota._replace(by_time=times, free_lanes=lanes)
    return _Chosen(tuple(taken), tuple(draws)), left


def _by_time(rest: Sequence[Finisher], slots: int, lanes: int) -> _Chosen:
    timed = sorted((f for f in rest if f.time is not None), key=lambda f: (f.time, f.heat))
    if len(timed) <= slots or not slots:
        return _Chosen(tuple(timed[:slots]))
    last = [f for f in timed if f.time == timed[slots - 1].time]
    sure = [f for f in timed[:slots] if f not in last]
    if len(sure) + len(last) <= slots + lanes:
        return _Chosen((*sure, *last))
    draw = Draw(tuple(f.name for f in last), slots + lanes - len(sure))
    return _Chosen(tuple(sure), (draw,))


def settle(
    progression: Progression, finishers: Sequence[Finisher], *, seed: str, purpose: str
) -> Progression:
    """Make the draws that are still open, by lot with a seed that is recorded."""
    by_name = {finisher.name: finisher for finisher in finishers}
    lots = [
        draw_lot(draw.between, seed=seed, purpose=f"{purpose}, {draw.slots} of {len(draw.between)}")
        for draw in progression.undecided
    ]
    drawn = [
        by_name[name]
        for lot, draw in zip(lots, progression.undecided, strict=True)
        for name in lot.drawn[: draw.slots]
    ]
    return progression._replace(
        drawn=(*progression.drawn, *drawn), undecided=(), lots=(*progression.lots, *lots)
    )


def rank_qualifiers(progression: Progression) -> tuple[str, ...]:
    """Rank for the next round up to 400 m and 4x400 m (TR 20.3.2a).

    Heat winners by time, second places by time ..., then those by time, then those by lot.
    """
    placed = sorted(progression.places, key=lambda f: (f.place or 0, _or_last(f.time)))
    others = sorted(progression.times, key=lambda f: _or_last(f.time))
    return tuple(finisher.name for finisher in (*placed, *others, *progression.drawn))


def rank_by_marks(
    seeds: Sequence[tuple[str, int | None]], rounds: Iterable[Finisher]
) -> tuple[str, ...]:
    """Rank for the next round of longer events: the seed list, improved by earlier rounds.

    TR 20.3.2b, still to be checked against the rule book. seeds: (name, mark) in seed order.
    """
    best = dict(seeds)
    for finisher in rounds:
        if finisher.name in best and finisher.time is not None:
            best[finisher.name] = min(finisher.time, _or_last(best[finisher.name]))
    order = {name: k for k, (name, _) in enumerate(seeds)}
    return tuple(sorted(order, key=lambda name: (_or_last(best[name]), order[name])))


def _or_last(time: int | None) -> int:
    """A time to sort by; no time comes after every time of a race."""
    return 10**18 if time is None else time


def reserves(
    finishers: Sequence[Finisher], progression: Progression, count: int
) -> tuple[str, ...]:
    """Name the next fastest who finished and do not go on, for qualifiers who withdraw."""
    inside = {f.name for f in (*progression.places, *progression.times, *progression.drawn)}
    waiting = [f for f in finishers if f.name not in inside and f.place is not None]
    waiting = [f for f in waiting if f.time is not None]
    waiting.sort(key=lambda f: (_or_last(f.time), f.place or 0, f.heat))
    return tuple(finisher.name for finisher in waiting[:count])


def replace_withdrawn(
    ranked: Sequence[str], standby: Sequence[str], withdrawn: Iterable[str]
) -> tuple[str, ...]:
    """Fill the seats of those who withdraw with reserves, who rank last, as long as there are."""
    gone = set(withdrawn)
    staying = [name for name in ranked if name not in gone]
    ready = [name for name in standby if name not in gone]
    return (*staying, *ready[: len(ranked) - len(staying)])


def progression_options(heats: int, qualifiers: int) -> tuple[tuple[int, int], ...]:
    """Every (by place, by time) that fills the next round, most places by position first."""
    most = qualifiers // heats
    return tuple((places, qualifiers - heats * places) for places in range(most, -1, -1))


def usual_option(options: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Choose as the IAAF tables do: the most by place that leaves some by time, at least two.

    TR 20.8: at least the first two, where possible three, by place; derived from the default
    table of IAAF 166.2 and still to be checked. options: as from ``progression_options``.
    """
    return next((option for option in options if option[0] >= 2 and option[1] > 0), options[0])
