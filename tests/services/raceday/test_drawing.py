"""The heats of a first round: how many, who runs in which, and in which lane."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, entry, event, moment, start
from tests.services.days import SLUG, go_on, places, run_day
from timing.core.clock import Duration
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.setup.event import Contest, Direction, Heat, Leg, Round, Wave
from timing.core.setup.roster import Entry
from timing.services.house import House, UnknownEventError
from timing.services.raceday import draw_writing, drawing, heat_grid
from timing.services.raceday.drawing import Drawn, Wish
from timing.services.rulings import rule

WAVES = tuple(Wave(code=f"h{number}", name=f"Heat {number}") for number in range(1, 5))


def sprint(heats: int = 3, lanes: int = 8, metres: int = 100, *, backward: bool = False) -> Contest:
    """Heats, each with a gun of its own, and a final."""
    made = contest(
        course=course(
            f"start 0 | finish {metres}",
            legs=(Leg(direction=Direction.BACKWARD),) if backward else (),
        ),
        decimals=2, step=Duration(10_000),
    )  # fmt: skip
    first = Round(
        code="heats", name="Heats", by_place=2, by_time=2,
        heats=tuple(
            Heat(number=number, wave=f"h{number}", lanes=lanes) for number in range(1, heats + 1)
        ),
    )  # fmt: skip
    final = Round(code="final", name="Final", heats=(Heat(number=1, wave="race", lanes=lanes),))
    return replace(made, rounds=(first, final))


def seconds(text: str) -> Duration:
    return Duration(round(float(text) * 1_000_000))


def field(count: int, **teams: str) -> list[Entry]:
    """Bibs from 1, each a tenth slower than the one before; teams: ``b3="GER"``."""
    return [
        entry(str(n), sb=seconds(f"{15 + n / 10}"), delegation=teams.get(f"b{n}", ""))
        for n in range(1, count + 1)
    ]


def draw_day(house: House, entered: Iterable[Entry], *contests: Contest) -> None:
    setup = event(contests or [sprint()], waves=WAVES)
    run_day(house, "", of=setup, entered=list(entered), starts=[])


def drawn(house: House, seed: str = "s", **wish) -> Drawn:
    first = drawing.first_round(house, SLUG, "race")
    return drawing.draw(first, Wish(seed=seed, **wish))


def together(found: Drawn) -> set[frozenset[str]]:
    """Who runs with whom, whatever the number of the heat."""
    heats: dict[int, set[str]] = {}
    for each in found.places:
        heats.setdefault(each.heat, set()).add(each.starter.key)
    return {frozenset(heat) for heat in heats.values()}


def back(house: House) -> None:
    first = drawing.first_round(house, SLUG, "race")
    draw_writing.take_back(house, first, reason="again", by="R")


def heats_of(house: House) -> list[tuple[int, str, int]]:
    """Number, wave and lanes of each heat of the first round."""
    this = drawing.first_round(house, SLUG, "race").round
    return [(heat.number, heat.wave, heat.lanes) for heat in this.heats]


def write(house: House, found: Drawn) -> None:
    draw_writing.write_draw(house, found, reason="draw", by="R")


def test_the_table_says_how_many_heats_and_the_seeding_goes_forth_and_back(house: House):
    draw_day(house, field(18))
    found = drawn(house)
    assert (found.counted.heats, found.counted.table.code) == (3, "iaaf-default")
    assert found.counted.row.stages[0].by_place == 2
    assert together(found) == {
        frozenset(("1", "6", "7", "12", "13", "18")), frozenset(("2", "5", "8", "11", "14", "17")),
        frozenset(("3", "4", "9", "10", "15", "16")),
    }  # fmt: skip
    for number in (1, 2, 3):
        assert sorted(each.lane for each in found.places if each.heat == number) == list(
            range(3, 9)
        )


def test_the_season_best_comes_before_the_personal_best_and_a_time_as_entered(house: House):
    draw_day(
        house,
        [
            entry("1", sb=seconds("17"), pb=seconds("15")),
            entry("2", pb=seconds("16"), seed=seconds("14")),
            entry("3", seed=seconds("18")),
            entry("4"),
        ],
    )
    found = sorted(drawn(house).places, key=lambda each: each.rank)
    assert [(each.starter.key, each.starter.kind) for each in found] == [
        ("2", "PB"), ("1", "SB"), ("3", "seed"), ("4", ""),
    ]  # fmt: skip


def test_who_has_no_mark_comes_last_by_a_lot_that_can_be_drawn_again(house: House):
    draw_day(house, [*field(3), *(entry(str(n)) for n in range(4, 13))])
    found = drawn(house, "one")
    ranked = [each.starter.key for each in sorted(found.places, key=lambda each: each.rank)]
    assert (ranked[:3], set(ranked[3:])) == (["1", "2", "3"], {str(n) for n in range(4, 13)})
    assert drawn(house, "one") == found
    assert drawn(house, "two").places != found.places
    assert drawn(house, "").seed == f"{SLUG} race heats 0"


def both_ways(house: House) -> None:
    """Runner 1 has a mark over the same distance forward, runner 2 one backward."""
    forward = replace(sprint(heats=1), code="forward", name="Forward")
    runner = entry("1", person=7)
    other = entry("2", pb=seconds("17.5"))
    before = Entry(id=9, contest="forward", name="Runner 1", bib="1", person=7, sb=seconds("12.2"))
    draw_day(house, [runner, other, before], sprint(backward=True), forward)


def test_a_forward_mark_over_the_distance_seeds_as_a_labelled_estimate(house: House):
    both_ways(house)
    found = {each.starter.key: each for each in drawn(house).places}
    guess = found["1"].starter
    assert (guess.kind, guess.mark, found["1"].rank) == ("estimate", seconds("17"), 1)
    assert (guess.estimate.low, guess.estimate.high) == (seconds("17"), seconds("19"))
    assert found["2"].starter.estimate is None


def test_no_estimate_without_a_person_or_for_a_forward_race(house: House):
    forward = replace(sprint(heats=1), code="forward", name="Forward")
    before = Entry(id=9, contest="forward", name="Runner 1", bib="1", person=7, sb=seconds("12.2"))
    draw_day(house, [entry("1", person=7), entry("2"), before], sprint(), forward)
    assert {each.starter.kind for each in drawn(house).places} == {""}


def test_team_mates_are_parted_where_that_can_be_and_each_exchange_is_told(house: House):
    draw_day(house, field(18, b1="GER", b6="GER", b2="ITA", b5="ITA"))
    found = drawn(house)
    assert [each.mate for each in found.exchanges] == ["GER"] or len(found.exchanges) == 2
    for heat in together(found):
        assert not heat >= {"1", "6"}
        assert not heat >= {"2", "5"}
    assert (found.together, drawn(house, apart="nobody").exchanges) == (0, ())


def test_clubs_are_kept_apart_instead_of_delegations_and_some_must_stay_together(house: House):
    crowd = [replace(each, nation="GER", club="LG") for each in field(4)]
    rest = [replace(each, nation="GER", club=each.bib) for each in field(18)[4:]]
    draw_day(house, crowd + rest)
    found = drawn(house, apart="club")
    assert found.together == 1
    assert {each.team for each in found.places if each.starter.key in set("1234")} == {"LG"}


def test_the_heats_stand_on_the_start_list_and_can_be_taken_back(house: House):
    draw_day(house, field(9))
    assert drawing.first_rounds(house, SLUG)[0].waiting == 9
    found = drawn(house)
    write(house, found)
    assert places(house, round_code="heats").count("READY") == 9
    grid = heat_grid.heat_grid(house, SLUG, "race", "heats", 1)
    assert {(lane.bib, lane.start.lane) for lane in grid.lanes} == {
        (each.starter.key, each.lane) for each in found.places if each.heat == 1
    }
    assert drawing.first_rounds(house, SLUG)[0].waiting == 0
    back(house)
    assert drawing.first_rounds(house, SLUG)[0].waiting == 9


def test_drawn_anew_before_the_gun_who_withdrew_leaves_the_lane_to_others(house: House):
    draw_day(house, field(9))
    write(house, drawn(house))
    go_on(house, "dns 4 ill heats")
    write(house, drawn(house, "again"))
    state = house.live.ask(SLUG, lambda each: dict(each.lineup.starts))
    assert state[4, "heats"].lane == 0
    taken = [(start.heat, start.lane) for start in state.values() if start.lane]
    assert len(taken) == len(set(taken)) == 8


def test_a_draw_that_is_not_the_one_looked_at_is_not_written(house: House):
    draw_day(house, field(9))
    seen = drawn(house)
    assert drawing.still(drawn(house), seen.stamp) == seen
    go_on(house, "dns 4 ill heats")
    with pytest.raises(Refusal, match="have changed since; please look again"):
        drawing.still(drawn(house), seen.stamp)


def test_after_a_gun_of_the_round_the_draw_stands(house: House):
    draw_day(house, field(9))
    write(house, drawn(house))
    go_on(house, "gun 0:00 h2")
    with pytest.raises(Refusal, match="the gun of Heat 2 has gone off; the draw of Heats stands"):
        drawn(house)
    assert drawing.first_rounds(house, SLUG) == ()


def test_more_than_the_table_knows_or_than_there_are_is_refused_in_a_sentence(house: House):
    draw_day(house, field(90))
    with pytest.raises(Refusal, match=r"90 starters; the table .* ends at 80: please choose"):
        drawn(house)
    with pytest.raises(Refusal, match="90 starters in 41 heats; expected at most 40"):
        drawn(house, heats=41)
    with pytest.raises(Refusal, match="8 lanes for 30 starters; expected a lane for each"):
        drawn(house, heats=3)


def test_more_heats_than_starters_are_refused(house: House):
    draw_day(house, field(3))
    with pytest.raises(Refusal, match="3 starters in 4 heats; expected at most 3"):
        drawn(house, heats=4)


def test_few_enough_for_a_final_run_in_one_heat_and_any_number_can_be_chosen(house: House):
    draw_day(house, field(8))
    assert drawn(house).counted.heats == 1
    assert drawn(house, heats=2).counted.heats == 2
    assert drawn(house, table="usatf-youth").counted.table.code == "usatf-youth"


def test_narrow_heats_need_more_of_them_than_the_table_says(house: House):
    draw_day(house, field(16), sprint(heats=4, lanes=4))
    assert drawn(house).counted.heats == 4


def test_a_race_that_no_table_names_fills_the_heats_it_has_without_lanes(house: House):
    draw_day(house, field(7), sprint(heats=2, lanes=0, metres=1609))
    found = drawn(house)
    assert (found.counted.heats, found.counted.table) == (2, None)
    assert {each.lane for each in found.places} == {0}


def test_two_with_one_bib_are_drawn_by_their_entry(house: House):
    draw_day(house, [entry("1"), entry("2"), entry("", id=3)])
    rule(house, SLUG, [act.BindBib(entry=2, bib="1")], reason="a slip", author="R")
    assert {each.starter.key for each in drawn(house).places} == {"#1", "#2", "#3"}


def test_a_road_race_or_nobody_is_not_drawn(house: House):
    run_day(house, "", of=event([sprint(), contest("road")], waves=WAVES), entered=[], starts=[])
    with pytest.raises(Refusal, match="no starter to draw"):
        drawn(house)
    for code in ("road", "nothing"):
        with pytest.raises(Refusal, match=r"no round of .* is drawn"):
            drawing.first_round(house, SLUG, code)
    assert drawing.first_rounds(house, SLUG) == ()
    for look in (drawing.first_rounds, lambda *each: drawing.first_round(*each, "race")):
        with pytest.raises(UnknownEventError):
            look(house, "nowhere")


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
    this = drawing.first_round(house, SLUG, "race").round
    assert (this.by_place, this.by_time) == (0, 8)
    back(house)
    this = drawing.first_round(house, SLUG, "race").round
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
    first = drawing.first_round(house, SLUG, "race")
    gone = first._replace(event=replace(first.event, slug="nowhere"))
    with pytest.raises(UnknownEventError):
        draw_writing.last_draw(house, gone)
