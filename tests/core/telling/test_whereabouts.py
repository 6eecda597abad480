"""Where somebody was last seen, and where they are expected next."""

from __future__ import annotations

from tests.core import story as told
from tests.core.story import course, moment, story
from timing.core.clock import MINUTE
from timing.core.telling.arrivals import Typical
from timing.core.telling.whereabouts import Whereabouts, whereabouts

LOOP = course("start 0 | half@half 1000 | finish 2000")


def where(text: str, bib: str = "1") -> Whereabouts:
    a = told.contest(course=LOOP)
    race = story(text, of=a)
    return whereabouts(a, race.result(bib), Typical(race.state.results.values()))


def test_the_last_point_passed_is_where_somebody_is():
    here = where("gun 0:00 | 1 start 0:02 | 1 half 5:00")
    assert (here.passed, here.where, here.seen) == (1, LOOP.points[1].name, moment("5:00"))
    assert here.elapsed == 5 * MINUTE


def test_the_next_point_is_named_with_the_moment():
    here = where("gun 0:00 | 1 half 5:00")
    assert here.due is not None
    assert (here.due_at, here.due.at) == (LOOP.points[2].name, moment("10:00"))


def test_who_passed_nothing_but_the_start_stands_there():
    here = where("gun 0:00 | 1 start 0:02 | 2 finish 9:00")
    assert (here.passed, here.where, here.elapsed) == (0, LOOP.points[0].name, None)
    assert here.seen == moment("0:02")


def test_who_was_not_seen_yet_stands_at_the_start():
    here = where("gun 0:00 | ok 1 | 2 half 4:00")
    assert (here.passed, here.where, here.seen) == (0, LOOP.points[0].name, moment("0:00"))
    assert (here.elapsed, here.due_at) == (None, LOOP.points[1].name)


def test_without_a_gun_somebody_is_seen_and_nothing_has_elapsed():
    here = where("1 half 5:00")
    assert (here.passed, here.seen, here.elapsed) == (1, moment("5:00"), None)
    assert here.due is None


def test_who_is_home_is_expected_nowhere():
    here = where("gun 0:00 | 1 half 5:00 | 1 finish 10:00")
    assert (here.passed, here.due, here.due_at) == (2, None, "")
