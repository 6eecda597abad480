"""Cancelled, postponed, stopped: what becomes of the results, and what it means to take it back."""

from __future__ import annotations

from tests.core.story import ZERO, contest, course, entry, event, moment, start, story
from timing.core.clock import SECOND
from timing.core.journal.rulings import CallOff, decode_act, encode_act
from timing.core.rulebook.rules import Basis
from timing.core.setup.called_off import WHOLE_EVENT, CalledOff, Fate, notices

RIVER = course("start 0 | bridge 4000 | ford 7000 | finish 10000")
TRAIL = contest(course=RIVER)


def test_nobody_of_a_cancelled_contest_has_a_result_and_nobody_did_not_start():
    told = story(
        "gun 0:00 | 101 finish 6:45 | dns 102 | cancel | close race", entered="101 102 103"
    )
    assert told.sheet() == "CXL 101 | CXL 102 | CXL 103"
    assert told.doubts() == []


def test_reads_of_a_cancelled_contest_want_no_gun():
    assert story("cancel race | 101 finish 6:45").doubts() == []
    assert story("101 finish 6:45").doubts() == ["no_gun"]


def test_a_cancellation_that_is_taken_back_leaves_the_results_as_they_were():
    as_before = story("gun 0:00 | 101 finish 6:45 | 102 finish 6:46")
    undone = story("gun 0:00 | c: cancel | 101 finish 6:45 | 102 finish 6:46 | withdraw c")
    assert undone.sheet() == as_before.sheet()
    assert undone.state.lineup.called_off == {}


def test_a_stopped_race_has_no_ranking_unless_somebody_says_so():
    told = story(
        "gun 0:00 | 101 finish 31:00 | 102 bridge 15:00 | dq 103 TR7.1 | dnf 104 | stop",
        of=TRAIL, entered="101 102 103 104 105",
    )  # fmt: skip
    assert told.sheet() == "DNF 104 | DQ TR7.1 103 | STP 101 | STP 102 | STP 105"


def test_who_never_started_a_stopped_race_is_dns_once_its_round_is_closed():
    told = story("gun 0:00 | 101 bridge 15:00 | stop | close", of=TRAIL, entered="101 102")
    assert told.sheet() == "DNS 102 | STP 101"


def test_results_may_stand_as_they_stood_at_a_moment():
    told = story(
        "gun 0:00 | 101 finish 31:00 | 102 finish 32:00 | 103 finish 33:00 | 104 ford 30:00"
        " | stop 32:00",
        of=TRAIL,
    )
    assert told.sheet() == "1 101 31:00 | 2 102 32:00 | STP 103 | STP 104"
    assert told.unused("103") == ["after_stop"]


def test_who_was_seen_only_after_the_stop_has_started_nevertheless():
    told = story("gun 0:00 | 101 finish 33:00 | stop 32:00 | close", of=TRAIL, entered="101 102")
    assert told.sheet() == "DNS 102 | STP 101"


def test_results_may_stand_as_they_were_at_a_point_of_the_course():
    told = story(
        "gun 0:00 | 101 bridge 16:00 | 101 ford 26:00 | 101 finish 36:00"
        " | 102 bridge 15:00 | 102 ford 29:00 | 103 bridge 17:00 | 104 ford 28:00"
        " | stop 40:00 bridge",
        of=TRAIL,
    )
    assert told.sheet() == "1 102 15:00 | 2 101 16:00 | 3 103 17:00 | STP 104"
    assert told.doubts() == []


def test_a_point_that_is_none_of_the_course_is_the_finish():
    told = story("gun 0:00 | 101 finish 31:00 | stop 40:00 nowhere", of=TRAIL)
    assert told.sheet() == "1 101 31:00"


def test_laps_until_the_stop_count():
    loop = course("start@line 0 | lap@line 400", open_laps=True)
    told = story(
        "gun 0:00 | 101 line 2:00 | 101 line 4:00 | 102 line 3:00 | 101 line 6:00 | stop 5:00",
        of=contest(course=loop, basis=Basis.LAPS), entered="101 102 103",
    )  # fmt: skip
    assert [(row.place, row.bib, row.result.laps) for row in told.standings().rows] == [
        (1, "101", 2), (2, "102", 1), (None, "103", 0),
    ]  # fmt: skip


def test_what_is_postponed_is_on_again_with_its_gun():
    waiting = story("postpone 45:00 | bib 101 101", entered="101")
    assert waiting.state.lineup.called_off["race"].until == moment("45:00")
    assert waiting.sheet() == "READY 101"
    begun = story("postpone 45:00 | gun 45:10 | 101 finish 52:10")
    assert begun.state.lineup.called_off == {}
    assert begun.sheet() == "1 101 7:00"


def test_a_gun_before_the_postponement_does_not_end_it():
    told = story("gun 0:00 | postpone", entered="101")
    assert told.state.lineup.called_off["race"].fate is Fate.POSTPONED


def test_a_gun_of_what_is_not_held_is_told_and_a_corrected_gun_is_not():
    assert story("cancel | gun 0:00", entered="101").doubts() == ["not_held"]
    assert story("gun 0:00 | stop | gun 0:01", entered="101").doubts() == []


def test_the_later_ruling_holds_for_each_contest():
    both = event([contest("short"), contest("long")])
    told = story("postpone 1:00:00 | cancel long", of=both, entered=())
    fates = {code: each.fate.value for code, each in told.state.lineup.called_off.items()}
    assert fates == {WHOLE_EVENT: "postponed", "short": "postponed", "long": "cancelled"}
    assert list(notices(told.state.lineup.called_off)) == [WHOLE_EVENT, "long"]
    begun = story("postpone 1:00:00 | gun 1:00:00 short", of=both, entered=())
    assert list(begun.state.lineup.called_off) == ["long"]


def test_a_contest_of_an_event_may_be_stopped_alone():
    both = event([contest("short"), contest("long")])
    entered = [entry("1", contest="short"), entry("2", contest="long")]
    starts = [start("1", wave="short"), start("2", wave="long")]
    told = story(
        "gun 0:00 short | gun 0:00 long | 1 finish 6:00 | 2 finish 7:00 | stop - finish long",
        of=both, entered=entered, starts=starts,
    )  # fmt: skip
    assert (told.sheet("short"), told.sheet("long")) == ("1 1 6:00", "STP 2")


def test_a_contest_that_is_not_there_is_told():
    assert story("cancel gone", entered="101").doubts() == ["unknown_contest"]


def test_the_reason_of_the_ruling_is_what_everybody_reads():
    told = story("stop 20:00 bridge", of=TRAIL, entered="101")
    assert told.state.lineup.called_off["race"] == CalledOff(
        fate=Fate.STOPPED, reason="as told: stop 20:00 bridge", since=ZERO,
        stands=ZERO + 1200 * SECOND, point="bridge",
    )  # fmt: skip


def test_the_ruling_is_kept_as_data():
    made = CallOff(contests=("long",), fate=Fate.POSTPONED, until=ZERO, day="2026-05-31")
    kind, data = encode_act(made)
    assert (kind, data["fate"]) == ("call_off", "postponed")
    assert decode_act(kind, data) == made
    assert decode_act(kind, {"contests": [], "fate": "stopped"}) == CallOff(
        contests=(), fate=Fate.STOPPED
    )
