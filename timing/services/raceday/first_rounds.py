"""First rounds that can be drawn, and how somebody wishes to have them drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.clock import Duration
from timing.core.fold.state import State
from timing.core.refusal import refused
from timing.core.setup.event import Contest, Event, Round, Wave
from timing.core.setup.roster import Start
from timing.services.house import House, UnknownEventError
from timing.services.raceday.seeding import Starter, not_starting, starters_of

ORDERS = ("best-last", "best-first", "lot")
"""In which order those go who start one by one."""


class Wish(NamedTuple):
    """How to draw. heats: 0 for as many as the table says. table: its code, "" for the usual one.

    apart: a key of APART. order: one of ORDERS, for single starts. going: ``3+2`` for the first
    three of each heat and two by time, "" for as it is set up. seed: of the lots; without one it
    is the line of the journal.
    """

    heats: int = 0
    table: str = ""
    apart: str = "delegation"
    order: str = ORDERS[0]
    going: str = ""
    seed: str = ""


class FirstRound(NamedTuple):
    """A first round that is drawn. waiting: starters without a heat. guns: waves that started.

    out: the starts of those who do not come, whose lanes others may get. kept: so many heats stay
    because somebody of the roster stands there. interval: between two single starts, else None.
    """

    event: Event
    contest: Contest
    round: Round
    starters: tuple[Starter, ...]
    waiting: int
    out: tuple[Start, ...]
    guns: tuple[str, ...]
    seq: int
    kept: int = 1
    interval: Duration | None = None


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
        raise refused("draw", "no round of {code!r} is drawn; expected heats or lanes", code=code)
    return answer[0]


def _first(state: State, contest: Contest) -> FirstRound | None:
    """The first round, or None where all start together and nobody has to be drawn."""
    this = next(iter(contest.rounds), None)
    waves = {wave.code: wave for wave in state.event.waves}
    codes = dict.fromkeys(heat.wave for heat in this.heats) if this else {}
    mine = [waves[code] for code in codes if code in waves]
    interval = _interval(mine)
    if this is None or not (
        interval or len(this.heats) > 1 or any(heat.lanes for heat in this.heats)
    ):
        return None
    starters = starters_of(state, contest, this.code)
    starts = state.lineup.starts
    waiting = sum((each.entry.id, this.code) not in starts for each in starters)
    out = _out(state, contest, this)
    guns = tuple(wave.name for wave in mine if wave.code in state.lineup.guns)
    return FirstRound(
        state.event, contest, this, starters, waiting, out, guns, state.seq,
        _kept(state, this, out), interval,
    )  # fmt: skip


def _interval(waves: Sequence[Wave]) -> Duration | None:
    return next((wave.interval for wave in waves if wave.interval), None)


def _out(state: State, contest: Contest, this: Round) -> tuple[Start, ...]:
    """The starts of those who do not come and still have a lane."""
    starts = state.lineup.starts
    gone = (starts.get((entry, this.code)) for entry in sorted(not_starting(state, this.code)))
    return tuple(
        each
        for each in gone
        if each and each.lane and state.lineup.entries[each.entry].contest == contest.code
    )


def _kept(state: State, this: Round, out: Sequence[Start]) -> int:
    """As many heats as the start list of the setup, and those who do not come, still need."""
    waves = {heat.wave: number for number, heat in enumerate(this.heats, start=1)}
    needed = [start.wave for start in (*state.roster.starts, *out) if start.round == this.code]
    return max((waves.get(wave, 1) for wave in needed), default=1)
