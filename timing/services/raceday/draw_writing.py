"""A draw is written: its heats and who stands in them, in one transaction; or it is taken back.

What the round was before is kept in the journal, so that the heats go with the draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import Ruling
from timing.core.refusal import refused
from timing.core.setup.heats import Fitting, fitting_of, refitted
from timing.services.house import House, UnknownEventError
from timing.services.raceday.drawing import Drawn, fitted
from timing.services.raceday.first_rounds import FirstRound
from timing.services.written import write
from timing.store import setup

_MARK = "draw"


def write_draw(house: House, drawn: Drawn, *, reason: str, by: str) -> None:
    """Make or take away heats as drawn and put everybody into heat and lane.

    Raises UnknownEventError, and Refusal where something still needs a heat that would go.
    """
    with house.store.write() as tx:
        number = setup.event_number(tx, drawn.first.event.slug)
        before = setup.load_event_numbered(tx, number)
        after = fitted(before, drawn)
        if after != before:
            setup.save_event(tx, after, number)
        write(house, tx, number, [_mark(drawn.first), *acts_of(drawn)], reason, by)


def acts_of(drawn: Drawn) -> Sequence[act.Act]:
    """The rulings that put everybody into heat and lane; who does not come gives the lane back."""
    first = drawn.first
    made = fitted(first.event, drawn).contest(first.contest.code) or first.contest
    waves = {heat.number: heat.wave for heat in made.rounds[0].heats}
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


def last_draw(house: House, first: FirstRound) -> tuple[Ruling, ...]:
    """The rulings of the last draw of a round that is in force, its mark first; () without one."""
    found = house.live.ask(first.event.slug, lambda state: tuple(_lines(state, first)))
    if found is None:
        raise UnknownEventError(first.event.slug)
    return found


def take_back(house: House, first: FirstRound, *, reason: str, by: str) -> None:
    """Withdraw the last draw; the heats are again as they were before it.

    Raises Refusal: a gun of the round has gone off, or there is no draw in force.
    """
    lines = last_draw(house, first)
    if first.guns:
        raise refused(
            "draw-gun", "the gun of {wave} has gone off; the draw stands", wave=first.guns[0]
        )
    if not lines:
        raise refused("draw-none", "{name} has no draw to take back", name=first.round.name)
    with house.store.write() as tx:
        number = setup.event_number(tx, first.event.slug)
        now = setup.load_event_numbered(tx, number)
        before = refitted(now, first.contest.code, first.round.code, _before(lines[0]))
        if before != now:
            setup.save_event(tx, before, number)
        write(house, tx, number, [act.Withdraw(line=each.id) for each in lines], reason, by)


def _mark(first: FirstRound) -> act.Act:
    words = (_MARK, first.contest.code, first.round.code, *map(str, fitting_of(first.round)))
    return act.Clear(anomaly=":".join(words))


def _before(mark: Ruling) -> Fitting:
    """What the round was, as the mark of a draw says."""
    words = mark.act.anomaly.split(":")  # type: ignore[union-attr]
    heats, by_place, by_time = map(int, words[-3:])
    return Fitting(heats, by_place, by_time)


def _lines(state: State, first: FirstRound) -> Iterator[Ruling]:
    begins = f"{_MARK}:{first.contest.code}:{first.round.code}:"
    marks = [each for each in state.live if _is_mark(each, begins)]
    if marks:
        yield marks[-1]
        yield from _moves_after(marks[-1], state.live, first.round.code)


def _is_mark(ruling: Ruling, begins: str) -> bool:
    return isinstance(ruling.act, act.Clear) and ruling.act.anomaly.startswith(begins)


def _moves_after(mark: Ruling, live: Iterable[Ruling], code: str) -> Iterator[Ruling]:
    """The moves of the same writing: by the same pen at one moment, for the same reason."""
    for each in live:
        same = (each.station, each.at, each.reason) == (mark.station, mark.at, mark.reason)
        if same and each.n > mark.n and isinstance(each.act, act.Move) and each.act.round == code:
            yield each
