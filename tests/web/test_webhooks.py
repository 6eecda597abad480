"""Other systems: addresses are added, tried, switched off and removed; answers are shown."""

from __future__ import annotations

import http.server
import threading
from contextlib import contextmanager

import pytest

from tests.web import race
from tests.web.desks import send, sign_in
from timing.services.office import telling, webhooks

PAGE = "/staff/mile/webhooks/"


@pytest.fixture
def staff(app, house, client, five):
    sign_in(app, client, "organiser")
    return client


class Ear(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(500 if self.path == "/broken" else 204)
        self.end_headers()

    def log_message(self, *_words) -> None:
        """Say nothing."""


@contextmanager
def another_system():
    with http.server.HTTPServer(("127.0.0.1", 0), Ear) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(10)


def test_an_address_is_added_and_its_secret_is_shown_once(house, staff):
    page = send(staff, PAGE, PAGE, url=" https://federation.example/hook ").text
    (hook,) = webhooks.listed(house, "mile")
    assert (hook.url, hook.author) == ("https://federation.example/hook", "organiser")
    assert hook.secret in page
    again = staff.get(PAGE).text
    assert hook.url in again
    assert hook.secret not in again


@pytest.mark.parametrize("url", ["", "federation.example", "file:///etc/passwd"])
def test_what_is_no_address_is_refused_and_stays_in_the_form(house, staff, url):
    answer = send(staff, PAGE, PAGE, url=url)
    assert answer.status_code == 422
    assert "That is no address to post to" in answer.text
    assert f'value="{url}"' in answer.text
    assert webhooks.listed(house, "mile") == []


def test_a_try_shows_what_was_answered(house, staff):
    with another_system() as base:
        for path in ("/good", "/broken"):
            send(staff, PAGE, PAGE, url=base + path)
        send(staff, PAGE, f"{PAGE}1/try")
        assert "Number 1 answered 204. It works." in staff.get(PAGE).text
        send(staff, PAGE, f"{PAGE}2/try")
        page = staff.get(PAGE).text
    assert "Number 2 answered 500; expected 200 to 299." in page
    assert "✓ 204" in page
    assert "! 500" in page
    send(staff, PAGE, f"{PAGE}1/try")
    assert "Number 1: nobody answers there." in staff.get(PAGE).text


def test_what_is_switched_off_says_so_and_hears_nothing(house, staff):
    send(staff, PAGE, PAGE, url="https://federation.example/hook")
    send(staff, PAGE, f"{PAGE}1/switch")
    race.more(house, "mile", race.passing(5, "line", 21 * race.MINUTE, 99))
    assert telling.deliver(house, lambda _call: 200) == (0, 0)
    page = staff.get(PAGE).text
    assert "switched off" in page
    send(staff, PAGE, f"{PAGE}1/switch", on="yes")
    assert telling.deliver(house, lambda _call: 503) == (0, 1)
    page = staff.get(PAGE).text
    assert "1 post failed" in page
    assert "! 503" in page


def test_what_is_removed_is_gone_with_its_posts(house, staff):
    send(staff, PAGE, PAGE, url="https://federation.example/hook")
    telling.test(house, "mile", 1, lambda _call: 200)
    send(staff, PAGE, f"{PAGE}1/remove")
    assert "Nobody is told yet." in staff.get(PAGE).text
    assert webhooks.posts(house, "mile") == []
    assert send(staff, PAGE, f"{PAGE}1/remove").status_code == 422


@pytest.mark.parametrize("role", ["timer", "desk", "judge", "announcer"])
def test_only_who_sets_up_an_event_tells_others(app, client, five, role):
    sign_in(app, client, role)
    assert client.get(PAGE).status_code == 403
