"""More or fewer heats in a round, each with a wave of its own, named as the round is.

What a kept heat says stays; a wave that no heat starts with any more goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.setup.event import Contest, Event, Heat, Round, Wave

MOST_HEATS = 40
"""Of one round."""


class Fitting(NamedTuple):
    """What a round shall be. by_place, by_time: who goes on from each heat, and overall."""

    heats: int
    by_place: int
    by_time: int


def fitting_of(this: Round) -> Fitting:
    """What a round is now."""
    return Fitting(len(this.heats), this.by_place, this.by_time)


def refitted(event: Event, contest: str, code: str, wanted: Fitting) -> Event:
    """Give the event with a round of a contest as wanted; it has at least one heat.

    A new heat has the lanes and the interval of the last one that was there.
    """
    found = event.contest(contest)
    this = next((each for each in found.rounds if each.code == code), None) if found else None
    if found is None or this is None:
        return event
    missing = range(1, wanted.heats - len(this.heats) + 1)
    fresh = [_new_heat(event, found, this, extra) for extra in missing]
    heats = (*this.heats[: max(1, wanted.heats)], *(heat for heat, _wave in fresh))
    fitted = replace(this, heats=heats, by_place=wanted.by_place, by_time=wanted.by_time)
    rounds = tuple(fitted if each is this else each for each in found.rounds)
    changed = replace(found, rounds=rounds)
    contests = tuple(changed if each is found else each for each in event.contests)
    gone = {heat.wave for heat in this.heats} - waves_in(contests)
    kept = tuple(wave for wave in event.waves if wave.code not in gone)
    return replace(event, contests=contests, waves=(*kept, *(wave for _heat, wave in fresh)))


def waves_in(contests: Iterable[Contest]) -> set[str]:
    """The waves with which any heat starts."""
    return {heat.wave for each in contests for part in each.rounds for heat in part.heats}


def wave_code(contest: str, code: str, number: int) -> str:
    """How the wave of a heat is called in a round of several heats."""
    return f"{contest}-heat-{number}" if code == "heats" else f"{contest}-{code}-{number}"


def wave_name(contest: str, this: Round, number: int) -> str:
    """The same for people. contest: its name."""
    word = "heat" if this.code == "heats" else this.name.lower()
    return f"{contest}, {word} {number}"


def _new_heat(event: Event, contest: Contest, this: Round, extra: int) -> tuple[Heat, Wave]:
    """extra: the first, the second ... that is new."""
    like = this.heats[-1]
    number = max(heat.number for heat in this.heats) + extra
    interval = next((wave.interval for wave in event.waves if wave.code == like.wave), None)
    code = wave_code(contest.code, this.code, number)
    while any(wave.code == code for wave in event.waves):
        code += "-new"
    wave = Wave(code=code, name=wave_name(contest.name, this, number), interval=interval)
    return Heat(number=number, wave=code, lanes=like.lanes), wave
