"""What is sent arrives whole or not at all, and whoever sends slowly holds nobody up."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from threading import Event, Thread

import pytest

from timing.web.arrival import SENDERS, Arrival


def echo(environ, start):
    start("200 OK", [])
    return [environ["wsgi.input"].read()]


class Stuck:
    """A stream whose sender says so much and then nothing more until it is let go."""

    def __init__(self, *said: bytes) -> None:
        self.said, self.asked, self.gone = list(said), Event(), Event()

    def read(self, _size: int) -> bytes:
        if self.said:
            return self.said.pop(0)
        self.asked.set()
        self.gone.wait()
        return b""


class Lost:
    def read(self, _size: int) -> bytes:
        raise OSError("connection reset")


def sent(door: Arrival, stream, length: str = "5", **more: str) -> tuple[str, bytes]:
    told = []
    environ = {"wsgi.input": stream, "CONTENT_LENGTH": length, **more}
    answer = door(environ, lambda status, headers: told.append((status, dict(headers))))
    body = b"".join(answer)
    status, headers = told[0]
    assert headers.get("Content-Length", str(len(body))) == str(len(body))
    return status, body


@pytest.fixture
def door() -> Arrival:
    return Arrival(echo, workers=2, most=100_000, patience=0.01)


def test_what_is_sent_reaches_the_page_whole(door):
    for body in (b"12345", b"x" * 60_000):
        assert sent(door, BytesIO(body), str(len(body))) == ("200 OK", body)


def test_what_says_no_length_is_taken_too(door):
    assert sent(door, BytesIO(b"12345"), "", HTTP_TRANSFER_ENCODING="chunked")[1] == b"12345"


def test_what_is_too_large_is_left_to_the_page_to_refuse(door):
    untouched = BytesIO(b"x")
    assert sent(door, untouched, "100001") == ("200 OK", b"x")


def test_a_reader_who_sends_nothing_is_not_looked_at(door):
    assert sent(door, BytesIO(b""), "") == ("200 OK", b"")
    assert sent(door, BytesIO(b""), "0") == ("200 OK", b"")


@pytest.mark.parametrize("said", [(), (b"12",)])
def test_who_stops_in_the_middle_is_told_after_a_while(door, said):
    stuck = Stuck(*said)
    status, body = sent(door, stuck)
    stuck.gone.set()
    assert status == "408 Request Timeout"
    assert b"Please send it again." in body


def test_who_is_lost_in_the_middle_writes_nothing(door):
    assert sent(door, Lost())[0] == "408 Request Timeout"


@contextmanager
def full(door: Arrival):
    """A door before which as many stand as may, all of them silent."""
    stuck = [Stuck() for _ in range(SENDERS)]
    waiting = [Thread(target=sent, args=(door, each)) for each in stuck]
    for each in waiting:
        each.start()
    for each in stuck:
        each.asked.wait()
    yield
    for each in stuck:
        each.gone.set()
    for each in waiting:
        each.join()


def test_many_who_send_nothing_more_hold_no_reader_up():
    door = Arrival(echo, workers=2, most=100_000, patience=60)
    with full(door):
        assert sent(door, BytesIO(b""), "") == ("200 OK", b"")
        status, body = sent(door, BytesIO(b"12345"))
        assert status == "503 Service Unavailable"
        assert b"Please send it again." in body
    assert sent(door, BytesIO(b"12345")) == ("200 OK", b"12345")
