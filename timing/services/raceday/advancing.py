"""The next round: who goes on by place and time, in which heat and lane, as rulings to confirm.

Heats are seeded and lanes drawn as the rules say; every lot can be drawn again from its seed.
Reserves take the places of those who withdraw; what stands on the start list already stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from timing.core.fold.standings import Standings
from timing.core.journal import rulings as act
from timing.core.refusal import refused
from timing.core.rounds.progression import (
    Quota,
    advance,
    reserves,
    settle,
    times_decide,
)
from timing.core.setup.event import Contest, Event, Round
from timing.core.setup.roster import EntryId
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.raceday.lanes import OddLane
from timing.services.raceday.next_field import (
    Field,
    chosen_of,
    field_of,
    finishers_of,
    odd_of,
    ranked_for,
    spots_of,
)

_SYSTEMS = {"photo": "fat", "chip": "transponder"}
"""How a finish was timed, by the source of its reading; by hand where nothing else is said."""


class Wish(NamedTuple):
    """What officials say to the next round; all are bibs.

    out: withdraw now. referee, jury: are let in (qR, qJ). seed: of the lots; without one it is
    the line of the journal.
    """

    out: tuple[str, ...] = ()
    referee: tuple[str, ...] = ()
    jury: tuple[str, ...] = ()
    seed: str = ""

    @property
    def let_in(self) -> dict[str, str]:
        """Bib -> mark."""
        return dict.fromkeys(self.referee, "qR") | dict.fromkeys(self.jury, "qJ")


NO_WISH = Wish()


class Qualifier(NamedTuple):
    """Somebody who goes on. rank: for the seeding; heat, lane: in the next round, 0 for none.

    reserve: instead of somebody who withdrew.
    """

    rank: int
    bib: str
    name: str
    mark: str
    time: int | None
    heat: int
    lane: int
    reserve: bool = False


class NextRound(NamedTuple):
    """What a round gives to the next one.

    unfinished: starters without a result yet. drawn: groups that a lot had to separate.
    withdrawn: who would go on and does not come. dropped: who stands in the next round and does
    not go on any more. reserves: who takes the next place that falls
    vacant. placed: who stands in the next round already. guns: waves of it that started.
    systems: ways of timing where places by time must not be given by more than one (TR 20.8).
    odd: who stands in a lane that the draw would not give.
    """

    event: Event
    contest: Contest
    round: Round
    following: Round
    qualifiers: tuple[Qualifier, ...]
    unfinished: tuple[str, ...]
    drawn: tuple[tuple[str, ...], ...]
    withdrawn: tuple[str, ...]
    dropped: tuple[str, ...]
    reserves: tuple[str, ...]
    placed: frozenset[str]
    guns: tuple[str, ...]
    systems: tuple[str, ...]
    odd: tuple[OddLane, ...]
    seed: str

    @property
    def without_lane(self) -> tuple[str, ...]:
        """Bibs for whom the heat has no lane: more go on than there is room for."""
        lanes = {heat.number: heat.lanes for heat in self.following.heats}
        return tuple(each.bib for each in self.qualifiers if each.lane > lanes[each.heat])

    @property
    def stamp(self) -> str:
        """Differs where anybody stands elsewhere: what was looked at is what is written."""
        lines = [f"{each.bib} {each.heat} {each.lane} {each.mark}" for each in self.qualifiers]
        return sha256(
            "\n".join((*lines, "out", *self.withdrawn, "", *self.dropped)).encode()
        ).hexdigest()[:16]


def rounds(house: House, slug: str) -> tuple[Event, list[tuple[Contest, Round]]]:
    """Every round that another one follows. Raises UnknownEventError."""
    snapshot = _snapshot(house, slug)
    pairs = [(contest, each) for contest in snapshot.event.contests for each in contest.rounds[:-1]]
    return snapshot.event, pairs


def next_round(house: House, slug: str, contest: str, code: str, wish: Wish = NO_WISH) -> NextRound:
    """Work the next round out.

    Raises UnknownEventError, and Refusal where no round follows or a bib did not run in this one.
    """
    snapshot = _snapshot(house, slug)
    found, number = _round(snapshot, contest, code)
    this, following = found.rounds[number], found.rounds[number + 1]
    standings = snapshot.standings[contest, code]
    _ran(wish, standings)
    field = field_of(house, slug, found, number)
    field = field._replace(let_in={**field.let_in, **wish.let_in})
    seed = wish.seed or f"{slug} {contest} {code} {snapshot.seq}"
    open_draws = advance(finishers_of(standings), _quota(this, following))
    progression = settle(
        open_draws, finishers_of(standings), seed=seed, purpose=f"{contest} {code}"
    )
    earlier = [snapshot.standings[contest, each.code] for each in found.rounds[: number + 1]]
    gone = {row.bib for row in standings.rows if row.entry.id in field.gone} | set(wish.out)
    ranked = ranked_for(found, progression, field, earlier)
    standby = reserves(finishers_of(standings), progression, this.reserves)
    chosen = chosen_of(ranked, standby, gone, field)
    spots = spots_of(found, number + 1, chosen, field, seed)
    marks = {bib: progression.mark_of(bib) or field.let_in.get(bib, "") for bib in chosen.ranked}
    return NextRound(
        snapshot.event, found, this, following, tuple(_qualifiers(standings, marks, spots)),
        _unfinished(standings), tuple(draw.between for draw in open_draws.undecided),
        chosen.withdrawn, chosen.dropped, chosen.standby, frozenset(field.starts) - gone,
        field.guns, _systems(standings, this.by_time),
        tuple(odd_of(found, number + 1, chosen, field)), seed,
    )  # fmt: skip


def _unfinished(standings: Standings) -> tuple[str, ...]:
    return tuple(
        row.bib for row in standings.rows if row.result.status in (Status.RUN, Status.READY)
    )


def _ran(wish: Wish, standings: Standings) -> None:
    known = {row.bib for row in standings.rows}
    for bib in (*wish.out, *wish.referee, *wish.jury):
        if bib not in known:
            raise refused("round-bib", "bib {bib} did not run in this round", bib=bib)


def still(found: NextRound, stamp: str) -> NextRound:
    """Refuse a start list that is not the one that was looked at. stamp: of that one."""
    if found.stamp != stamp:
        raise refused(
            "round-changed", "the results or the start list have changed since; please look again"
        )
    return found


def acts_of(house: House, found: NextRound) -> list[act.Act]:
    """The rulings that put the qualifiers into the next round and mark them in this one.

    Who withdrew does not start there and leaves the lane. Raises Refusal: nobody goes on, or a
    gun of the next round has gone off.
    """
    if found.guns:
        raise refused(
            "round-gun", "the gun of {wave} has gone off; its start list stands", wave=found.guns[0]
        )
    if not found.qualifiers:
        raise refused("nobody", "nobody goes on: the round has no finisher yet")
    snapshot = _snapshot(house, found.event.slug)
    standings = snapshot.standings[found.contest.code, found.round.code]
    entries = {row.bib: row.entry.id for row in standings.rows}
    number = found.contest.rounds.index(found.round)
    field = field_of(house, found.event.slug, found.contest, number)
    acts = list(_leaving(found, entries, field))
    for each in found.qualifiers:
        acts += _entering(found, each, entries[each.bib], field)
    if not acts:
        raise refused(
            "round-same", "the start list of {name} stands as it is", name=found.following.name
        )
    return acts


def _entering(found: NextRound, each: Qualifier, entry: EntryId, field: Field) -> Iterator[act.Act]:
    """The mark, and the place in the next round, where they are not there already."""
    this, following = found.round, found.following
    if field.given.get(each.bib) != each.mark:
        yield act.Qualify(entry=entry, round=this.code, mark=each.mark)
    start = field.starts.get(each.bib)
    if start is None or (start.heat, start.lane) != (each.heat, each.lane):
        wave = next(heat.wave for heat in following.heats if heat.number == each.heat)
        yield act.Move(entry=entry, round=following.code, wave=wave, heat=each.heat, lane=each.lane)


def _leaving(found: NextRound, entries: Mapping[str, EntryId], field: Field) -> Iterator[act.Act]:
    """Who withdraws is DNS in the next round, and others may have the lane.

    Who does not go on any more is taken off the start list.
    """
    code = found.following.code
    for bib in found.dropped:
        yield from (act.Withdraw(line=line) for line in field.lines[bib])
    for bib in found.withdrawn:
        entry, start = entries[bib], field.starts.get(bib)
        if entry not in field.gone:
            yield act.SetStatus(entry=entry, round=code, status=Status.DNS)
        if start is not None and start.lane:
            yield act.Move(entry=entry, round=code, wave=start.wave, heat=start.heat)


def _round(snapshot: Snapshot, contest: str, code: str) -> tuple[Contest, int]:
    found = snapshot.event.contest(contest)
    codes = [each.code for each in found.rounds] if found else []
    if found is None or code not in codes[:-1]:
        raise refused(
            "round", "no round follows {code!r} of {contest!r}", code=code, contest=contest
        )
    return found, codes.index(code)


def _quota(this: Round, following: Round) -> Quota:
    """How many go on; lanes of the next round beyond those may take a tie."""
    wanted = this.by_place * len(this.heats) + this.by_time
    lanes = sum(heat.lanes for heat in following.heats)
    return Quota(this.by_place, this.by_time, max(0, lanes - wanted) if lanes else 0)


def _qualifiers(
    standings: Standings, marks: Mapping[str, str], spots: Mapping[str, tuple[int, int]]
) -> Iterator[Qualifier]:
    """marks: of everybody who goes on, the best first; none is a reserve."""
    rows = {row.bib: row for row in standings.rows}
    for rank, (bib, mark) in enumerate(marks.items(), 1):
        row, (heat, lane) = rows[bib], spots[bib]
        yield Qualifier(
            rank, bib, row.entry.name, mark or "q", row.result.official, heat, lane, not mark
        )


def _systems(standings: Standings, by_time: int) -> tuple[str, ...]:
    """The ways in which the finishes were timed, where they must be one and are several."""
    timed = [row.result.reads[-1].source for row in standings.ranked if row.result.reads]
    systems = {_SYSTEMS.get(source, "hand") for source in timed}
    return () if times_decide(systems, by_time) else tuple(sorted(systems))


def _snapshot(house: House, slug: str) -> Snapshot:
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    return snapshot
