"""A time of day without a date: which moment was meant."""

from __future__ import annotations

from datetime import datetime

import pytest

from timing.core.clock import Instant, TimeTextError, instant_of
from timing.core.refusal import Refusal
from timing.services.raceday.wall_time import said_ago, said_time


def utc(text: str) -> Instant:
    return instant_of(datetime.fromisoformat(f"{text}+00:00"))


NOON_IN_OSLO = utc("2025-07-05T10:00:00")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("11:58:30", "2025-07-05T09:58:30"),
        ("11:58:30.25", "2025-07-05T09:58:30.25"),
        ("11.58.30,5", "2025-07-05T09:58:30.5"),
        ("9:05", "2025-07-05T07:05:00"),
        ("12:00:30", "2025-07-05T10:00:30"),
        ("23:59:00", "2025-07-04T21:59:00"),
    ],
)
def test_a_time_of_day_is_the_last_one_that_has_been(said: str, meant: str):
    assert said_time(said, "Europe/Oslo", NOON_IN_OSLO) == utc(meant)


def test_after_midnight_the_evening_was_yesterday():
    now = utc("2025-07-05T22:00:20")  # 20 s past midnight in Oslo
    assert said_time("23:59:50", "Europe/Oslo", now) == utc("2025-07-05T21:59:50")
    assert said_time("0:00:05", "Europe/Oslo", now) == utc("2025-07-05T22:00:05")


def test_a_time_that_the_clock_shows_twice_is_the_later_one_that_has_been():
    before = utc("2025-10-26T00:40:00")  # 2:40 summer time, for the first time
    after = utc("2025-10-26T01:40:00")  # 2:40 again
    assert said_time("2:30:00", "Europe/Oslo", before) == utc("2025-10-26T00:30:00")
    assert said_time("2:30:00", "Europe/Oslo", after) == utc("2025-10-26T01:30:00")


def test_so_long_ago_is_subtracted():
    assert said_ago("1:20", NOON_IN_OSLO) == utc("2025-07-05T09:58:40")
    with pytest.raises(TimeTextError):
        said_ago("a while", NOON_IN_OSLO)


@pytest.mark.parametrize("said", ["", "noon", "25:00:00", "10:61", "10:00:75", "100000"])
def test_what_is_no_time_of_day_is_refused_in_a_sentence(said: str):
    with pytest.raises(Refusal, match="expected HH:MM:SS"):
        said_time(said, "Europe/Oslo", NOON_IN_OSLO)
