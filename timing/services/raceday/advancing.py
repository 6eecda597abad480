"""The next round: who goes on by place and time, in which heat and lane, as rulings to confirm.

Heats are seeded and lanes drawn as the rules say; every lot can be drawn again from its seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from timing import resources
from timing.core.fold.standings import Standings
from timing.core.journal import rulings as act
from timing.core.refusal import Problem, Refusal
from timing.core.rounds.heats import zigzag
from timing.core.rounds.lanes import (
    LaneRules,
    Method,
    decode_lanes,
    draw_all_by_lot,
    draw_lanes,
    lane_method,
    lane_plan,
)
from timing.core.rounds.progression import (
    Finisher,
    Progression,
    Quota,
    advance,
    rank_qualifiers,
    reserves,
    settle,
)
from timing.core.setup.event import METRE, Contest, Event, Heat, Round
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot

_CLASSES = ((110, "straight"), (300, "200_300"), (800, "400_relay_800lanes"))
"""The class of lanes for a race of at most so many metres."""


class Qualifier(NamedTuple):
    """Somebody who goes on. rank: for the seeding; heat, lane: in the next round, 0 for none."""

    rank: int
    bib: str
    name: str
    mark: str
    time: int | None
    heat: int
    lane: int


class NextRound(NamedTuple):
    """What a round gives to the next one.

    unfinished: starters without a result yet. drawn: groups that a lot had to separate.
    reserves: who would go on if somebody withdrew. placed: who stands in the next round already.
    """

    event: Event
    contest: Contest
    round: Round
    following: Round
    qualifiers: tuple[Qualifier, ...]
    unfinished: tuple[str, ...]
    drawn: tuple[tuple[str, ...], ...]
    reserves: tuple[str, ...]
    placed: frozenset[str]
    seed: str


def rounds(house: House, slug: str) -> tuple[Event, list[tuple[Contest, Round]]]:
    """Every round that another one follows. Raises UnknownEventError."""
    snapshot = _snapshot(house, slug)
    pairs = [(contest, each) for contest in snapshot.event.contests for each in contest.rounds[:-1]]
    return snapshot.event, pairs


def next_round(house: House, slug: str, contest: str, code: str, seed: str = "") -> NextRound:
    """Work the next round out. seed: of the lots; without one it is the line of the journal.

    Raises UnknownEventError, and Refusal where no round follows.
    """
    snapshot = _snapshot(house, slug)
    found = snapshot.event.contest(contest)
    codes = [each.code for each in found.rounds] if found else []
    if found is None or code not in codes[:-1]:
        sentence = f"no round follows {code!r} of {contest!r}"
        raise Refusal(Problem("round", sentence))
    number = codes.index(code)
    this, following = found.rounds[number], found.rounds[number + 1]
    standings = snapshot.standings[contest, code]
    seed = seed or f"{slug} {contest} {code} {snapshot.seq}"
    finishers = _finishers(standings)
    open_draws = advance(finishers, _quota(this, following))
    progression = settle(open_draws, finishers, seed=seed, purpose=f"{contest} {code}")
    spots = _spots(found, number + 1, rank_qualifiers(progression), seed)
    return NextRound(
        event=snapshot.event,
        contest=found,
        round=this,
        following=following,
        qualifiers=tuple(_qualifiers(standings, progression, spots)),
        unfinished=tuple(
            row.bib for row in standings.rows
            if row.result.status in (Status.RUN, Status.READY)
        ),
        drawn=tuple(draw.between for draw in open_draws.undecided),
        reserves=reserves(finishers, progression, this.reserves),
        placed=frozenset(row.bib for row in snapshot.standings[contest, following.code].rows),
        seed=seed,
    )  # fmt: skip


def acts_of(house: House, found: NextRound) -> list[act.Act]:
    """The rulings that put the qualifiers into the next round and mark them in this one."""
    snapshot = _snapshot(house, found.event.slug)
    standings = snapshot.standings[found.contest.code, found.round.code]
    entries = {row.bib: row.entry.id for row in standings.rows}
    waves = {heat.number: heat.wave for heat in found.following.heats}
    acts: list[act.Act] = []
    for each in found.qualifiers:
        entry = entries[each.bib]
        acts.append(act.Qualify(entry=entry, round=found.round.code, mark=each.mark))
        acts.append(
            act.Move(
                entry=entry, round=found.following.code, wave=waves[each.heat], heat=each.heat,
                lane=each.lane,
            )
        )  # fmt: skip
    if not acts:
        raise Refusal(Problem("nobody", "nobody goes on: the round has no finisher yet"))
    return acts


def _finishers(standings: Standings) -> list[Finisher]:
    return [
        Finisher(row.bib, row.start.heat, row.heat_place, row.result.gun)
        for row in standings.rows
        if row.bib
    ]


def _quota(this: Round, following: Round) -> Quota:
    """How many go on; lanes of the next round beyond those may take a tie."""
    wanted = this.by_place * len(this.heats) + this.by_time
    lanes = sum(heat.lanes for heat in following.heats)
    return Quota(this.by_place, this.by_time, max(0, lanes - wanted) if lanes else 0)


def _spots(
    contest: Contest, number: int, ranked: Sequence[str], seed: str
) -> Mapping[str, tuple[int, int]]:
    """The heat and the lane of each qualifier."""
    following = contest.rounds[number]
    spots: dict[str, tuple[int, int]] = {}
    for heat, bibs in zip(following.heats, zigzag(ranked, len(following.heats)), strict=True):
        purpose = f"{contest.code} {following.code} heat {heat.number} lanes"
        lanes = lanes_of(contest, number, heat, bibs, (seed, purpose))
        spots |= {bib: (heat.number, lanes.get(bib, 0)) for bib in bibs}
    return spots


def lanes_of(
    contest: Contest, number: int, heat: Heat, bibs: Sequence[str], lot: tuple[str, str]
) -> Mapping[str, int]:
    """Draw the lanes of a heat; none where it is not run in lanes.

    number: of the round, from 0. bibs: the best first. lot: seed and purpose.
    """
    if not heat.lanes or not bibs:
        return {}
    seed, purpose = lot
    metres = contest.course.distance // METRE // contest.legs_of
    method = lane_method(
        _lane_rules(), round_number=number + 1, metres=metres, legs=contest.legs_of
    )
    kind = next((code for most, code in _CLASSES if metres <= most), "")
    plan = lane_plan(_lane_rules(), kind, heat.lanes, len(bibs))
    if method is Method.LOT or plan is None:
        return draw_all_by_lot(bibs, heat.lanes, seed=seed, purpose=purpose).lanes
    return draw_lanes(plan, bibs, seed=seed, purpose=purpose).lanes


def _qualifiers(
    standings: Standings, progression: Progression, spots: Mapping[str, tuple[int, int]]
) -> list[Qualifier]:
    rows = {row.bib: row for row in standings.rows}
    return [
        Qualifier(
            rank, bib, rows[bib].entry.name, progression.mark_of(bib), rows[bib].result.official,
            *spots[bib],
        )
        for rank, bib in enumerate(rank_qualifiers(progression), 1)
    ]  # fmt: skip


@cache
def _lane_rules() -> LaneRules:
    path = resources.folder("config") / "rules" / "lanes.toml"
    return decode_lanes(path.read_text(encoding="utf-8"), str(path))


def _snapshot(house: House, slug: str) -> Snapshot:
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    return snapshot
