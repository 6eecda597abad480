"""The ground that the other tests stand on."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from threading import Event
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import psycopg
import pytest
import pytest_socket
from flask import Flask, Response, url_for
from sqlalchemy import create_engine, text

from tests.machines.clocks import StandingClock
from tests.machines.eyes import flaws, flaws_day_and_night
from tests.machines.ports import free_port
from tests.machines.required import REQUIRE, missing
from tests.machines.served import served
from timing.core.clock import MINUTE, datetime_of


def test_the_clock_of_a_test_stands_until_it_is_moved(clock: StandingClock):
    assert datetime_of(clock()).isoformat() == "2025-07-05T08:00:00+00:00"
    clock.advance(MINUTE)
    assert clock() == clock()
    assert datetime_of(clock()).isoformat() == "2025-07-05T08:01:00+00:00"


def test_no_test_leaves_this_computer():
    blocked = (pytest_socket.SocketConnectBlockedError, UserWarning)
    with socket.socket() as outward, pytest.raises(blocked, match=r"192\.0\.2\.1"):
        outward.connect(("192.0.2.1", 80))


def test_an_empty_database_has_no_table_and_takes_one(empty_database_url: str, engine_name: str):
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE runner (bib integer)"))
        connection.execute(text("INSERT INTO runner VALUES (7)"))
        assert connection.execute(text("SELECT bib FROM runner")).scalar() == 7
    engine.dispose()
    assert engine.dialect.name == {"sqlite": "sqlite", "postgres": "postgresql"}[engine_name]


@pytest.mark.postgres
def test_the_private_server_listens_on_no_port(postgres_server):
    with psycopg.connect(postgres_server.conninfo()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_missing_part_is_skipped_by_name_and_with_its_command(monkeypatch):
    monkeypatch.setenv(REQUIRE, "postgres")
    with pytest.raises(pytest.skip.Exception, match=r"no browser .* apt-get install chromium"):
        missing("browser", "apt-get install chromium")


def test_a_missing_part_that_is_required_is_a_failure(monkeypatch):
    monkeypatch.setenv(REQUIRE, "browser,postgres")
    with pytest.raises(pytest.fail.Exception, match="TIMING_REQUIRE names it"):
        missing("browser", "apt-get install chromium")


def test_the_browser_draws_a_page_and_reaches_nobody(page):
    page.set_content("<title>Mile</title><h1>Backwards Mile</h1>")
    assert page.title() == "Mile"
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://results.example/")


def test_a_flaw_that_is_only_there_in_the_dark_and_a_page_too_wide_are_seen(page):
    page.set_content(
        """<html lang="en"><title>Mile</title><main><h1>Mile</h1><p>Backward</p></main><style>
        p { color: #222; } @media (prefers-color-scheme: dark) { p { color: #eee; } }
        </style>"""
    )
    assert [each[:2] for each in flaws_day_and_night(page)] == [("dark", "color-contrast")]
    page.set_content('<html lang="en"><title>Mile</title><main><h1 style="width:9000px">M</h1>')
    assert list(flaws(page)) == [("wider than the screen",)]


def test_an_application_is_served_to_a_real_browser(page):
    app = Flask("mile")
    app.add_url_rule("/", view_func=lambda: "<title>Mile</title>results")
    with served(app) as url:
        page.goto(url)
        assert page.title() == "Mile"


def test_a_port_is_given_once_and_is_free():
    given = [free_port() for _ in range(20)]
    assert len(set(given)) == 20
    with socket.create_server(("127.0.0.1", given[0])) as own:
        assert own.getsockname()[1] == given[0]


def test_applications_share_how_an_address_is_written_and_not_what_it_says(kept_pages):
    told = []
    for rule in ("/<slug>/bib/<int:bib>", "/<slug>/bib/<int:bib>", "/<slug>/heat/<int:bib>"):
        app = Flask("mile")
        app.add_url_rule(rule, "bib", view_func=lambda: "")
        with app.test_request_context():
            told.append(url_for("bib", slug="a b", bib=7, q=len(told)))
    assert told == ["/a%20b/bib/7?q=0", "/a%20b/bib/7?q=1", "/a%20b/heat/7?q=2"]


def test_an_answer_may_be_a_mere_tuple_that_nobody_closes():
    def unchanged(_environ: WSGIEnvironment, start_response: StartResponse) -> tuple[bytes, ...]:
        start_response("304 Not Modified", [])
        return ()

    app = Flask("mile")
    app.wsgi_app = unchanged  # as the cache of public pages answers
    with served(app) as url, socket.create_connection(("127.0.0.1", urlsplit(url).port)) as reader:
        reader.sendall(b"GET / HTTP/1.1\r\nHost: mile\r\n\r\n")
        with reader.makefile("rb") as answer:
            assert answer.readline() == b"HTTP/1.1 304 Not Modified\r\n"


def test_an_answer_is_closed_although_its_reader_hung_up():
    app, gone, closed = Flask("mile"), Event(), Event()

    def told() -> Iterator[bytes]:
        yield b"results"
        gone.wait(10)

    @app.get("/")
    def results() -> Response:
        answer = Response(told(), headers={"Content-Length": "7"})
        answer.call_on_close(closed.set)
        return answer

    with served(app) as url:
        with socket.create_connection(("127.0.0.1", urlsplit(url).port)) as reader:
            reader.sendall(b"GET / HTTP/1.1\r\nHost: mile\r\n\r\n")
            with reader.makefile("rb") as answer:
                while answer.readline().strip():
                    continue  # the head ends with an empty line
                assert answer.read(7) == b"results"
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        gone.set()
        assert closed.wait(10)
