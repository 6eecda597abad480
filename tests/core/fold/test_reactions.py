"""The reaction to the gun stands beside the result and changes no time."""

from __future__ import annotations

import pytest

from tests.core.story import span, story
from timing.core.fold.results import Mark
from timing.core.fold.whole import anomalies_of

DASH = "gun 0:00 | 101 finish 6:45"


def test_a_reaction_is_a_mark_beside_the_time():
    told = story(f"{DASH} | reaction 101 0.145")
    assert told.result("101").marks == (Mark("reaction", "", span("0.145")),)
    assert told.sheet() == story(DASH).sheet()
    assert told.doubts() == []


def told_of(text):
    return [f"{each.key}: {each.sentence}" for each in anomalies_of(story(text).state)]


@pytest.mark.parametrize(("time", "shown"), [("0.0999", "0.099"), ("-0.05", "-0.050")])
def test_who_reacts_too_soon_is_told_to_the_officials(time, shown):
    sentence = f"Bib 101 reacted after {shown} s; less than 0.100 s is a false start."
    assert told_of(f"{DASH} | reaction 101 {time}") == [f"false_start:101:final:: {sentence}"]


def test_a_tenth_of_a_second_is_no_false_start():
    assert told_of(f"{DASH} | reaction 101 0.1") == []


def test_the_last_measurement_holds():
    assert told_of(f"{DASH} | reaction 101 0.05 | reaction 101 0.15") == []
    assert told_of(f"{DASH} | reaction 101 0.15 | reaction 101 0.05")


def test_who_was_disqualified_for_it_is_no_question_any_more():
    assert told_of(f"{DASH} | reaction 101 0.05 | dq 101 TR16.8") == []
