"""Other systems are told of what is new: signed, once, and again where nobody answered."""

from __future__ import annotations

import hashlib
import hmac
import http.server
import json
import threading

import pytest

from tests.web import race
from timing.core.clock import SECOND, Duration
from timing.core.refusal import Refusal
from timing.services.office import webhooks
from timing.services.publications import publishing
from timing.services.publications.publishing import Order

URL = "https://federation.example/hook"


class Ear:
    """Another system that hears posts and answers as it is told to."""

    def __init__(self) -> None:
        self.heard, self.status = [], 200

    def __call__(self, call) -> int:
        self.heard.append(call)
        if self.status == 0:
            raise OSError("connection refused")
        return self.status

    @property
    def last(self):
        return json.loads(self.heard[-1].body)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def hook(house):
    race.hold(house, race.race(), race.field(3), race.times([1, 2]))
    return webhooks.add(house, "mile", URL, "ref")


def test_nothing_new_is_told_to_nobody(house, hook, ear):
    assert webhooks.deliver(house, ear) == (0, 0)
    assert ear.heard == []


def test_a_changed_result_is_told_once_with_where_to_read_it(house, hook, ear):
    race.more(house, "mile", *race.times([3]))
    assert webhooks.deliver(house, ear) == (1, 0)
    assert webhooks.deliver(house, ear) == (0, 0)
    assert (ear.last["kind"], ear.last["read"]) == ("results", "/api/v1/events/mile")
    assert ear.heard[0].url == URL


def test_a_publication_is_told_with_its_version_and_reason(house, hook, ear):
    publishing.publish(house, "mile", "five", Order("ref", reason="first look"))
    webhooks.deliver(house, ear)
    assert ear.last["kind"] == "publication"
    assert ear.last["publications"] == [
        {"contest": "five", "version": 1, "state": "provisional", "note": "first look"}
    ]


def test_a_post_is_signed_with_the_secret_and_the_moment(house, hook, ear):
    race.more(house, "mile", *race.times([3]))
    webhooks.deliver(house, ear)
    (call,) = ear.heard
    moment, signed = call.headers["X-Timing-Signature"].split(",")
    words = moment.removeprefix("t=").encode() + b"." + call.body
    wanted = hmac.new(hook.secret.encode(), words, hashlib.sha256).hexdigest()
    assert signed == f"v1={wanted}"
    assert call.headers["X-Timing-Delivery"] == ear.last["id"]


@pytest.mark.parametrize("status", [500, 404, 302, 0])
def test_who_does_not_answer_is_asked_again_later_and_later(house, hook, ear, clock, status):
    race.more(house, "mile", *race.times([3]))
    ear.status, pauses = status, []
    for _ in range(4):
        assert webhooks.deliver(house, ear) == (0, 1)
        assert webhooks.deliver(house, ear) == (0, 0)
        (now,) = webhooks.listed(house, "mile")
        pauses.append((now.next_at - clock()) // SECOND)
        clock.advance(Duration(now.next_at - clock()))
    assert pauses == [2, 4, 8, 16]
    assert len({call.headers["X-Timing-Delivery"] for call in ear.heard}) == 1
    ear.status = 200
    assert webhooks.deliver(house, ear) == (1, 0)
    (now,) = webhooks.listed(house, "mile")
    assert (now.attempts, now.told) == (0, "")


def test_what_comes_meanwhile_goes_into_the_next_post(house, hook, ear, clock):
    race.more(house, "mile", race.times([3])[0])
    webhooks.deliver(house, ear)
    race.more(house, "mile", race.times([3])[1])
    assert webhooks.deliver(house, ear) == (0, 0)
    clock.advance(Duration(2 * SECOND))
    assert webhooks.deliver(house, ear) == (1, 0)
    assert len(ear.heard) == 2


def test_one_that_fails_keeps_nobody_else_from_hearing(house, hook, ear):
    webhooks.add(house, "mile", "https://other.example/", "ref")
    race.more(house, "mile", *race.times([3]))

    def half_deaf(call):
        return 500 if call.url == URL else ear(call)

    assert webhooks.deliver(house, half_deaf) == (1, 1)


def test_a_hidden_event_is_told_to_nobody(house, ear):
    race.hold(house, race.race(public=False), race.field(3), race.times([1, 2]))
    webhooks.add(house, "mile", URL, "ref")
    race.more(house, "mile", *race.times([3]))
    assert webhooks.deliver(house, ear) == (0, 0)


def test_one_that_is_taken_away_hears_nothing(house, hook, ear):
    webhooks.remove(house, "mile", hook.number)
    race.more(house, "mile", *race.times([3]))
    assert webhooks.deliver(house, ear) == (0, 0)
    with pytest.raises(Refusal, match="no webhook 1"):
        webhooks.remove(house, "mile", hook.number)


@pytest.mark.parametrize(
    "url", ["", "federation.example", "file:///etc/passwd", "https://", "ftp://x/y"]
)
def test_only_web_addresses_are_told(house, hook, url):
    with pytest.raises(Refusal, match="no address to post to"):
        webhooks.add(house, "mile", url, "ref")


class Listener(http.server.BaseHTTPRequestHandler):
    heard: list

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.server.heard.append((self.path, dict(self.headers), self.rfile.read(size)))
        self.send_response(302 if self.path == "/moved" else 204)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_words) -> None:
        """Say nothing."""


def test_a_real_server_hears_a_real_post_and_no_redirect_is_followed(house, hook, runner):
    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        server.heard = []
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        webhooks.remove(house, "mile", hook.number)
        base = f"http://127.0.0.1:{server.server_port}"
        told = runner("webhook", "add", "mile", f"{base}/good").stdout
        runner("webhook", "add", "mile", f"{base}/moved")
        race.more(house, "mile", *race.times([3]))
        done = runner("webhook", "send", "--once")
        server.shutdown()
        thread.join(10)
    assert sorted(path for path, _headers, _body in server.heard) == ["/good", "/moved"]
    assert (done.exit_code, done.stdout) == (1, "1 sent, 1 failed.\n")
    assert "answered 302" in runner("webhook", "list", "mile").stdout
    headers, body = next(each[1:] for each in server.heard if each[0] == "/good")
    secret = told.split()[-1]
    at = int(headers["X-Timing-Signature"].split(",")[0].removeprefix("t="))
    assert headers["X-Timing-Signature"] == webhooks.signature(secret, at, body)


def test_a_listening_port_that_is_closed_is_a_fault_and_no_crash():
    call = webhooks.Call("http://127.0.0.1:9/", {}, b"{}")
    with pytest.raises(OSError, match="refused"):
        webhooks.post(call)
