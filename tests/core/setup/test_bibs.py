"""Bibs, chips, and whose a read is."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, entry, event, start, story
from timing.core.fold.whole import anomalies_of
from timing.core.setup.event import Wave

BOTH = event(
    [contest("race"), contest("second", course=course("start 0 | far 3000 | finish 5000"))]
)


def test_a_read_belongs_to_who_wears_the_bib():
    told = story("gun 0:00 | 101 finish 6:45 | 102 finish 6:50")
    assert told.sheet() == "1 101 6:45 | 2 102 6:50"


def test_a_chip_stands_for_the_bib_of_its_wearer():
    told = story(
        "gun 0:00 | chip=A7 start 0:02 | chip=A7 finish 6:45",
        entered=[entry("101", chips=("A7", "A8"))],
    )
    assert (told.time("101"), told.net("101")) == ("6:45", "6:43")


def test_a_chip_may_be_bound_after_its_reads_came_in():
    told = story("gun 0:00 | chip=A7 finish 6:45 | chip A7 101", entered="101")
    assert told.time("101") == "6:45"
    assert story("gun 0:00 | chip=A7 finish 6:45", entered="101").doubts() == ["unknown_chip"]


def test_a_chip_that_is_taken_back_belongs_to_nobody():
    told = story("gun 0:00 | chip=A7 finish 6:45 | chip A7", entered=[entry("101", chips=("A7",))])
    assert told.doubts() == ["unknown_chip"]


def test_a_chip_given_to_another_bib_goes_with_it():
    told = story(
        "gun 0:00 | chip=A7 finish 6:45 | chip A7 102", entered=[entry("101", chips=("A7",)), "102"]
    )
    assert told.sheet() == "1 102 6:45 | READY 101"


def test_the_bib_that_was_keyed_goes_before_the_chip():
    told = story("gun 0:00 | 102 finish 6:45", entered=[entry("101", chips=("A7",)), "102"])
    assert told.time("102") == "6:45"


def test_two_runners_who_swapped_bibs_are_set_right_by_two_rulings():
    told = story("gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | bib 101 102 | bib 102 101")
    assert [(row.entry.id, row.bib) for row in told.standings().rows] == [
        (102, "101"),
        (101, "102"),
    ]
    assert told.doubts() == []


def test_chips_follow_their_wearer_to_a_new_bib():
    told = story(
        "gun 0:00 | chip=A7 finish 6:45 | bib 101 777", entered=[entry("101", chips=("A7",))]
    )
    assert told.time("777") == "6:45"


def test_a_bib_handed_out_on_the_day_counts_for_reads_that_came_before():
    told = story("gun 0:00 | 55 finish 6:45 | bib 7 55", entered=[entry("", id=7)])
    assert told.sheet() == "1 55 6:45"


def test_who_has_no_bib_yet_waits_and_can_be_ruled_about():
    told = story("gun 0:00 | dns 7 | set 8 6:45", entered=[entry("", id=7), entry("", id=8)])
    assert told.sheet() == "1  6:45 | DNS"


def test_a_bib_on_two_people_is_told():
    told = story("gun 0:00", entered=[entry("101"), entry("101", id=2)])
    assert told.doubts() == ["shared_bib"]


def test_three_people_under_one_bib_are_counted():
    told = story("", entered=[entry("101", id=number) for number in (1, 2, 3)])
    anomaly = told.state.lineup.anomalies[0]
    assert anomaly.sentence == "Bib 101 was handed out to 3 people."


def test_one_person_may_wear_one_bib_in_several_contests():
    told = story(
        "gun 0:00 | gun 60:00 second | 101 finish 6:45 | 101 far 72:00 | 101 finish 80:00",
        of=BOTH,
        entered=[entry("101", person=1), entry("101", id=2, contest="second", person=1)],
    )
    assert told.sheet("race") == "1 101 6:45"
    assert told.sheet("second") == "1 101 20:00"
    assert told.doubts() == []


def test_a_read_goes_to_the_start_whose_course_passes_the_point():
    told = story(
        "gun 0:00 | gun 0:00 second | 101 far 12:00",
        of=BOTH,
        entered=[entry("101", person=1), entry("101", id=2, contest="second", person=1)],
    )
    assert [told.state.results[key].status for key in ((101, "final"), (2, "final"))] == [
        "READY", "RUN",
    ]  # fmt: skip


def test_a_read_before_every_gun_goes_to_the_start_that_is_next():
    told = story(
        "gun 10:00 | gun 60:00 second | 101 finish 9:00",
        of=BOTH,
        entered=[entry("101", person=1), entry("101", id=2, contest="second", person=1)],
    )
    assert told.unused("101") == ["before_start"]


def test_a_read_hours_before_the_next_gun_goes_to_a_start_that_has_none_yet():
    told = story(
        "gun 300:00 second | 101 finish 9:00",
        of=BOTH,
        entered=[entry("101", person=1), entry("101", id=2, contest="second", person=1)],
    )
    assert told.status("101") == "RUN"
    assert told.doubts() == ["no_gun"]


def test_heat_and_final_are_two_starts_of_one_bib():
    told = story(
        """gun 0:00 | 101 finish 6:45 | 102 finish 6:50
         | gun 60:00 f | 102 finish 66:40 | 101 finish 67:00""",
        of=event([contest(rounds="heats final")], waves=[Wave(code="f", name="Final")]),
        entered="101 102",
        starts=[
            start(bib, round=code, wave=wave)
            for bib in ("101", "102")
            for code, wave in (("heats", "race"), ("final", "f"))
        ],
    )
    assert told.sheet(round_code="heats") == "1 101 6:45 | 2 102 6:50"
    assert told.sheet(round_code="final") == "1 102 6:40 | 2 101 7:00"


def test_a_bib_that_nobody_wears_is_told():
    told = story("gun 0:00 | 999 finish 6:45", entered="101")
    assert told.doubts() == ["unknown_bib"]
    assert told.sheet() == "READY 101"


def test_a_bib_read_in_part_is_told_as_such():
    assert story("gun 0:00 | 10? finish 6:45", entered="101").doubts() == ["half_read_bib"]


def test_a_bib_that_is_entered_but_starts_nowhere_is_told_as_such():
    told = story("gun 0:00 | 101 finish 6:45", entered="101", starts=[])
    assert told.doubts() == ["no_start"]


def test_an_entry_of_a_contest_that_does_not_exist_has_no_result():
    told = story(
        "gun 0:00 | 101 finish 6:45 | set 101 6:45",
        entered=[entry("101", contest="gone")],
        starts=[start("101")],
    )
    assert told.state.results == {}
    assert told.doubts() == ["no_start"]


def test_a_guide_is_no_runner_and_no_stranger():
    told = story(
        "gun 0:00 | 101 finish 6:45 | 9 finish 6:45 | 9 nowhere 6:46 | @hall 9 desk 0:00 desk",
        entered=[entry("101"), entry("9", guide=True)],
    )
    assert told.sheet() == "1 101 6:45"
    assert told.doubts() == []


def test_out_of_competition_has_a_time_and_no_place():
    told = story(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:30",
        entered=[entry("101"), entry("102", out_of_competition=True)],
    )
    assert told.sheet() == "1 101 6:45 | OK 102"
    assert told.time("102") == "6:30"


def test_a_read_at_a_point_off_the_course_is_told():
    told = story("gun 0:00 | 101 far 6:45 | 101 finish 6:50", of=BOTH, entered="101")
    assert told.doubts() == ["off_course"]
    assert told.time("101") == "6:50"


def test_a_read_at_a_point_that_does_not_exist_is_told():
    assert story("gun 0:00 | 101 moon 6:45").doubts() == ["unknown_point"]


@pytest.mark.parametrize("time", ["-20000000:00", "20000000:00", "1000000000:00"])
def test_a_station_whose_clock_was_never_set_is_told_once(time):
    told = story(f"gun 0:00 | @box 101 finish {time} | @box 102 finish {time}")
    assert [anomaly.key for anomaly in anomalies_of(told.state)] == ["wild_clock:box"]
    assert told.sheet() == "READY 101 | READY 102"


def test_a_read_that_says_nothing_is_told():
    told = story("gun 0:00 | - finish - | @hall - desk 1:00 desk", entered="101")
    assert told.doubts() == ["empty_line"]


def test_a_check_in_is_no_passing():
    told = story("@hall 101 start 0:00 desk | gun 1:00", entered="101 102")
    assert told.status("101") == "RUN"
    assert told.status("102") == "READY"
    assert told.result("101").reads == ()


def test_who_checked_in_and_did_not_finish_is_no_non_starter():
    told = story("@hall 101 desk 0:00 desk | gun 1:00 | close", entered="101 102")
    assert told.sheet() == "DNF 101 | DNS 102"


def test_a_check_in_with_a_chip_counts_for_its_wearer():
    told = story("@hall chip=A7 desk 0:00 desk", entered=[entry("101", chips=("A7",))])
    assert list(told.state.checked_in) == ["101"]
    assert told.doubts() == []


def test_the_first_check_in_is_kept_and_a_strange_one_is_told():
    told = story(
        "@hall 101 desk 0:10 desk | @door 101 desk 0:05 desk | @hall 999 desk 0:20 desk",
        entered="101",
    )
    assert told.state.checked_in["101"].station == "door"
    assert told.doubts() == ["unknown_bib"]


def test_a_check_in_without_a_clock_counts():
    assert list(story("@hall 101 desk - desk", entered="101").state.checked_in) == ["101"]
