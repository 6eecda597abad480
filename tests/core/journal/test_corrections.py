"""Rulings about single lines, about clocks, and about rulings."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, story
from timing.core.clock import Instant
from timing.core.journal.corrections import corrections
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.rulings import Attribute, Retime

SPLIT = contest(course=course("start 0 | half 800 | finish 1609.344"))


def test_a_read_that_is_voided_does_not_count():
    told = story("gun 0:00 | wrong: 101 finish 6:30 | 101 finish 6:45 | void wrong")
    assert told.time("101") == "6:45"


def test_a_read_comes_back_when_its_voiding_is_withdrawn():
    told = story("gun 0:00 | right: 101 finish 6:30 | void right | withdraw last")
    assert told.time("101") == "6:30"


def test_a_read_is_given_to_another_bib():
    told = story("gun 0:00 | it: 101 finish 6:45 | attribute it 102", entered="101 102")
    assert told.sheet() == "1 102 6:45 | READY 101"


def test_a_time_without_bib_is_given_to_a_runner():
    told = story("gun 0:00 | it: - finish 6:45 | attribute it 101", entered="101")
    assert told.sheet() == "1 101 6:45"
    assert told.doubts() == []


def test_a_read_that_is_given_to_nobody_waits_for_a_bib_whatever_its_chip_says():
    told = story("gun 0:00 | chip A7 101 | it: chip=A7 finish 6:45 | attribute it", entered="101")
    assert told.status("101") == "READY"
    assert told.doubts() == ["no_bib"]


def test_the_later_of_two_attributions_holds():
    told = story(
        "gun 0:00 | it: 101 finish 6:45 | attribute it 102 | attribute it 103",
        entered="101 102 103",
    )
    assert told.time("103") == "6:45"


def test_a_read_is_given_another_moment():
    told = story("gun 0:00 | it: 101 finish 6:45 | retime it 6:40.5")
    assert told.time("101") == "6:40.5"


def test_a_read_that_loses_its_time_waits_for_one():
    told = story("gun 0:00 | it: 101 finish 6:45 | retime it -")
    assert told.doubts() == ["no_time"]


def test_a_read_is_moved_to_the_point_where_it_was_made():
    told = story("gun 0:00 | it: 101 finish 3:20 | 101 finish 6:45 | repoint it half", of=SPLIT)
    assert told.splits("101") == "1 3:20 | 2 6:45"


def test_the_clock_of_a_station_is_corrected_for_all_its_reads():
    told = story("gun 0:00 | @mat 101 finish 6:45 | @mat 102 finish 6:50 | clock mat 0:01.5")
    assert told.sheet() == "1 101 6:46.5 | 2 102 6:51.5"


def test_a_stopwatch_is_tied_to_the_day_by_its_start():
    """A printed list of times since the gun: the clock of that station began at the gun."""
    told = story(
        "gun 10:00 | @list 101 finish 6:45 | @list 102 finish 6:50 | clock list 10:00",
    )
    assert told.sheet() == "1 101 6:45 | 2 102 6:50"


def test_a_moment_that_was_ruled_is_not_shifted_by_the_clock():
    told = story("gun 0:00 | it: @mat 101 finish 6:45 | retime it 6:40 | clock mat 1:00")
    assert told.time("101") == "6:40"


def test_a_corrected_clock_leaves_times_without_stamp_alone():
    told = story("gun 0:00 | @mat 101 finish - | clock mat 1:00 | - finish 6:45")
    assert told.time("101") == "6:45"


def test_a_time_that_was_set_goes_before_every_read():
    told = story("gun 0:00 | 101 start 0:05 | 101 finish 7:10 | set 101 6:45")
    assert (told.time("101"), told.net("101")) == ("6:45", "6:45")
    assert told.unused("101") == ["overruled"]
    assert told.doubts() == []


def test_no_offset_is_applied_to_a_time_that_was_set():
    assert story("gun 0:00 | offset 101 1:00 | set 101 6:45").time("101") == "6:45"


def test_a_result_from_paper_needs_no_gun():
    told = story("set 101 6:45 | 101 start 0:03", of=SPLIT)
    assert told.sheet() == "1 101 6:45"
    assert told.splits("101") == "2 6:45"
    assert told.unused("101") == ["no_gun"]


def test_a_split_may_be_set_from_paper_as_well():
    told = story("set 101 6:45 | set 101 3:20 half", of=SPLIT)
    assert told.splits("101") == "1 3:20 | 2 6:45"


def test_a_split_is_set_and_the_rest_is_read():
    told = story("gun 0:00 | 101 half 4:00 | 101 finish 6:45 | set 101 3:20 half", of=SPLIT)
    assert told.splits("101") == "1 3:20 | 2 6:45"
    assert told.unused("101") == ["overruled"]


def test_the_later_of_two_set_times_holds():
    assert story("gun 0:00 | set 101 6:45 | set 101 6:44").time("101") == "6:44"


def test_set_times_that_contradict_each_other_are_told():
    told = story("gun 0:00 | set 101 6:45 | set 101 7:00 half", of=SPLIT)
    assert told.unused("101") == ["contradiction"]
    assert "contradiction" in told.doubts()


def test_reads_are_fitted_between_the_times_that_were_set():
    told = story(
        "gun 0:00 | 101 a 1:00 | 101 b 9:00 | 101 c 4:00 | set 101 2:30 b | 101 finish 6:00",
        of=contest(course=course("start 0 | a 400 | b 800 | c 1200 | finish 1600")),
    )
    assert told.splits("101") == "1 1:00 | 2 2:30 | 3 4:00 | 4 6:00"


@pytest.mark.parametrize("time", ["-1:00", "0:00"])
def test_a_set_time_that_is_not_after_the_start_does_not_count(time):
    told = story(f"gun 0:00 | set 101 {time}")
    assert told.status("101") == "READY"
    assert told.doubts() == ["bad_time"]


def test_a_set_time_at_a_point_that_is_not_on_the_course_is_told():
    told = story("gun 0:00 | set 101 3:00 moon")
    assert told.doubts() == ["unknown_course_point"]


def test_the_start_may_be_set_to_the_gun_itself():
    told = story("gun 0:00 | 101 finish 6:45 | set 101 0:00 start")
    assert told.splits("101") == "0 0 | 1 6:45"


def test_a_withdrawn_ruling_has_no_effect_and_comes_back_with_a_second_withdrawal():
    once = "gun 0:00 | 101 finish 6:45 | dq 101 TR16.8 | it: withdraw last"
    assert story(once).status("101") == "OK"
    assert story(f"{once} | withdraw it").status("101") == "DQ TR16.8"
    assert story(f"{once} | withdraw it | withdraw last").status("101") == "OK"


def test_a_withdrawal_may_arrive_before_what_it_withdraws():
    told = story("gun 0:00 | 101 finish 6:45 | withdraw later")
    assert told.doubts() == ["unknown_line"]


def test_one_of_two_withdrawals_of_a_ruling_may_be_withdrawn():
    told = story(
        "gun 0:00 | 101 finish 6:45 | no: dq 101 | withdraw no | twice: withdraw no"
        " | withdraw twice"
    )
    assert told.status("101") == "OK"


def test_a_read_cannot_be_withdrawn_only_voided():
    told = story("gun 0:00 | it: 101 finish 6:45 | withdraw it")
    assert told.time("101") == "6:45"
    assert told.doubts() == ["unknown_line"]


@pytest.mark.parametrize(
    ("ruling", "code"),
    [
        ("void nowhere", "unknown_line"),
        ("attribute nowhere 101", "unknown_line"),
        ("retime nowhere 1:00", "unknown_line"),
        ("repoint nowhere finish", "unknown_line"),
        ("blank nowhere", "unknown_line"),
        ("note nowhere seen", "unknown_line"),
        ("pair nowhere nowhere", "unknown_line"),
        ("gun 0:00 moon", "unknown_wave"),
        ("move 101 moon", "unknown_wave"),
        ("close moon", "unknown_round"),
        ("close race semifinal", "unknown_round"),
        ("dq 999", "unknown_entry"),
        ("set 999 6:45", "unknown_entry"),
        ("bib 999 5", "unknown_entry"),
        ("amend 999", "unknown_entry"),
        ("move 999 race", "unknown_entry"),
        ("move 101 race 1 1 semifinal", "unknown_round"),
        ("photo 101 999", "unknown_entry"),
        ("dead-heat 101 999", "unknown_entry"),
        ("dq 101 TR16.8 semifinal", "unknown_start"),
    ],
)
def test_a_ruling_that_names_what_is_not_there_is_told_and_has_no_effect(ruling, code):
    told = story(f"gun 0:00 | 101 finish 6:45 | {ruling}", entered="101")
    assert told.doubts() == [code]
    assert told.sheet() == "1 101 6:45"


def test_a_read_repointed_to_nowhere_is_told_by_both():
    told = story("gun 0:00 | it: 101 finish 6:45 | repoint it moon")
    assert told.doubts() == ["unknown_point"]


def test_a_note_on_a_ruling_is_a_note_on_a_line():
    assert story("gun 0:00 | it: dq 101 | note it seen by two judges").doubts() == []


def test_corrections_of_one_line_hold_in_the_order_of_their_clocks_whoever_made_them():
    early = Ruling("z", 1, Instant(1), Retime(line=("mat", 1), at=Instant(10)))
    late = Ruling("a", 1, Instant(2), Retime(line=("mat", 1), at=Instant(20)))
    read = Read("mat", 1, "finish", "101", None, Instant(5), "typed")
    for order in ([early, late], [late, early]):
        fix = corrections([])
        for ruling in order:
            fix.add(ruling)
        assert fix.applied(read) == read._replace(at=Instant(20))


def test_a_read_that_is_given_to_a_bib_keeps_its_chip_and_one_given_to_nobody_loses_it():
    read = Read("mat", 1, "finish", None, "A7", Instant(5), "chip")
    to = {
        bib: corrections([Ruling("jury", 1, Instant(1), Attribute(line=read.id, bib=bib))])
        for bib in ("101", "")
    }
    assert to["101"].applied(read) == read._replace(bib="101")
    assert to[""].applied(read) == read._replace(bib="", chip=None)
