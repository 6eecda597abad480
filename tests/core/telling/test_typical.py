"""How long the others took: counted at once or one by one, it is the same middle."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tests.core.story import contest, course, story
from timing.core.telling.arrivals import Typical

SPLITS = contest(course=course("start 0 | a 1000 | finish 2000"))


def results(*lines):
    told = story(f"gun 0:00 | {' | '.join(lines)}", of=SPLITS)
    return list(told.state.results.values())


FIELD = results(
    "101 a 3:00 | 101 finish 6:00", "102 a 4:00", "103 a 5:00 | 103 finish 9:00", "104 finish 9:30"
)
PAIRS = [(1, 1), (1, 2), (2, 2)]


def test_the_middle_is_that_of_those_who_were_seen_at_both_points():
    typical = Typical(FIELD)
    assert typical.between(1, 2) == (180_000_000, 360_000_000)
    assert typical.at(1) == 240_000_000
    assert Typical(()).at(1) is None


@given(st.lists(st.sampled_from(FIELD)), st.sampled_from(PAIRS))
def test_who_is_counted_in_or_left_out_later_changes_it_as_if_from_the_beginning(moves, pair):
    typical = Typical(())
    typical.between(*pair)
    there = {}
    for result in moves:
        typical.forget(result.key)
        if there.pop(result.key, None) is None:
            typical.take(result)
            there[result.key] = result
        assert typical.between(*pair) == Typical(there.values()).between(*pair)


def test_who_has_no_time_counts_for_nothing():
    typical = Typical(())
    [waiting] = story("101 a 3:00", of=SPLITS).state.results.values()
    typical.take(waiting)
    assert typical.at(1) is None
