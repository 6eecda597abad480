"""The draw of a first round: how many heats, who runs in which and in which lane, as rulings.

Every lot can be drawn again from its seed. After the first gun of the round the draw stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.refusal import refused
from timing.core.rounds.heats import heat_order, seed_order, zigzag
from timing.core.rounds.separation import Exchange, Seeded, clashes, separate
from timing.core.rulebook.lots import draw_lot
from timing.core.setup.event import Contest, Event, Heat, Round
from timing.core.setup.roster import Start
from timing.services.house import House, UnknownEventError
from timing.services.raceday.advancing import lanes_of
from timing.services.raceday.heat_counts import HeatCount, count_heats
from timing.services.raceday.seeding import APART, Starter, not_starting, starters_of


class Wish(NamedTuple):
    """How to draw. heats: 0 for as many as the table says. table: its code, "" for the usual one.

    apart: a key of APART. seed: of the lots; without one it is the line of the journal.
    """

    heats: int = 0
    table: str = ""
    apart: str = "delegation"
    seed: str = ""


class FirstRound(NamedTuple):
    """A first round that is drawn. waiting: starters without a heat. guns: waves that started.

    out: the starts of those who do not come, whose lanes others may get.
    """

    event: Event
    contest: Contest
    round: Round
    starters: tuple[Starter, ...]
    waiting: int
    out: tuple[Start, ...]
    guns: tuple[str, ...]
    seq: int


class Place(NamedTuple):
    """One line of the draw. rank: in the seeding. lane: 0 for none. team: whose mate."""

    heat: int
    lane: int
    rank: int
    team: str
    starter: Starter


class Drawn(NamedTuple):
    """A draw to look at. exchanges: made to part team mates; together: pairs that could not be."""

    first: FirstRound
    counted: HeatCount
    places: tuple[Place, ...]
    exchanges: tuple[Exchange, ...]
    together: int
    seed: str
    apart: str

    @property
    def stamp(self) -> str:
        """Differs where anybody stands elsewhere: what was looked at is what is written."""
        lines = (f"{each.heat} {each.lane} {each.starter.entry.id}" for each in self.places)
        return sha256("\n".join(lines).encode()).hexdigest()[:16]


def still(drawn: Drawn, stamp: str) -> Drawn:
    """Refuse a draw that is not the one that was looked at. stamp: of that one."""
    if drawn.stamp != stamp:
        sentence = "the starters, their marks or the heats have changed since; please look again"
        raise refused("draw-changed", sentence)
    return drawn


def first_rounds(house: House, slug: str) -> tuple[FirstRound, ...]:
    """Every first round that can be drawn now. Raises UnknownEventError."""

    def ask(state: State) -> tuple[FirstRound, ...]:
        every = (_first(state, contest) for contest in state.event.contests)
        return tuple(each for each in every if each and each.starters and not each.guns)

    found = house.live.ask(slug, ask)
    if found is None:
        raise UnknownEventError(slug)
    return found


def first_round(house: House, slug: str, code: str) -> FirstRound:
    """Look the first round of a contest up. Raises UnknownEventError, Refusal: nothing to draw."""

    def ask(state: State) -> tuple[FirstRound | None]:
        contest = state.event.contest(code)
        return (_first(state, contest) if contest else None,)

    answer = house.live.ask(slug, ask)
    if answer is None:
        raise UnknownEventError(slug)
    if answer[0] is None:
        raise refused("draw", f"no round of {code!r} is drawn; expected heats or lanes")
    return answer[0]


def draw(first: FirstRound, wish: Wish) -> Drawn:
    """Seed, distribute, part team mates, draw lanes. Raises Refusal where that cannot be."""
    if first.guns:
        sentence = f"the gun of {first.guns[0]} has gone off; the draw of {first.round.name} stands"
        raise refused("draw-gun", sentence)
    if not first.starters:
        raise refused("draw-nobody", f"{first.contest.name} has no starter to draw")
    count = count_heats(first.contest, len(first.starters), wish.heats, wish.table)
    seed = wish.seed or f"{first.event.slug} {first.contest.code} {first.round.code} {first.seq}"
    team = APART.get(wish.apart, APART["delegation"])
    ranked = _ranked(first, seed)
    seeded = [Seeded(each.key, rank, team(each.entry)) for rank, each in enumerate(ranked, start=1)]
    parted = separate(zigzag(seeded, count.heats))
    places = _places(first, parted.heats, {each.key: each for each in ranked}, seed)
    return Drawn(
        first, count, places, parted.exchanges, clashes(parted.heats), seed,
        wish.apart if wish.apart in APART else "delegation",
    )  # fmt: skip


def acts_of(drawn: Drawn) -> Sequence[act.Act]:
    """The rulings that put everybody into heat and lane; who does not come gives the lane back."""
    first = drawn.first
    waves = {heat.number: heat.wave for heat in first.round.heats}
    freed = [
        act.Move(entry=each.entry, round=each.round, wave=each.wave, heat=each.heat)
        for each in first.out
    ]
    return freed + [
        act.Move(
            entry=each.starter.entry.id, round=first.round.code, wave=waves[each.heat],
            heat=each.heat, lane=each.lane,
        )
        for each in drawn.places
    ]  # fmt: skip


def _first(state: State, contest: Contest) -> FirstRound | None:
    """The first round, or None where nobody has to be drawn or each has a start of their own."""
    this = next(iter(contest.rounds), None)
    if this is None or not (len(this.heats) > 1 or any(heat.lanes for heat in this.heats)):
        return None
    waves = {wave.code: wave for wave in state.event.waves}
    codes = dict.fromkeys(heat.wave for heat in this.heats)
    mine = [waves[code] for code in codes if code in waves]
    if any(wave.interval for wave in mine):
        return None
    starters = starters_of(state, contest, this.code)
    starts = state.lineup.starts
    waiting = sum((each.entry.id, this.code) not in starts for each in starters)
    gone = (starts.get((entry, this.code)) for entry in sorted(not_starting(state, this.code)))
    out = tuple(
        each
        for each in gone
        if each and each.lane and state.lineup.entries[each.entry].contest == contest.code
    )
    guns = tuple(wave.name for wave in mine if wave.code in state.lineup.guns)
    return FirstRound(state.event, contest, this, starters, waiting, out, guns, state.seq)


def _ranked(first: FirstRound, seed: str) -> list[Starter]:
    """The fastest first; equal marks, and after them those without a mark, as the lot has them."""
    by_key = {each.key: each for each in first.starters}
    lot = draw_lot(by_key, seed=seed, purpose=f"{_name(first)} seeding").drawn
    return [by_key[key] for key in seed_order((key, by_key[key].mark) for key in lot)]


def _places(
    first: FirstRound, groups: Sequence[Sequence[Seeded]], by_key: Mapping[str, Starter], seed: str
) -> tuple[Place, ...]:
    """Draw the order in which the groups run, then the lanes of each."""
    order = heat_order(len(groups), seed=seed, purpose=f"{_name(first)} order of heats").drawn
    places: list[Place] = []
    for heat, number in zip(first.round.heats, order, strict=False):
        group = sorted(groups[int(number) - 1], key=lambda each: each.rank)
        lanes = _lanes(first, heat, [each.name for each in group], seed)
        places += sorted(
            Place(heat.number, lanes.get(each.name, 0), each.rank, each.team, by_key[each.name])
            for each in group
        )
    return tuple(places)


def _lanes(first: FirstRound, heat: Heat, keys: Sequence[str], seed: str) -> Mapping[str, int]:
    if 0 < heat.lanes < len(keys):
        sentence = f"heat {heat.number} has {heat.lanes} lanes for {len(keys)} starters"
        raise refused("draw-lanes", f"{sentence}; expected a lane for each")
    return lanes_of(
        first.contest, 0, heat, keys, (seed, f"{_name(first)} heat {heat.number} lanes")
    )


def _name(first: FirstRound) -> str:
    return f"{first.contest.code} {first.round.code}"
