"""Local times without a date, midnights, summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from timing.core.clock import DAY, HOUR, MINUTE, Instant, datetime_of, instant_of
from timing.readers.moments import Calendar, Zone, clock_of, day_of, digits_of, fraction
from timing.readers.sighting import UnreadableError

ROME = ZoneInfo("Europe/Rome")
JUNE = date(2026, 6, 13)


def local(calendar: Calendar, text: str) -> str:
    at = calendar.text(text)
    return datetime_of(at).astimezone(calendar.zone.tz).strftime("%m-%d %H:%M:%S")


def test_a_time_of_day_belongs_to_the_day_that_was_handed_in():
    assert local(Calendar(Zone(ROME, JUNE)), "10:00:00") == "06-13 10:00:00"


def test_a_race_through_two_nights_passes_two_midnights():
    calendar = Calendar(Zone(ROME, JUNE))
    told = ["22:00:00", "23:59:59.5", "00:00:01", "11:00:00", "22:59:59", "03:00:00", "09:00:00"]
    assert [local(calendar, each)[:5] for each in told] == [
        "06-13",
        "06-13",
        "06-14",
        "06-14",
        "06-14",
        "06-15",
        "06-15",
    ]


def test_lines_that_come_a_little_out_of_order_stay_on_their_day():
    calendar = Calendar(Zone(ROME, JUNE))
    assert local(calendar, "10:00:05") == "06-13 10:00:05"
    assert local(calendar, "10:00:01") == "06-13 10:00:01"
    assert local(calendar, "00:30:00") == "06-13 00:30:00", "less than twelve hours back"


@pytest.mark.parametrize(
    ("now", "told", "day"),
    [
        ("2026-06-14 00:05", "23:59:58", "06-13"),
        ("2026-06-13 23:58", "00:00:10", "06-14"),
        ("2026-06-14 15:00", "14:59:00", "06-14"),
    ],
)
def test_a_live_time_of_day_is_the_one_nearest_to_now(now, told, day):
    moment = datetime.strptime(now, "%Y-%m-%d %H:%M").replace(tzinfo=ROME)
    calendar = Calendar(Zone(ROME, JUNE, instant_of(moment)))
    assert local(calendar, told) == f"{day} {told}"


def test_the_night_in_which_summer_time_ends_has_an_hour_more():
    calendar = Calendar(Zone(ROME, date(2026, 10, 25)))
    before, after = calendar.text("01:30:00"), calendar.text("03:30:00")
    assert after - before == 3 * HOUR


def test_the_repeated_hour_is_the_first_of_the_two():
    at = Calendar(Zone(ROME, date(2026, 10, 25))).text("02:30:00")
    assert datetime_of(at) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_day_on_which_summer_time_begins_is_read_right_before_and_after():
    calendar = Calendar(Zone(ROME, date(2026, 3, 29)))
    assert calendar.text("04:00:00") - calendar.text("01:00:00") == 2 * HOUR


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - local times
    st.sampled_from(["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
@settings(deadline=None)
def test_a_local_moment_is_what_the_time_zone_says(moment, zone):
    calendar = Calendar(Zone(ZoneInfo(zone)))
    clock = timedelta(
        hours=moment.hour,
        minutes=moment.minute,
        seconds=moment.second,
        microseconds=moment.microsecond,
    ) // timedelta(microseconds=1)
    expected = instant_of(moment.replace(tzinfo=ZoneInfo(zone)))
    assert calendar.at(moment.date(), clock) == expected
    assert calendar.at(moment.date(), clock) == expected, "the second look uses what is known"


@given(st.lists(st.integers(1, 11 * 60), min_size=1, max_size=40))
@settings(deadline=None)
def test_steps_of_less_than_twelve_hours_never_lose_a_day(steps):
    calendar = Calendar(Zone(UTC, JUNE))
    moment = start = instant_of(datetime(2026, 6, 13, tzinfo=UTC))
    calendar.next(0)
    for step in steps:
        moment = Instant(moment + step * MINUTE)
        assert calendar.next((moment - start) % DAY) == moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-13 10:00:00.5", "2026-06-13 08:00:00.500000"),
        ("2026-06-13T10:00:00Z", "2026-06-13 10:00:00.000000"),
        ("2026-06-13T10:00:00.123+02:00", "2026-06-13 08:00:00.123000"),
        ("2026-06-13T10:00:00-0330", "2026-06-13 13:30:00.000000"),
    ],
)
def test_a_time_with_an_offset_is_absolute_and_one_without_is_local(text, expected):
    at = Calendar(Zone(ROME)).iso(text)
    assert datetime_of(at).strftime("%Y-%m-%d %H:%M:%S.%f") == expected


def test_a_day_has_24_hours_and_a_race_may_have_more():
    assert clock_of("25:10:00", limit=100) == 25 * HOUR + 10 * MINUTE
    with pytest.raises(UnreadableError, match="expected HH:MM:SS below 24 hours"):
        clock_of("25:10:00")


def test_a_leap_second_is_the_first_of_the_next_day():
    assert local(Calendar(Zone(ROME, JUNE)), "23:59:60") == "06-14 00:00:00"


@pytest.mark.parametrize("text", ["", "10:00", "24:60:00", "1:2:3", "²2:00:00", "10:00:00.", "x"])
def test_what_is_no_time_of_day_is_refused_with_a_sentence(text):
    with pytest.raises(UnreadableError, match="expected HH:MM:SS"):
        clock_of(text)


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(UnreadableError, match="no day of the calendar"):
        day_of(2026, 2, 29)
    with pytest.raises(UnreadableError, match="no day of the calendar"):
        day_of(2300, 1, 1)


def test_two_digits_of_a_year_are_this_century_and_1980_for_a_box_that_forgot_its_date():
    assert day_of(26, 6, 13) == JUNE
    assert day_of(80, 1, 1) == date(1980, 1, 1)


def test_digits_beyond_microseconds_are_cut():
    assert fraction("1234569") == 123456
    assert fraction("5") == 500_000
    assert fraction(None) == 0


def test_a_run_of_digits_must_be_digits():
    assert digits_of("260613", 3, "date") == (26, 6, 13)
    with pytest.raises(UnreadableError, match="expected 6 digits"):
        digits_of("26061²", 3, "date")


def test_seconds_since_an_epoch_are_local_seconds():
    at = Calendar(Zone(ROME)).seconds(86_400, 250_000, date(1980, 1, 1))
    assert datetime_of(at) == datetime(1980, 1, 1, 23, 0, 0, 250_000, UTC)
    with pytest.raises(UnreadableError, match="out of range"):
        Calendar(Zone(ROME)).seconds(10**12, 0, date(1980, 1, 1))
