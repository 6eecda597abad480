"""The start: guns, recalls, offsets."""

from __future__ import annotations

import pytest

from tests.core.story import contest, event, moment
from tests.machines.clocks import StandingClock
from tests.services.days import SLUG, places, run_day, set_clock
from timing.core.clock import HOUR, SECOND, Duration, Instant
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.setup.event import Wave
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.raceday import starting
from timing.services.raceday.starting import Press
from timing.services.rulings import rule, withdraw


def card(house: House, wave: str = "race") -> starting.WaveCard:
    return next(each for each in starting.board(house, SLUG).waves if each.wave.code == wave)


def field(house: House, **rules) -> None:
    """Three at the start, the clock at ten."""
    setup = event([contest()])
    if rules:
        setup = setup.__class__(**{
            name: getattr(setup, name) for name in setup.__struct_fields__
        } | rules)  # fmt: skip
    run_day(house, "", of=setup, entered="101 102 103", until="0:00")


def test_the_gun_is_the_clock_of_the_server_when_the_device_says_nothing(house: House):
    field(house)
    at = starting.fire(house, SLUG, "race", Press(), "Starter")
    assert at == moment("0:00") == card(house).gun
    assert card(house).gun_line is not None


def test_the_gun_is_the_press_on_the_device_moved_to_the_servers_clock(house: House):
    field(house)
    pressed = Press(Instant(moment("0:00") - 5 * SECOND), Duration(4 * SECOND))
    assert starting.fire(house, SLUG, "race", pressed, "S") == moment("0:00") - SECOND


def test_a_gun_of_a_wild_clock_is_kept_by_the_server(house: House):
    field(house)
    wild = Press(Instant(moment("0:00") - 3 * HOUR), Duration(0))
    assert starting.fire(house, SLUG, "race", wild, "S") == moment("0:00")
    told = house.live.ask(SLUG, lambda state: state.live[-1].reason)
    assert told == "by the server's clock: the device said 180 min off"


def test_a_gun_that_was_kept_for_hours_without_a_network_is_the_press(house: House):
    field(house)
    pressed, offset = Instant(moment("0:00") - 3 * HOUR), Duration(SECOND)
    press = Press(pressed, offset, sent=Instant(moment("0:00") - SECOND))
    assert starting.fire(house, SLUG, "race", press, "S") == pressed + SECOND


def test_what_is_to_say_about_a_press_stands_beside_the_gun(house: House):
    field(house)
    starting.fire(house, SLUG, "race", Press(moment("0:00"), None, remark="asked first"), "S")
    told = house.live.ask(SLUG, lambda state: state.live[-1].reason)
    assert told == "asked first; by the server's clock: the device had not compared its own"


def test_a_device_that_never_compared_its_clock_is_not_believed(house: House):
    field(house)
    press = Press(Instant(moment("0:00") - SECOND), None)
    assert starting.fire(house, SLUG, "race", press, "S") == moment("0:00")


def test_no_gun_lies_in_the_future(house: House):
    field(house)
    press = Press(Instant(moment("0:00") + SECOND), Duration(0))
    assert starting.fire(house, SLUG, "race", press, "S") == moment("0:00")


def test_a_second_press_does_not_move_the_gun(house: House, clock: StandingClock):
    field(house)
    starting.fire(house, SLUG, "race", Press(), "S")
    clock.advance(SECOND)
    with pytest.raises(Refusal, match="has started already"):
        starting.fire(house, SLUG, "race", Press(), "S")
    assert card(house).gun == moment("0:00")


def test_a_press_that_is_sent_twice_is_one_gun(house: House, clock: StandingClock):
    field(house)
    press = Press(moment("0:00"), Duration(0))
    starting.fire(house, SLUG, "race", press, "S")
    clock.advance(5 * SECOND)
    assert starting.fire(house, SLUG, "race", press, "S") == moment("0:00")
    assert house.live.ask(SLUG, lambda state: len(state.live)) == 1


def test_a_wave_that_is_not_there_is_refused(house: House):
    field(house)
    with pytest.raises(Refusal, match="no wave 'x'"):
        starting.fire(house, SLUG, "x", Press(), "S")
    with pytest.raises(UnknownEventError):
        starting.board(house, "nowhere")


def test_a_correction_is_a_later_gun_and_can_be_taken_back(house: House, clock: StandingClock):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    acts = starting.gun_acts(house, SLUG, "race", moment("0:10") or Instant(0))
    [line] = rule(house, SLUG, acts, reason="seen on the video", author="Ref")
    assert card(house).gun == moment("0:10")
    clock.advance(SECOND)
    withdraw(house, SLUG, line, reason="", author="Ref")
    assert card(house).gun == moment("0:00")


def test_the_first_false_start_is_free_where_the_rules_say_so(house: House):
    field(house, ruleset="irr-2016")
    starting.fire(house, SLUG, "race", Press(), "S")
    assert card(house).free == 1
    acts = starting.recall_acts(house, SLUG, "race", ["102"])
    assert acts == [
        act.Gun(wave="race", at=None), act.Caution(entry=102, round="final", code="false-start"),
    ]  # fmt: skip
    rule(house, SLUG, acts, reason="lane 4 moved", author="S")
    assert (card(house).gun, card(house).free, len(card(house).recalls)) == (None, 0, 1)


def test_whoever_causes_a_further_one_is_out(house: House, clock: StandingClock):
    field(house, ruleset="irr-2016")
    for bib in ("102", "103"):
        acts = starting.recall_acts(house, SLUG, "race", [bib])
        rule(house, SLUG, acts, reason="moved", author="S")
        clock.advance(SECOND)
    assert acts[1] == act.SetStatus(entry=103, round="final", status=Status.DQ, rule="false start")
    assert "DQ 103" in places(house)


def test_without_a_rule_set_nobody_has_a_free_false_start(house: House):
    field(house)
    [_, out] = starting.recall_acts(house, SLUG, "race", ["101"])
    assert isinstance(out, act.SetStatus)
    assert out.rule == "TR16.8"


def test_a_false_start_of_nobody_only_repeats_the_start(house: House):
    field(house)
    assert starting.recall_acts(house, SLUG, "race", []) == [act.Gun(wave="race", at=None)]


def test_a_recall_that_is_undone_does_not_count(house: House, clock: StandingClock):
    field(house, ruleset="irr-2016")
    [line] = rule(house, SLUG, [act.Gun(wave="race", at=None)], reason="", author="S")
    clock.advance(SECOND)
    withdraw(house, SLUG, line, reason="was none", author="S")
    assert card(house).recalls == ()


def test_only_who_starts_in_the_wave_can_have_caused_it(house: House):
    field(house)
    with pytest.raises(Refusal, match="expected one of 101, 102, 103"):
        starting.recall_acts(house, SLUG, "race", ["999"])


def test_offsets_are_read_a_line_a_starter(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 7:00")
    acts = starting.offset_acts(house, SLUG, "race", "102 0:30\n\n101;-5")
    assert acts == [
        act.StartOffset(entry=102, round="final", offset=Duration(30 * SECOND)),
        act.StartOffset(entry=101, round="final", offset=Duration(-5 * SECOND)),
    ]
    rule(house, SLUG, acts, reason="pursuit", author="S")
    assert places(house) == "1 102 | 2 101"


def test_every_line_of_offsets_that_cannot_be_read_is_named(house: House):
    field(house)
    with pytest.raises(Refusal) as refusal:
        starting.offset_acts(house, SLUG, "race", "101 soon\n999 1:00\n102")
    assert [problem.code for problem in refusal.value.problems] == [
        "offset", "unknown-bib", "offset",
    ]  # fmt: skip
    with pytest.raises(Refusal, match="expected lines"):
        starting.offset_acts(house, SLUG, "race", " \n")


def test_waves_stand_in_the_order_in_which_they_should_start(house: House):
    waves = [
        Wave(code="race", name="Late", scheduled=Instant(moment("20:00"))),
        Wave(code="walk", name="Early", scheduled=Instant(moment("10:00"))),
        Wave(code="spare", name="Spare"),
    ]
    run_day(house, "", of=event([contest(), contest("walk")], waves=waves), entered="101")
    board = starting.board(house, SLUG)
    assert [each.wave.code for each in board.waves] == ["walk", "race", "spare"]
    assert board.next is not None
    assert (board.next.wave.code, board.next.who, board.next.starters) == ("race", ("Race",), 1)
    set_clock(house, "20:00")
    starting.fire(house, SLUG, "race", Press(), "S")
    assert starting.board(house, SLUG).next is None


def test_a_card_names_rounds_and_heats_where_there_are_several(house: House):
    run_day(house, "", of=contest(rounds="heats final"), entered="101")
    assert card(house).who == ("Race · Final",)
