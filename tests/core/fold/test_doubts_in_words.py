"""What officials are told: each doubt with its key, whom it is about and its whole sentence."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, entry, event, story
from timing.core.clock import SECOND, Duration
from timing.core.fold.whole import anomalies_of

HALF = contest(course=course("start 0 | half 800 | finish 1609.344"))
LIMITED = contest(course=course("start 0 | finish 1609.344", time_limit=Duration(600 * SECOND)))
TWO = event([contest(), contest("other", course("start 0 | turn 400 | finish 800"))])
NO_WAVE = "A ruling names the wave moon, which does not exist."


def told(text, **setup):
    """``KEY: sentence``, in order."""
    found = anomalies_of(story(text, **setup).state)
    return [f"{each.key}: {each.sentence}" for each in found]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("999 finish 6:45", "unknown_bib:finish:1: Bib 999 at finish belongs to nobody."),
        ("999 finish 6:45 desk", "unknown_bib:finish:1: Bib 999 at finish belongs to nobody."),
        ("chip=A7 finish 6:45", "unknown_chip:finish:1: Chip A7 at finish is bound to no bib."),
        ("1?1 finish 6:45", "half_read_bib:finish:1: Bib 1?1 at finish was only read in part."),
        ("- finish 6:45", "no_bib:finish:1: A time at finish has no bib yet."),
        ("101 finish -", "no_time:finish:1: Bib 101 at finish has no time yet."),
        (
            "@hut - finish -",
            "empty_line:hut:1: A line of station hut names no bib and no time.",
        ),
        (
            "101 moon 1:00",
            "unknown_point:moon: A line names the timing point moon, which does not exist.",
        ),
        (
            "101 finish 3000:00:00",
            "wild_clock:finish: The clock of station finish gives impossible moments.",
        ),
        (
            "@hut 101 finish 6:45 | clock hut 99999999:00:00",
            "wild_clock:hut: The clock of station hut gives impossible moments.",
        ),
    ],
)
def test_a_read_that_is_nobodys_is_told(text, doubt):
    assert told(f"gun 0:00 | {text}", entered="101") == [doubt]


def test_a_bib_without_a_start_and_a_point_of_another_course_are_told():
    assert told("gun 0:00 | 101 finish 6:45", starts=[]) == [
        "no_start:finish:1: Bib 101 was seen at finish; it is entered but starts nowhere."
    ]
    assert told("gun 0:00 | 101 turn 1:00", of=TWO) == [
        "off_course:turn:1: Bib 101 was seen at turn, which is not on its course."
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("void gone", "void"),
        ("note gone fell", "note"),
        ("pair gone gone", "pair"),
        ("blank gone", "blank"),
        ("attribute gone 1", "attribute"),
        ("retime gone -", "retime"),
        ("repoint gone finish", "repoint"),
        ("withdraw gone", "withdraw"),
    ],
)
def test_a_ruling_about_a_line_that_is_not_there_is_told(text, kind):
    assert told(f"gun 0:00 | {text}", entered="101") == [
        f"unknown_line:office:2: A ruling ({kind}) names a line that is not there (yet)."
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("dq 7", "set_status"), ("bib 7 9", "bind_bib"), ("qualify 7 q", "qualify"),
     ("amend 7", "amend"), ("move 7 race", "move"), ("photo 7", "photo_finish"),
     ("dead-heat 7", "dead_heat"), ("offset 7 1", "start_offset")],
)  # fmt: skip
def test_a_ruling_about_nobody_is_told(text, kind):
    assert told(f"gun 0:00 | {text}", entered="101") == [
        f"unknown_entry:office:2: A ruling ({kind}) names entry 7, which does not exist."
    ]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "close race heats",
            ("unknown_round:office:2: A ruling names round heats of contest race, which does not"
            " exist."),
        ),
        (
            "close mile final",
            ("unknown_round:office:2: A ruling names round final of contest mile, which does not"
            " exist."),
        ),
        (
            "move 101 race 1 0 heats",
            ("unknown_round:office:2: A ruling names round heats of contest race, which does not"
            " exist."),
        ),
        ("gun 0:00 moon", f"unknown_wave:office:2: {NO_WAVE}"),
        ("move 101 moon", f"unknown_wave:office:2: {NO_WAVE}"),
        (
            "set 101 6:45 moon",
            "unknown_course_point:office:2: A ruling names moon, which is not on the course.",
        ),
        (
            "set 101 0",
            "bad_time:office:2: A ruling sets a time of 0, which is not after the start.",
        ),
        (
            "set 101 -3 start",
            "bad_time:office:2: A ruling sets a time of -3, which is not after the start.",
        ),
    ],
)  # fmt: skip
def test_a_ruling_about_something_that_is_not_set_up_is_told(text, doubt):
    assert told(f"gun 0:00 | {text}") == [doubt]


def test_one_microsecond_after_the_start_is_a_time_and_at_the_start_itself_the_gun_is():
    assert told("gun 0:00 | set 101 0.000001 half", of=HALF) == []
    assert told("gun 0:00 | set 101 0 start", of=HALF) == []


def test_a_ruling_about_somebody_who_does_not_start_is_told():
    assert told("gun 0:00 | dq 101 TR16.8", starts=[]) == [
        (
            "unknown_start:office:2: A ruling (set_status) is about bib 101 in round final,"
            " where it does not start."
        )
    ]


def test_a_read_moved_to_a_point_that_is_not_set_up_is_told_twice():
    assert told("gun 0:00 | it: 101 finish 6:45 | repoint it moon") == [
        "unknown_point:moon: A line names the timing point moon, which does not exist.",
        "unknown_point:office:2: A line names the timing point moon, which does not exist.",
    ]


@pytest.mark.parametrize(
    ("persons", "shared"),
    [((None, None), 1), ((7, 8), 1), ((7, None), 1), ((5, None), 1), ((7, 7), 0)],
)
def test_one_bib_on_two_people_is_told(persons, shared):
    wearers = [entry("101", person=persons[0]), entry("101", id=5, person=persons[1])]
    doubt = "shared_bib:101: Bib 101 was handed out to 2 people."
    assert told("gun 0:00 | 101 finish 6:45", entered=wearers) == [doubt] * shared


def test_a_wave_without_a_gun_is_told():
    assert told("101 finish 6:45") == ["no_gun:race: Wave race has times but no gun time."]


@pytest.mark.parametrize(
    ("text", "of", "doubts"),
    [
        ("gun 1:00 | 101 half 0:30", HALF, [
            "before_start:101:final:: Bib 101 was seen at Half before its start.",
        ]),
        ("gun 0:00 | 101 finish 6:45 | 101 half 7:45", HALF, [
            "after_finish:101:final:unused: Bib 101 was seen at Half after its finish.",
            "missing_split:101:final:1: Bib 101 has no time at Half.",
        ]),
        ("gun 0:00 | 101 half 4:00 | 101 finish 4:30", HALF, [
            "too_fast:101:final:2: Bib 101 was faster than possible on the way to Finish.",
        ]),
        ("gun 0:00 | 101 half 0:30 | 101 finish 1:00", HALF, [
            "too_fast:101:final:1: Bib 101 was faster than possible on the way to Half.",
            "too_fast:101:final:2: Bib 101 was faster than possible on the way to Finish.",
        ]),
        ("gun 0:00 | 101 finish 11:30", LIMITED, [
            "over_limit:101:final:: Bib 101 finished over the time limit.",
        ]),
        ("gun 0:00 | 101 finish 6:45 chip | 101 finish 6:49 photo", None, [
            ("times_differ:101:final:finish:2: Two readings of bib 101 at Finish are 4.0 apart;"
            " photo counts."),
        ]),
        ("gun 0:00 | 101 finish 6:45 | dns 101", None, [
            "dns_with_time:101:final:: Bib 101 is DNS by ruling and has a time at Finish.",
        ]),
        ("gun 0:00 | 101 finish 6:45 | dnf 101", None, [
            "dns_with_time:101:final:: Bib 101 is DNF by ruling and has a time at Finish.",
        ]),
        ("gun 0:00 | 101 half 3:00 | dnf 101", HALF, []),
        ("gun 0:00 | 101 half 3:00 | dns 101", HALF, [
            "dns_with_time:101:final:: Bib 101 is DNS by ruling and has a time at Half.",
        ]),
        ("gun 0:00 | 101 finish 6:45 | caution 101 knee | caution 101 knee", None, [
            "cautioned:101:final:: Cautions of bib 101: 2.",
        ]),
        ("gun 0:00 | set 101 4:00 half | set 101 3:00 finish", HALF, [
            ("contradiction:101:final:unused: The times of bib 101 contradict each other; see"
            " Half."),
            "missing_split:101:final:1: Bib 101 has no time at Half.",
        ]),
    ],
)  # fmt: skip
def test_what_is_odd_about_an_effort_is_told(text, of, doubts):
    found = anomalies_of(story(text, of=of).state)
    assert [f"{each.key}: {each.sentence}" for each in found] == doubts
    assert {each.entry for each in found} <= {101}


@pytest.mark.parametrize(("apart", "told_of"), [("2:08", []), ("2:07.999999", ["too_fast"])])
def test_who_is_exactly_as_fast_as_possible_is_believed(apart, told_of):
    codes = story(f"gun 0:00 | 101 finish {apart}", of=contest(
        course=course("start 0 | finish 1600")
    )).doubts()  # fmt: skip
    assert codes == told_of


def test_doubts_stand_in_the_order_of_their_codes_and_keys():
    found = told("gun 0:00 | 9 moon 1:00 | 999 finish 6:45 | 998 finish 6:45", entered="101")
    assert [each.partition(": ")[0] for each in found] == [
        "unknown_bib:finish:1", "unknown_bib:finish:2", "unknown_bib:moon:1",
    ]  # fmt: skip


def test_a_doubt_can_be_said_in_another_language():
    german = {"Wave {wave} has times but no gun time.": "Der Lauf {wave} hat keinen Startschuss."}
    [found] = anomalies_of(story("101 finish 6:45").state)
    assert found.said.text(german.__getitem__) == "Der Lauf race hat keinen Startschuss."
