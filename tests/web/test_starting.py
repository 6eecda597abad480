"""The page at the start."""

from __future__ import annotations

import pytest

from tests.core.story import moment
from tests.services.days import SLUG, places, run_day
from tests.web.desks import send, sign_in

START = f"/staff/{SLUG}/start"
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"


@pytest.fixture
def staff(app, client):
    sign_in(app, client, "timer")
    return client


def gun_of(house):
    return house.live.ask(SLUG, lambda state: state.lineup.guns.get("race"))


def test_a_wave_is_started_with_one_button_and_can_be_undone(house, staff):
    run_day(house, "", entered="101 102", until="0:00")
    done = send(staff, START, f"{START}/race/gun")
    assert done.status_code == 302
    assert gun_of(house) == moment("0:00")
    page = staff.get(START)
    assert "race has started." in page.text
    assert "Undo" in page.text


def test_a_press_on_a_device_is_moved_to_the_servers_clock(house, staff):
    run_day(house, "", entered="101", until="0:10")
    stamp, offset = str(moment("0:08")), "1000000"
    done = send(staff, START, f"{START}/race/gun", stamp=stamp, offset=offset)
    assert done.status_code == 302
    assert gun_of(house) == moment("0:09")
    assert staff.get(f"{START}/state").json["guns"] == {"race": moment("0:09")}


def test_a_second_press_is_refused_in_a_sentence(house, staff):
    run_day(house, RACE)
    refused = send(staff, START, f"{START}/race/gun")
    assert refused.status_code == 422
    assert "has started already" in refused.text


def test_a_late_gun_shows_what_changes_and_asks_for_a_reason(house, staff, clock):
    run_day(house, RACE, until="10:00")
    address = f"{START}/race/time"
    look = send(staff, START, address, ago="9:50")
    assert "2 results and 0 places change." in look.text
    assert gun_of(house) == moment("0:00")
    asked = str(moment("10:00"))
    clock.advance(60_000_000)
    silent = send(staff, START, address, ago="9:50", asked=asked, step="do")
    assert silent.status_code == 422
    assert "Please give a reason" in silent.text
    done = send(staff, START, address, ago="9:50", asked=asked, step="do", reason="missed")
    assert done.status_code == 302
    assert gun_of(house) == moment("0:10")


def test_a_gun_by_the_time_of_day_is_one_of_the_event(house, staff):
    run_day(house, RACE)
    send(staff, START, f"{START}/race/time", day="8:00:05", step="do", reason="video")
    assert gun_of(house) == moment("0:05")


@pytest.mark.parametrize("said", [{}, {"ago": "a while"}, {"day": "noon"}])
def test_a_moment_that_cannot_be_read_is_said_so(house, staff, said):
    run_day(house, RACE)
    look = send(staff, START, f"{START}/race/time", **said)
    assert look.status_code == 422
    assert 'role="alert"' in look.text


def test_a_recall_takes_the_gun_back_and_names_who_caused_it(house, staff):
    run_day(house, "gun 0:00", entered="101 102", until="0:05")
    look = send(staff, START, f"{START}/race/recall", bibs="102")
    assert "1 result" in look.text
    done = send(staff, START, f"{START}/race/recall", bibs="102", step="do", reason="moved")
    assert done.status_code == 302
    assert gun_of(house) is None
    assert "DQ 102" in places(house)
    assert "1 false start" in staff.get(START).text


def test_offsets_of_a_pursuit_are_pasted(house, staff):
    run_day(house, RACE)
    form = {"offsets": "102 0:30", "step": "do", "reason": "pursuit"}
    assert send(staff, START, f"{START}/race/offsets", **form).status_code == 302
    assert places(house) == "1 102 | 2 101"


@pytest.mark.parametrize("act", ["time", "recall", "offsets"])
def test_a_wave_that_is_not_there_is_refused(house, staff, act):
    run_day(house, RACE)
    assert send(staff, START, f"{START}/nowhere/{act}").status_code == 422


def test_only_who_may_start_comes_in(app, house, client):
    run_day(house, RACE)
    assert client.get(START).status_code == 302
    sign_in(app, client, "announcer")
    assert client.get(START).status_code == 403


def test_a_stamp_that_is_no_number_is_refused(house, staff):
    run_day(house, "", entered="101", until="0:00")
    assert send(staff, START, f"{START}/race/gun", stamp="now").status_code == 422
    assert send(staff, START, f"{START}/race/gun", stamp="5").status_code == 302
    assert gun_of(house) == moment("0:00")
