"""PB and SB stand beside a time that beats or equals what came with the entry."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from tests.core.story import story
from timing.core.clock import SECOND, Duration
from timing.core.rulebook.rules import Basis, ContestRules
from timing.core.setup.roster import Entry
from timing.core.telling.bests import best_of
from timing.core.telling.listing import line_of

RULES = ContestRules()


def s(seconds: int | None) -> Duration | None:
    return None if seconds is None else Duration(seconds * SECOND)


def run(words: str = "gun 0:00 | 101 finish 6:40"):
    return story(words).result("101")


def athlete(pb: int | None = None, sb: int | None = None) -> Entry:
    return Entry(id=1, contest="mile", name="A", pb=s(pb), sb=s(sb))


@pytest.mark.parametrize(
    ("pb", "sb", "note"),
    [
        (None, None, ""),
        (401, None, "PB"),
        (400, None, "=PB"),
        (399, None, ""),
        (399, 405, "SB"),
        (399, 400, "=SB"),
        (401, 405, "PB"),
        (400, 405, "=PB"),
        (None, 405, "SB"),
        (380, 399, ""),
    ],
)
def test_a_best_is_told_against_what_was_entered(pb, sb, note):
    assert best_of(RULES, athlete(pb, sb), run()) == note


def test_who_is_disqualified_or_did_not_finish_has_no_best():
    for words in ("gun 0:00 | 101 finish 6:40 | dq 101 TR16.8", "gun 0:00 | 101 start 0:01"):
        assert best_of(RULES, athlete(pb=500), run(words)) == ""


def test_laps_have_no_best_time():
    assert best_of(replace(RULES, basis=Basis.LAPS), athlete(pb=500), run()) == ""


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_better_former_best_never_makes_a_personal_best(pb, worse):
    result = run()
    told = [best_of(RULES, athlete(former), result) for former in (pb, pb + worse)]
    rank = ["", "=PB", "PB"]
    assert rank.index(told[0]) <= rank.index(told[1])


def test_the_note_stands_on_the_line_of_the_list():
    told = story("gun 0:00 | 101 finish 6:40")
    standings = told.standings()
    row = standings.rows[0]
    better = row._replace(entry=replace(row.entry, pb=s(401)))
    assert line_of(standings.contest, better).notes[-1] == "PB"
    assert "PB" not in line_of(standings.contest, row).notes
