"""What changed between two versions, in words."""

from __future__ import annotations

from tests.core.story import story
from timing.core.setup.roster import Roster
from timing.services.publications.frozen import differences, digest_of, freeze


def frozen(text: str, **how):
    return freeze([story(text, **how).standings()])


def told(before: str, after: str) -> list[str]:
    return [each.sentence.text() for each in differences(frozen(before), frozen(after))]


GUN = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"


def test_equal_versions_do_not_differ():
    assert told(GUN, GUN) == []


def test_a_penalty_moves_two_runners():
    assert told(GUN, GUN + " | penalty 101 0:05") == [
        "102 Runner 102: 2. 6:46.0 becomes 1. 6:46.0.",
        "101 Runner 101: 1. 6:45.0 becomes 2. 6:50.0.",
    ]


def test_who_is_new_and_who_is_gone_is_told():
    assert told(GUN, GUN + " | 103 finish 6:50") == ["103 Runner 103: new, 3. 6:50.0."]
    assert told(GUN + " | 103 finish 6:50", GUN) == [
        "103 Runner 103: no longer listed, was 3. 6:50.0."
    ]


def test_another_name_is_another_line():
    renamed = frozen(GUN)
    renamed[0]["lines"][0]["name"] = "Åse"
    [change] = differences(frozen(GUN), renamed)
    assert change.sentence.text() == "101 Åse: the name or other data."


def test_rounds_without_anybody_are_left_out():
    assert frozen("", entered="") == []


def test_the_digest_knows_the_setup_the_roster_and_the_categories():
    race = story(GUN)
    digest = digest_of(race.event, race.roster, {101: "W40"})
    assert digest == digest_of(race.event, race.roster, {101: "W40"})
    assert digest != digest_of(race.event, race.roster, {101: "W45"})
    assert digest != digest_of(race.event, Roster(), {101: "W40"})
