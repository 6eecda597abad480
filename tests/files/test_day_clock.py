"""What the clocks of a place show, also on the days on which they are moved."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from timing.core.clock import DAY, HOUR, MINUTE, Instant, datetime_of
from timing.files.race.day_clock import DayClock

ROME = ZoneInfo("Europe/Rome")
SPRING, AUTUMN = DayClock(date(2026, 3, 29), ROME), DayClock(date(2026, 10, 25), ROME)
DAYS = st.dates(date(1980, 1, 1), date(2037, 12, 31))
ZONES = st.sampled_from(["Europe/Rome", "UTC", "America/St_Johns", "Australia/Lord_Howe"])


def wall(at: Instant, zone: ZoneInfo) -> str:
    return datetime_of(at).astimezone(zone).isoformat()


def test_the_hour_that_spring_leaves_out_is_never_shown():
    assert SPRING.moments(2 * HOUR + 30 * MINUTE) == ()
    assert wall(SPRING.moment(2 * HOUR + 30 * MINUTE), ROME) == "2026-03-29T03:30:00+02:00"
    assert wall(SPRING.moment(10 * HOUR), ROME) == "2026-03-29T10:00:00+02:00"


def test_the_hour_that_autumn_repeats_is_shown_twice():
    first, second = AUTUMN.moments(2 * HOUR + 30 * MINUTE)
    assert second - first == HOUR
    assert AUTUMN.moment(2 * HOUR + 30 * MINUTE) == first
    assert AUTUMN.next(first, Instant(first + 1)) == second
    assert AUTUMN.next(first, Instant(second + 1)) == second + DAY


def test_the_same_time_on_the_next_day_is_not_always_a_day_later():
    saturday = DayClock(date(2026, 3, 28), ROME)
    ten, eleven = (saturday.moment(hour * HOUR) for hour in (10, 11))
    assert saturday.next(eleven, ten) == eleven
    assert saturday.next(ten, eleven) - ten == 23 * HOUR


@given(DAYS, ZONES, st.integers(0, 3 * DAY))
def test_every_moment_shows_the_time_that_was_asked_for(day: date, zone: str, shown: int):
    clock = DayClock(day, ZoneInfo(zone))
    midnight = DayClock(day, ZoneInfo("UTC")).moment(0)
    for at in clock.moments(shown):
        local = datetime_of(at).astimezone(ZoneInfo(zone)).replace(tzinfo=ZoneInfo("UTC"))
        assert local == datetime_of(midnight + shown)


@given(DAYS, ZONES, st.integers(0, DAY - 1), st.integers(0, 30 * DAY))
def test_the_next_time_is_less_than_a_day_and_an_hour_ahead(
    day: date, zone: str, shown: int, later: int
):
    clock = DayClock(day, ZoneInfo(zone))
    at = clock.moment(shown)
    since = Instant(at + later)
    assert 0 <= clock.next(at, since) - since <= DAY + HOUR
