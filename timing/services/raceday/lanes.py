"""Lanes of a heat: drawn as the rules say, and held against them where officials moved somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from timing import resources
from timing.core.rounds.lanes import (
    LanePlan,
    LaneRules,
    Method,
    decode_lanes,
    draw_all_by_lot,
    draw_lanes,
    lane_faults,
    lane_method,
    lane_plan,
)
from timing.core.setup.event import METRE, Contest, Heat

_CLASSES = ((110, "straight"), (300, "200_300"), (800, "400_relay_800lanes"))
"""The class of lanes for a race of at most so many metres."""


class OddLane(NamedTuple):
    """Somebody in a lane in which the rules put others. allowed: () where two have one lane."""

    bib: str
    lane: int
    allowed: tuple[int, ...]


def lanes_of(
    contest: Contest, number: int, heat: Heat, bibs: Sequence[str], lot: tuple[str, str]
) -> Mapping[str, int]:
    """Draw the lanes of a heat; none where it is not run in lanes.

    number: of the round, from 0. bibs: the best first. lot: seed and purpose.
    """
    if not heat.lanes or not bibs:
        return {}
    seed, purpose = lot
    plan = _plan(contest, number, heat, len(bibs))
    if plan is None:
        return draw_all_by_lot(bibs, heat.lanes, seed=seed, purpose=purpose).lanes
    return draw_lanes(plan, bibs, seed=seed, purpose=purpose).lanes


def odd_lanes(
    contest: Contest, number: int, heat: Heat, lanes: Sequence[tuple[str, int]]
) -> Iterator[OddLane]:
    """Who stands in another lane than the draw would give. lanes: of each bib, the best first."""
    if not heat.lanes:
        return
    plan = _plan(contest, number, heat, len(lanes))
    if plan is None:
        taken = [lane for _bib, lane in lanes]
        yield from (OddLane(bib, lane, ()) for bib, lane in lanes if taken.count(lane) > 1)
        return
    for fault in lane_faults(plan, [lane for _bib, lane in lanes]):
        allowed = fault.allowed if fault.code == "wrong-lane" else ()
        yield OddLane(lanes[fault.rank - 1][0], fault.lane, allowed)


def seeded_by_places(contest: Contest) -> bool:
    """Whether the next round is seeded by places before times (TR 20.3.2a), not by marks."""
    return _metres(contest) <= lane_rules().by_places_to


def _plan(contest: Contest, number: int, heat: Heat, starters: int) -> LanePlan | None:
    """The groups of lanes, or None where all is by lot."""
    metres = _metres(contest)
    method = lane_method(lane_rules(), round_number=number + 1, metres=metres, legs=contest.legs_of)
    kind = next((code for most, code in _CLASSES if metres <= most), "")
    if method is Method.LOT:
        return None
    return lane_plan(lane_rules(), kind, heat.lanes, starters)


def _metres(contest: Contest) -> int:
    """Of the race, or of one leg of a relay."""
    return contest.course.distance // METRE // contest.legs_of


@cache
def lane_rules() -> LaneRules:
    """Give config/rules/lanes.toml."""
    path = resources.folder("config") / "rules" / "lanes.toml"
    return decode_lanes(path.read_text(encoding="utf-8"), str(path))
