"""An event or a contest of it is cancelled, postponed or stopped, and taken back."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, entry, event, moment, start
from tests.services.days import SLUG, places, run_day, set_clock
from timing.core.clock import Instant
from timing.core.journal.rulings import CallOff, Gun
from timing.core.refusal import Refusal
from timing.core.setup.called_off import WHOLE_EVENT, Fate
from timing.core.setup.event import Wave
from timing.services.raceday.calling_off import Wish, call_off_act, page
from timing.services.rulings import rule, withdraw

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"
TWO = event(
    [contest("short"), contest("long", course("start 0 | bridge 4000 | finish 10000"))],
    waves=[
        Wave(code="short", name="Short", scheduled=moment("30:00")),
        Wave(code="long", name="Long", scheduled=moment("40:00")),
    ],
)
FIELD = {
    "entered": [entry("1", contest="short"), entry("2", contest="long")],
    "starts": [start("1", wave="short"), start("2", wave="long")],
}


def asked(house, wish: Wish) -> CallOff:
    return call_off_act(house, SLUG, wish, house.clock())


def call_off(house, wish: Wish, reason: str = "Storm"):
    return rule(house, SLUG, [asked(house, wish)], reason=reason, author="Anna")[0]


def refusal(house, wish: Wish) -> str:
    with pytest.raises(Refusal) as caught:
        asked(house, wish)
    return caught.value.problems[0].code


def shown(house):
    return house.live.snapshot(SLUG, fresh=True).event


def test_everybody_is_told_at_once_and_taking_it_back_brings_the_results_back(house):
    run_day(house, RACE)
    before = places(house)
    line = call_off(house, Wish("stopped", ("race",)))
    assert places(house) == "STP 101 | STP 102"
    told = shown(house).called_off
    assert {code: (each.fate, each.reason) for code, each in told.items()} == {
        WHOLE_EVENT: (Fate.STOPPED, "Storm"), "race": (Fate.STOPPED, "Storm"),
    }  # fmt: skip
    withdraw(house, SLUG, line, reason="It has passed", author="Anna")
    assert places(house) == before == "1 101 | 2 102"
    assert shown(house).called_off == {}


def test_all_contests_are_the_event_and_one_of_several_is_one(house):
    run_day(house, "", of=TWO, until="0:00", **FIELD)
    assert asked(house, Wish("cancelled", ("short", "long"))).contests == ()
    assert asked(house, Wish("cancelled", ("long",))).contests == ("long",)


def test_an_event_without_a_contest_yet_can_be_cancelled(house):
    run_day(house, "", of=event([]), entered=(), until="0:00")
    assert asked(house, Wish("cancelled")) == CallOff(contests=(), fate=Fate.CANCELLED)


def test_what_has_started_is_stopped_and_what_has_not_is_not(house):
    run_day(house, "gun 30:00 short", of=TWO, until="31:00", **FIELD)
    assert refusal(house, Wish("cancelled", ("short",))) == "fate"
    assert refusal(house, Wish("postponed", ("short",))) == "fate"
    assert refusal(house, Wish("stopped", ("long",))) == "fate"
    assert asked(house, Wish("stopped", ("short", "long"))).contests == ()


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish("", ("long",)), "fate"),
        (Wish("delayed", ("long",)), "fate"),
        (Wish("cancelled"), "contests"),
        (Wish("postponed", ("long",), day="tomorrow"), "new_day"),
        (Wish("postponed", ("long",), day="2020-01-01"), "new_day"),
        (Wish("postponed", ("long",), time="noon"), "new_time"),
        (Wish("postponed", ("long",), day="2026-05-30", time="07:00"), "new_time"),
    ],
)
def test_a_slip_of_the_form_is_refused_at_its_field(house, wish, field):
    run_day(house, "", of=TWO, until="0:00", **FIELD)
    assert refusal(house, wish) == field


def test_a_new_day_may_be_known_without_its_hour(house):
    run_day(house, "", of=TWO, until="0:00", **FIELD)
    made = asked(house, Wish("postponed", ("long",), day="2026-06-06"))
    assert (made.day, made.until) == ("2026-06-06", None)
    made = asked(house, Wish("postponed", ("long",), day="2026-06-06", time="08:00"))
    assert made.until == moment("168:00:00")
    assert asked(house, Wish("postponed", ("long",))).until is None


def test_the_plan_moves_with_what_is_postponed_and_not_with_what_is_not(house):
    run_day(house, "", of=TWO, until="0:00", **FIELD)
    call_off(house, Wish("postponed", ("long",), time="09:00"))
    assert [wave.scheduled for wave in shown(house).waves] == [moment("30:00"), moment("1:00:00")]
    call_off(house, Wish("postponed", ("short", "long"), time="10:00"))
    assert [wave.scheduled for wave in shown(house).waves] == [
        moment("2:00:00"), moment("2:10:00"),
    ]  # fmt: skip
    call_off(house, Wish("postponed", ("short", "long")))
    assert [wave.scheduled for wave in shown(house).waves] == [None, None]


def test_a_postponed_contest_is_on_again_with_its_gun(house):
    run_day(house, "", of=TWO, until="0:00", **FIELD)
    call_off(house, Wish("postponed", ("short", "long"), time="09:00"))
    set_clock(house, "1:00:00")
    gun = Gun(wave="short", at=moment("1:00:00"))
    rule(house, SLUG, [gun], reason="", author="Starter")
    assert list(shown(house).called_off) == ["long"]
    assert places(house, "short") == "READY 1"


def test_results_of_a_stopped_race_stand_as_of_now_or_of_a_time_of_day(house):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 8:00", until="7:00")
    assert asked(house, Wish("stopped", ("race",), counts="finish")).stands == moment("7:00")
    call_off(house, Wish("stopped", ("race",), counts="finish"))
    assert places(house) == "1 101 | STP 102"
    set_clock(house, "9:00")
    call_off(house, Wish("stopped", ("race",), counts="finish", stands="08:08:30"))
    assert places(house) == "1 101 | 2 102"


def test_the_point_of_a_ranking_is_one_of_the_course_of_all_that_are_stopped(house):
    run_day(house, "gun 30:00 short | gun 40:00 long", of=TWO, until="50:00", **FIELD)
    assert [point.code for _, point in page(house, SLUG).points] == ["bridge"]
    made = asked(house, Wish("stopped", ("long",), counts="bridge"))
    assert (made.point, made.stands) == ("bridge", moment("50:00"))
    assert refusal(house, Wish("stopped", ("short", "long"), counts="bridge")) == "counts"


def test_the_desk_sees_what_has_started_what_is_over_and_what_holds(house):
    run_day(house, "gun 30:00 short | close short | stop - finish short", of=TWO, **FIELD)
    found = page(house, SLUG)
    assert [(card.started, card.over, card.fate is not None) for card in found.cards] == [
        (True, True, True), (False, False, False),
    ]  # fmt: skip
    assert [ruling.act.contests for ruling in found.rulings] == [("short",)]


def test_the_desk_does_not_list_what_holds_no_longer(house):
    run_day(house, "", of=TWO, until="0:00", **FIELD)
    call_off(house, Wish("postponed", ("short",)))
    set_clock(house, "0:01")
    call_off(house, Wish("cancelled", ("short",)))
    set_clock(house, "0:02")
    call_off(house, Wish("postponed", ("long",), time="09:00"))
    assert [each.act.fate.value for each in page(house, SLUG).rulings] == [
        "postponed", "cancelled",
    ]  # fmt: skip
    set_clock(house, "1:00:00")
    rule(house, SLUG, [Gun(wave="long", at=moment("1:00:00"))], reason="", author="Starter")
    assert [each.act.contests for each in page(house, SLUG).rulings] == [("short",)]


def test_nonsense_in_a_ruling_does_not_stop_the_pages(house):
    run_day(house, "", of=TWO, until="0:00", **FIELD)
    wild = Instant(1 << 60)
    acts = [
        CallOff(contests=(), fate=Fate.POSTPONED, until=wild, day="whenever"),
        CallOff(contests=("long",), fate=Fate.STOPPED, stands=wild, point="nowhere"),
    ]
    rule(house, SLUG, acts, reason="", author="Anna")
    told = shown(house)
    assert told.called_off["short"].until is None
    assert told.called_off["long"].stands is None
