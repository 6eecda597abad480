"""Which events are on today, by the day at the place of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import Instant
from timing.core.setup.event import Event
from timing.core.telling.calendar import calendar_of


def event(slug: str, first: str, last: str = "", zone: str = "Europe/Rome") -> Event:
    return Event(
        slug=slug, name=slug.title(), date=first, last_date=last, timezone=zone,
        points=(), waves=(), contests=(),
    )  # fmt: skip


def at(text: str) -> Instant:
    """A moment in UTC."""
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Instant(int(moment.timestamp()) * 1_000_000)


def part_of(one: Event, now: str) -> str:
    found = calendar_of([one], at(now))
    return next(name for name, events in found._asdict().items() if events)


@pytest.mark.parametrize(
    ("zone", "now", "part"),
    [
        ("Europe/Rome", "2026-07-16 21:59:59", "upcoming"),
        ("Europe/Rome", "2026-07-16 22:00:00", "today"),
        ("Europe/Rome", "2026-07-17 21:59:59", "today"),
        ("Europe/Rome", "2026-07-17 22:00:00", "past"),
        ("Pacific/Auckland", "2026-07-16 12:00:00", "today"),
        ("Pacific/Auckland", "2026-07-17 12:00:00", "past"),
        ("Pacific/Honolulu", "2026-07-17 09:59:59", "upcoming"),
        ("Pacific/Honolulu", "2026-07-18 09:59:59", "today"),
    ],
)
def test_a_day_is_that_of_the_place_of_the_event(zone, now, part):
    assert part_of(event("mile", "2026-07-17", zone=zone), now) == part


def test_every_day_of_a_championship_is_today():
    worlds = event("worlds", "2026-07-17", "2026-07-19")
    days = [f"2026-07-{day} 12:00" for day in range(16, 21)]
    told = [part_of(worlds, day) for day in days]
    assert told == ["upcoming", "today", "today", "today", "past"]


def test_what_comes_next_and_what_was_last_stand_first():
    events = [
        event("autumn", "2026-10-01"), event("spring", "2026-03-01"), event("b", "2026-07-17"),
        event("summer", "2026-08-01"), event("winter", "2026-01-01"), event("a", "2026-07-17"),
    ]  # fmt: skip
    found = calendar_of(events, at("2026-07-17 12:00"))
    slugs = [[each.slug for each in part] for part in found]
    assert slugs == [["a", "b"], ["summer", "autumn"], ["spring", "winter"]]


@given(
    st.lists(
        st.tuples(
            st.integers(-400, 400), st.integers(0, 5),
            st.sampled_from(["UTC", "Asia/Tokyo", "Pacific/Honolulu", "America/St_Johns"]),
        ), max_size=20,
    ),
    st.integers(0, 400 * 24),
)  # fmt: skip
def test_every_event_stands_in_one_part_only(drawn, hours):
    start = date(2026, 6, 1)
    events = [
        event(str(number), (start + timedelta(days=first)).isoformat(),
              (start + timedelta(days=first + days)).isoformat() if days else "", zone)
        for number, (first, days, zone) in enumerate(drawn)
    ]  # fmt: skip
    now = Instant(at("2026-06-01 00:00") + hours * 3_600_000_000)
    found = calendar_of(events, now)
    assert sorted(each.slug for part in found for each in part) == sorted(
        each.slug for each in events
    )
