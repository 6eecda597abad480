"""Who goes on to the next round, in which heat and lane."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, entry, event, start
from tests.services.days import SLUG, go_on, places, run_day
from tests.services.paper.test_content import words_of
from timing.core.clock import Duration, parse_duration
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.setup.event import Heat, Round, Wave
from timing.services.house import House, UnknownEventError
from timing.services.raceday import advancing
from timing.services.rulings import rule


def track(by_place: int = 1, by_time: int = 1, lanes: int = 8, reserves: int = 1):
    """Two heats of a sprint and a final."""
    sprint = contest(course=course("start 0 | finish 100"), decimals=2, step=Duration(10_000))
    heats = Round(
        code="heats", name="Heats", by_place=by_place, by_time=by_time, reserves=reserves,
        heats=(Heat(number=1, wave="race"), Heat(number=2, wave="race")),
    )  # fmt: skip
    final = Round(code="final", name="Final", heats=(Heat(number=1, wave="race", lanes=lanes),))
    return replace(sprint, rounds=(heats, final))


def heats_day(house: House, text: str, of=None) -> None:
    bibs = [str(number) for number in range(101, 107)]
    starts = [
        start(bib, round="heats", heat=1 + place % 2, lane=1 + place // 2)
        for place, bib in enumerate(bibs)
    ]
    run_day(
        house, "gun 0:00 | " + text, of=event([of or track()]), entered=[entry(b) for b in bibs],
        starts=starts,
    )  # fmt: skip


FIVE = " | ".join(
    f"{bib} finish {time}"
    for bib, time in (("101", "13.0"), ("102", "14.0"), ("103", "13.5"), ("104", "15.0"),
                      ("105", "13.9"), ("106", "14.2"))
)  # fmt: skip


def chosen(house: House, *out: str, **wish) -> advancing.NextRound:
    wish = {"seed": "s", "out": out} | wish
    return advancing.next_round(house, SLUG, "race", "heats", advancing.Wish(**wish))


def write(house: House, found: advancing.NextRound) -> None:
    rule(house, SLUG, advancing.acts_of(house, found), reason="heats", author="R")


def lanes_now(house: House) -> dict[str, int]:
    """The start list of the final: lane by bib."""
    state = house.live.ask(SLUG, lambda each: each)
    return {
        state.lineup.bibs[entry]: start.lane
        for (entry, code), start in state.lineup.starts.items()
        if code == "final"
    }


def test_heat_winners_go_on_by_place_and_the_best_of_the_others_by_time(house: House):
    heats_day(house, FIVE)
    found = chosen(house)
    assert [(each.rank, each.bib, each.mark) for each in found.qualifiers] == [
        (1, "101", "Q"), (2, "102", "Q"), (3, "103", "q"),
    ]  # fmt: skip
    assert found.reserves == ("105",)
    assert (found.unfinished, found.drawn, found.placed) == ((), (), frozenset())


def test_the_better_ranks_are_drawn_into_the_better_lanes(house: House):
    heats_day(house, FIVE)
    found = chosen(house)
    lanes = {each.bib: each.lane for each in found.qualifiers}
    assert len(set(lanes.values())) == 3
    assert all(lane >= 3 for lane in lanes.values())
    assert chosen(house).qualifiers == found.qualifiers


def test_qualifiers_stand_on_the_next_start_list_and_carry_their_mark(house: House):
    heats_day(house, FIVE)
    write(house, chosen(house))
    assert sorted(places(house).split(" | ")) == ["READY 101", "READY 102", "READY 103"]
    snapshot = house.live.snapshot(SLUG, fresh=True)
    marks = {
        row.bib: [m.code for m in row.result.marks]
        for row in snapshot.standings["race", "heats"].rows
    }
    assert marks["101"] == ["Q"]
    assert chosen(house).placed == {"101", "102", "103"}


def test_equals_for_the_last_place_are_drawn_by_lot_and_the_lot_can_be_drawn_again(house: House):
    tie = FIVE.replace("13.9", "13.5")
    heats_day(house, tie, of=track(by_place=1, by_time=1, lanes=3))
    found = chosen(house)
    assert found.drawn == (("103", "105"),)
    assert [each.mark for each in found.qualifiers] == ["Q", "Q", "qD"]
    assert chosen(house) == found


def test_a_round_without_lanes_has_none(house: House):
    heats_day(house, FIVE, of=track(lanes=0))
    assert {each.lane for each in chosen(house).qualifiers} == {0}


def test_a_long_race_is_drawn_by_lot(house: House):
    far = track()
    far = replace(far, course=course("start 0 | finish 1500"))
    heats_day(house, FIVE.replace("finish ", "finish 5:"), of=far)
    assert len({each.lane for each in chosen(house).qualifiers}) == 3


def test_who_has_no_result_yet_is_named_and_nobody_is_no_start_list(house: House):
    heats_day(house, "101 start 0:01")
    found = chosen(house)
    assert (set(found.unfinished) >= {"101"}, found.qualifiers) == (True, ())
    with pytest.raises(Refusal, match="nobody goes on"):
        advancing.acts_of(house, found)


def test_a_final_leads_nowhere(house: House):
    heats_day(house, FIVE)
    _event, rounds = advancing.rounds(house, SLUG)
    assert [(each.code, round_.code) for each, round_ in rounds] == [("race", "heats")]
    for where in (("race", "final"), ("race", "x"), ("x", "heats")):
        with pytest.raises(Refusal, match="no round follows"):
            advancing.next_round(house, SLUG, *where)
    with pytest.raises(UnknownEventError):
        advancing.rounds(house, "nowhere")


def test_without_a_seed_the_line_of_the_journal_is_one(house: House):
    heats_day(house, FIVE)
    assert chosen(house, seed="").seed == f"{SLUG} race heats 7"
    [mark, move, *_] = advancing.acts_of(house, chosen(house))
    assert isinstance(mark, act.Qualify)
    assert isinstance(move, act.Move)


ONE = Wave(code="final", name="The final", scheduled=None)


def own_gun(**how):
    """The same with a gun of its own for the final."""
    made = track(**how)
    final = replace(made.rounds[1], heats=(replace(made.rounds[1].heats[0], wave="final"),))
    return event([replace(made, rounds=(made.rounds[0], final))], waves=(ONE,))


def final_day(house: House, text: str = FIVE, **how) -> None:
    bibs = [str(number) for number in range(101, 107)]
    starts = [
        start(bib, round="heats", heat=1 + place % 2, lane=1 + place // 2)
        for place, bib in enumerate(bibs)
    ]
    run_day(
        house, "gun 0:00 | " + text, of=own_gun(**how), entered=[entry(b) for b in bibs],
        starts=starts,
    )  # fmt: skip


def test_who_withdraws_before_the_list_is_written_gives_the_place_to_the_reserve(house: House):
    final_day(house, reserves=2)
    found = chosen(house, "102")
    assert [(each.rank, each.bib, each.mark, each.reserve) for each in found.qualifiers] == [
        (1, "101", "Q", False), (2, "103", "q", False), (3, "105", "q", True),
    ]  # fmt: skip
    assert (found.withdrawn, found.reserves) == (("102",), ("106",))
    write(house, found)
    assert set(lanes_now(house)) == {"101", "103", "105"}
    assert chosen(house).withdrawn == ("102",)


def test_a_reserve_takes_the_lane_of_a_finalist_who_withdraws_and_nobody_else_moves(house: House):
    final_day(house, by_place=0, by_time=3, lanes=6, reserves=1)
    write(house, chosen(house))
    before = lanes_now(house)
    found = chosen(house, "103")
    assert (found.withdrawn, found.reserves) == (("103",), ())
    write(house, found)
    after = lanes_now(house)
    assert after == {**before, "103": 0, "102": before["103"]}
    assert "DNS 103" in places(house)
    assert "READY 102" in places(house)
    paper = words_of(house, "start", contest="race", round="final")
    assert "Runner 102" in paper
    assert "Runner 103" not in paper
    go_on(house, "gun 20:00 final")
    assert "Runner 103" not in words_of(house, "start", contest="race", round="final")


def test_a_start_list_that_stands_already_is_not_written_again(house: House):
    final_day(house)
    write(house, chosen(house))
    with pytest.raises(Refusal, match="the start list of Final stands as it is"):
        advancing.acts_of(house, chosen(house))


def test_the_best_six_go_to_the_final_by_time_alone_and_reserves_wait(house: House):
    final_day(house, by_place=0, by_time=3, lanes=6, reserves=2)
    found = chosen(house)
    assert [each.bib for each in found.qualifiers] == ["101", "103", "105"]
    assert found.reserves == ("102", "106")


def test_more_withdraw_than_reserves_wait_and_the_place_stays_empty(house: House):
    final_day(house, by_place=0, by_time=3, lanes=6, reserves=1)
    write(house, chosen(house))
    found = chosen(house, "101", "103", "102")
    assert [each.bib for each in found.qualifiers] == ["105"]
    assert found.withdrawn == ("101", "103", "102")


def test_in_a_final_without_lanes_the_reserve_stands_in_the_emptiest_heat(house: House):
    final_day(house, by_place=0, by_time=3, lanes=0, reserves=1)
    write(house, chosen(house))
    write(house, chosen(house, "105"))
    assert lanes_now(house) == {"101": 0, "103": 0, "105": 0, "102": 0}


def test_who_is_disqualified_in_the_heat_later_leaves_the_final_to_the_next(house: House):
    final_day(house, by_place=0, by_time=3, lanes=6)
    write(house, chosen(house))
    before = lanes_now(house)
    go_on(house, "dq 103 TR16.8 heats")
    found = chosen(house)
    assert (found.dropped, found.withdrawn) == (("103",), ())
    write(house, found)
    assert lanes_now(house) == {
        "101": before["101"], "105": before["105"], "102": before["103"],
    }  # fmt: skip
    assert chosen(house).dropped == ()


def test_whom_the_referee_or_the_jury_lets_in_goes_on_with_the_mark(house: House):
    final_day(house, by_place=0, by_time=3, lanes=6)
    found = chosen(house, referee=("106",), jury=("104",))
    assert [(each.bib, each.mark) for each in found.qualifiers] == [
        ("101", "q"), ("103", "q"), ("105", "q"), ("106", "qR"), ("104", "qJ"),
    ]  # fmt: skip
    assert len({each.lane for each in found.qualifiers}) == 5
    write(house, found)
    again = chosen(house)
    assert again.qualifiers == found.qualifiers
    assert again.dropped == ()


def test_whom_no_lane_is_left_for_is_told(house: House):
    final_day(house, by_place=0, by_time=3, lanes=4)
    assert chosen(house, referee=("106",)).without_lane == ()
    found = chosen(house, referee=("106",), jury=("104",))
    assert len(found.without_lane) == 1


def test_a_bib_that_did_not_run_is_refused(house: House):
    final_day(house)
    for wish in ({"referee": ("999",)}, {"jury": ("999",)}, {"out": ("999",)}):
        with pytest.raises(Refusal, match="bib 999 did not run in this round"):
            chosen(house, **wish)


def test_after_the_gun_of_the_final_its_start_list_stands(house: House):
    final_day(house)
    write(house, chosen(house))
    go_on(house, "gun 20:00 final")
    found = chosen(house, "101")
    assert found.guns == ("The final",)
    with pytest.raises(Refusal, match="the gun of The final has gone off; its start list stands"):
        advancing.acts_of(house, found)


def test_a_start_list_that_is_not_the_one_looked_at_is_not_written(house: House):
    final_day(house)
    seen = chosen(house)
    assert advancing.still(chosen(house), seen.stamp) == seen
    go_on(house, "dq 103 TR16.8 heats")
    with pytest.raises(Refusal, match="have changed since; please look again"):
        advancing.still(chosen(house), seen.stamp)


def test_places_by_time_want_one_way_of_timing(house: House):
    mixed = FIVE.replace("104 finish 15.0", "104 finish 15.0 photo")
    final_day(house, mixed)
    assert chosen(house).systems == ("fat", "hand")


def test_places_alone_may_be_timed_in_several_ways(house: House):
    mixed = FIVE.replace("104 finish 15.0", "104 finish 15.0 photo")
    final_day(house, mixed, by_place=2, by_time=0)
    assert chosen(house).systems == ()


def test_a_finalist_whom_somebody_moved_to_a_worse_lane_is_told(house: House):
    final_day(house, by_place=0, by_time=3, lanes=8)
    write(house, chosen(house))
    assert chosen(house).odd == ()
    worse = act.Move(entry=101, round="final", wave="final", heat=1, lane=1)
    rule(house, SLUG, [worse], reason="a slip", author="R")
    [odd] = chosen(house).odd
    assert (odd.bib, odd.lane) == ("101", 1)
    assert set(odd.allowed) <= set(range(3, 9))


def test_two_in_one_lane_are_told_where_lanes_are_by_lot(house: House):
    far = own_gun(by_place=0, by_time=3, lanes=8)
    far = replace(far, contests=(replace(far.contests[0], course=course("start 0 | finish 1500")),))
    starts = [start(str(bib), round="heats", heat=1, lane=bib - 100) for bib in range(101, 107)]
    run_day(
        house, "gun 0:00 | " + FIVE.replace("finish ", "finish 5:"), of=far,
        entered=[entry(str(bib)) for bib in range(101, 107)], starts=starts,
    )  # fmt: skip
    write(house, chosen(house))
    lane = lanes_now(house)["103"]
    same = act.Move(entry=101, round="final", wave="final", heat=1, lane=lane)
    rule(house, SLUG, [same], reason="a slip", author="R")
    assert {(each.bib, each.allowed) for each in chosen(house).odd} == {("101", ()), ("103", ())}


def test_beyond_400_metres_the_next_round_is_seeded_by_marks_improved_by_the_heats(house: House):
    far = replace(track(by_place=2, by_time=0), course=course("start 0 | finish 1500"))
    marks = {"101": "5:30", "102": "5:05", "103": None, "104": "5:20", "105": "5:40", "106": "5:00"}
    entered = [entry(bib, sb=mark and parse_duration(mark)) for bib, mark in marks.items()]
    starts = [
        start(bib, round="heats", heat=1 + place % 2, lane=1 + place // 2)
        for place, bib in enumerate(marks)
    ]
    run_day(
        house, "gun 0:00 | " + FIVE.replace("finish ", "finish 5:"), of=event([far]),
        entered=entered, starts=starts,
    )  # fmt: skip
    assert [each.bib for each in chosen(house).qualifiers] == ["106", "102", "101", "103"]
