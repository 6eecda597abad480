"""The correction notice: what changed between two folds, and which rulings did it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.core.journals import races, standings
from tests.core.story import contest, course, entry, event, start, story
from timing.core.fold.whole import fold
from timing.core.journal.lines import Journal
from timing.core.rulebook.rules import Basis
from timing.core.telling.difference import difference, preview

RACE = "gun 0:00 | 101 finish 6:45 | it: 102 finish 6:46 | 103 finish 6:47"


def since(before, text, **setup):
    """Tell a story up to a point and then on; what changed, as the notice says it."""
    setup.setdefault("entered", "101 102 103 104")
    old, new = story(before, **setup), story(f"{before} | {text}", **setup)
    return difference(old.state, new.state)


def notice(changes):
    return [each.sentence.text() for each in changes]


def causes(changes):
    return {
        (each.after or each.before).bib: [cause.sentence.text() for cause in each.causes]
        for each in changes
    }


def test_nothing_changed_between_a_fold_and_itself():
    told = story(RACE)
    assert difference(told.state, told.state) == []


def test_a_disqualification_moves_everybody_behind_and_is_the_cause_of_it():
    changes = since(RACE, "dq 101 TR16.8")
    assert notice(changes) == [
        "102 Runner 102: 2. 6:46 becomes 1. 6:46.",
        "103 Runner 103: 3. 6:47 becomes 2. 6:47.",
        "101 Runner 101: 1. 6:45 becomes DQ (TR16.8).",
    ]
    assert [each.own for each in changes] == [False, False, True]
    reason = "Ruling set_status by office: as told: dq 101 TR16.8"
    assert causes(changes) == {"101": [reason], "102": [reason], "103": [reason]}


def test_a_ruling_that_was_taken_back_is_told_as_such():
    changes = since(f"{RACE} | dq 101 TR16.8", "withdraw last")
    assert notice(changes)[0] == "101 Runner 101: DQ (TR16.8) becomes 1. 6:45."
    assert causes(changes)["101"] == [
        "Withdrawn: ruling set_status by office: as told: dq 101 TR16.8"
    ]


def test_who_has_no_place_in_a_race_that_was_stopped_is_told_why():
    changes = since(RACE, "stop")
    assert causes(changes)["101"] == ["Ruling call_off by office: as told: stop"]


def test_a_late_read_is_named_where_no_ruling_is():
    changes = since(RACE, "104 finish 6:44")
    assert notice(changes)[0] == "104 Runner 104: READY becomes 1. 6:44."
    assert [len(each.reads) for each in changes] == [1, 0, 0, 0]
    assert causes(changes)["104"] == []


def test_shared_places_are_shown():
    assert notice(since("gun 0:00 | 101 finish 6:45", "102 finish 6:45", entered="101 102")) == [
        "101 Runner 101: 1. 6:45 becomes 1=. 6:45.",
        "102 Runner 102: READY becomes 1=. 6:45.",
    ]


def test_who_is_listed_only_before_or_only_after_is_told():
    rules = contest(list_unstarted=False)
    assert notice(since("gun 0:00", "101 finish 6:45", of=rules, entered="101")) == [
        "101 Runner 101: new, 1. 6:45."
    ]
    gone = since("gun 0:00 | it: 101 finish 6:45", "void it | close", of=rules, entered="101")
    assert notice(gone) == ["101 Runner 101: no longer listed, was 1. 6:45."]
    assert gone[0].reads == ()


def test_a_contest_that_is_in_only_one_of_them_is_compared_as_well():
    one, both = event([contest()]), event([contest(), contest("second")])
    entered = ["101", entry("201", contest="second")]
    old = story("gun 0:00 | gun 0:00 second | 201 finish 6:45", of=one, entered=entered)
    new = story("gun 0:00 | gun 0:00 second | 201 finish 6:45", of=both, entered=entered)
    assert notice(difference(old.state, new.state)) == ["201 Runner 201: new, 1. 6:45."]
    assert notice(difference(new.state, old.state)) == [
        "201 Runner 201: no longer listed, was 1. 6:45."
    ]


def test_laps_are_shown_with_the_time_of_the_last():
    laps = contest(course=course("start 0 | lap@line 400", open_laps=True), basis=Basis.LAPS)
    assert notice(since("gun 0:00 | 101 line 2:00 | 102 line 2:01", "102 line 4:00", of=laps)) == [
        "102 Runner 102: 2. 1 lap, 2:01 becomes 1. 2 laps, 4:00.",
        "101 Runner 101: 1. 1 lap, 2:00 becomes 2. 1 lap, 2:00.",
    ]


@pytest.mark.parametrize(
    ("text", "bibs"),
    [
        ("set 102 6:40", ["102"]),
        ("penalty 102 1:00", ["102"]),
        ("void it", ["102"]),
        ("retime it 6:40", ["102"]),
        ("attribute it 104", ["104", "102"]),
        ("attribute it 101", ["101", "102"]),
        ("repoint it moon", ["102"]),
        ("offset 102 0:05", ["102"]),
        ("move 102 race 2", ["102"]),
        ("bib 104 44", ["44"]),
        ("gun 0:01", ["101", "102", "103", "104"]),
        ("close", ["104"]),
        ("clock finish 0:01", ["101", "102", "103"]),
        ("chip A7 104 | chip=A7 finish 6:30", ["104"]),
        ("photo 103 102", []),
        ("note it seen | clear x | withdraw nowhere | void nowhere | dns 104 x moon", []),
        ("blank nowhere", []),
    ],
)
def test_a_change_is_traced_to_the_ruling_about_it(text, bibs):
    changes = since(RACE, text)
    own = [each for each in changes if each.own]
    assert sorted((each.after or each.before).bib for each in own) == sorted(bibs)
    assert all(each.causes for each in changes)


def test_a_ruling_about_another_round_is_no_cause():
    changes = since(
        "gun 0:00 | 101 finish 6:45", "dns 101 ill heats | penalty 101 0:01", entered="101",
        of=contest(rounds="heats final"),
        starts=[start("101", round="heats"), start("101")],
    )  # fmt: skip
    told = {each.round: [one.sentence.text() for one in each.causes] for each in changes}
    assert told == {
        "heats": ["Ruling set_status by office: as told: dns 101 ill heats"],
        "final": ["Ruling penalty by office: as told: penalty 101 0:01"],
    }


def test_causes_stand_in_the_order_in_which_they_were_decided_whoever_did():
    changes = since(RACE, "@z penalty 101 0:05 | @a penalty 101 0:03")
    assert causes(changes)["101"] == [
        "Ruling penalty by z: as told: @z penalty 101 0:05",
        "Ruling penalty by a: as told: @a penalty 101 0:03",
    ]


def test_who_was_put_in_order_by_the_photo_finish_is_traced_to_it():
    changes = since(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | 103 finish 6:45", "photo 103 101"
    )
    assert notice(changes) == [
        "103 Runner 103: 1=. 6:45 becomes 1. 6:45.",
        "101 Runner 101: 1=. 6:45 becomes 2. 6:45.",
        "102 Runner 102: 1=. 6:45 becomes 3. 6:45.",
    ]
    assert causes(changes)["103"] == ["Ruling photo_finish by office: as told: photo 103 101"]
    assert causes(changes)["102"] == []


@pytest.mark.parametrize("text", ["pair t2 b1", "blank b1"])
def test_what_the_two_streams_changed_is_traced_to_the_ruling_about_them(text):
    streams = "gun 0:00 | t1: - finish 6:45 | t2: - finish 6:50 | b1: 101 finish -"
    changes = since(streams, text, entered="101")
    assert notice(changes) == ["101 Runner 101: 1. 6:45 becomes 1. 6:50."]
    assert causes(changes)["101"] == [f"Ruling {text.split()[0]} by office: as told: {text}"]


def test_places_within_a_category_count_where_categories_are_given():
    told, more = story(RACE, entered="101 102"), story(f"{RACE} | dq 101", entered="101 102")
    changes = difference(told.state, more.state, {101: "M40", 102: "M40"})
    row = next(each for each in changes if each.after.bib == "102")
    assert (row.before.category_place, row.after.category_place) == (2, 1)


def test_a_preview_says_what_a_ruling_would_change_and_changes_nothing():
    told, ruled = story(RACE), story(f"{RACE} | dq 101 TR16.8")
    results = dict(told.state.results)
    coming = preview(told.state, ruled.journal.rulings[-1:])
    assert coming == difference(told.state, ruled.state)
    assert notice(coming)[-1] == "101 Runner 101: 1. 6:45 becomes DQ (TR16.8)."
    assert told.state.results == results
    assert not told.state.has_line(ruled.journal.rulings[-1].id)


@settings(max_examples=50, deadline=None)
@given(races())
def test_the_notice_names_exactly_the_lines_that_differ(race):
    setup, roster, journal = race
    before = fold(setup, roster, Journal(journal.reads[::2], journal.rulings[::2]))
    after = fold(setup, roster, journal)
    changes = difference(before, after, {1: "M40"})
    assert all(each.sentence.text() for each in changes)
    assert all(cause.sentence.text() for each in changes for cause in each.causes)
    differing = {
        (new.contest.code, new.round, row.entry.id)
        for old, new in zip(standings(before), standings(after), strict=True)
        for row in (*old.rows, *new.rows)
        if row not in old.rows or row not in new.rows
    }
    assert {(each.contest.code, each.round, each.entry.id) for each in changes} == differing


def test_a_ruling_about_a_line_that_is_not_there_is_nobodys_cause():
    changes = since(RACE, "dq 101 TR16.8 | pair nowhere nowhere | void nowhere")
    reason = "Ruling set_status by office: as told: dq 101 TR16.8"
    assert causes(changes) == {"101": [reason], "102": [reason], "103": [reason]}
