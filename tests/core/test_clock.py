"""Times as people write them, and as they are printed; moments as whole microseconds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given, strategies as st

from timing.core.clock import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    TimeTextError,
    datetime_of,
    format_duration,
    in_calendar,
    instant_of,
    is_hand_time,
    parse_duration,
)


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("6:45.112", 405_112_000),
        ("65:55", 65 * MINUTE + 55 * SECOND),
        (":59", 59 * SECOND),
        (":67:22", 67 * MINUTE + 22 * SECOND),
        ("0:58:", 58 * MINUTE),
        ("0:70:16", 70 * MINUTE + 16 * SECOND),
        ("1:1:10", HOUR + MINUTE + 10 * SECOND),
        ("12,27", 12_270_000),
        ("2;33.5", 2 * MINUTE + 33_500_000),
        ("245.3", 245_300_000),
        (" 10.2h ", 10_200_000),
        ("0:45:37.6543324594234", 45 * MINUTE + 37_654_332),
        ("24:00:00", DAY),
    ],
)
def test_a_time_is_read_as_people_write_it(text, micros):
    assert parse_duration(text) == micros


@pytest.mark.parametrize(
    "text",
    [
        *["", "slow", "-5", ":", ".", "3:32.x", "1:60.0", "1:60:00", "1:2:3:4", "0:0:60", "1" * 25],
        *["1::5", "::5", "1:.5", "1:,5", ";", "1;75", "10²", "٣:٠٥"],
    ],
)
def test_what_is_no_time_is_named(text):
    with pytest.raises(TimeTextError, match=r"is not a time; expected \[H:\]MM:SS"):
        parse_duration(text)


def test_a_long_text_is_shown_by_its_beginning():
    with pytest.raises(TimeTextError) as caught:
        parse_duration("x" * 1000)
    assert len(str(caught.value)) < 100


def test_a_dot_may_stand_for_the_colon_where_the_club_writes_so():
    assert parse_duration("28.49", dots_separate=True) == 28 * MINUTE + 49 * SECOND
    assert parse_duration("1.11.43", dots_separate=True) == HOUR + 11 * MINUTE + 43 * SECOND
    assert parse_duration("28:49.5", dots_separate=True) == 28 * MINUTE + 49_500_000
    with pytest.raises(TimeTextError):
        parse_duration("1.61.00", dots_separate=True)


def test_only_offsets_have_a_sign():
    assert parse_duration("-0:08:00", signed=True) == -8 * MINUTE
    assert parse_duration("0:08:00", signed=True) == 8 * MINUTE
    with pytest.raises(TimeTextError):
        parse_duration("-0:08:00")


def test_the_mark_of_a_hand_time():
    assert is_hand_time("10.2h ")
    assert not is_hand_time("10.2")


@pytest.mark.parametrize(
    ("micros", "decimals", "text"),
    [
        (405_112_000, None, "6:45.112"),
        (405_112_000, 1, "6:45.1"),
        (405_112_000, 0, "6:45"),
        (9_580_000, 2, "9.58"),
        (0, None, "0"),
        (HOUR, 1, "1:00:00.0"),
        (HOUR - 1, None, "59:59.999999"),
        (-8 * MINUTE, None, "-8:00"),
    ],
)
def test_a_time_is_printed_with_the_digits_that_are_asked_for(micros, decimals, text):
    assert format_duration(micros, decimals) == text


@given(st.integers(0, 99 * DAY))
def test_what_is_printed_is_read_back(micros):
    assert parse_duration(format_duration(micros)) == micros


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_comes_back(moment):
    assert datetime_of(instant_of(moment)) == moment


@given(st.integers(-(1 << 80), 1 << 80))
def test_every_moment_can_be_shown_in_every_time_zone(instant):
    assume(in_calendar(instant - DAY) == in_calendar(instant) == in_calendar(instant + DAY))
    moment = datetime_of(instant)
    for hours in (-23, 0, 23):
        moment.astimezone(timezone(timedelta(hours=hours)))
    assert not in_calendar(instant) or instant_of(moment) == instant


def test_the_calendar_ends_on_both_sides():
    first = instant_of(datetime.min.replace(tzinfo=UTC))
    last = instant_of(datetime.max.replace(tzinfo=UTC))
    assert in_calendar(first)
    assert in_calendar(last)
    assert not in_calendar(first - 1)
    assert not in_calendar(last + 1)
    assert datetime_of(first - 1).year == 1
    assert datetime_of(last + 1).year == 9999


def test_a_moment_has_a_time_zone():
    east = timezone(timedelta(hours=2))
    assert instant_of(datetime(1970, 1, 1, 2, tzinfo=east)) == 0
    with pytest.raises(ValueError, match="has no time zone"):
        instant_of(datetime(2026, 5, 30, 18, 30))  # noqa: DTZ001 - that is what is refused


def test_a_text_that_is_no_time_is_shown_in_its_error_up_to_24_characters():
    long = "1234567890123456789012345"
    shown = {text: str(TimeTextError(text)) for text in ("slow", long[:24], long)}
    assert [text.partition(" is")[0] for text in shown.values()] == [
        "'slow'", f"'{long[:24]}'", f"'{long[:24]}…'",
    ]  # fmt: skip


def test_a_time_of_24_characters_is_read():
    assert parse_duration("0:45:37.6543324594234123") == 45 * MINUTE + 37_654_332
