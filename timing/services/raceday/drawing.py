"""The draw of a first round: how many heats, who runs in which, and in which lane or when.

Nothing is written here. Every lot can be drawn again from its seed; after the first gun of the
round the draw stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.refusal import refused
from timing.core.rounds.heats import heat_order, seed_order, zigzag
from timing.core.rounds.separation import Exchange, Seeded, clashes, separate
from timing.core.rulebook.lots import draw_lot
from timing.core.setup.event import Event, Heat
from timing.core.setup.heats import Fitting, refitted
from timing.services.raceday.first_rounds import ORDERS, FirstRound, Wish
from timing.services.raceday.heat_counts import Going, HeatCount, count_heats, going_on
from timing.services.raceday.lanes import lanes_of
from timing.services.raceday.seeding import APART, Starter


class Place(NamedTuple):
    """One line of the draw. rank: in the seeding. lane: 0 for none. team: whose mate.

    after: the own start so long after the gun; None where all of a heat start together. planned:
    the moment, where the start of the wave is planned.
    """

    heat: int
    lane: int
    rank: int
    team: str
    starter: Starter
    after: Duration | None = None
    planned: Instant | None = None


class Drawn(NamedTuple):
    """A draw to look at. exchanges: made to part team mates; together: pairs that could not be.

    fitting: what the round will be. going: who else might go on, None without a next round.
    """

    first: FirstRound
    counted: HeatCount
    places: tuple[Place, ...]
    exchanges: tuple[Exchange, ...]
    together: int
    seed: str
    wish: Wish
    fitting: Fitting
    going: Going | None

    @property
    def new_heats(self) -> int:
        """How many heats are made; negative: so many are taken away."""
        return self.fitting.heats - len(self.first.round.heats)

    @property
    def goes_on(self) -> int:
        """How many go on from so many heats."""
        return self.counted.heats * self.fitting.by_place + self.fitting.by_time

    @property
    def too_many(self) -> int:
        """The lanes of the next round where more go on than it has, else 0."""
        following = self.first.contest.rounds[1:2]
        lanes = sum(heat.lanes for each in following for heat in each.heats)
        return lanes if self.goes_on > lanes else 0

    @property
    def stamp(self) -> str:
        """Differs where anybody stands elsewhere: what was looked at is what is written."""
        lines = [f"{each.heat} {each.lane} {each.starter.entry.id}" for each in self.places]
        whole = "\n".join((*lines, *map(str, self.fitting)))
        return sha256(whole.encode()).hexdigest()[:16]


def still(drawn: Drawn, stamp: str) -> Drawn:
    """Refuse a draw that is not the one that was looked at. stamp: of that one."""
    if drawn.stamp != stamp:
        raise refused(
            "draw-changed",
            "the starters, their marks or the heats have changed since; please look again",
        )
    return drawn


def draw(first: FirstRound, wish: Wish) -> Drawn:
    """Seed, distribute, part team mates, draw lanes. Raises Refusal where that cannot be."""
    if first.guns:
        raise refused(
            "draw-gun",
            "the gun of {wave} has gone off; the draw of {name} stands",
            wave=first.guns[0],
            name=first.round.name,
        )
    if not first.starters:
        raise refused("draw-nobody", "{name} has no starter to draw", name=first.contest.name)
    single = first.interval is not None
    count = count_heats(first.contest, len(first.starters), wish.heats, wish.table, single=single)
    wish = _known(wish)
    seed = wish.seed or f"{first.event.slug} {first.contest.code} {first.round.code} {first.seq}"
    team = APART[wish.apart]
    ranked = _ranked(first, seed)
    seeded = [Seeded(each.key, rank, team(each.entry)) for rank, each in enumerate(ranked, start=1)]
    parted = separate(zigzag(seeded, count.heats))
    going = going_on(first.contest, count)
    fitting = _fitting(first, count, wish, going)
    drawn = Drawn(
        first, count, (), parted.exchanges, clashes(parted.heats), seed, wish, fitting, going
    )
    return drawn._replace(places=_places(drawn, parted.heats, {each.key: each for each in ranked}))


def fitted(event: Event, drawn: Drawn) -> Event:
    """The setup with the heats of a draw."""
    first = drawn.first
    return refitted(event, first.contest.code, first.round.code, drawn.fitting)


def _known(wish: Wish) -> Wish:
    """The wish with words that are understood."""
    return wish._replace(
        apart=wish.apart if wish.apart in APART else "delegation",
        order=wish.order if wish.order in ORDERS else ORDERS[0],
    )


def _fitting(first: FirstRound, count: HeatCount, wish: Wish, going: Going | None) -> Fitting:
    heats = max(count.heats, first.kept)
    words = {f"{each.by_place}+{each.by_time}": each for each in (going.ways if going else ())}
    now = Fitting(heats, first.round.by_place, first.round.by_time)
    return words.get(wish.going, now)._replace(heats=heats)


def _ranked(first: FirstRound, seed: str) -> list[Starter]:
    """The fastest first; equal marks, and after them those without a mark, as the lot has them."""
    by_key = {each.key: each for each in first.starters}
    lot = draw_lot(by_key, seed=seed, purpose=f"{_name(first)} seeding").drawn
    return [by_key[key] for key in seed_order((key, by_key[key].mark) for key in lot)]


def _places(
    drawn: Drawn, groups: Sequence[Sequence[Seeded]], by_key: Mapping[str, Starter]
) -> tuple[Place, ...]:
    """Draw the order in which the groups run, then the lanes or the order of each."""
    first, seed = drawn.first, drawn.seed
    order = heat_order(len(groups), seed=seed, purpose=f"{_name(first)} order of heats").drawn
    places: list[Place] = []
    made = fitted(first.event, drawn).contest(first.contest.code) or first.contest
    for heat, number in zip(made.rounds[0].heats, order, strict=False):
        group = sorted(groups[int(number) - 1], key=lambda each: each.rank)
        lanes = _lanes(drawn, heat, [each.name for each in group])
        places += sorted(
            Place(
                heat.number, lanes.get(each.name, 0), each.rank, each.team, by_key[each.name],
                *_moments(first, heat, lanes.get(each.name, 0)),
            )
            for each in group
        )  # fmt: skip
    return tuple(places)


def _moments(first: FirstRound, heat: Heat, lane: int) -> tuple[Duration | None, Instant | None]:
    """When somebody starts alone: after the gun, and by the clock where that is planned."""
    if first.interval is None:
        return None, None
    after = Duration(first.interval * (lane - 1))
    planned = next((w.scheduled for w in first.event.waves if w.code == heat.wave), None)
    return after, None if planned is None else Instant(planned + after)


def _lanes(drawn: Drawn, heat: Heat, keys: Sequence[str]) -> Mapping[str, int]:
    """The lane of each; with single starts the number in the order of starts, which is the same."""
    first, seed = drawn.first, drawn.seed
    if first.interval is not None:
        return {key: number for number, key in enumerate(_one_by_one(drawn, heat, keys), start=1)}
    if 0 < heat.lanes < len(keys):
        raise refused(
            "draw-lanes",
            "heat {heat} has {lanes} lanes for {starters} starters; expected a lane for each",
            heat=heat.number,
            lanes=heat.lanes,
            starters=len(keys),
        )
    return lanes_of(
        first.contest, 0, heat, keys, (seed, f"{_name(first)} heat {heat.number} lanes")
    )


def _one_by_one(drawn: Drawn, heat: Heat, keys: Sequence[str]) -> Sequence[str]:
    """keys: the best first."""
    if drawn.wish.order == "lot":
        purpose = f"{_name(drawn.first)} heat {heat.number} order of starts"
        return draw_lot(keys, seed=drawn.seed, purpose=purpose).drawn
    return keys if drawn.wish.order == "best-first" else keys[::-1]


def _name(first: FirstRound) -> str:
    return f"{first.contest.code} {first.round.code}"
