"""Guns, waves, offsets, and what a wrong one does to everybody's time."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, entry, event, start, story
from timing.core.clock import SECOND, Duration
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Wave

TWO_WAVES = event([contest()], waves=[Wave(code="race", name="Men"), Wave(code="w", name="Women")])


def test_the_time_runs_from_the_gun_and_the_net_time_from_the_start_line():
    told = story("gun 0:00 | 101 start 0:03.2 | 101 finish 6:45.112")
    assert (told.time("101"), told.net("101")) == ("6:45.112", "6:41.912")


def test_who_missed_the_start_mat_is_timed_from_the_gun():
    assert story("gun 0:00 | 101 finish 6:45").net("101") == "6:45"


def test_everybody_is_timed_from_the_gun_of_their_own_wave():
    told = story(
        "gun 0:00 | gun 5:00 w | 101 finish 6:45 | 102 finish 11:00",
        of=TWO_WAVES,
        entered="101 102",
        starts=[start("101"), start("102", wave="w")],
    )
    assert told.sheet() == "1 102 6:00 | 2 101 6:45"


def test_a_gun_that_was_noted_late_is_corrected_for_everybody_at_once():
    told = story("gun 0:10 | 101 finish 6:45 | 102 finish 6:50 | gun 0:08.5")
    assert told.sheet() == "1 101 6:36.5 | 2 102 6:41.5"


def test_the_gun_that_was_ruled_last_holds_whatever_arrived_last():
    late = story("gun 0:10 | gun 0:08.5 | 101 finish 6:45")
    assert late.time("101") == "6:36.5"
    assert [ruling.n for ruling in late.state.live] == [1, 2]


def test_a_false_start_is_recalled_and_its_reads_do_not_count():
    told = story("gun 0:00 | 101 start 0:01 | recall | gun 2:00 | 101 start 2:01 | 101 finish 8:00")
    assert (told.time("101"), told.net("101")) == ("6:00", "5:59")
    assert told.unused("101") == ["early_start_read"]


def test_after_a_recall_everybody_waits_again():
    told = story("gun 0:00 | 101 start 0:01 | recall")
    assert told.status("101") == "READY"
    assert told.doubts() == ["no_gun"]


def test_a_recall_of_a_wave_that_never_started_changes_nothing():
    assert story("recall | gun 0:00 | 101 finish 6:45").time("101") == "6:45"


def test_times_without_a_gun_are_told_and_wait_for_it():
    told = story("101 finish 6:45")
    assert (told.status("101"), told.splits("101")) == ("RUN", "")
    assert told.doubts() == ["no_gun"]
    assert story("101 finish 6:45 | gun 0:00").doubts() == []


def test_who_started_later_by_agreement_is_timed_from_then():
    told = story(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:40 | offset 101 0:10 | offset 102 -0:05"
    )
    assert told.sheet() == "1 101 6:35 | 2 102 6:45"


def test_who_starts_in_another_wave_by_ruling_is_timed_by_its_gun():
    told = story(
        "gun 0:00 | gun 5:00 w | 101 finish 11:00 | move 101 w 2 4", of=TWO_WAVES, entered="101"
    )
    assert told.time("101") == "6:00"
    row = told.standings().rows[0]
    assert (row.start.heat, row.start.lane) == (2, 4)


def test_a_move_keeps_the_offset_of_the_start():
    told = story(
        "gun 0:00 | gun 5:00 w | offset 101 1:00 | move 101 w | 101 finish 11:00",
        of=TWO_WAVES,
        entered="101",
    )
    assert told.time("101") == "5:00"


def test_a_late_entry_is_moved_into_a_round():
    told = story("gun 0:00 | 101 finish 6:45 | move 101 race", entered=[entry("101")], starts=[])
    assert told.time("101") == "6:45"


def test_individual_starts_follow_at_an_interval_in_the_order_of_their_slots():
    trial = event(
        [contest()], waves=[Wave(code="race", name="Trial", interval=Duration(30 * SECOND))]
    )
    told = story(
        "gun 0:00 | 101 finish 6:00 | 102 finish 6:20 | 103 finish 7:00",
        of=trial,
        entered="101 102 103",
        starts=[start("101", lane=1), start("102", lane=2), start("103", lane=4)],
    )
    assert told.sheet() == "1 103 5:30 | 2 102 5:50 | 3 101 6:00"


@pytest.mark.parametrize("seen", ["1:00", "0:59.999"])
def test_what_was_seen_before_the_gun_is_no_passing(seen):
    told = story(f"gun 1:00 | 101 finish {seen} | 101 finish 7:00")
    assert told.time("101") == ("6:00")


def test_the_start_line_and_other_points_are_told_apart_before_the_gun():
    told = story("gun 1:00 | 101 start 0:30 | 101 finish 0:40 | 101 finish 7:00")
    assert told.unused("101") == ["early_start_read", "before_start"]


def test_a_start_that_was_seen_months_before_the_gun_is_of_a_wrong_clock():
    told = story(
        "gun 0:00 | 101 start -2401:00:00 | 101 start -0:05 | 101 start 0:02 | 101 finish 6:45"
    )
    assert told.unused("101") == ["wild_clock", "early_start_read"]
    assert told.doubts() == ["wild_clock"]


def test_a_runner_seen_only_before_the_gun_is_worth_a_look():
    told = story("gun 1:00 | 101 finish 0:30")
    assert told.unused("101") == ["before_start"]
    assert told.doubts() == ["before_start"]


def test_warming_up_over_the_finish_is_worth_no_look_once_there_is_a_time():
    assert story("gun 1:00 | 101 finish 0:30 | 101 finish 7:00").doubts() == []


def test_a_race_over_midnight_needs_nothing_special():
    told = story("gun 13:59:30 | 101 finish 14:06:00 | 102 finish 38:00:01")
    assert told.sheet() == "1 101 6:30 | 2 102 24:00:31"


def test_by_net_the_places_follow_the_net_times():
    told = story(
        "gun 0:00 | 101 start 0:30 | 102 start 0:01 | 101 finish 7:00 | 102 finish 6:45",
        of=contest(basis=Basis.NET),
    )
    assert told.sheet() == "1 101 6:30 | 2 102 6:44"


def test_equal_net_times_may_be_separated_by_the_gun_times():
    told = story(
        "gun 0:00 | 101 start 0:30 | 102 start 0:10 | 101 finish 7:00 | 102 finish 6:40",
        of=contest(basis=Basis.NET_THEN_GUN),
    )
    assert told.sheet() == "1 102 6:30 | 2 101 6:30"


def test_an_event_without_a_course_yet_folds_to_a_start_list():
    bare = contest(course=course("start 0"))
    empty = contest("second", course=course("start 0").__class__(points=()))
    told = story(
        "gun 0:00 | gun 0:00 second | 101 start 0:01 | set 201 6:00",
        of=event([bare, empty]),
        entered=[entry("101"), entry("201", contest="second")],
    )
    assert told.sheet("second") == "READY 201"
    assert "off_course" not in told.doubts()


@pytest.mark.parametrize(("gun", "of"), [("1:05:00", "final"), ("1:05:00.000001", "heats")])
def test_a_read_belongs_to_the_round_whose_gun_follows_within_an_hour_else_to_one_without(gun, of):
    both = event([contest(rounds="heats final")], waves=[Wave(code="f", name="Final")])
    told = story(
        f"gun {gun} f | 101 finish 5:00",
        of=both,
        entered="101",
        starts=[start("101", round="heats"), start("101", wave="f")],
    )
    seen = {code: [*told.result("101", code).reads, *told.result("101", code).unused]
            for code in ("heats", "final")}  # fmt: skip
    assert [code for code in seen if seen[code]] == [of]


def test_a_read_after_both_guns_belongs_to_the_round_that_started_last():
    both = event([contest(rounds="heats final")], waves=[Wave(code="f", name="Final")])
    told = story(
        "gun 0:00 | gun 60:00 f | 101 finish 6:45 | 101 finish 66:40",
        of=both,
        entered="101",
        starts=[start("101", round="heats"), start("101", wave="f")],
    )
    assert (told.time("101", "heats"), told.time("101")) == ("6:45", "6:40")


def test_a_read_before_both_guns_belongs_to_the_round_that_starts_first():
    both = event([contest(rounds="heats final")], waves=[Wave(code="f", name="Final")])
    told = story(
        "gun 0:10 | gun 0:40 f | 101 finish 0:05",
        of=both,
        entered="101",
        starts=[start("101", round="heats"), start("101", wave="f")],
    )
    assert [each.code for each in told.result("101", "heats").unused] == ["before_start"]
    assert told.unused("101") == []
