"""An event is set up in the browser, from nothing."""

from __future__ import annotations

import pytest

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in
from timing.services.office import setting_up

EVENT = {"name": "Backward Mile Day", "date": "2026-05-30", "timezone": "Europe/Rome",
         "public": "yes", "language-it": "yes"}  # fmt: skip
SETUP = "/staff/backward-mile-day/setup"


@pytest.fixture
def staff(app, house, client):
    sign_in(app, client, "organiser")
    return client


def test_an_event_and_its_contest_are_made_in_two_forms(house, staff):
    assert "New event" in staff.get("/staff/").text
    assert send(staff, "/staff/new", "/staff/new", **EVENT).headers["Location"] == SETUP
    form = {"name": "Mile", "distance": "1 mi", "laps": "4", "direction": "backward",
            "preset": "road-gun", "start": "10:00", "heats": "1"}  # fmt: skip
    made = send(staff, f"{SETUP}/contest", f"{SETUP}/contest", **form)
    assert made.headers["Location"] == SETUP
    page = staff.get(SETUP)
    assert "1,609.344" in page.text
    assert "no gap, no overlap" in page.text
    contest = staff.get(f"{SETUP}/contest/mile")
    assert 'value="402.336 m"' in contest.text
    assert 'value="10:00"' in contest.text


def test_what_was_typed_stays_when_something_is_wrong(staff):
    page = send(staff, "/staff/new", "/staff/new", **EVENT | {"slug": "staff"})
    assert page.status_code == 422
    assert "used by the house" in page.text
    assert 'value="Backward Mile Day"' in page.text
    send(staff, "/staff/new", "/staff/new", **EVENT)
    page = send(staff, f"{SETUP}/contest", f"{SETUP}/contest", name="Mile", distance="far")
    assert page.status_code == 422
    assert 'value="far"' in page.text
    assert staff.get(f"{SETUP}/contest/none").status_code == 404


def test_a_copy_warns_about_its_dates(staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    form = {"name": "Mile", "distance": "1 mi", "start": "10:00"}
    send(staff, f"{SETUP}/contest", f"{SETUP}/contest", **form)
    again = EVENT | {"date": "2027-05-29", "slug": "next", "copy_of": "backward-mile-day"}
    done = send(staff, "/staff/new", "/staff/new", **again)
    assert "start of Mile: moved to 2027-05-29 10:00" in staff.get(done.headers["Location"]).text


def test_facts_of_an_event_are_changed(house, staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    done = send(staff, SETUP, SETUP, **EVENT | {"place": "Bologna", "self_checkin": "yes"})
    assert done.status_code == 302
    event = setting_up.loaded(house, "backward-mile-day")
    assert (event.place, event.self_checkin, event.languages) == ("Bologna", True, ("it",))
    assert send(staff, SETUP, SETUP, **EVENT | {"date": "x"}).status_code == 422


def test_after_the_gun_the_page_shows_what_would_change_and_asks_why(house, staff):
    run_day(house, "gun 0:00 | 101 start 0:09 | 101 finish 9:00")
    address = f"/staff/{SLUG}/setup/contest/race"
    form = {"name": "Race", "basis": "net", "preset": "track-hand", "leg-0-distance": "0 m",
            "leg-0-name": "S", "leg-1-distance": "5 km", "leg-1-name": "F",
            "leg-1-point": "finish"}  # fmt: skip
    look = send(staff, address, address, **form)
    assert look.status_code == 200
    assert "The race has begun" in look.text
    refused = send(staff, address, address, **form, step="do")
    assert refused.status_code == 422
    assert "give a reason" in refused.text
    done = send(staff, address, address, **form, step="do", reason="as invited")
    assert done.status_code == 302
    assert send(staff, address, address, do="remove", step="do", reason="x").status_code == 422
