"""What is not held as announced, for whoever shows the event: the setup as it was ruled.

And what that means for one result, in sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from timing.core.clock import Instant
from timing.core.fold.results import Result
from timing.core.fold.state import State
from timing.core.setup.called_off import WHOLE_EVENT, CalledOff, Fate
from timing.core.setup.event import Event, Wave
from timing.core.telling.sentences import NO_REASON, Telling


def as_called_off(
    event: Event, called_off: Mapping[str, CalledOff], started: Collection[str] = ()
) -> Event:
    """The event with what was ruled about its contests; nothing else is believed.

    started: waves that had their gun. The others of what is postponed are planned so much later,
    unless they start also somebody who is not.
    """
    if not called_off:
        return replace(event, called_off={}) if event.called_off else event
    fates = {
        wave.code: fate_of_wave(event, wave.code, called_off)
        for wave in event.waves
        if wave.code not in started
    }
    first: dict[CalledOff, Instant] = {}
    for wave in event.waves:
        fate = fates.get(wave.code)
        if fate is not None and wave.scheduled is not None:
            first[fate] = min(wave.scheduled, first.get(fate, wave.scheduled))
    waves = tuple(_postponed(wave, fates.get(wave.code), first) for wave in event.waves)
    return replace(event, waves=waves, called_off=dict(called_off))


def _postponed(wave: Wave, fate: CalledOff | None, first: Mapping[CalledOff, Instant]) -> Wave:
    if fate is None or wave.scheduled is None or fate.fate is not Fate.POSTPONED:
        return wave
    later = None if fate.until is None else Instant(wave.scheduled - first[fate] + fate.until)
    return replace(wave, scheduled=later)


def fate_of_wave(event: Event, wave: str, called_off: Mapping[str, CalledOff]) -> CalledOff | None:
    """What became of all contests of which a wave starts a heat; None if they differ.

    A wave that no heat names is called off with the event.
    """
    fates = {
        called_off.get(contest.code)
        for contest in event.contests
        for part in contest.rounds
        if any(heat.wave == wave for heat in part.heats)
    }
    if not fates:
        return called_off.get(WHOLE_EVENT)
    return fates.pop() if len(fates) == 1 else None


def told_fate(state: State, result: Result) -> Iterator[Telling]:
    """Say that a contest was cancelled or stopped, and what of it counts."""
    contest = state.targets[result.key].plan.contest
    fate = state.lineup.judged(contest)
    if fate is None:
        return
    yield Telling(fate.fate.value, {"reason": fate.reason or NO_REASON})
    if fate.stands is not None:
        known = {each.code: each.name for each in state.targets[result.key].plan.course.points}
        point = known.get(fate.point, "")
        yield Telling("stands_at" if point else "stands", {"point": point}, {"at": fate.stands})
