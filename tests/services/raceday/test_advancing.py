"""Who goes on to the next round, in which heat and lane."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, entry, event, start
from tests.services.days import SLUG, places, run_day
from timing.core.clock import Duration
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.setup.event import Heat, Round
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


def chosen(house: House, seed: str = "s") -> advancing.NextRound:
    return advancing.next_round(house, SLUG, "race", "heats", seed)


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
    rule(house, SLUG, advancing.acts_of(house, chosen(house)), reason="heats", author="R")
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
    assert chosen(house, "").seed == f"{SLUG} race heats 7"
    [mark, move, *_] = advancing.acts_of(house, chosen(house))
    assert isinstance(mark, act.Qualify)
    assert isinstance(move, act.Move)
