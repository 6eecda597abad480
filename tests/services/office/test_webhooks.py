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
from timing.services.office import telling, webhooks
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
    assert telling.deliver(house, ear) == (0, 0)
    assert ear.heard == []


def test_a_changed_result_is_told_once_with_where_to_read_it(house, hook, ear):
    race.more(house, "mile", *race.times([3]))
    assert telling.deliver(house, ear) == (1, 0)
    assert telling.deliver(house, ear) == (0, 0)
    assert (ear.last["kind"], ear.last["read"]) == ("results", "/api/v1/events/mile")
    assert ear.heard[0].url == URL


def test_a_publication_is_told_with_its_version_and_reason(house, hook, ear):
    publishing.publish(house, "mile", "five", Order("ref", reason="first look"))
    telling.deliver(house, ear)
    assert ear.last["kind"] == "publication"
    assert ear.last["publications"] == [
        {"contest": "five", "version": 1, "state": "provisional", "note": "first look"}
    ]


def test_a_post_is_signed_with_the_secret_and_the_moment(house, hook, ear):
    race.more(house, "mile", *race.times([3]))
    telling.deliver(house, ear)
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
        assert telling.deliver(house, ear) == (0, 1)
        assert telling.deliver(house, ear) == (0, 0)
        (now,) = webhooks.listed(house, "mile")
        pauses.append((now.next_at - clock()) // SECOND)
        clock.advance(Duration(now.next_at - clock()))
    assert pauses == [2, 4, 8, 16]
    assert len({call.headers["X-Timing-Delivery"] for call in ear.heard}) == 1
    ear.status = 200
    assert telling.deliver(house, ear) == (1, 0)
    (now,) = webhooks.listed(house, "mile")
    assert (now.attempts, now.told) == (0, "")


def test_what_comes_meanwhile_goes_into_the_next_post(house, hook, ear, clock):
    race.more(house, "mile", race.times([3])[0])
    telling.deliver(house, ear)
    race.more(house, "mile", race.times([3])[1])
    assert telling.deliver(house, ear) == (0, 0)
    clock.advance(Duration(2 * SECOND))
    assert telling.deliver(house, ear) == (1, 0)
    assert len(ear.heard) == 2


def test_one_that_fails_keeps_nobody_else_from_hearing(house, hook, ear):
    webhooks.add(house, "mile", "https://other.example/", "ref")
    race.more(house, "mile", *race.times([3]))

    def half_deaf(call):
        return 500 if call.url == URL else ear(call)

    assert telling.deliver(house, half_deaf) == (1, 1)


def test_a_hidden_event_is_told_to_nobody(house, ear):
    race.hold(house, race.race(public=False), race.field(3), race.times([1, 2]))
    webhooks.add(house, "mile", URL, "ref")
    race.more(house, "mile", *race.times([3]))
    assert telling.deliver(house, ear) == (0, 0)


def test_what_was_posted_and_answered_is_kept_the_newest_first(house, hook, ear, clock):
    race.more(house, "mile", *race.times([3]))
    ear.status = 500
    telling.deliver(house, ear)
    clock.advance(Duration(2 * SECOND))
    ear.status = 200
    telling.deliver(house, ear)
    new, old = webhooks.posts(house, "mile")
    assert (new.answer, new.told, new.kind) == (200, "", "results")
    assert (old.answer, old.told) == (500, "answered 500; expected 200 to 299")
    assert new.identity == old.identity == ear.last["id"]


def test_no_more_than_fifty_posts_of_an_address_are_kept(house, hook, ear):
    for _ in range(53):
        telling.test(house, "mile", hook.number, ear)
    kept = webhooks.posts(house, "mile")
    assert [each.number for each in kept] == list(range(53, 3, -1))


def test_a_try_says_what_was_answered_and_changes_nothing(house, hook, ear):
    assert telling.test(house, "mile", hook.number, ear) == (200, "")
    assert (ear.last["kind"], ear.last["publications"]) == ("test", [])
    ear.status = 0
    assert telling.test(house, "mile", hook.number, ear).fault.startswith("no answer")
    assert webhooks.listed(house, "mile") == [hook]


def test_one_that_is_switched_off_hears_everything_once_it_is_on_again(house, hook, ear):
    webhooks.switch(house, "mile", hook.number, on=False)
    race.more(house, "mile", *race.times([3]))
    assert telling.deliver(house, ear) == (0, 0)
    webhooks.switch(house, "mile", hook.number, on=True)
    assert telling.deliver(house, ear) == (1, 0)
    with pytest.raises(Refusal, match="no webhook 7"):
        webhooks.switch(house, "mile", 7, on=False)


def test_of_several_processes_one_tells(house, hook, ear):
    race.more(house, "mile", *race.times([3]))
    inner = []

    def slow(call):
        inner.append(telling.deliver(house, ear))  # another process looks meanwhile
        return ear(call)

    assert telling.deliver(house, slow) == (1, 0)
    assert inner == [(0, 0)]
    assert len(ear.heard) == 1


def test_a_process_that_died_while_telling_keeps_an_address_for_half_a_minute(
    house, hook, ear, clock
):
    race.more(house, "mile", *race.times([3]))

    def dies(_call):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        telling.deliver(house, dies)
    assert telling.deliver(house, ear) == (0, 0)
    clock.advance(Duration(30 * SECOND))
    assert telling.deliver(house, ear) == (1, 0)


def test_telling_goes_on_after_a_fault_until_it_is_over(house, hook, ear, caplog):
    race.more(house, "mile", *race.times([3]))
    rounds = iter([False, False, True])

    def broken(call):
        if not ear.heard:
            ear.heard.append(call)
            raise RuntimeError("a fault of ours")
        return ear(call)

    telling.keep_telling(house, broken, lambda _seconds: next(rounds))
    assert "webhooks were not told" in caplog.text


def test_one_that_is_taken_away_hears_nothing(house, hook, ear):
    webhooks.remove(house, "mile", hook.number)
    race.more(house, "mile", *race.times([3]))
    assert telling.deliver(house, ear) == (0, 0)
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
    assert headers["X-Timing-Signature"] == telling.signature(secret, at, body)


def test_a_listening_port_that_is_closed_is_a_fault_and_no_crash():
    call = telling.Call("http://127.0.0.1:9/", {}, b"{}", "test", "x")
    with pytest.raises(OSError, match="refused"):
        telling.post(call)
