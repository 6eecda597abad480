"""Two people at one line: one presses a button for times, the other writes the bibs in order."""

from __future__ import annotations

from tests.core.story import contest, course, story
from timing.core.fold.whole import anomalies_of

THREE = "gun 0:00 | t1: - finish 6:45 | t2: - finish 6:47 | t3: - finish 6:52"


def rows(told, point="finish"):
    """``6:45 101 | 6:47 -``: the slots at a point, ``*`` where an official paired them."""
    return " | ".join(
        f"{told_time(row.time)} {row.bib.bib if row.bib else '-'}{'*' * row.anchored}"
        for row in told.state.streams.rows[point]
    )


def told_time(read):
    from tests.core.story import ZERO
    from timing.core.clock import format_duration

    return format_duration(read.at - ZERO) if read else "-"


def test_the_nth_bib_gets_the_nth_time():
    told = story(f"{THREE} | 103 finish - | 101 finish - | 102 finish -")
    assert told.sheet() == "1 103 6:45 | 2 101 6:47 | 3 102 6:52"
    assert told.doubts() == []


def test_times_wait_for_their_bibs():
    told = story(f"{THREE} | 103 finish -", entered="101 102 103")
    assert rows(told) == "6:45 103 | 6:47 - | 6:52 -"
    assert told.doubts() == ["no_bib", "streams_differ"]


def test_bibs_wait_for_their_times():
    told = story("gun 0:00 | 101 finish - | 102 finish - | - finish 6:45")
    assert rows(told) == "6:45 101 | - 102"
    assert told.doubts() == ["no_time", "streams_differ"]
    counts = [each.sentence for each in anomalies_of(told.state) if each.code == "streams_differ"]
    assert counts == ["At finish there are 1 times without bib and 2 bibs without time."]


def test_times_stand_in_the_order_of_the_clock_and_bibs_as_they_were_written():
    told = story("gun 0:00 | - finish 6:50 | - finish 6:45 | 102 finish - | 101 finish -")
    assert rows(told) == "6:45 102 | 6:50 101"


def test_a_pair_that_an_official_knows_anchors_both_streams():
    """The runner of the second time slipped through without a bib being written."""
    told = story(f"{THREE} | 101 finish - | b: 102 finish - | pair t3 b")
    assert rows(told) == "6:45 101 | 6:47 - | 6:52 102*"


def test_bibs_before_an_anchor_that_have_no_time_stand_alone():
    told = story("gun 0:00 | t: - finish 6:45 | 101 finish - | b: 102 finish - | pair t b")
    assert rows(told) == "- 101 | 6:45 102*"


def test_anchors_that_cross_each_other_are_not_both_used():
    told = story(f"{THREE} | b1: 101 finish - | b2: 102 finish - | pair t1 b2 | pair t2 b1")
    assert rows(told) == "- 101 | 6:45 102* | 6:47 - | 6:52 -"


def test_a_pair_that_is_withdrawn_lets_the_streams_fall_back():
    told = story(
        f"{THREE} | b1: 101 finish - | 102 finish - | 103 finish - | pair t2 b1 | withdraw last"
    )
    assert rows(told) == "6:45 101 | 6:47 102 | 6:52 103"


def test_a_blank_among_the_times_moves_everything_below():
    told = story(f"{THREE} | 101 finish - | 102 finish - | 103 finish - | 104 finish - | blank t2")
    assert rows(told) == "6:45 101 | - 102 | 6:47 103 | 6:52 104"


def test_a_blank_among_the_bibs_moves_everything_below():
    told = story(f"{THREE} | 101 finish - | b2: 102 finish - | blank b2")
    assert rows(told) == "6:45 101 | 6:47 - | 6:52 102"


def test_blanks_on_both_sides_leave_no_empty_row():
    told = story("gun 0:00 | t: - finish 6:45 | b: 101 finish - | blank t 2 | blank b 2")
    assert rows(told) == "6:45 101"


def test_the_last_word_on_a_blank_holds():
    told = story(f"{THREE} | 101 finish - | b: 102 finish - | blank b 5 | blank b 1")
    assert rows(told) == "6:45 101 | 6:47 - | 6:52 102"
    told = story(f"{THREE} | 101 finish - | b: 102 finish - | blank b -3")
    assert rows(told) == "6:45 101 | 6:47 102 | 6:52 -"


def test_each_point_has_its_own_streams():
    told = story(
        "gun 0:00 | - half 3:00 | - finish 6:45 | 101 half - | 101 finish -",
        of=contest(course=course("start 0 | half 800 | finish 1600")),
    )
    assert told.splits("101") == "1 3:00 | 2 6:45"


def test_a_strange_bib_keeps_its_slot_and_is_told():
    told = story(f"{THREE} | 101 finish - | 99? finish - | 102 finish -", entered="101 102")
    assert told.sheet() == "1 101 6:45 | 2 102 6:52"
    assert told.doubts() == ["half_read_bib"]


def test_a_chip_without_a_time_is_a_bib_without_a_time():
    told = story("gun 0:00 | chip A7 101 | chip=A7 finish - | - finish 6:45", entered="101")
    assert told.sheet() == "1 101 6:45"


def test_a_joined_time_beside_a_chip_read_is_its_backup():
    told = story("gun 0:00 | 101 finish 6:45 chip | 101 finish - | - finish 6:45.4")
    assert told.time("101") == "6:45"
    assert told.unused("101") == ["backup"]


def test_a_time_that_is_voided_moves_the_stream_up():
    told = story(f"{THREE} | 101 finish - | 102 finish - | void t1")
    assert told.sheet() == "1 101 6:47 | 2 102 6:52"


def test_lines_sent_twice_make_no_second_slot():
    told = story(f"{THREE} | 101 finish -")
    from timing.core.fold.whole import fold

    twice = told.journal._replace(reads=told.journal.reads * 2)
    assert fold(told.event, told.roster, twice).streams.rows == told.state.streams.rows


def test_what_the_streams_miss_is_told_in_words():
    told = story("gun 0:00 | - finish 6:45 | 101 finish - | 102 finish -")
    assert [(each.key, each.sentence) for each in anomalies_of(told.state)] == [
        ("no_time:finish:3", "Bib 102 at finish has no time yet."),
        (
            "streams_differ:finish",
            "At finish there are 1 times without bib and 2 bibs without time.",
        ),
    ]
    told = story("gun 0:00 | @hut - finish 6:45", entered="101")
    assert [(each.key, each.sentence) for each in anomalies_of(told.state)] == [
        ("no_bib:hut:1", "A time at finish has no bib yet.")
    ]


def test_two_anchors_side_by_side_hold_both():
    told = story(f"{THREE} | b: 101 finish - | c: 102 finish - | pair t1 b | pair t2 c")
    assert rows(told) == "6:45 101* | 6:47 102* | 6:52 -"


def test_what_stands_before_two_anchors_is_kept():
    told = story(
        f"{THREE} | t4: - finish 6:55 | 101 finish - | b: 102 finish - | 103 finish - "
        "| d: 104 finish - | pair t2 b | pair t4 d"
    )
    assert rows(told) == "6:45 101 | 6:47 102* | 6:52 103 | 6:55 104*"


def test_bibs_of_several_stations_stand_by_station_and_number():
    told = story("gun 0:00 | - finish 6:45 | - finish 6:46 | @z 101 finish - | @a 102 finish -")
    assert rows(told) == "6:45 102 | 6:46 101"
