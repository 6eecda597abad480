"""A heat by lane, typed from watches or from the photo finish."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, event, start
from tests.machines.clocks import StandingClock
from tests.services.days import SLUG, places, run_day
from timing.core.clock import SECOND, Duration, TimeTextError, format_duration
from timing.core.journal.lines import LineId
from timing.core.refusal import Refusal
from timing.core.setup.event import Conditions
from timing.services.house import House, UnknownEventError
from timing.services.raceday.deciding import undo_acts
from timing.services.raceday.grids import digits, write_down
from timing.services.raceday.heat_cells import Typed, read_wind
from timing.services.raceday.heat_grid import heat_grid, heats
from timing.services.raceday.heat_sheet import Field, save_heat
from timing.services.rulings import rule

TRACK = contest(decimals=2, step=Duration(10_000))


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("12345", "1:23.45"), ("1299", "12.99"), ("945", "9.45"), ("45", "0.45"), ("0", "0"),
        ("10203", "1:02.03"), ("1010203", "1:01:02.03"), ("1:23.45", "1:23.45"), ("12,3", "12.3"),
    ],
)  # fmt: skip
def test_digits_need_no_punctuation(typed: str, time: str):
    assert format_duration(digits(typed)) == time


@pytest.mark.parametrize("typed", ["", "fast", "6100", "610000", "123456789", "²", "1" * 5000])
def test_digits_that_are_no_time_are_refused(typed: str):
    with pytest.raises(TimeTextError):
        digits(typed)


def save(house: House, *rows: Typed) -> int:
    grid = heat_grid(house, SLUG, "race", "final", 1)
    return len(save_heat(house, SLUG, grid, list(rows), "Timer"))


def cells(house: House) -> list[tuple[str, str, str, str]]:
    grid = heat_grid(house, SLUG, "race", "final", 1)
    return [(lane.bib, lane.times[0], lane.status, lane.place) for lane in grid.lanes]


@pytest.mark.parametrize("typed", ["²", "1" * 5000, "-1", "first"])
def test_what_is_no_place_and_no_reaction_is_named(house: House, typed: str):
    run_day(house, "gun 0:00", of=TRACK, entered="101")
    with pytest.raises(Refusal) as refusal:
        save(house, Typed("101", ("1299",), place=typed, reaction=typed.replace("-1", "-x")))
    assert {problem.code for problem in refusal.value.problems} == {"place", "reaction"}


def test_lanes_stand_in_order_with_what_was_typed(house: House):
    lanes = [start("101", lane=5), start("102", lane=3)]
    run_day(house, "gun 0:00", of=TRACK, entered="101 102", starts=lanes)
    assert save(house, Typed("102", ("1312",)), Typed("101", ("1299",))) == 2
    assert cells(house) == [("102", "13.12", "", ""), ("101", "12.99", "", "")]
    assert places(house) == "1 101 | 2 102"


def test_saving_twice_changes_nothing(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    rows = Typed("101", ("1299", "1301")), Typed("102", ("1312",))
    assert save(house, *rows) == 3
    assert save(house, *rows) == 0


def test_a_changed_time_corrects_the_line_and_an_empty_cell_takes_it_back(
    house: House, clock: StandingClock
):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    save(house, Typed("101", ("1299",)), Typed("102", ("1312",)))
    for typed, shown in (("1320", "13.20"), ("", ""), ("1250", "12.50")):
        clock.advance(SECOND)
        assert save(house, Typed("101", (typed,)), Typed("102", ("1312",))) == 1
        assert cells(house)[0][1] == shown
    assert places(house) == "1 101 | 2 102"


def test_two_watches_of_three_decide_the_hand_time(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101")
    save(house, Typed("101", ("1290", "1300", "1310")))
    [row] = house.live.snapshot(SLUG, fresh=True).standings["race", "final"].rows
    assert format_duration(row.result.official or 0) == "13"


def test_photo_times_are_the_most_trusted(house: House):
    run_day(house, "gun 0:00 | 101 finish 0:14 watch", of=TRACK, entered="101")
    save(house, Typed("101", ("1287",), photo=True))
    [row] = house.live.snapshot(SLUG, fresh=True).standings["race", "final"].rows
    assert format_duration(row.result.official or 0) == "12.87"


def test_a_status_stands_in_the_cell_of_the_time(house: House, clock: StandingClock):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    save(house, Typed("101", ("dns",)), Typed("102", ("1312",)))
    assert places(house) == "1 102 | DNS 101"
    clock.advance(SECOND)
    save(house, Typed("101", ("1400",)), Typed("102", ("1312",)))
    assert places(house) == "1 102 | 2 101"


def test_a_disqualified_runner_keeps_the_time_that_was_typed(house: House, clock: StandingClock):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    save(house, Typed("101", ("1200",)), Typed("102", ("1312",)))
    clock.advance(SECOND)
    save(house, Typed("101", ("DQ",)), Typed("102", ("1312",)))
    clock.advance(SECOND)
    save(house, Typed("101", ("1200",)), Typed("102", ("1312",)))
    assert places(house) == "1 101 | 2 102"


def test_places_that_were_typed_are_the_order_of_the_judges(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    rows = Typed("101", ("1300",), place="2"), Typed("102", ("1300",), place="1")
    save(house, *rows)
    assert places(house) == "1 102 | 2 101"
    assert save(house, *rows) == 0


def test_another_bib_in_a_lane_takes_the_line_with_it(house: House, clock: StandingClock):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    save(house, Typed("101", ("1300",)), Typed("102", ()))
    clock.advance(SECOND)
    assert save(house, Typed("102", ("1300",)), Typed("101", ())) == 1
    assert places(house).startswith("1 102")


def test_a_time_to_the_thousandth_is_shown_whole_so_that_saving_again_changes_nothing(
    house: House,
):
    run_day(house, "gun 0:00", of=TRACK, entered="101")
    save(house, Typed("101", ("12.345",), photo=True))
    assert cells(house)[0][1] == "12.345"
    assert save(house, Typed("101", ("12.345",), photo=True)) == 0


def test_reaction_times_stand_beside_the_result_and_change_no_time(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    rows = Typed("101", ("1300",), reaction="145"), Typed("102", ("1312",), reaction="0.2")
    assert save(house, *rows) == 4
    grid = heat_grid(house, SLUG, "race", "final", 1)
    assert [lane.reaction for lane in grid.lanes] == ["0.145", "0.200"]
    assert places(house) == "1 101 | 2 102"
    assert save(house, *rows) == 0


def test_a_corrected_reaction_time_is_the_one_that_holds(house: House, clock: StandingClock):
    run_day(house, "gun 0:00", of=TRACK, entered="101")
    save(house, Typed("101", ("1300",), reaction="145"))
    clock.advance(SECOND)
    assert save(house, Typed("101", ("1300",), reaction="0.154")) == 1
    assert heat_grid(house, SLUG, "race", "final", 1).lanes[0].reaction == "0.154"


def test_an_emptied_reaction_cell_withdraws_every_reaction_that_was_ruled(
    house: House, clock: StandingClock
):
    run_day(house, "gun 0:00", of=TRACK, entered="101")
    save(house, Typed("101", ("1300",), reaction="99"))
    clock.advance(SECOND)
    save(house, Typed("101", ("1300",), reaction="154", had_reaction="0.099"))
    clock.advance(SECOND)
    assert save(house, Typed("101", ("1300",), had_reaction="0.154")) == 2
    assert heat_grid(house, SLUG, "race", "final", 1).lanes[0].reaction == ""
    snapshot = house.live.snapshot(SLUG, fresh=True)
    assert "false_start" not in {each.code for each in snapshot.anomalies}
    assert save(house, Typed("101", ("1300",), had_reaction="0.154")) == 0


def test_a_cell_that_is_as_it_was_leaves_alone_what_another_wrote_meanwhile(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    theirs = Typed("101", ("1300",), place="1", reaction="154"), Typed("102", ("1300",), place="2")
    grid = heat_grid(house, SLUG, "race", "final", 1)
    save_heat(house, SLUG, grid, theirs, "Other", Field("+1.0"))
    assert save(house, Typed("101", ("1300",)), Typed("102", ("1300",))) == 0
    after = heat_grid(house, SLUG, "race", "final", 1)
    assert (after.wind, after.lanes[0].reaction) == ("+1.0", "0.154")
    assert [lane.place for lane in after.lanes] == ["1", "2"]


def test_emptied_places_withdraw_the_order_of_the_judges(house: House, clock: StandingClock):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    rows = Typed("101", ("1300",), place="2"), Typed("102", ("1300",), place="1")
    save(house, *rows)
    clock.advance(SECOND)
    assert save(house, *(row._replace(place="", had_place=row.place) for row in rows)) == 1
    assert places(house) == "1 101 | 1 102"


@pytest.mark.parametrize(("typed", "told"), [("99", True), ("-20", True), ("100", False)])
def test_who_reacts_sooner_than_a_tenth_of_a_second_is_told(
    house: House, typed: str, *, told: bool
):
    run_day(house, "gun 0:00", of=TRACK, entered="101")
    save(house, Typed("101", ("1300",), reaction=typed))
    snapshot = house.live.snapshot(SLUG, fresh=True)
    assert ("false_start" in {each.code for each in snapshot.anomalies}) is told


def test_the_wind_of_a_heat_is_a_line_of_the_journal_that_can_be_taken_back(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101")

    def blow(typed: str) -> list[LineId]:
        grid = heat_grid(house, SLUG, "race", "final", 1)
        return save_heat(house, SLUG, grid, [Typed("101")], "Timer", Field(typed))

    [line] = blow("1,23")
    assert heat_grid(house, SLUG, "race", "final", 1).wind == "+1.3"
    snapshot = house.live.snapshot(SLUG, fresh=True)
    assert snapshot.event.conditions.wind == {"race/final/1": "+1.3"}
    assert blow("+1.3") == []
    rule(house, SLUG, undo_acts(house, SLUG, [line]), reason="gauge broken", author="R")
    assert heat_grid(house, SLUG, "race", "final", 1).wind == ""


@pytest.mark.parametrize("of_the_setup", ["", "+0.4"])
def test_an_emptied_wind_is_withdrawn_and_that_of_the_setup_is_not_known(
    house: House, clock: StandingClock, of_the_setup: str
):
    known = Conditions(wind={"race/final/1": of_the_setup} if of_the_setup else {})
    run_day(house, "gun 0:00", of=replace(event([TRACK]), conditions=known), entered="101")

    def blow(now: str, before: str) -> int:
        clock.advance(SECOND)
        grid = heat_grid(house, SLUG, "race", "final", 1)
        lines = save_heat(house, SLUG, grid, [Typed("101")], "Timer", Field(now, before))
        return len(lines)

    assert blow("1.2", of_the_setup) == 1
    assert blow("2.2", "+1.2") == 1
    assert blow("", "+2.2") == (3 if of_the_setup else 2)
    assert heat_grid(house, SLUG, "race", "final", 1).wind == ""
    assert blow("", "") == 0


@pytest.mark.parametrize(
    ("typed", "wind"),
    [("", ""), ("1.2", "+1.2"), ("-2.03", "-2.0"), ("+0", "+0.0"), (" nwi ", "NWI"), ("3", "+3.0")],
)
def test_wind_is_recorded_to_the_tenth_with_its_sign(typed: str, wind: str):
    assert read_wind(typed) == wind


@pytest.mark.parametrize("typed", ["much", "99", "1e9", "nan", "-inf"])
def test_what_is_no_wind_is_refused(typed: str):
    with pytest.raises(Refusal, match="no wind"):
        read_wind(typed)


def test_a_false_start_is_typed_in_the_cell_of_the_time_and_judged_by_the_rules(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    save(house, Typed("101", ("fs",)), Typed("102", ("1312",)))
    assert places(house) == "1 102 | DQ 101"
    assert cells(house)[0][2] == "DQ TR16.8"
    assert save(house, Typed("101", ("DQ TR16.8",)), Typed("102", ("1312",))) == 0


def test_a_false_start_that_is_free_is_noted_beside_the_name(house: House):
    setup = replace(event([TRACK]), ruleset="irr-2016")
    run_day(house, "gun 0:00", of=setup, entered="101 102")
    save(house, Typed("101", ("FS",)), Typed("102", ("1312",)))
    lanes = heat_grid(house, SLUG, "race", "final", 1).lanes
    assert [(lane.status, lane.false_starts) for lane in lanes] == [("", 1), ("", 0)]


def test_what_a_grid_wrote_is_taken_back_as_a_whole(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    grid = heat_grid(house, SLUG, "race", "final", 1)
    rows = [Typed("101", ("1300",), reaction="145"), Typed("102", ("DNF",))]
    lines = save_heat(house, SLUG, grid, rows, "Timer", Field("+1.0"))
    rule(house, SLUG, undo_acts(house, SLUG, lines), reason="wrong heat", author="R")
    grid = heat_grid(house, SLUG, "race", "final", 1)
    assert [(lane.times[0], lane.status) for lane in grid.lanes] == [("", ""), ("", "")]
    assert (grid.wind, grid.lanes[0].reaction) == ("", "")


def test_a_heat_without_a_gun_gets_one(house: House):
    run_day(house, "", of=TRACK, entered="101 102", until="5:00")
    assert save(house, Typed("101", ("1299",)), Typed("102", ("2000",))) == 3
    assert cells(house)[0][1] == "12.99"
    gun = heat_grid(house, SLUG, "race", "final", 1).gun
    assert gun == house.clock() - 20 * SECOND


def test_every_cell_that_cannot_be_read_is_named_and_nothing_is_written(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101 102")
    with pytest.raises(Refusal) as refusal:
        save(house, Typed("101", ("fast",)), Typed("", ("1299",)), Typed("102", (), place="x"),
             Typed("103", (), reaction="quick"))  # fmt: skip
    codes = [each.code for each in refusal.value.problems]
    assert codes == ["time", "bib", "place", "reaction"]
    assert cells(house)[0][1] == ""


def test_the_next_heat_is_the_next_one_that_has_starters(house: House):
    run_day(house, "gun 0:00", of=event([TRACK, contest("walk")]), entered="101")
    _event, every = heats(house, SLUG)
    assert [(c.code, count) for c, _round, _heat, count in every] == [("race", 1), ("walk", 0)]
    assert heat_grid(house, SLUG, "race", "final", 1).following is None
    assert heat_grid(house, SLUG, "walk", "final", 1).following == ("race", "final", 1)


def test_heats_that_are_not_there_are_named(house: House):
    run_day(house, "gun 0:00", of=TRACK, entered="101")
    with pytest.raises(Refusal, match="no heat 9"):
        heat_grid(house, SLUG, "race", "final", 9)
    with pytest.raises(UnknownEventError):
        heats(house, "nowhere")
    with pytest.raises(UnknownEventError):
        write_down(house, "nowhere", [], [], "Timer")
