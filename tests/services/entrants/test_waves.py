"""Many people are put into a wave by their bibs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.core.setup.event import Wave
from timing.services.entrants.waves import put_into_wave, starters_of
from timing.store import setup


@pytest.fixture
def day(house):
    """101 to 103 in the wave of the race; a second wave that nobody starts in."""
    told = run_day(house, "101 start 0:01", entered="101 102 103")
    late = Wave(code="late", name="Late")
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, waves=(*told.event.waves, late)))
    return house


def put(house, bibs, wave="late", reason=""):
    return put_into_wave(house, SLUG, bibs, wave, reason=reason, author="Ada")


def counts(house):
    return dict(starters_of(house, SLUG).counts)


def test_everybody_of_the_ranges_is_moved_and_who_is_there_already_is_not(day):
    assert put(day, "102-199") == 2
    assert counts(day) == {"race": 1, "late": 2}
    assert put(day, "101, 102") == 1
    assert put(day, "102", wave="race") == 1
    assert counts(day) == {"late": 2, "race": 1}


@pytest.mark.parametrize(
    ("bibs", "wave", "code"),
    [("102", "moon", "wave"), ("900", "late", "bibs"), ("9-1", "late", "bibs")],
)
def test_what_cannot_be_is_refused_beside_its_field(day, bibs, wave, code):
    with pytest.raises(Refusal) as refused:
        put(day, bibs, wave)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_after_the_gun_a_move_needs_a_reason(house):
    told = run_day(house, "gun 0:00", entered="101 102")
    late = Wave(code="late", name="Late")
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, waves=(*told.event.waves, late)))
    assert starters_of(house, SLUG).started
    with pytest.raises(Refusal, match="reason"):
        put(house, "101")
    assert put(house, "101", reason="came too late") == 1
