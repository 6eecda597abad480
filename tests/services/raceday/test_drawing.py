"""The heats of a first round: how many, who runs in which, and in which lane."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, entry, event
from tests.services.days import SLUG, go_on, places, run_day
from timing.core.clock import Duration
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.setup.event import Contest, Direction, Heat, Leg, Round, Wave
from timing.core.setup.roster import Entry
from timing.services.house import House, UnknownEventError
from timing.services.raceday import draw_writing, drawing, first_rounds, heat_grid
from timing.services.raceday.drawing import Drawn
from timing.services.raceday.first_rounds import Wish
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
    first = first_rounds.first_round(house, SLUG, "race")
    return drawing.draw(first, Wish(seed=seed, **wish))


def together(found: Drawn) -> set[frozenset[str]]:
    """Who runs with whom, whatever the number of the heat."""
    heats: dict[int, set[str]] = {}
    for each in found.places:
        heats.setdefault(each.heat, set()).add(each.starter.key)
    return {frozenset(heat) for heat in heats.values()}


def back(house: House) -> None:
    first = first_rounds.first_round(house, SLUG, "race")
    draw_writing.take_back(house, first, reason="again", by="R")


def heats_of(house: House) -> list[tuple[int, str, int]]:
    """Number, wave and lanes of each heat of the first round."""
    this = first_rounds.first_round(house, SLUG, "race").round
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
    assert first_rounds.first_rounds(house, SLUG)[0].waiting == 9
    found = drawn(house)
    write(house, found)
    assert places(house, round_code="heats").count("READY") == 9
    grid = heat_grid.heat_grid(house, SLUG, "race", "heats", 1)
    assert {(lane.bib, lane.start.lane) for lane in grid.lanes} == {
        (each.starter.key, each.lane) for each in found.places if each.heat == 1
    }
    assert first_rounds.first_rounds(house, SLUG)[0].waiting == 0
    back(house)
    assert first_rounds.first_rounds(house, SLUG)[0].waiting == 9


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
    assert first_rounds.first_rounds(house, SLUG) == ()


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
            first_rounds.first_round(house, SLUG, code)
    assert first_rounds.first_rounds(house, SLUG) == ()
    for look in (first_rounds.first_rounds, lambda *each: first_rounds.first_round(*each, "race")):
        with pytest.raises(UnknownEventError):
            look(house, "nowhere")


def test_the_own_ratio_at_another_distance_comes_before_the_usual_one(house: House):
    forward = replace(sprint(heats=1), code="forward", name="Forward")
    longer = replace(sprint(heats=1, metres=200, backward=True), code="back200", name="200 back")
    ahead = replace(sprint(heats=1, metres=200), code="ahead200", name="200")
    marks = (("forward", "12.0"), ("back200", "36"), ("ahead200", "24"))
    others = [
        Entry(id=9 + n, contest=code, name="Runner 1", bib="1", person=7, sb=seconds(mark))
        for n, (code, mark) in enumerate(marks)
    ]
    draw_day(house, [entry("1", person=7), *others], sprint(backward=True), forward, longer, ahead)
    [only] = drawn(house).places
    assert (only.starter.mark, only.starter.estimate.own) == (seconds("18"), True)
