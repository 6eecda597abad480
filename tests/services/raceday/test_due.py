"""From when on the key of a wave fires without a question."""

from __future__ import annotations

from hypothesis import given, strategies as st

from timing.core.clock import HOUR, MINUTE, SECOND, Instant
from timing.core.setup.event import Wave
from timing.services.raceday.due import EARLY, due_from

TEN = Instant(10 * HOUR)


def wave(code: str, at: int | None) -> Wave:
    return Wave(code=code, name=code, scheduled=None if at is None else Instant(at))


def test_a_wave_is_due_some_minutes_before_its_time():
    assert due_from([wave("10 km", TEN)]) == {"10 km": TEN - EARLY}


def test_a_wave_without_a_planned_time_is_always_due():
    assert due_from([wave("mile", None)]) == {}


def test_of_waves_that_follow_closely_the_nearer_one_is_due():
    due = due_from([wave("men", TEN), wave("women", TEN + 2 * MINUTE)])
    assert due == {"men": TEN - EARLY, "women": TEN + MINUTE}


def test_waves_of_one_gun_are_due_together():
    due = due_from([wave("a", TEN), wave("b", TEN)])
    assert due["a"] == due["b"] == TEN - EARLY


times = st.integers(0, 24 * HOUR // SECOND).map(lambda seconds: seconds * SECOND)


@given(st.lists(times | st.none()))
def test_nobody_is_asked_at_the_planned_time_or_later(planned):
    waves = [wave(str(number), at) for number, at in enumerate(planned)]
    due = due_from(waves)
    for each in waves:
        if each.scheduled is None:
            assert each.code not in due
        else:
            assert each.scheduled - EARLY <= due[each.code] < each.scheduled


@given(st.sets(times, min_size=2))
def test_at_any_moment_no_key_is_due_whose_wave_is_further_than_one_before_it(planned):
    due = due_from(wave(str(at), at) for at in planned)
    for at in planned:
        moment = due[str(at)]
        earlier = [other for other in planned if other < at]
        assert all(at - moment <= moment - other for other in earlier)
