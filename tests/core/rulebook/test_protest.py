import pytest

from timing.core.clock import MINUTE, SECOND, parse_duration
from timing.core.rulebook.protest import appeal_until, in_time, protest_until


def clock(text):
    return parse_duration(text)


def test_a_protest_has_thirty_minutes_from_the_announcement():
    assert protest_until(clock("14:00:00")) == clock("14:30:00")


def test_another_time_for_protests_may_be_ruled():
    assert protest_until(clock("14:00:00"), 15 * MINUTE) == clock("14:15:00")
    assert appeal_until(clock("14:00:00"), None, 15 * MINUTE) == clock("14:15:00")


def test_an_appeal_has_thirty_minutes_from_the_amended_result():
    assert appeal_until(clock("14:00:00"), clock("14:42:10")) == clock("15:12:10")


def test_an_appeal_without_an_amended_result_runs_from_the_first_announcement():
    assert appeal_until(clock("14:00:00"), None) == clock("14:30:00")


@pytest.mark.parametrize(("late", "expected"), [(-1, True), (0, True), (1, False)])
def test_the_last_moment_is_in_time(late, expected):
    until = protest_until(clock("14:00:00"))
    assert in_time(until + late * SECOND, until) is expected
