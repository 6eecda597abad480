"""The station of a volunteer: its link, its lines over HTTP, its page."""

import html

import pytest

from tests.services.days import SLUG, places, run_day
from timing.core.clock import HOUR
from timing.services.office import stations

PHONE = "phone-0001"


@pytest.fixture
def token(house):
    run_day(house, "gun 0:00 | 101 start 0:01 | 102 start 0:01")
    return stations.make_link(house, SLUG, "Finish", "Ada", point="finish")


def send(client, token, *lines, **more):
    return client.post(
        "/api/v1/stations/lines",
        json={"station": PHONE, "lines": list(lines), **more},
        headers={"Authorization": f"Bearer {token}"},
    )


def test_the_page_of_a_station_opens_with_its_link_alone(client, token):
    answer = client.get(f"/s/{token}")
    assert answer.status_code == 200
    assert "Finish" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_lines_are_acknowledged_by_number(client, house, token):
    answer = send(client, token, {"n": 1, "bib": "101", "at": house.clock() - 1})
    assert answer.status_code == 200
    assert [(each["n"], each["outcome"]) for each in answer.json["receipts"]] == [(1, "new")]
    assert answer.json["server_time"] == house.clock()
    assert places(house).startswith("1 101")


@pytest.mark.parametrize("header", ["", "Bearer ", "Basic abc"])
def test_lines_without_a_link_are_refused_in_a_sentence(client, token, header):
    answer = client.post("/api/v1/stations/lines", json={}, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert "link of the station is missing" in answer.json["detail"]


@pytest.mark.parametrize("desk", ["announcer", "screen"])
def test_a_link_of_a_screen_that_everybody_sees_writes_nothing(client, house, token, desk):
    seen = stations.make_link(house, SLUG, "Hall", "Ada", desk=desk)
    for line in ({"n": 1, "bib": "101"}, {"n": 1, "what": "seen", "about": 101, "text": "paid"}):
        answer = send(client, seen, line)
        assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
        assert answer.json["detail"] == "This link is for another desk."
    bearer = {"Authorization": f"Bearer {seen}"}
    assert client.get("/api/v1/stations/expected", headers=bearer).status_code == 403
    assert house.live.snapshot(SLUG, fresh=True).seq == 3


def test_a_forged_link_is_refused_in_a_sentence(client, token):
    answer = send(client, "forged", {"n": 1})
    assert answer.status_code == 403
    assert "not one of ours" in answer.json["detail"]
    assert client.get("/s/forged").status_code == 403


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"station": "x"}', b"\xff", b'{"station":"phone-1","lines":3}']
)
def test_what_is_no_batch_is_named_and_changes_nothing(client, house, token, body):
    answer = client.post(
        "/api/v1/stations/lines", data=body, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 400
    assert answer.json["title"] == "This is no batch of lines"
    assert answer.json["reason"], "what exactly is wrong, for who writes the program"


REFUSED = {
    "en": ("This link is not one of ours", "This link was closed", "This link has ended"),
    "de": ("Dieser Link ist keiner von unseren", "Dieser Link wurde", "Dieser Link ist abgelaufen"),
    "it": ("Questo link non è", "Questo link è stato chiuso", "Questo link è scaduto"),
    "fr": ("Ce lien n’est pas des", "Ce lien a été fermé", "Ce lien a expiré"),
    "es": ("Este enlace no es nuestro", "La oficina de carrera", "Este enlace ha terminado"),
}


@pytest.mark.parametrize("language", REFUSED)
def test_whose_link_is_forged_closed_or_over_is_told_so_in_the_own_language(
    client, house, clock, token, language
):
    closed = stations.make_link(house, SLUG, "Finish", "Ada", point="finish")
    stations.revoke(house, stations.hashed(closed))
    clock.advance(40 * HOUR)
    told = []
    for link in ("forged", closed, token):
        answer = client.post(
            "/api/v1/stations/lines",
            json={"station": PHONE, "lines": []},
            headers={"Authorization": f"Bearer {link}", "Accept-Language": language},
        )
        assert answer.status_code == 403
        told.append(answer.json["detail"])
        page = client.get(f"/s/{link}", headers={"Accept-Language": language})
        assert answer.json["detail"] in html.unescape(page.text)
    for sentence, begins in zip(told, REFUSED[language], strict=True):
        assert sentence.startswith(begins)


def test_what_is_wrong_with_a_batch_or_a_line_is_told_in_the_readers_language(client, token):
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "de"}
    batch = client.post("/api/v1/stations/lines", data=b"[]", headers=headers).json
    assert batch["title"] == "Das ist kein Stapel von Zeilen"
    assert batch["detail"].startswith("Erwartet wurden die Kennung")
    line = {"station": PHONE, "lines": [{"bib": "101"}]}
    [receipt] = client.post("/api/v1/stations/lines", json=line, headers=headers).json["receipts"]
    assert receipt["sentence"].startswith("Diese Zeile ist nicht lesbar")


def test_the_phone_learns_who_may_come(client, token):
    answer = client.get("/api/v1/stations/expected", headers={"Authorization": f"Bearer {token}"})
    assert [person["bib"] for person in answer.json["people"]] == ["101", "102"]


def test_a_device_compares_its_clock(client, house):
    answer = client.get("/api/v1/clock")
    assert answer.json["server_time"] == house.clock()
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_worker_is_a_script_of_its_own_scope(client):
    with client.get("/s/worker.js") as answer:
        assert answer.mimetype == "text/javascript"
        assert "addEventListener" in answer.text
