"""Why this place, why this status: penalties, ties, categories, out of competition."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.core.explaining import codes, why, words
from tests.core.journals import races, standings
from tests.core.story import contest, course, entry, start, story
from timing.core.clock import SECOND, Duration
from timing.core.fold.whole import fold
from timing.core.rulebook.rules import Basis, Ties
from timing.core.setup.roster import Sex
from timing.core.telling.explain import SENTENCES, UNUSED, explain
from timing.core.telling.sentences import in_utc


def test_penalties_and_statuses_are_told_with_their_rule():
    told = story(
        "gun 0:00 | 101 finish 6:45 | penalty 101 0:05 5.2 | penalty 101 0:01 | dq 101 TR16.8"
        " | ok 101"
    )
    explained = why(told, "101")
    assert words(explained.time)[1:3] == [
        "Penalty 5 (5.2) by office: as told: penalty 101 0:05 5.2",
        "Penalty 1 by office: as told: penalty 101 0:01",
    ]
    assert words(explained.time)[-1] == (
        "Official time 6:51.0: the gun time 6:45 with penalties of 6, rounded up to 0.1."
    )
    assert words(explained.status) == [
        "DQ (TR16.8) by office: as told: dq 101 TR16.8",
        "OK by office: as told: ok 101",
    ]


def test_ok_by_ruling_does_not_hide_why_there_is_no_time():
    told = story("gun 0:00 | 101 start 0:03 | ok 101")
    assert codes(why(told, "101").status) == ["ruled_status", "on_course_at"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("gun 0:00 | caution 101 a | caution 101 b", "DQ after 2 cautions; 2 disqualify."),
        ("gun 0:00 | 101 start 0:01 | close", "Was seen and did not finish; the round is closed."),
        ("gun 0:00 | close", "Was not seen at all; the round is closed."),
        ("gun 0:00", "Has not started yet."),
        ("gun 0:00 | 101 finish 9:00", "Finished after the time limit of 8:00."),
    ],
)
def test_a_status_has_its_reason(text, sentence):
    limited = contest(
        course=course("start 0 | finish 1600", time_limit=Duration(480 * SECOND)), cautions_to_dq=2
    )
    told = story(text, of=limited, entered="101")
    assert words(why(told, "101").status) == [sentence]
    assert codes(why(told, "101").place) == ["no_place"]


CLOSE = "gun 0:00 | 101 finish 6:44.91 | 102 finish 6:44.99 | 103 finish 6:45"


def test_a_shared_place_says_with_whom():
    told = story(CLOSE)
    assert words(why(told, "102").place) == [
        "Place 1 of 3.",
        "Nobody was better.",
        "Shares the place with bib 101, 103: equal in all that separates times.",
    ]


@pytest.mark.parametrize(
    ("text", "rules", "sentence"),
    [
        (
            CLOSE,
            {"rank_exact": True},
            "The same printed time as bib 101, 103; the exact times decide.",
        ),
        (
            f"{CLOSE} | photo 103 102",
            {},
            "The same time as bib 103, 101; the photo finish decides.",
        ),
        (
            "gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | photo 101 102",
            {"rank_exact": True},
            "The same time as bib 101; the photo finish decides.",
        ),
        (
            CLOSE,
            {"ties": Ties.RECORDED},
            "The same time as bib 101, 103; the order of recording decides.",
        ),
        (
            "gun 0:00 | 101 start 0:10 | 101 finish 6:50 | 102 start 0:20 | 102 finish 7:00",
            {"basis": Basis.NET_THEN_GUN},
            "The same net time as bib 101; the gun times decide.",
        ),
        (
            "gun 0:00 | 101 finish 6:45 | 102 finish 6:44.95 | penalty 102 0:00.01",
            {"rank_exact": True},
            "The same printed time as bib 101; the exact times decide.",
        ),
    ],
)
def test_equal_printed_times_say_what_decided(text, rules, sentence):
    assert sentence in words(why(story(text, of=contest(**rules)), "102").place)


@pytest.mark.parametrize(
    ("rules", "bib", "sentences"),
    [
        ({}, "103", [
            "Shares the place with bib 102: equal in all that separates times.",
            "The same time as bib 101; the photo finish decides.",
        ]),
        ({"ties": Ties.RECORDED}, "103", [
            "The same time as bib 101; the photo finish decides.",
            "The same time as bib 102; the order of recording decides.",
        ]),
        ({}, "101", ["The same time as bib 102, 103; the photo finish decides."]),
    ],
)  # fmt: skip
def test_of_two_heats_the_picture_of_one_decides_only_where_it_does(rules, bib, sentences):
    told = story(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | 103 finish 6:45 | photo 102 101",
        of=contest(**rules),
        starts=[start("101"), start("102"), start("103", heat=2)],
    )
    said = words(why(told, bib).place)
    assert [each for each in said if "same time" in each or "Shares" in each] == sentences


def test_places_in_sex_and_category_are_told():
    told = story(
        "gun 0:00 | 101 finish 6:45", entered=[entry("101", sex=Sex.WOMEN, category="W40")]
    )
    assert words(why(told, "101").place)[2:] == ["Place 1 of W.", "Place 1 of W40."]


def test_out_of_competition_is_told():
    told = story("gun 0:00 | 101 finish 6:45", entered=[entry("101", out_of_competition=True)])
    assert words(why(told, "101").place) == ["Out of competition: has a time and no place."]


def test_without_a_list_and_off_the_list_there_is_no_place_to_explain():
    told = story("gun 0:00 | close", entered="101", of=contest(list_unstarted=False))
    assert explain(told.state, (101, "final")).place == ()
    assert why(told, "101").place == ()


def test_moments_are_shown_in_utc_unless_the_event_says_otherwise():
    told = story("gun 0:00.5 | 101 finish 6:45")
    assert why(told, "101").start[0].text() == "Wave race started at 08:00:00.5 UTC."


def test_a_moment_beyond_the_calendar_is_shown_as_such():
    assert in_utc(1 << 60) == in_utc(-(1 << 60)) == "an impossible moment"


def test_another_language_has_its_own_templates():
    told = story("gun 0:00 | 101 finish 6:45")
    german = {SENTENCES["place"]: "Rang {place} von {count}."}
    assert why(told, "101").place[0].text(translate=german.__getitem__) == "Rang 1 von 1."


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_one(code):
    assert re.fullmatch(r"[A-Z{].*([.]|\{reason\})", SENTENCES[code])
    assert all(
        name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name is not None
    )


@settings(max_examples=60, deadline=None)
@given(races())
def test_everything_in_any_race_can_be_explained_and_every_read_is_accounted_for(race):
    state = fold(*race)
    for listed in standings(state):
        for row in listed.rows:
            explained = explain(state, row.result.key, listed)
            assert all(sentence.text() for sentence in explained.sentences)
            assert {sentence.code for sentence in explained.unused} <= set(UNUSED)
            lines = {sentence.line for sentence in explained.unused}
            for each in state.known.wearers.get(row.bib, ()):
                result = state.results[each.key]
                lines |= {read.id for read in result.reads}
                lines |= {read.id for unused in result.unused for read in unused.reads}
            assert {read.id for read in state.piles.get(row.bib, ())} <= lines or not row.bib


def test_on_laps_nobody_is_behind_by_a_time():
    laps = contest(course=course("start 0 | lap@line 400", open_laps=True), basis=Basis.LAPS)
    told = story("gun 0:00 | 101 line 2:00 | 102 line 2:01", of=laps)
    assert words(why(told, "102").place) == ["Place 2 of 2."]


def test_every_reason_of_an_unused_read_is_described():
    page = (Path(__file__).parents[3] / "docs/reference/explanations.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(UNUSED)


def test_every_record_that_was_marked_is_told_with_its_body():
    told = story("gun 0:00 | 101 finish 6:45 | record 101 WR Guinness | record 101 =NR DLV M40")
    assert words(why(told, "101").time)[-2:] == [
        "Marked as WR (Guinness) by office: as told: record 101 WR Guinness",
        "Marked as =NR M40 (DLV) by office: as told: record 101 =NR DLV M40",
    ]
