"""Each row of the one list, field by field."""

from __future__ import annotations

import pytest

from tests.core.story import ZERO, contest, course, entry, moment, start, story
from timing.core.clock import SECOND, Duration
from timing.core.fold.results import Mark
from timing.core.fold.whole import anomalies_of, fold, refold
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.rulings import BindChip
from timing.core.journal.withdrawals import Book
from timing.core.rulebook.rules import Basis
from timing.core.setup.roster import Sex
from timing.core.status import Status

LAPS = contest(
    course=course("start@line 0 | lap@line 400", open_laps=True), basis=Basis.LAPS
)  # fmt: skip


def marks(text, bib="101", **setup):
    return story(f"gun 0:00 | {bib} finish 6:45 | {text}", **setup).result(bib).marks


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("penalty 101 0:10 TR7", Mark("penalty", "", Duration(10 * SECOND), "TR7", "as told: ")),
        ("caution 101 knee", Mark("caution", "knee", Duration(0), "", "as told: ")),
        ("qualify 101 q", Mark("qualify", "q", Duration(0), "", "as told: ")),
        ("dq 101 TR16", Mark("status", "DQ", Duration(0), "TR16", "as told: ")),
        ("set 101 6:40", Mark("set_time", "", Duration(400 * SECOND), "", "as told: ")),
        ("set 101 0:01 start", Mark("set_time", "start", Duration(SECOND), "", "as told: ")),
    ],
)
def test_what_was_ruled_stands_beside_the_time_with_its_reason(text, mark):
    assert marks(text) == (mark._replace(reason=f"as told: {text}"),)


def test_marks_stand_in_the_order_of_the_clock_whoever_ruled():
    told = story("gun 0:00 | 101 finish 6:45 | @z caution 101 early | @a caution 101 late")
    assert [mark.code for mark in told.result("101").marks] == ["early", "late"]
    lineup = told.state.lineup
    early, late = Book(told.journal.rulings).live[1:]
    lineup.untell(early)
    lineup.tell(early)
    assert lineup.about[101, "final"] == [early, late]


def test_a_row_holds_what_every_surface_shows():
    people = [
        entry("101", sex=Sex.WOMEN, category="W40"),
        entry("102", sex=Sex.WOMEN, category="W40"),
        entry("103", sex=Sex.MEN, category="M40"),
        entry("104"),
        entry("105", sex=Sex.MEN, category="M40"),
    ]
    told = story(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 103 finish 6:46 | 104 finish 6:47",
        entered=people,
    )
    listed = told.standings()
    assert (listed.round, listed.seq, listed.contest) == ("final", 5, told.event.contests[0])
    assert [
        (row.place, row.tied, row.bib, row.category, row.sex_place, row.category_place,
         row.heat_place, row.gap)
        for row in listed.rows
    ] == [
        (1, False, "101", "W40", 1, 1, 1, 0),
        (2, True, "102", "W40", 2, 2, 2, SECOND),
        (2, True, "103", "M40", 1, 1, 2, SECOND),
        (4, False, "104", "", None, None, 4, 2 * SECOND),
        (None, False, "105", "M40", None, None, None, None),
    ]  # fmt: skip
    for row in listed.rows:
        assert row.start is told.state.lineup.starts[row.result.key]
        assert row.entry in people


def test_who_was_moved_starts_where_the_ruling_says():
    told = story("gun 0:00 | move 101 race 2 3 | 101 finish 6:45")
    [row] = told.standings().rows
    assert row.start == start("101", heat=2, lane=3)


def test_the_unranked_stand_by_time_then_by_status_then_as_they_start():
    people = [
        entry(bib, out_of_competition=bib in ("101", "102", "108"))
        for bib in ("101", "102", "103", "104", "105", "106", "107", "108")
    ]
    starts = [
        start(bib, heat=heat, lane=lane)
        for bib, heat, lane in (
            ("101", 1, 1), ("102", 1, 2), ("103", 2, 1), ("104", 1, 2), ("105", 1, 1),
            ("106", 1, 1), ("107", 1, 1), ("108", 1, 1),
        )
    ]  # fmt: skip
    told = story(
        "gun 0:00 | 101 finish 6:50 | 102 finish 6:45 | dnf 103 | dnf 104 | dnf 105 | dq 106 "
        "| 107 finish 7:00 | 106 finish 5:00 | 108 finish 6:40 | dnf 108",
        entered=people, starts=starts,
    )  # fmt: skip
    assert told.sheet() == (
        "1 107 7:00 | OK 102 | OK 101 | DNF 105 | DNF 108 | DNF 104 | DNF 103 | DQ 106"
    )


def test_on_laps_who_completed_one_has_a_place_and_the_others_none():
    told = story(
        "gun 0:00 | 101 line 2:00 | 101 line 4:00 | 102 line 1:00 | 102 line 3:00 "
        "| 103 line 0:50 | dnf 103 | penalty 102 2:00",
        of=LAPS, entered="101 102 103 104",
    )  # fmt: skip
    rows = [(row.place, row.bib, row.result.laps, row.gap) for row in told.standings().rows]
    assert rows == [
        (1, "101", 2, None), (2, "102", 2, None), (None, "103", 1, None), (None, "104", 0, None),
    ]  # fmt: skip


def test_net_then_gun_separates_equal_net_times_by_the_gun_with_penalties():
    of = contest(basis=Basis.NET_THEN_GUN)
    told = story(
        "gun 0:00 | 101 start 0:02 | 101 finish 6:42 | 102 start 0:01 | 102 finish 6:41"
        "| 103 start 0:00 | 103 finish 6:35 | penalty 103 0:05",
        of=of,
    )
    assert told.sheet() == "1 103 6:40 | 2 102 6:40 | 3 101 6:40"


def test_exact_places_follow_the_unrounded_time_with_penalties():
    of = contest(rank_exact=True)
    told = story(
        "gun 0:00 | 101 finish 6:40.04 | 102 finish 6:40.03 | 103 finish 6:30.02 "
        "| penalty 103 0:10",
        of=of,
    )
    assert told.sheet() == "1 103 6:40.1 | 2 102 6:40.1 | 3 101 6:40.1"
    net = contest(rank_exact=True, basis=Basis.NET)
    told = story(
        "gun 0:00 | 101 start 0:01 | 101 finish 6:40.04 | 102 finish 6:40 | penalty 101 0:01.01"
        " | 103 start 0:10 | 103 finish 6:50.03",
        of=net,
    )
    assert told.sheet() == "1 102 6:40 | 2 103 6:40.1 | 3 101 6:40.1"


def test_the_picture_separates_whom_it_shows_from_whom_it_does_not():
    told = story(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | 103 finish 6:45 | 104 finish 6:45 "
        "| photo 103 102"
    )
    assert told.sheet() == "1 103 6:45 | 2 102 6:45 | 3= 101 6:45 | 3= 104 6:45"


def test_a_status_of_a_finisher_is_told_by_its_word():
    assert story("gun 0:00 | 101 finish 6:45").result("101").status is Status.OK


def test_a_chip_without_a_code_gives_nobody_the_times_that_name_nobody():
    told = story("gun 0:00", entered="101")
    bound = Ruling("office", 9, ZERO, BindChip(chip="", bib="101"))
    rulings = (*told.journal.rulings, bound)
    state = fold(told.event, told.roster, told.journal._replace(rulings=rulings))
    refold(state, [Read("mat", 1, "finish", None, None, moment("6:45"), "typed")], [], 3)
    assert [each.code for each in anomalies_of(state)] == ["no_bib"]
    assert state.results == told.state.results
