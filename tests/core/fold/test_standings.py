"""The ordered list: ties, the photo finish, places within classes, gaps."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tests.core.story import contest, course, entry, event, start, story
from timing.core.clock import SECOND, Duration, format_duration
from timing.core.fold.standings import doubts_of, standings_of
from timing.core.rulebook.rules import Basis, Ties
from timing.core.setup.roster import Sex

CLOSE = "gun 0:00 | 101 finish 6:44.91 | 102 finish 6:44.99 | 103 finish 6:45.01"
EXACT = contest(rank_exact=True)
RECORDED = contest(ties=Ties.RECORDED)


def test_equal_official_times_share_the_place_and_the_next_is_left_out():
    assert story(CLOSE).sheet() == "1= 101 6:45 | 1= 102 6:45 | 3 103 6:45.1"


def test_places_may_follow_the_times_that_are_not_printed():
    assert story(CLOSE, of=EXACT).sheet() == "1 101 6:45 | 2 102 6:45 | 3 103 6:45.1"


def test_equal_times_may_keep_the_order_in_which_they_were_recorded():
    told = story("gun 0:00 | 102 finish 6:45 | 101 finish 6:45", of=RECORDED)
    assert told.sheet() == "1 102 6:45 | 2 101 6:45"


def test_a_declared_dead_heat_ties_those_who_were_recorded_one_after_the_other():
    told = story("gun 0:00 | 102 finish 6:45 | 101 finish 6:45 | dead-heat 101 102", of=RECORDED)
    assert told.sheet() == "1= 102 6:45 | 1= 101 6:45"


def test_the_photo_finish_separates_equal_times_only():
    told = story(f"{CLOSE} | photo 103 102 101")
    assert told.sheet() == "1 102 6:45 | 2 101 6:45 | 3 103 6:45.1"


@pytest.mark.parametrize(
    ("decided", "sheet"),
    [
        ("photo 102 101 | dead-heat 101 102", "1= 101 6:45 | 1= 102 6:45 | 3 103 6:45"),
        ("photo 103 102 101 | dead-heat 101 102", "1 103 6:45 | 2= 101 6:45 | 2= 102 6:45"),
        ("dead-heat 101 102 | photo 103 102 101", "1 103 6:45 | 2 102 6:45 | 3 101 6:45"),
        ("photo 102 101 103 | dead-heat 103 102", "1= 102 6:45 | 1= 103 6:45 | 3 101 6:45"),
    ],
)
@pytest.mark.parametrize("of", [None, RECORDED], ids=["shared", "recorded"])
def test_of_a_picture_and_a_dead_heat_the_last_word_holds(decided, sheet, of):
    told = story(
        f"gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | 103 finish 6:45 | {decided}", of=of
    )
    assert told.sheet() == sheet


def test_who_is_not_in_the_picture_does_not_pass_before_those_who_are():
    told = story("gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | 103 finish 6:45 | photo 103 102")
    assert told.sheet() == "1 103 6:45 | 2 102 6:45 | 3 101 6:45"


TWO_HEATS = [start("101"), start("102"), start("103", heat=2), start("104", heat=2)]
EQUAL = " | ".join(["gun 0:00", *(f"{bib} finish 6:45" for bib in (101, 102, 103, 104))])


def test_equal_times_of_two_heats_tie_whatever_their_places_in_the_pictures_of_their_heats():
    text = "gun 0:00 | 101 finish 6:44 | 102 finish 6:45 | 103 finish 6:45 | 104 finish 6:46"
    told = story(f"{text} | photo 101 102 | photo 103 104", starts=TWO_HEATS)
    assert told.sheet() == "1 101 6:44 | 2= 102 6:45 | 2= 103 6:45 | 4 104 6:46"


@pytest.mark.parametrize(
    ("pictures", "sheet", "heat_places"),
    [
        ("photo 102 101", "1= 102 6:45 | 1= 103 6:45 | 1= 104 6:45 | 4 101 6:45", [1, 1, 1, 2]),
        (
            "photo 102 101 | photo 104 103",
            "1= 102 6:45 | 1= 104 6:45 | 3= 101 6:45 | 3= 103 6:45",
            [1, 1, 2, 2],
        ),
    ],
)
def test_a_picture_separates_only_those_of_its_heat(pictures, sheet, heat_places):
    told = story(f"{EQUAL} | {pictures}", starts=TWO_HEATS)
    assert told.sheet() == sheet
    assert [row.heat_place for row in told.standings().rows] == heat_places


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(45, 46)), max_size=7), st.data())
def test_places_within_a_heat_are_those_of_the_heat_alone_whatever_other_pictures_show(runs, data):
    heats = {str(100 + number): heat for number, (heat, _) in enumerate(runs)}
    finishes = {bib: f"{bib} finish 6:{at}" for bib, (_, at) in zip(heats, runs, strict=True)}
    pictures = {}
    for heat in set(heats.values()):
        shown = data.draw(st.permutations([bib for bib in heats if heats[bib] == heat]))
        pictures[heat] = " ".join(("photo", *shown[: data.draw(st.integers(0, len(shown)))]))

    def placed(*among):
        who = [bib for bib in heats if heats[bib] in among]
        text = ["gun 0:00", *(finishes[bib] for bib in who), *(pictures[each] for each in among)]
        starts = [start(bib, heat=heats[bib]) for bib in who]
        rows = story(" | ".join(text), entered=who, starts=starts).standings().rows
        return {row.bib: row.heat_place for row in rows}

    alone = [placed(heat) for heat in pictures]
    assert placed(*pictures) == {bib: place for heat in alone for bib, place in heat.items()}


def test_the_later_reading_of_the_photo_holds_and_can_be_withdrawn():
    told = story(f"{CLOSE} | photo 101 102 | photo 102 101")
    assert told.sheet().startswith("1 102 6:45 | 2 101 6:45")
    told = story(f"{CLOSE} | photo 101 102 | photo 102 101 | withdraw last")
    assert told.sheet().startswith("1 101 6:45 | 2 102 6:45")


def test_a_photo_of_another_round_decides_nothing_here():
    told = story(
        f"{CLOSE} | photo 102 101",
        of=contest(rounds="heats final"),
        starts=[start(bib, round="heats") for bib in ("101", "102", "103")],
    )
    assert told.sheet(round_code="heats") == "1= 101 6:45 | 1= 102 6:45 | 3 103 6:45.1"


MIXED = [
    entry("101", sex=Sex.MEN, category="M40"),
    entry("102", sex=Sex.WOMEN, category="W40"),
    entry("103", sex=Sex.WOMEN, category="W40"),
    entry("104", category=""),
]


def test_places_are_counted_within_sex_category_and_heat():
    told = story(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 103 finish 6:46 | 104 finish 6:47",
        entered=MIXED,
        starts=[start("101"), start("102"), start("103", heat=2), start("104", heat=2)],
    )
    assert [
        (row.bib, row.sex_place, row.category, row.category_place, row.heat_place)
        for row in told.standings().rows
    ] == [
        ("101", 1, "M40", 1, 1),
        ("102", 1, "W40", 1, 2),
        ("103", 1, "W40", 1, 1),
        ("104", None, "", None, 2),
    ]


def test_women_and_men_of_one_class_are_counted_apart():
    told = story(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:46",
        entered=[
            entry("101", sex=Sex.MEN, category="40+"),
            entry("102", sex=Sex.WOMEN, category="40+"),
        ],
    )
    assert [row.category_place for row in told.standings().rows] == [1, 1]


def test_gaps_add_up_with_the_times_that_are_printed():
    told = story(CLOSE)
    assert [format_duration(row.gap) for row in told.standings().rows] == ["0", "0", "0.1"]


def test_the_ranked_come_first_and_nobody_ranked_is_an_empty_list():
    assert story("", entered="101").standings().ranked == ()
    assert [row.bib for row in story(f"{CLOSE} | dq 101").standings().ranked] == ["102", "103"]


def test_a_tie_on_the_podium_and_a_missing_class_are_told():
    told = story(CLOSE, of=contest(categories="wma"))
    assert [(each.code, each.sentence) for each in doubts_of(told.standings())] == [
        ("podium_tie", "A tie for place 1 in Race."),
        *[
            ("unclassified", f"Bib {bib} has no category: sex or birth date is missing.")
            for bib in ("101", "102", "103")
        ],
    ]


def test_a_tie_behind_the_podium_is_not_told():
    times = " | ".join(f"{100 + k} finish 6:{44 + min(k, 4)}" for k in range(1, 6))
    told = story(f"gun 0:00 | {times}")
    assert told.sheet().endswith("4= 104 6:48 | 4= 105 6:48")
    assert doubts_of(told.standings()) == []


def test_several_contests_are_ranked_each_for_itself():
    both = event([contest("race"), contest("second")])
    told = story(
        "gun 0:00 | gun 0:00 second | 101 finish 6:45 | 102 finish 6:40",
        of=both,
        entered=["101", entry("102", contest="second")],
    )
    assert (told.sheet("race"), told.sheet("second")) == ("1 101 6:45", "1 102 6:40")


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=8),
    st.integers(0, 3),
    st.sampled_from(list(Ties)),
    st.booleans(),
    st.sampled_from([Basis.GUN, Basis.NET, Basis.NET_THEN_GUN]),
)
def test_a_slower_runner_worsens_nobodys_place(seconds, slower, ties, exact, basis):
    def places(times):
        lines = " | ".join(f"{100 + k} finish 6:{time:02}" for k, time in enumerate(times))
        rules = contest(ties=ties, rank_exact=exact, basis=basis, step=Duration(3 * SECOND))
        return {
            row.bib: row.place for row in story(f"gun 0:00 | {lines}", of=rules).standings().rows
        }

    before, after = places(seconds), places([*seconds, max(seconds) + slower])
    assert {bib: after[bib] for bib in before} == before


def test_who_has_no_category_is_named_by_the_entry():
    told = story(
        "gun 0:00 | 101 finish 6:44 | 102 finish 6:45",
        of=contest(categories="wma"),
        entered=["101", MIXED[1]],
    )
    [found] = doubts_of(told.standings())
    assert (found.code, found.entry) == ("unclassified", 101)
    assert found.key == "unclassified:101:final:"


def test_without_categories_nobody_has_one_ranked_or_not():
    told = story(f"{CLOSE} | dnf 103")
    listed = standings_of(told.state, told.event.contests[0], "final", {})
    assert [(row.place, row.category) for row in listed.rows] == [(1, ""), (1, ""), (None, "")]


def test_of_equal_printed_net_times_the_gun_decides_whatever_the_exact_ones_are():
    told = story(
        "gun 0:00 | 101 start 0:10 | 101 finish 6:50.04 | 102 start 0:20 | 102 finish 7:00.01",
        of=contest(basis=Basis.NET_THEN_GUN),
    )
    assert told.sheet() == "1 101 6:40.1 | 2 102 6:40.1"


def test_equal_times_that_were_only_ruled_keep_the_order_in_which_they_were_ruled():
    seen = "104 finish 6:41 | 105 finish 6:42 | 106 finish 6:43 | 103 finish 6:45"
    told = story(f"gun 0:00 | set 102 6:45 | set 101 6:45 | {seen}", of=RECORDED)
    assert told.sheet().endswith("4 103 6:45 | 5 102 6:45 | 6 101 6:45")


def test_who_is_on_the_course_stands_as_the_race_stands():
    far = contest(course=course("start 0 | turn 800 | bend 1200 | finish 1609.344"))
    seen = "103 turn 3:00 | 104 turn 2:50 | 102 turn 3:10 | 102 bend 4:40 | 106 finish 6:00"
    told = story(f"gun 0:00 | {seen}", of=far)
    assert [row.bib for row in told.standings().rows] == ["106", "102", "104", "103"]


def test_who_is_not_seen_yet_stands_in_start_order():
    told = story("gun 0:00 | 106 finish 6:00", entered=[entry("103"), entry("101"), entry("106")])
    assert [row.bib for row in told.standings().rows] == ["106", "101", "103"]
