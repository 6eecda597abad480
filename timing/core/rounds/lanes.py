"""Who runs in which lane: groups of ranks drawn into groups of lanes, and checks of a draw.

The groups are data (config/rules/lanes.toml). Knows nothing of heats, times or who is a team mate.
World Athletics Technical Rules TR 20.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from timing.core.refusal import Problem
from timing.core.rulebook.lots import Lot, draw_lot
from timing.core.rulefile import read_checked


class Method(StrEnum):
    """LOT: anybody into any lane. GROUPS: the better ranks into the better lanes."""

    LOT = "lot"
    GROUPS = "groups"


class LaneGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """These ranks are drawn into these lanes."""

    ranks: tuple[int, ...]
    lanes: tuple[int, ...]


class LaneTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The groups for a track with so many lanes, the best group first."""

    lanes: int
    groups: tuple[LaneGroup, ...]


class LaneClass(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Events that share their groups. certainty: V seen, S secondary, ? to be checked."""

    code: str
    name: str
    rule: str
    certainty: str = "V"
    tables: tuple[LaneTable, ...]


class LaneRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All classes. lot_over, lot_over_leg: metres of a race and of a relay's leg.

    by_places_to: up to so many metres a later round is seeded by places before times.
    """

    code: str
    name: str
    source: str
    lot_over: int
    lot_over_leg: int
    by_places_to: int = 400
    first_round: Method
    classes: tuple[LaneClass, ...]


class LanePlan(NamedTuple):
    """What is drawn for one heat. unused: lanes that stay empty, always the inside ones."""

    groups: tuple[LaneGroup, ...]
    unused: tuple[int, ...]


class LaneList(NamedTuple):
    """A finished draw: lane by name, and the lots that anybody can draw again."""

    lanes: dict[str, int]
    lots: tuple[Lot, ...]


class LaneFault(NamedTuple):
    """A rank stands in a lane where it must not. code: wrong-lane or lane-twice."""

    code: str
    rank: int
    lane: int
    allowed: tuple[int, ...]


def decode_lanes(text: str, file: str | None = None) -> LaneRules:
    """Read config/rules/lanes.toml. Raises Refusal with every row that is wrong."""
    return read_checked(text, LaneRules, check_lane_rules, file=file)


def check_lane_rules(rules: LaneRules) -> tuple[Problem, ...]:
    """Every table holds the ranks 1..n and the lanes 1..n once, group by group."""
    problems = [
        Problem("lane-class-twice", f"lane class {code!r} stands twice; expected it once")
        for code in _repeated([lane_class.code for lane_class in rules.classes])
    ]
    for lane_class in rules.classes:
        for table in lane_class.tables:
            problems += _check_table(f"{lane_class.code}, {table.lanes} lanes", table)
    return tuple(problems)


def _repeated(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def _check_table(name: str, table: LaneTable) -> Iterator[Problem]:
    whole = list(range(1, table.lanes + 1))
    ranks = [rank for group in table.groups for rank in group.ranks]
    lanes = sorted(lane for group in table.groups for lane in group.lanes)
    if ranks != whole:
        yield Problem("lane-ranks", f"{name}: ranks {ranks}; expected 1 to {table.lanes} in order")
    if lanes != whole:
        yield Problem("lane-lanes", f"{name}: lanes {lanes}; expected 1 to {table.lanes} once each")
    for group in table.groups:
        if len(group.ranks) != len(group.lanes):
            sentence = f"{len(group.ranks)} ranks for {len(group.lanes)} lanes; expected as many"
            yield Problem("lane-group", f"{name}, ranks from {group.ranks[0]}: {sentence}")


def lane_method(rules: LaneRules, *, round_number: int, metres: int, legs: int = 1) -> Method:
    """How lanes are drawn (TR 20.4.1, 20.4.6).

    metres: of the race, or of one leg when there are several legs.
    """
    if metres > (rules.lot_over if legs == 1 else rules.lot_over_leg):
        return Method.LOT
    return rules.first_round if round_number == 1 else Method.GROUPS


def lane_plan(
    rules: LaneRules, event_class: str, track_lanes: int, athletes: int | None = None
) -> LanePlan | None:
    """The groups for one heat on a track, or None where the rules have no table for it.

    With more lanes than athletes the inside lanes stay empty and the next one counts as lane 1
    (TR 20.4 note iii), so the smallest table that holds the athletes is moved outwards.
    """
    starters = track_lanes if athletes is None else athletes
    table = _table(rules, event_class, track_lanes, starters)
    if table is None:
        return None
    moved = track_lanes - table.lanes
    spare = track_lanes - starters
    groups = _filled(table, moved, spare, starters)
    return LanePlan(groups, tuple(range(1, spare + 1)))


def _table(rules: LaneRules, event_class: str, track_lanes: int, starters: int) -> LaneTable | None:
    fitting = [
        table
        for lane_class in rules.classes
        if lane_class.code == event_class
        for table in lane_class.tables
        if starters <= table.lanes <= track_lanes
    ]
    return min(fitting, key=lambda table: table.lanes, default=None)


def _filled(table: LaneTable, moved: int, spare: int, starters: int) -> tuple[LaneGroup, ...]:
    """The groups with only the ranks that start, and no lane inside the spare ones."""
    groups = []
    left_over = list(range(spare + 1, table.lanes + moved + 1))
    for group in table.groups:
        ranks = tuple(rank for rank in group.ranks if rank <= starters)
        own = [lane + moved for lane in group.lanes if lane + moved in left_over][: len(ranks)]
        left_over = [lane for lane in left_over if lane not in own]
        # A group that lost inside lanes takes the next ones outwards, before the groups below it.
        while len(own) < len(ranks):
            own.append(left_over.pop(0))
        if ranks:
            groups.append(LaneGroup(ranks, tuple(sorted(own))))
    return tuple(groups)


def draw_lanes(plan: LanePlan, ranked: Sequence[str], *, seed: str, purpose: str) -> LaneList:
    """Draw each group by lot into its lanes.

    ranked: distinct names, best first, as many as the plan has ranks.
    """
    lanes: dict[str, int] = {}
    lots = []
    for group in plan.groups:
        names = [ranked[rank - 1] for rank in group.ranks]
        lot = draw_lot(names, seed=seed, purpose=f"{purpose}, ranks {_span(group.ranks)}")
        lanes.update(zip(lot.drawn, group.lanes, strict=True))
        lots.append(lot)
    return LaneList(lanes, tuple(lots))


def draw_all_by_lot(names: Sequence[str], track_lanes: int, *, seed: str, purpose: str) -> LaneList:
    """Draw everybody into the outside lanes; the inside ones stay empty.

    track_lanes: 0 where there are no lanes; the lot is then the order on the line from 1.
    """
    lot = draw_lot(names, seed=seed, purpose=purpose)
    inside = max(track_lanes - len(names), 0)
    return LaneList({name: inside + k for k, name in enumerate(lot.drawn, start=1)}, (lot,))


def _span(ranks: tuple[int, ...]) -> str:
    return str(ranks[0]) if len(ranks) == 1 else f"{ranks[0]}-{ranks[-1]}"


def lane_faults(plan: LanePlan, lane_of_rank: Sequence[int]) -> tuple[LaneFault, ...]:
    """What is wrong with a draw. lane_of_rank: the lane of the best first."""
    allowed = {rank: group.lanes for group in plan.groups for rank in group.ranks}
    faults = []
    for rank, lane in enumerate(lane_of_rank, start=1):
        if lane not in allowed.get(rank, ()):
            faults.append(LaneFault("wrong-lane", rank, lane, allowed.get(rank, ())))
        elif lane in lane_of_rank[: rank - 1]:
            faults.append(LaneFault("lane-twice", rank, lane, allowed[rank]))
    return tuple(faults)
