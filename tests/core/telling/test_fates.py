"""What is not held as announced, as pages and sheets are told it, and as a result is explained."""

from __future__ import annotations

from msgspec.structs import replace

from tests.core.explaining import why, words
from tests.core.story import ZERO, contest, course, event, story
from timing.core.clock import MINUTE, Instant
from timing.core.setup.called_off import WHOLE_EVENT, CalledOff, Fate
from timing.core.setup.event import Wave
from timing.core.telling.fates import as_called_off, fate_of_wave

RIVER = contest(course=course("start 0 | bridge 4000 | finish 10000"))
LATER = CalledOff(fate=Fate.POSTPONED, until=Instant(ZERO + 60 * MINUTE))
STOPPED = CalledOff(fate=Fate.STOPPED)


def day(*scheduled: int | None):
    """Contests a, b, ...; their waves are planned at so many minutes."""
    codes = "abc"[: len(scheduled)]
    waves = [
        Wave(code=code, name=code, scheduled=None if at is None else Instant(ZERO + at * MINUTE))
        for code, at in zip(codes, scheduled, strict=True)
    ]
    return event([contest(code) for code in codes], waves=waves)


def planned(told):
    at = [wave.scheduled for wave in told.waves]
    return [None if each is None else (each - ZERO) // MINUTE for each in at]


def test_an_event_of_which_nothing_is_called_off_is_the_event_itself():
    held = day(0)
    assert as_called_off(held, {}) is held
    assert as_called_off(replace(held, called_off={"a": STOPPED}), {}) == held


def test_waves_that_are_postponed_keep_their_distance_from_the_first_of_them():
    told = as_called_off(day(0, 10, None), dict.fromkeys("abc", LATER))
    assert planned(told) == [60, 70, None]
    assert told.called_off == dict.fromkeys("abc", LATER)


def test_without_a_new_start_nobody_knows_when_a_wave_is():
    unknown = CalledOff(fate=Fate.POSTPONED)
    assert planned(as_called_off(day(0, 10), {"b": unknown})) == [0, None]


def test_a_wave_that_had_its_gun_or_is_cancelled_keeps_its_time():
    fates = {"a": LATER, "b": LATER, "c": CalledOff(fate=Fate.CANCELLED)}
    assert planned(as_called_off(day(0, 10, 20), fates, started=["a"])) == [0, 60, 20]


def test_a_wave_of_two_contests_is_postponed_with_both_only():
    both = day(0, 10)
    one, other = both.contests
    shared = replace(both, contests=(one, replace(other, rounds=one.rounds)))
    assert fate_of_wave(shared, "a", {"a": LATER}) is None
    assert fate_of_wave(shared, "a", {"a": LATER, "b": LATER}) == LATER


def test_a_wave_that_starts_nobody_is_called_off_with_the_event():
    assert fate_of_wave(day(0), "gone", {WHOLE_EVENT: STOPPED, "a": LATER}) == STOPPED
    assert fate_of_wave(day(0), "gone", {"a": LATER}) is None


def test_a_result_of_a_race_that_was_stopped_tells_what_of_it_counts():
    def told(stop: str) -> list[str]:
        lines = f"gun 0:00 | 101 bridge 15:00 | 101 finish 31:00 | {stop}"
        return words(why(story(lines, of=RIVER), "101").sentences)

    assert told("stop 40:00 bridge")[-5:-3] == [
        "The race was stopped: as told: stop 40:00 bridge",
        "What was in by 40:00 counts, as timed at Bridge.",
    ]
    assert told("stop 40:00")[-4] == "What was in by 40:00 counts."
    assert told("stop")[-2:] == ["The race was stopped: as told: stop", "No place: STP."]
