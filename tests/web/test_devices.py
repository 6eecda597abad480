"""Links for volunteers: made with a code, shown once, listed, closed."""

from __future__ import annotations

import re

import pytest

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in
from timing.services.office import stations
from timing.services.raceday import capture
from timing.services.raceday.capture import Batch
from timing.web.staff.devices import opens_here_only

PAGE = f"/staff/{SLUG}/stations/"


@pytest.fixture
def staff(app, house, client):
    run_day(house, "101 start 0:01")
    sign_in(app, client, "timer")
    return client


def token_of(page):
    return re.search(r'class="secret">[^<]*/s/([^<]+)<', page.text)[1]


def test_a_link_for_a_timing_point_is_shown_once_with_its_code(house, staff):
    page = send(staff, PAGE, PAGE, do="make", place="finish", name="Eva, left side")
    assert "<svg" in page.text
    permit = stations.permit(house, token_of(page))
    assert (permit.point, permit.name) == ("finish", "Eva, left side")
    assert "/s/" not in staff.get(PAGE).text
    assert "Eva, left side" in staff.get(PAGE).text


def test_a_link_names_its_holder_and_a_place_that_exists(staff):
    assert send(staff, PAGE, PAGE, do="make", place="finish", name=" ").status_code == 422
    assert send(staff, PAGE, PAGE, do="make", place="moon", name="Eva").status_code == 422
    assert send(staff, PAGE, PAGE, do="make", place="desk:bar", name="Eva").status_code == 422


def test_devices_are_alive_or_silent_with_what_is_unsent(house, staff, clock):
    page = send(staff, PAGE, PAGE, do="make", place="finish", name="Eva")
    permit = stations.permit(house, token_of(page))
    capture.take(house, permit, Batch(station="phone-0001", unsent=7, offset=3_000_000))
    page = staff.get(PAGE)
    assert "alive" in page.text
    assert '<span class="tag warn">7</span>' in page.text
    assert "3.0 s off" in page.text
    clock.advance(120_000_000)
    assert "silent" in staff.get(PAGE).text


def test_devices_of_one_link_have_a_number_each_here_and_on_their_own_page(house, staff, clock):
    page = send(staff, PAGE, PAGE, do="make", place="finish", name="Eva, on the left side")
    bearer = {"Authorization": f"Bearer {token_of(page)}"}
    told = []
    for device in ("phone-0001", "phone-0002", "phone-0001"):
        sign = {"station": device, "lines": []}
        answer = staff.post("/api/v1/stations/lines", json=sign, headers=bearer)
        told.append(answer.json["name"])
        clock.advance(100_000_000)
    first, second = "Eva, on the left side (1)", "Eva, on the left side (2)"
    assert told == ["Eva, on the left side", second, first]
    assert first in staff.get(PAGE).text
    assert second in staff.get(PAGE).text
    ready = staff.get(f"/staff/{SLUG}/publish").text
    assert f"Station {second} at Finish is silent" in ready


def test_a_closed_link_opens_nothing(house, staff, client):
    page = send(staff, PAGE, PAGE, do="make", place="finish", name="Eva")
    token = token_of(page)
    assert client.get(f"/s/{token}").status_code == 200
    link = re.search(r'name="link" value="(\w+)"', staff.get(PAGE).text)[1]
    send(staff, PAGE, PAGE, do="revoke", link="0" * 64)
    assert client.get(f"/s/{token}").status_code == 200
    send(staff, PAGE, PAGE, do="revoke", link=link)
    assert client.get(f"/s/{token}").status_code == 403
    assert "closed" in staff.get(PAGE).text


@pytest.mark.parametrize(
    ("address", "alone"),
    [
        ("http://127.0.0.1:8000/s/x", True),
        ("http://localhost:8000/s/x", True),
        ("http://[::1]:8000/s/x", True),
        ("http://192.168.1.20:8000/s/x", False),
        ("https://timing.example/s/x", False),
    ],
)
def test_a_link_that_leads_a_phone_to_itself_is_told(address, alone):
    assert opens_here_only(address) is alone


def test_whoever_makes_a_link_on_this_computer_alone_is_warned(staff):
    page = send(staff, PAGE, PAGE, do="make", place="finish", name="Eva")
    assert "opens on this computer only" in page.text
    assert "opens on this computer only" not in staff.get(PAGE).text
