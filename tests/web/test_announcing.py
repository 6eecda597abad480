"""The announcer's desk, the big screen and the kiosk."""

from __future__ import annotations

import re

import pytest

from tests.web import race
from timing.services.office import accounts, stations
from timing.services.public import announcing

PASSWORD = "correct horse battery"


def link(house, desk):
    return stations.make_link(house, "mile", "Hall", "ref", desk=desk)


def signed_in(client, house, role):
    accounts.add(house, role, role, PASSWORD)
    form = {"name": role, "password": PASSWORD, "csrf_token": csrf(client, "/staff/sign-in")}
    assert client.post("/staff/sign-in", data=form).status_code == 302


def csrf(client, path="/staff/mile/announcer"):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)[1]


def test_the_desk_shows_who_comes_who_came_and_whether_a_podium_is_safe(five, client):
    page = client.get(f"/s/{link(five, 'announcer')}/announcer")
    assert page.status_code == 200
    assert "Eva" not in page.text or "Dan O" in page.text
    desk = announcing.desk(five, "mile")
    assert [each.way.line.bib for each in desk.coming] == []  # expected an hour ago
    assert [each.line.bib for each in desk.came] == ["104", "103", "102", "101"]


def test_who_comes_is_told_from_the_last_split(house, client, clock):
    clock.at = race.GUN + 12 * race.MINUTE
    reads = [*race.times([1]), race.passing(2, "turn", 9 * race.MINUTE, 9)]
    race.hold(house, race.race(), race.field(2), reads)
    (coming,) = announcing.desk(house, "mile").coming
    assert coming.way.line.bib == "102"
    assert coming.at == race.GUN + 22.5 * race.MINUTE
    assert "09:22:30" in client.get(f"/s/{link(house, 'announcer')}/announcer").text


def test_a_bib_is_looked_up_with_its_places(five, client):
    page = client.get(f"/s/{link(five, 'announcer')}/announcer?bib=102").text
    assert "102 · <bdi>Bob Łukasz</bdi>" in page
    assert "Nobody wears bib 999" in client.get(
        f"/s/{link(five, 'announcer')}/announcer?bib=999"
    ).text  # fmt: skip


def test_the_big_screen_lists_in_order_and_the_kiosk_answers(five, client):
    token = link(five, "screen")
    screen = client.get(f"/s/{token}/screen").text
    assert re.findall(r'data-bib="(\d+)"', screen) == ["101", "102", "103", "104", "105"]
    kiosk = client.get(f"/s/{token}/kiosk?bib=103").text
    assert "20:20" in kiosk
    assert "Place 3" in kiosk
    assert "Nobody wears bib 7" in client.get(f"/s/{token}/kiosk?bib=7").text
    assert client.get(f"/s/{token}/screen?contest=ten").status_code == 404


@pytest.mark.parametrize("kind", announcing.DESKS)
def test_a_link_without_an_ending_leads_to_its_desk(five, client, kind):
    token = link(five, kind)
    answer = client.get(f"/s/{token}")
    assert (answer.status_code, answer.location) == (302, f"/s/{token}/{kind}")
    assert client.get(answer.location).status_code == 200
    in_german = client.get(f"/s/{token}?lang=de").location
    assert in_german == f"/s/{token}/{kind}?lang=de"


def test_a_link_opens_its_own_desk_only_and_no_longer_when_closed(five, client):
    screen, announcer = link(five, "screen"), link(five, "announcer")
    assert client.get(f"/s/{screen}/announcer").status_code == 403
    assert client.get(f"/s/{announcer}/screen").status_code == 200
    assert client.get("/s/guessed/screen").status_code == 403
    stations.revoke(five, stations.hashed(screen))
    assert client.get(f"/s/{screen}/screen").status_code == 403


def test_pages_of_links_are_kept_by_nobody_and_found_by_no_search(five, client):
    page = client.get(f"/s/{link(five, 'screen')}/screen")
    assert "public" not in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in page.headers
    again = client.get(page.request.path, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("role", ["announcer", "organiser"])
def test_the_staff_make_and_close_links(five, client, role):
    signed_in(client, five, role)
    token = csrf(client)
    assert "Links without a sign-in" in client.get("/staff/mile/announcer").text
    made = client.post("/staff/mile/announcer/links",
                       data={"desk": "screen", "name": "Hall", "csrf_token": token})  # fmt: skip
    address = re.search(r'href="http://localhost(/s/[^"]+/screen)"', made.text)[1]
    assert client.get(address).status_code == 200
    close = re.search(r'action="(/staff/mile/announcer/links/\w+/close)"',
                      client.get("/staff/mile/announcer").text)[1]  # fmt: skip
    client.post(close, data={"csrf_token": token})
    assert client.get(address).status_code == 403
    bad = client.post("/staff/mile/announcer/links", data={"desk": "x", "csrf_token": token})
    assert bad.status_code == 422


def test_an_announcer_closes_no_link_of_a_station(five, client):
    signed_in(client, five, "announcer")
    finish = stations.make_link(five, "mile", "Finish", "ref", point="line")
    (held,) = stations.links(five, "mile")
    close = f"/staff/mile/announcer/links/{held.token_hash}/close"
    assert client.post(close, data={"csrf_token": csrf(client)}).status_code == 404
    assert client.get(f"/s/{finish}").status_code == 200


@pytest.mark.parametrize("role", ["desk", "judge", "timer"])
def test_others_do_not_announce(five, client, role):
    signed_in(client, five, role)
    assert client.get("/staff/mile/announcer").status_code == 403


def test_an_announcer_may_work_for_a_hidden_event(house, client):
    race.hold(house, race.race(public=False), race.field(3), race.times([1, 2, 3]))
    token = link(house, "announcer")
    assert "Bob" in client.get(f"/s/{token}/announcer?bib=102").text
