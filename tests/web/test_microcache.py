"""Public pages as ready bytes: built once a second, by one thread, named by what they say."""

import gzip
import threading

import brotli
import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from timing.web.microcache import MicroCache


class House:
    """An application that counts how often it is asked, and says what it is told to say."""

    def __init__(self) -> None:
        self.asked = []
        self.text = "Ada 6:45.2 " * 100
        self.headers = {"Cache-Control": "public, no-cache", "X-Internal": "1"}
        self.status = 200

    def __call__(self, environ, start_response):
        request = Request(environ)
        self.asked.append(request)
        language = request.accept_languages.best_match(["en", "de"]) or "en"
        answer = Response(
            f"{language} {self.text}", self.status, self.headers, mimetype="text/html"
        )
        return answer(environ, start_response)


class Ticks:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def reader(house: House, ticks: Ticks) -> Client:
    return Client(MicroCache(house, ticks, ("en", "de")), Response)


def test_a_page_is_built_once_and_handed_out_many_times(reader, house):
    pages = {reader.get("/mile/results").data for _ in range(5)}
    assert len(pages) == 1
    assert len(house.asked) == 1


def test_a_page_is_built_again_after_a_second(reader, house, ticks):
    reader.get("/mile/results")
    house.text = "Bea is faster"
    assert b"Ada" in reader.get("/mile/results").data
    ticks.at = 1.0
    assert b"Bea" in reader.get("/mile/results").data
    assert len(house.asked) == 2


def test_who_has_the_page_gets_a_304_until_it_says_something_else(reader, house, ticks):
    etag = reader.get("/mile/results").headers["ETag"]
    same = reader.get("/mile/results", headers={"If-None-Match": etag})
    assert (same.status_code, same.data) == (304, b"")
    assert sum(len(name) + len(value) + 4 for name, value in same.headers) < 200
    ticks.at = 2.0
    assert reader.get("/mile/results", headers={"If-None-Match": etag}).status_code == 304
    house.text, ticks.at = "new", 4.0
    assert reader.get("/mile/results", headers={"If-None-Match": etag}).status_code == 200


def test_a_page_is_compressed_as_its_reader_can_read_it(reader, house):
    plain = reader.get("/mile/results").data
    for encoding, unpacked in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        answer = reader.get("/mile/results", headers={"Accept-Encoding": f"{encoding}, x"})
        assert answer.headers["Content-Encoding"] == encoding
        assert unpacked(answer.data) == plain
        assert int(answer.headers["Content-Length"]) == len(answer.data) < len(plain)
    assert len(house.asked) == 1


def test_a_small_page_is_not_compressed(reader, house):
    house.text = "short"
    answer = reader.get("/", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers


def test_every_language_has_a_page_of_its_own(reader, house):
    german = reader.get("/", headers={"Accept-Language": "de-AT,de;q=0.9"})
    english = reader.get("/", headers={"Accept-Language": "fi"})
    assert german.data.startswith(b"de")
    assert english.data.startswith(b"en")
    assert "Accept-Language" in german.headers["Vary"]


def test_a_page_is_built_for_nobody_in_particular(reader, house):
    reader.get(
        "/", headers={"Cookie": "session=admin", "Authorization": "Bearer x", "Range": "bytes=0-3"}
    )
    asked = house.asked[0]
    assert not asked.cookies
    assert "Authorization" not in asked.headers
    assert "Range" not in asked.headers
    assert "X-Internal" not in reader.get("/").headers


@pytest.mark.parametrize("path", ["/staff/", "/s/token", "/api/v1/stations/expected", "/healthz"])
def test_what_is_not_for_everybody_is_never_kept(reader, house, path):
    for _ in range(3):
        reader.get(path)
    assert len(house.asked) == 3


def test_a_form_that_is_sent_reaches_the_application(reader, house):
    reader.post("/mile/results")
    reader.post("/mile/results")
    assert [request.method for request in house.asked] == ["POST", "POST"]


@pytest.mark.parametrize(
    ("status", "headers"), [(404, {"Cache-Control": "public"}), (200, {"Cache-Control": "private"})]
)
def test_what_is_no_public_page_is_answered_by_the_application(reader, house, status, headers):
    house.status, house.headers = status, headers
    assert reader.get("/nothing").status_code == status
    house.text = "changed"
    assert b"changed" in reader.get("/nothing").data


def test_while_one_thread_builds_the_others_are_handed_the_last_page(house, ticks):
    entered, leave = threading.Event(), threading.Event()
    cache = MicroCache(house, ticks, ("en",))
    reader = Client(cache, Response)
    reader.get("/")
    ticks.at = 5.0
    answer = house.__call__

    def slow(environ, start_response):
        entered.set()
        assert leave.wait(10)
        return answer(environ, start_response)

    cache._app = slow
    house.text = "the next page"
    builder = threading.Thread(target=reader.get, args=("/",))
    builder.start()
    assert entered.wait(10)
    assert b"Ada" in Client(cache, Response).get("/").data
    leave.set()
    builder.join(10)
    assert b"the next page" in reader.get("/").data


def test_the_shelf_has_an_end(reader, house, monkeypatch):
    monkeypatch.setattr("timing.web.microcache._MOST", 3)
    for number in range(5):
        reader.get(f"/{number}")
    reader.get("/4")
    assert len(house.asked) == 5
    reader.get("/0")
    assert len(house.asked) == 6
