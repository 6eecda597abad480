"""A result explains itself in words: every read, every time, the status and the place."""

from __future__ import annotations

import pytest

from tests.core.explaining import codes, told_time, why, words
from tests.core.story import contest, course, entry, event, start, story
from timing.core.clock import SECOND, Duration
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Wave
from timing.core.telling.explain import explain

SPLIT = contest(course=course("start 0 | half 800 | finish 1609.344"))


def test_a_plain_result_is_explained_from_the_gun_to_the_place():
    told = story("gun 0:00 | 101 start 0:03.2 | 101 finish 6:45.112 | 102 finish 6:46")
    assert words(why(told, "101").sentences) == [
        "Wave race started at 0.",
        "Crossed the start line 3.2 after the start; the net time runs from there.",
        "Start after 3.2: typed of station start, line 1, at 3.2.",
        "Finish after 6:45.112: typed of station finish, line 1, at 6:45.112.",
        "Gun time 6:45.112.",
        "Net time 6:41.912.",
        "Official time 6:45.2: the gun time 6:45.112 with penalties of 0, rounded up to 0.1.",
        "Finished.",
        "Place 1 of 2.",
        "Nobody was better.",
    ]


def test_who_is_behind_is_told_by_how_much_and_behind_whom():
    told = story("gun 0:00 | 101 finish 6:45 | 102 finish 6:46.5")
    assert words(why(told, "102").place) == ["Place 2 of 2.", "1.5 behind bib 101 on place 1."]


def test_the_start_tells_slot_and_offset():
    trial = event([contest()], waves=[Wave(code="race", name="T", interval=Duration(30 * SECOND))])
    told = story(
        "gun 0:00 | offset 101 0:02 | 101 finish 6:45",
        of=trial,
        entered="101",
        starts=[start("101", lane=3)],
    )
    assert words(why(told, "101").start) == [
        "Wave race started at 0.",
        "Start slot 3: 1:00 after the gun.",
        "Started 2 after the gun, by the start list or a ruling.",
        "Was not seen on the start line; the net time runs from the gun.",
    ]


def test_without_a_gun_that_is_what_is_told():
    told = story("101 finish 6:45")
    assert words(why(told, "101").sentences) == [
        "Wave race has no gun time yet.",
        "Finish: typed of station finish, line 1, at 6:45.",
        "Is on the course.",
        "No place: RUN.",
    ]


def test_every_correction_of_a_read_that_counts_is_told_with_name_and_reason():
    told = story(
        """gun 0:00 | it: @mat 102 half 6:45 | attribute it 101 | retime it 6:44
         | repoint it finish | clock mat 0:01 | @mat 101 half 3:19""",
        of=SPLIT,
        entered="101 102",
    )
    line = "of station mat, line 1"
    assert words(why(told, "101").passings) == [
        "Half after 3:20: typed of station mat, line 2, at 3:20.",
        "The clock of station mat is corrected by 1.",
        "Finish after 6:44: typed of station mat, line 1, at 6:44.",
        f"Finish: the read {line}, was given to this bib by office: as told: attribute it 101",
        f"Finish: the moment {line}, was corrected by office: as told: retime it 6:44",
        f"Finish: the read {line}, was put here by office: as told: repoint it finish",
    ]


def test_a_chip_is_told():
    told = story("gun 0:00 | chip A7 101 | chip=A7 finish 6:45", entered="101")
    assert words(why(told, "101").passings)[1] == (
        "Finish: the read of station finish, line 1, saw chip A7, which is worn with this bib."
    )


@pytest.mark.parametrize(("pair", "ending"), [("", "."), (" | pair t b", ", by an official.")])
def test_two_streams_are_told(pair, ending):
    told = story(f"gun 0:00 | t: @a - finish 6:45 | b: @b 101 finish -{pair}")
    told_now = words(why(told, "101").passings)[1]
    assert "time of station a, line 1, was" in told_now
    assert "with the bib of b, line 1" in told_now
    assert why(told, "101").unused[0].text(told_time) == (
        "Finish: a bib without a time; it got the time of 6:45."
    )


def test_a_time_that_was_set_is_told_with_its_reason():
    told = story("gun 0:00 | 101 finish 7:10 | set 101 6:45")
    assert words(why(told, "101").passings) == [
        "Finish after 6:45: set by office: as told: set 101 6:45"
    ]
    assert words(why(told, "101").unused) == [
        "Finish at 7:10: an official set the time of this point."
    ]


def test_further_laps_are_numbered():
    laps = contest(course=course("start 0 | lap@line 400", open_laps=True), basis=Basis.LAPS)
    told = story("gun 0:00 | 101 line 2:00 | 101 line 4:00", of=laps)
    assert words(why(told, "101").passings)[1].startswith("Lap 2 after 4:00")
    assert words(why(told, "101").time) == ["2 laps, the last after 4:00."]
    assert codes(why(told, "101").place) == ["place", "first"]
    assert why(story("gun 0:00", of=laps, entered="101"), "101").time == ()


@pytest.mark.parametrize(
    ("text", "bib", "sentence"),
    [
        (
            "101 finish 6:45 | 101 finish 6:47",
            "101",
            "Finish at 6:47: one of several reads of one passing; that of 6:45 counts.",
        ),
        (
            "101 finish 6:45 photo | 101 finish 6:44.9 typed",
            "101",
            "Finish at 6:44.9: seen by typed; photo of 6:45 is trusted more.",
        ),
        (
            "101 finish 6:45.01 watch | @b 101 finish 6:45.12 watch",
            "101",
            "Finish at 6:45.01: one of several watches; together they make the time 6:45.2.",
        ),
        (
            "101 start -0:05 | 101 finish 6:45",
            "101",
            "Start at -5: on the start line before the start.",
        ),
        ("101 half -0:05 | 101 finish 6:45", "101", "Half at -5: before the start."),
        ("101 finish 6:45 | 101 finish 9:00", "101", "Finish at 9:00: after the finish at 6:45."),
        (
            "101 finish 6:45 | 101 half 6:50",
            "101",
            "Half at 6:50: after the finish at 6:45.",
        ),
        (
            "101 start 5:00 | 101 half 4:00 | 101 start 4:50 | 101 finish 6:45",
            "101",
            "Start at 4:50: one of several reads of one passing; that of 5:00 counts.",
        ),
        ("101 half 0:20 | 101 finish 6:45", "101", "Half at 20: nobody runs there so fast."),
        ("recall | 101 finish 6:45 | set 101 6:40", "101",
         "Finish at 6:45: there is no gun time to count from."),
        (
            "101 finish 99999999:00",
            "101",
            "Finish at 1666666:39:00: the clock of station finish was never set.",
        ),
        (
            "101 finish 9999999999:00",
            "101",
            "Finish at 166666666:39:00: the clock of station finish was never set.",
        ),
        (
            "it: 101 finish 6:30 | void it",
            "101",
            "Finish at 6:30: voided by office: as told: void it",
        ),
        (
            "it: 101 finish 6:30 | attribute it 102",
            "101",
            "Finish at 6:30: given to bib 102 by office: as told: attribute it 102",
        ),
        (
            "it: 101 finish 6:30 | attribute it",
            "101",
            "Finish at 6:30: given to bib nobody by office: as told: attribute it",
        ),
        (
            "it: 102 finish 6:30 | attribute it 101 | void it",
            "101",
            "Finish at 6:30: voided by office: as told: void it",
        ),
        (
            "it: 101 finish - | void it",
            "101",
            "Finish at no time: voided by office: as told: void it",
        ),
        ("@hall 101 desk 0:00 desk", "101",
         "desk: the check-in desk; it says who is there, not who passed."),
        ("101 finish -", "101", "Finish: a bib without a time, which was not paired with any."),
        ("101 finish - | 102 finish - | - finish 6:45", "102",
         "Finish: a bib without a time, which was not paired with any."),
        ("101 moon 1:00", "101", "moon at 1:00: a timing point that does not exist."),
        ("101 other 1:00", "101", "other at 1:00: a point that is not on this course."),
    ],
)  # fmt: skip
def test_every_read_that_does_not_count_has_its_reason(text, bib, sentence):
    setup = event([SPLIT, contest("second", course=course("start 0 | other 5 | finish 9"))])
    told = story(f"gun 0:00 | {text}", of=setup, entered="101 102")
    assert sentence in words(why(told, bib).unused)


def test_laps_that_come_too_soon_or_too_late_have_their_reason():
    hour = contest(
        course=course("start 0 | lap@line 400", open_laps=True, time_limit=Duration(600 * SECOND))
    )
    told = story("gun 0:00 | 101 line 0:10 | 101 line 2:00 | 101 line 10:01", of=hour)
    assert words(why(told, "101").unused) == [
        "Line at 10: sooner than the point can be reached again.",
        "Line at 10:01: the time was up.",
    ]


def test_a_contradiction_has_its_reason():
    splits = contest(course=course("start 0 | a 2000 | b 4000 | finish 8000"))
    told = story("gun 0:00 | 101 a 20:00 | 101 b 16:00 | 101 finish 32:00", of=splits)
    assert words(why(told, "101").unused) == [
        "A at 20:00: contradicts the other times, more of which fit together."
    ]


def test_what_another_start_of_the_same_bib_used_is_not_told_as_unused():
    both = event([contest(rounds="heats final")], waves=[Wave(code="f", name="Final")])
    told = story(
        "gun 0:00 | gun 60:00 f | 101 finish 6:45 | 101 finish 66:30 | 101 finish 66:31",
        of=both,
        entered="101",
        starts=[start("101", round="heats"), start("101", wave="f")],
    )
    assert why(told, "101", "heats").unused == ()
    assert codes(why(told, "101").unused) == ["burst"]


def test_a_voided_line_of_nobody_and_a_ruling_about_no_line_are_nobodys():
    told = story(
        "gun 0:00 | it: - finish 6:30 | void it | void nowhere | 101 finish 6:45 | note it seen"
        " | other: 102 finish 6:50 | retime other 6:51",
        entered="101 102",
    )
    assert why(told, "101").unused == ()


def test_what_was_given_away_is_told_to_whom_it_was_taken_from_alone():
    told = story("gun 0:00 | it: 102 finish 6:30 | attribute it 103", entered="101 102 103")
    assert [codes(why(told, bib).unused) for bib in ("101", "102", "103")] == [
        [], ["given_away"], [],
    ]  # fmt: skip


def test_a_ruling_about_no_line_hides_no_other():
    told = story("gun 0:00 | it: @z 101 finish 6:45 | void nowhere | void it")
    assert codes(why(told, "101").unused) == ["void"]


def test_strays_stand_in_the_order_of_the_clock_whichever_station_saw_them():
    told = story("gun 0:00 | @z 101 moon 1:00 | @a 101 moon 2:00 | @a 101 moon 2:00")
    assert [each.line for each in why(told, "101").unused] == [("z", 1), ("a", 1), ("a", 2)]


def test_who_has_no_bib_has_no_reads():
    told = story("gun 0:00", entered=[entry("", id=7)])
    assert explain(told.state, (7, "final")).unused == ()
    assert explain(told.state, (8, "final")) is None


def test_who_is_on_the_course_was_last_seen_somewhere():
    told = story("gun 0:00 | 101 half 3:20", of=SPLIT, entered="101")
    assert words(why(told, "101").status) == ["Is on the course; last seen at Half."]


def test_words_of_ours_among_the_values_are_translated_and_names_are_not():
    told = story("gun 0:00 | 101 finish 6:45")
    finish = why(told, "101").passings[0]
    said = finish.text(told_time, lambda text: text.upper() if text == "typed" else text)
    assert said == "Finish after 6:45: TYPED of station finish, line 1, at 6:45."


def lines(told, bib):
    """The line of the journal that each sentence speaks of."""
    return [(each.code, each.line) for each in why(told, bib).sentences if each.line]


def test_sentences_name_the_line_of_the_journal_that_they_speak_of():
    told = story("gun 0:00 | 101 start 0:03.2 | 101 finish 6:45.112 | dq 101 TR16")
    assert lines(told, "101") == [
        ("start_read", ("start", 1)),
        ("passed", ("start", 1)),
        ("passed", ("finish", 1)),
        ("ruled_status", ("office", 2)),
    ]
    told = story("gun 0:00 | chip A7 101 | @mat chip=A7 finish 6:45", entered="101")
    assert ("by_chip", ("mat", 1)) in lines(told, "101")
    told = story("gun 0:00 | - finish 6:45 | @hut 101 finish -")
    assert ("joined", ("hut", 1)) in lines(told, "101")


def test_nobody_is_explained_who_does_not_start():
    told = story("gun 0:00 | 101 finish 6:45")
    assert explain(told.state, (7, "final"), told.standings()) is None


def test_an_official_time_by_the_net_time_says_so():
    told = story("gun 0:00 | 101 start 0:03 | 101 finish 6:45.02", of=contest(basis=Basis.NET))
    assert words(why(told, "101").time)[-1] == (
        "Official time 6:42.1: the net time 6:42.02 with penalties of 0, rounded up to 0.1."
    )
