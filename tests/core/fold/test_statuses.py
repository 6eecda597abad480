"""Statuses, what an official's word overrules, penalties and cautions."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, entry, start, story
from timing.core.clock import MINUTE, Duration
from timing.core.fold.results import Mark

RAN = "gun 0:00 | 101 start 0:03 | 101 finish 6:45 | 102 finish 6:50"


def test_a_runner_is_ready_then_on_the_course_then_home():
    assert story("", entered="101").status("101") == "READY"
    assert story("gun 0:00 | 101 start 0:03").status("101") == "RUN"
    assert story("gun 0:00 | 101 start 0:03 | 101 finish 6:45").status("101") == "OK"


def test_who_stands_on_the_start_mat_before_the_gun_is_still_ready():
    assert story("101 start 0:03").status("101") == "READY"


@pytest.mark.parametrize("verb", ["dns", "dnf", "wd"])
def test_a_status_by_ruling_goes_before_the_time(verb):
    told = story(f"{RAN} | {verb} 101")
    assert told.sheet() == f"1 102 6:50 | {verb.upper()} 101"


def test_a_disqualification_carries_its_rule_and_keeps_the_time():
    told = story(f"{RAN} | dq 101 TR16.8")
    assert told.sheet() == "1 102 6:50 | DQ TR16.8 101"
    assert told.time("101") == "6:45"


def test_the_last_status_holds():
    assert story(f"{RAN} | dnf 101 | dq 101 TR16.8").status("101") == "DQ TR16.8"


def test_ok_overrules_an_earlier_status():
    assert story(f"{RAN} | dq 101 TR16.8 | ok 101").sheet() == "1 101 6:45 | 2 102 6:50"


def test_ok_makes_nobody_a_finisher():
    assert story("gun 0:00 | 101 start 0:03 | ok 101").status("101") == "RUN"


def test_who_did_not_start_and_has_a_time_is_told():
    assert story(f"{RAN} | dns 101").doubts() == ["dns_with_time"]
    assert story(f"{RAN} | dnf 101").doubts() == ["dns_with_time"]
    assert story(f"{RAN} | dq 101").doubts() == []


def test_who_did_not_start_and_passed_a_split_is_told():
    split = contest(course=course("start 0 | half 800 | finish 1600"))
    assert story("gun 0:00 | 101 half 3:00 | dns 101", of=split).doubts() == ["dns_with_time"]
    assert story("gun 0:00 | 101 half 3:00 | dnf 101", of=split).doubts() == []


def test_when_a_round_is_closed_who_is_missing_did_not_finish_or_did_not_start():
    told = story("gun 0:00 | 101 finish 6:45 | 102 start 0:04 | close", entered="101 102 103")
    assert told.sheet() == "1 101 6:45 | DNF 102 | DNS 103"


def test_a_round_is_open_again_when_its_closing_is_withdrawn():
    told = story("gun 0:00 | 102 start 0:04 | close | withdraw last", entered="101 102")
    assert told.sheet() == "RUN 102 | READY 101"


def test_another_round_is_not_closed():
    told = story("gun 0:00 | close race heats", entered="101", of=contest(rounds="heats final"))
    assert told.status("101") == "READY"


def test_over_the_time_limit_is_no_finish():
    limited = contest(course=course("start 0 | finish 1600", time_limit=Duration(7 * MINUTE)))
    for line in ("{} finish {}", "set {} {}"):
        home, late = line.format(101, "7:00"), line.format(102, "7:00.000001")
        told = story(f"gun 0:00 | {home} | {late}", of=limited)
        assert told.sheet() == "1 101 7:00 | OTL 102"
        assert told.doubts() == ["over_limit"]


def test_an_official_may_waive_the_time_limit():
    limited = contest(course=course("start 0 | finish 1600", time_limit=Duration(7 * MINUTE)))
    assert story("gun 0:00 | 102 finish 7:01 | ok 102", of=limited).sheet() == "1 102 7:01"


def test_the_unranked_stand_in_the_order_of_the_rules_then_as_they_started():
    told = story(
        "gun 0:00 | 105 finish 6:45 | dns 101 | dq 102 | dnf 103 | dq 104",
        of=contest(unranked=("DQ", "DNF", "DNS")),
    )
    assert told.sheet() == "1 105 6:45 | DQ 102 | DQ 104 | DNF 103 | DNS 101"


def test_entrants_without_a_time_may_be_left_out():
    told = story(
        "gun 0:00 | 101 finish 6:45 | close", entered="101 102", of=contest(list_unstarted=False)
    )
    assert told.sheet() == "1 101 6:45"


def test_penalties_add_up_and_are_shown():
    told = story(f"{RAN} | penalty 101 0:05 5.2 | penalty 101 0:03")
    assert told.sheet() == "1 102 6:50 | 2 101 6:53"
    result = told.result("101")
    assert told.time("101") == "6:45"
    assert [(mark.kind, mark.time, mark.rule) for mark in result.marks] == [
        ("penalty", 5_000_000, "5.2"), ("penalty", 3_000_000, ""),
    ]  # fmt: skip


def test_a_penalty_counts_in_a_ranking_by_exact_times():
    told = story(f"{RAN} | penalty 101 0:05.001", of=contest(rank_exact=True))
    assert told.sheet() == "1 102 6:50 | 2 101 6:50.1"


def test_a_penalty_that_is_withdrawn_is_gone():
    assert story(f"{RAN} | penalty 101 0:10 | withdraw last").sheet() == "1 101 6:45 | 2 102 6:50"


def test_cautions_are_noted_and_disqualify_only_where_the_rules_say_so():
    told = story(f"{RAN} | caution 101 turned | caution 101 turned")
    assert told.status("101") == "OK"
    assert told.doubts() == ["cautioned"]


TWO = contest(cautions_to_dq=2)


def test_the_caution_that_is_one_too_many_disqualifies():
    assert story(f"{RAN} | caution 101 turned", of=TWO).status("101") == "OK"
    assert (
        story(f"{RAN} | caution 101 turned | caution 101 fell", of=TWO).status("101") == "DQ fell"
    )


def test_a_withdrawn_caution_no_longer_counts():
    told = story(f"{RAN} | caution 101 turned | caution 101 fell | withdraw last", of=TWO)
    assert told.status("101") == "OK"


def test_an_appeal_overrules_the_cautions_until_the_next_one():
    appeal = f"{RAN} | caution 101 turned | caution 101 turned | ok 101"
    assert story(appeal, of=TWO).status("101") == "OK"
    assert story(f"{appeal} | caution 101 fell", of=TWO).status("101") == "DQ fell"


def test_a_status_by_ruling_goes_before_cautions():
    told = story(f"{RAN} | dnf 101 | caution 101 turned | caution 101 turned", of=TWO)
    assert told.status("101") == "DNF"


def test_a_place_in_the_next_round_by_decision_is_a_mark():
    told = story(f"{RAN} | qualify 102 qR")
    assert told.result("102").marks == (Mark("qualify", "qR", reason="as told: qualify 102 qR"),)


def test_quiet_rulings_change_no_result():
    told = story(f"{RAN} | note last seen | amend 101")
    assert told.state.results == story(RAN).state.results


def test_whoever_is_entered_or_guides_somebody_may_check_in():
    told = story(
        "gun 0:00 | @hall 101 hall -0:30 desk | @hall 7 hall -0:20 desk | @hall 8 hall -0:10 desk"
        " | 101 finish 6:45 | 101 finish 9:00",
        entered=["101", "7", entry("8", guide=True)],
        starts=[start("101")],
    )
    assert told.doubts() == ["after_finish"]


@pytest.mark.parametrize("more", ["", " | 101 finish 9:00"])
def test_the_first_desk_by_the_clock_has_checked_somebody_in(more):
    told = story(
        "gun 0:00 | @a 101 hall -0:10 desk | @z 101 hall -0:30 desk | 101 finish 6:45" + more
    )
    assert told.state.checked_in["101"].station == "z"


def test_an_anomaly_that_was_looked_at_is_marked_so():
    told = story(f"{RAN} | 999 finish 7:00 | clear unknown_bib:finish:3", entered="101 102")
    assert told.doubts() == []
