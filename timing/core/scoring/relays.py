"""Relays: from collated records to leg times, splits, totals and places.

Legs may be run in pairs, a leg may have a mass start, single legs their own start. A team's
total is the sum of its leg times, so with a mass start it is not the last split by the clock.
Knows nothing of names and categories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from msgspec import Struct

from timing.core.clock import Duration, format_duration
from timing.core.refusal import Problem
from timing.core.scoring.relay_records import Collation


class MassStart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who waits for the start of this leg, or of an earlier one, is sent off at ``at``.

    at: since the race started.
    """

    leg: int
    at: Duration


class LegStart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One team's leg started at a moment of its own, whatever its former finish says.

    at: since the race started.
    """

    bib: str
    leg: int
    at: Duration


MOST_LEGS = 99
"""More than any relay has; a slip of the finger must not fill the memory."""
LegTime = tuple[str, int, Duration]
"""(bib, leg, time)."""


class RelayRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """legs: of each team. paired: legs that two athletes run together.

    start: the clock showed this when the race started. unfinished: (bib, leg) that did not finish
    although a time was recorded, such as a missed checkpoint. out: bibs of teams without a result.
    times: (bib, leg, time of the leg) by decision. penalties: the same, time that is added.
    dead_heats: bibs of teams whose equal total is a tie.
    """

    legs: int
    paired: tuple[int, ...] = ()
    mass_starts: tuple[MassStart, ...] = ()
    leg_starts: tuple[LegStart, ...] = ()
    start: Duration = Duration(0)
    unfinished: tuple[tuple[str, int], ...] = ()
    out: tuple[str, ...] = ()
    times: tuple[LegTime, ...] = ()
    penalties: tuple[LegTime, ...] = ()
    dead_heats: tuple[str, ...] = ()


class Leg(NamedTuple):
    """One leg of one team.

    time: None when it did not finish or has no start. mass_start: the leg whose mass start sent
    it off, 0 for none. open_end: the finish is only a lower bound. record: position of the finish
    among the records, 0 without one. early: the finish is before the start, so there is no time.
    """

    number: int
    start: Duration | None = None
    finish: Duration | None = None
    time: Duration | None = None
    mass_start: int = 0
    open_end: bool = False
    record: int = 0
    early: bool = False


class Team(NamedTuple):
    """splits: sum of the leg times so far; None from the first leg without a time on.

    out: the team has no result whatever its legs say, such as a disqualified one.
    """

    bib: str
    legs: tuple[Leg, ...]
    splits: tuple[Duration | None, ...]
    out: bool = False

    @property
    def total(self) -> Duration | None:
        """Sum of all leg times; None when one is missing (the team did not finish)."""
        return None if self.out else self.splits[-1]


class Placed(NamedTuple):
    """A line of a ranking. place: None without a time; tied: others have the same place."""

    place: int | None
    tied: bool
    bib: str
    time: Duration | None


def check_relay(rules: RelayRules) -> tuple[Problem, ...]:
    """Legs that exist, one mass start a leg and in the order of the legs."""
    return (*_leg_problems(rules), *_mass_start_problems(rules))


def _leg_problems(rules: RelayRules) -> Iterator[Problem]:
    if not 1 <= rules.legs <= MOST_LEGS:
        yield Problem("relay-legs", f"{rules.legs} legs; expected 1 to {MOST_LEGS}")
    named = [("paired leg", leg, 1) for leg in rules.paired]
    named += [("mass start of leg", start.leg, 2) for start in rules.mass_starts]
    named += [(f"start of bib {start.bib} in leg", start.leg, 1) for start in rules.leg_starts]
    named += [(f"unfinished leg of bib {bib}:", leg, 1) for bib, leg in rules.unfinished]
    for what, leg, least in named:
        if not least <= leg <= rules.legs:
            yield Problem("relay-leg", f"{what} {leg}; expected {least} to {rules.legs}")


def _mass_start_problems(rules: RelayRules) -> Iterator[Problem]:
    ordered = sorted(rules.mass_starts, key=lambda start: start.leg)
    for before, after in pairwise(ordered):
        if before.leg == after.leg:
            yield Problem("mass-start-twice", f"two mass starts of leg {after.leg}; expected one")
        elif after.at < before.at:
            found = f"leg {after.leg} at {format_duration(after.at)}"
            earlier = f"leg {before.leg} at {format_duration(before.at)}"
            yield Problem("mass-start-order", f"mass start of {found} is before that of {earlier}")
    seen = Counter((start.bib, start.leg) for start in rules.leg_starts)
    for (bib, leg), count in seen.items():
        if count > 1:
            yield Problem("leg-start-twice", f"bib {bib}, leg {leg}: {count} starts; expected one")


def run_relay(collation: Collation, rules: RelayRules) -> tuple[Team, ...]:
    """Every team that has a record, in the order of their first records."""
    finishes: dict[str, dict[int, tuple[int, Duration | None, bool]]] = {}
    for position, record in enumerate(collation.records, start=1):
        if record.bib and not record.void:
            legs = finishes.setdefault(record.bib, {})
            if record.leg:
                legs[record.leg] = (position, record.time, record.open_end)
    return tuple(_team(bib, legs, rules) for bib, legs in finishes.items())


def _team(
    bib: str, finishes: dict[int, tuple[int, Duration | None, bool]], rules: RelayRules
) -> Team:
    legs: list[Leg] = []
    splits: list[Duration | None] = []
    sum_: Duration | None = Duration(0)
    for number in range(1, rules.legs + 1):
        before = legs[-1].finish if legs else None
        leg = _leg(bib, number, before, finishes.get(number, (0, None, False)), rules)
        legs.append(leg)
        sum_ = None if sum_ is None or leg.time is None else Duration(sum_ + leg.time)
        splits.append(sum_)
    return Team(bib, tuple(legs), tuple(splits), bib in rules.out)


def _leg(
    bib: str,
    number: int,
    before: Duration | None,
    record: tuple[int, Duration | None, bool],
    rules: RelayRules,
) -> Leg:
    """One leg. before: the finish of the one before; record: position, finish, open end."""
    position, finish, open_end = record
    start, mass_start = _start(bib, number, before, rules)
    decided = _decided(rules.times, bib, number)
    if finish is None and decided and start is not None:
        finish = Duration(start + decided[-1])
    time = None if start is None or finish is None else Duration(finish - start)
    time = decided[-1] if decided else time
    early = time is not None and time < 0
    if early or (bib, number) in rules.unfinished:
        time = None
    if time is not None:
        time = Duration(time + sum(_decided(rules.penalties, bib, number)))
    return Leg(number, start, finish, time, mass_start, open_end, position, early)


def _decided(times: Iterable[LegTime], bib: str, leg: int) -> list[Duration]:
    return [time for of, number, time in times if (of, number) == (bib, leg)]


def _start(
    bib: str, leg: int, before: Duration | None, rules: RelayRules
) -> tuple[Duration | None, int]:
    """When a leg started, by the clock of the records, and which mass start did it.

    Its own recorded start, else the earlier of the team's former finish and the mass start.
    """
    own = next((s.at for s in rules.leg_starts if s.bib == bib and s.leg == leg), None)
    if leg == 1 or own is not None:
        return Duration((own or 0) + rules.start), 0
    mass = _mass_start(leg, rules)
    if mass is None or (before is not None and before <= mass.at + rules.start):
        return before, 0
    return Duration(mass.at + rules.start), mass.leg


def _mass_start(leg: int, rules: RelayRules) -> MassStart | None:
    """The mass start of the leg or of the next one that has one.

    Who still waits for an earlier leg when a later one is sent off goes with it.
    """
    later = [start for start in rules.mass_starts if start.leg >= leg]
    return min(later, key=lambda start: start.leg, default=None)


def rank_leg(teams: Iterable[Team], number: int) -> tuple[Placed, ...]:
    """Rank one leg by its time.

    Equal times tie, except on leg 1: there all start together and the order recorded decides.
    """
    rows = [(team, team.legs[number - 1]) for team in teams]
    return _placed(
        [(team.bib, None if team.out else leg.time, leg.record) for team, leg in rows],
        {team.bib for team, _ in rows if number > 1},
    )


def rank_relay(teams: Iterable[Team], dead_heats: Iterable[str] = ()) -> tuple[Placed, ...]:
    """Rank by total.

    Equal totals tie only if one of them rests on a mass start or on an unknown time, or is a
    declared dead heat; otherwise the order of the last finishes decides. Who did not finish comes
    last.
    """
    rows = list(teams)
    unsure = {team.bib for team in rows if any(leg.mass_start or leg.open_end for leg in team.legs)}
    unsure.update(dead_heats)
    return _placed([(team.bib, team.total, team.legs[-1].record) for team in rows], unsure)


def _placed(
    rows: Sequence[tuple[str, Duration | None, int]], unsure: set[str]
) -> tuple[Placed, ...]:
    """rows: (bib, time, position of the record). unsure: bibs whose equal time is a tie."""
    timed = sorted((time, record, bib) for bib, time, record in rows if time is not None)
    placed: list[Placed] = []
    for time, group in groupby(timed, key=lambda row: row[0]):
        bibs = [bib for _, _, bib in group]
        tied = len(bibs) > 1 and not unsure.isdisjoint(bibs)
        first = len(placed) + 1
        for k, bib in enumerate(bibs):
            placed.append(Placed(first if tied else first + k, tied, bib, time))
    out = [Placed(None, False, bib, None) for bib, time, _ in rows if time is None]
    return (*placed, *out)
