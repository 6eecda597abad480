"""A draw makes and takes away heats, says who goes on, and gives single starts their times."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, entry, event, moment, start
from tests.services.days import SLUG, go_on, places, run_day
from tests.services.raceday.test_drawing import (
    WAVES,
    back,
    draw_day,
    drawn,
    field,
    heats_of,
    sprint,
    write,
)
from timing.core.clock import Duration
from timing.core.refusal import Refusal
from timing.core.setup.event import Heat, Round, Wave
from timing.services.house import House, UnknownEventError
from timing.services.raceday import draw_writing, first_rounds
from timing.services.raceday.drawing import Drawn


def test_the_draw_makes_the_heats_that_it_needs_and_takes_them_away_with_itself(house: House):
    draw_day(house, field(18), sprint(heats=1))
    before = heats_of(house)
    found = drawn(house)
    assert (found.counted.heats, found.new_heats) == (3, 2)
    write(house, found)
    assert heats_of(house) == [(1, "h1", 8), (2, "race-heat-2", 8), (3, "race-heat-3", 8)]
    assert places(house, round_code="heats").count("READY") == 18
    waves = {each.code: each.name for each in house.live.ask(SLUG, lambda s: s.event).waves}
    assert waves["race-heat-3"] == "Race, heat 3"
    back(house)
    assert heats_of(house) == before
    assert places(house, round_code="heats") == ""
    with pytest.raises(Refusal, match="Heats has no draw to take back"):
        back(house)


def test_a_heat_that_the_draw_made_starts_with_a_gun_of_its_own(house: House):
    draw_day(house, field(18), sprint(heats=1))
    write(house, drawn(house))
    go_on(house, "gun 0:00 race-heat-3")
    with pytest.raises(Refusal, match="the gun of Race, heat 3 has gone off; the draw stands"):
        back(house)
    started = house.live.ask(SLUG, lambda state: [
        key[0] for key, start in state.lineup.starts.items() if state.lineup.started(start)
    ])  # fmt: skip
    assert len(started) == 6


def test_fewer_starters_take_a_heat_away_unless_somebody_of_the_roster_stands_there(house: House):
    draw_day(house, field(9))
    found = drawn(house)
    assert (found.counted.heats, found.new_heats) == (2, -1)
    write(house, found)
    assert [number for number, _wave, _lanes in heats_of(house)] == [1, 2]
    back(house)
    assert [number for number, _wave, _lanes in heats_of(house)] == [1, 2, 3]
    assert heats_of(house)[2][1] == "race-heat-3"


def test_a_heat_in_which_the_start_list_of_the_setup_puts_somebody_stays(house: House):
    told = [start("9", round="heats", heat=3, wave="h3")]
    run_day(house, "", of=event([sprint()], waves=WAVES), entered=field(9), starts=told)
    found = drawn(house)
    assert (found.counted.heats, found.new_heats) == (2, 0)


def test_a_second_draw_is_taken_back_alone(house: House):
    draw_day(house, field(9))
    write(house, drawn(house, "one"))
    first = places(house, round_code="heats")
    write(house, drawn(house, "two"))
    back(house)
    assert places(house, round_code="heats") == first
    assert [number for number, _wave, _lanes in heats_of(house)] == [1, 2]


def test_who_goes_on_can_be_chosen_with_the_draw(house: House):
    draw_day(house, field(18), sprint(heats=1))
    found = drawn(house)
    assert (found.going.told, found.going.usual) == ((3, 2, 2), (3, 2, 2))
    assert found.going.ways == ((3, 2, 2), (3, 1, 5), (3, 0, 8))
    assert (drawn(house, going="9+9").fitting, found.too_many) == ((3, 2, 2), 0)
    assert drawn(house, going="0+8").stamp != found.stamp
    write(house, drawn(house, going="0+8"))
    this = first_rounds.first_round(house, SLUG, "race").round
    assert (this.by_place, this.by_time) == (0, 8)
    back(house)
    this = first_rounds.first_round(house, SLUG, "race").round
    assert (this.by_place, this.by_time) == (2, 2)


def test_more_who_go_on_than_the_next_round_has_lanes_are_told(house: House):
    draw_day(house, field(32))
    found = drawn(house)
    assert (found.counted.heats, found.goes_on, found.too_many) == (4, 10, 8)


def test_nobody_chooses_who_goes_on_where_no_round_follows(house: House):
    alone = sprint()
    draw_day(house, field(9), replace(alone, rounds=alone.rounds[:1]))
    assert drawn(house).going is None
    assert drawn(house).too_many == 0


HALF_A_MINUTE = Duration(30_000_000)


def one_by_one(house: House, count: int = 4, heats: int = 1) -> None:
    """A mile uphill: a start every half a minute; the slowest have no mark."""
    wave = Wave(code="one", name="One", interval=HALF_A_MINUTE, scheduled=moment("60:00"))
    run = contest(course=course("start 0 | finish 1000"))
    only = Round(code="final", name="Final", heats=tuple(
        Heat(number=number, wave="one") for number in range(1, heats + 1)
    ))  # fmt: skip
    entered = [*field(count), entry("90"), entry("91")]
    setup = event([replace(run, rounds=(only,))], waves=(wave,))
    run_day(house, "", of=setup, entered=entered, starts=[])


def order_of(found: Drawn) -> list[str]:
    return [each.starter.key for each in found.places]


def test_single_starts_get_their_order_and_their_times_by_the_draw_the_best_last(house: House):
    one_by_one(house)
    found = drawn(house)
    assert order_of(found)[2:] == ["4", "3", "2", "1"]
    assert set(order_of(found)[:2]) == {"90", "91"}
    assert [each.after for each in found.places] == [HALF_A_MINUTE * n for n in range(6)]
    assert found.places[5].planned == moment("60:00") + 5 * HALF_A_MINUTE
    write(house, found)
    go_on(house, "gun 0:00 one | 1 finish 6:00")
    result = house.live.ask(SLUG, lambda state: state.results[1, "final"])
    assert result.gun == moment("6:00") - moment("2:30")


def test_single_starts_may_be_the_best_first_or_by_lot(house: House):
    one_by_one(house)
    assert order_of(drawn(house, order="best-first"))[:4] == ["1", "2", "3", "4"]
    lot = order_of(drawn(house, order="lot"))
    assert (lot, set(lot)) == (
        order_of(drawn(house, order="lot")), {"1", "2", "3", "4", "90", "91"},
    )  # fmt: skip
    assert len({tuple(order_of(drawn(house, str(n), order="lot"))) for n in range(9)}) > 1
    assert order_of(drawn(house, order="nonsense")) == order_of(drawn(house))


def test_single_starts_are_not_cut_by_a_table_and_a_new_heat_keeps_the_interval(house: House):
    one_by_one(house, count=20)
    assert drawn(house).counted.heats == 1
    write(house, drawn(house, heats=2))
    waves = house.live.ask(SLUG, lambda state: state.event).waves
    assert [(wave.code, wave.interval) for wave in waves] == [
        ("one", HALF_A_MINUTE), ("race", None), ("race-final-2", HALF_A_MINUTE),
    ]  # fmt: skip
    assert [each.lane for each in drawn(house, heats=2).places if each.heat == 2] == list(
        range(1, 12)
    )


def test_a_draw_of_an_event_that_is_gone_cannot_be_looked_for(house: House):
    draw_day(house, field(9))
    first = first_rounds.first_round(house, SLUG, "race")
    gone = first._replace(event=replace(first.event, slug="nowhere"))
    with pytest.raises(UnknownEventError):
        draw_writing.last_draw(house, gone)
