"""Publishing and rebuilding from the terminal."""

from __future__ import annotations

import pytest

from tests.machines.terminal import Terminal
from tests.services.days import SLUG, run_day
from timing.services.house import House
from timing.services.publications import publishing

CLEAN = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"


def test_a_contest_is_published_in_one_line(house: House, runner: Terminal):
    run_day(house, CLEAN)
    ended = runner("publish", SLUG, "race", "--official")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout.startswith("race v1 official, up to line 3, sha256 ")


def test_all_contests_are_published_without_naming_one(house: House, runner: Terminal):
    run_day(house, CLEAN)
    assert runner("publish", SLUG).stdout.startswith("race v1 provisional")


def test_open_errors_are_listed_and_nothing_is_published(house: House, runner: Terminal):
    run_day(house, CLEAN + " | 999 finish 7:00", entered="101 102")
    ended = runner("publish", SLUG, "--official")
    assert ended.exit_code == 1
    assert "Bib 999 at finish belongs to nobody." in ended.stderr
    assert "not published; 1 errors are open" in ended.stderr
    assert publishing.versions(house, SLUG) == []
    assert runner("publish", SLUG, "--official", "--force", "--reason", "press").exit_code == 0


@pytest.mark.parametrize("words", [("publish", "nowhere"), ("rebuild", "nowhere")])
def test_an_event_that_is_not_there_is_wrong_use(runner: Terminal, words: tuple[str, ...]):
    ended = runner(*words)
    assert ended.exit_code == 2
    assert "there is no event 'nowhere'" in ended.stderr


def test_a_contest_that_is_not_there_is_wrong_use(house: House, runner: Terminal):
    run_day(house, CLEAN)
    ended = runner("publish", SLUG, "swim")
    assert ended.exit_code == 2
    assert "expected one of race" in ended.stderr


def test_rebuilding_says_what_was_written(house: House, runner: Terminal):
    run_day(house, CLEAN)
    assert runner("rebuild", SLUG).stdout == "story: 2 results, up to line 3 of the journal\n"
