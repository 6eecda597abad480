"""Boxes that the server itself reads: started, stopped, and gone on with after a restart."""

from __future__ import annotations

from threading import Event

import pytest

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal, refused
from timing.readers.delivery import Batch
from timing.services.house import UnknownEventError
from timing.services.readers import boxes
from timing.services.readers.boxes import Order, enrol
from timing.services.readers.reading import Diary
from timing.services.readers.running import Crew

MAT = Order(SLUG, "ipico", "10.0.0.9:10000", "finish", name="Mat")


class Desk:
    """Stands for the reading of a box: it lasts until it is stopped."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.begun = Event()

    def __call__(self, _house, order, host, _ready) -> None:
        self.orders.append(order)
        self.begun.set()
        host.stop.wait(10)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def crew(house, desk):
    run_day(house, "gun 0:00 | 101 start 0:01")
    started = Crew(house, desk)
    yield started
    started.close()


def test_a_box_is_read_until_it_is_stopped(crew, desk):
    crew.start(MAT)
    assert desk.begun.wait(5)
    assert crew.runs(SLUG, "Mat")
    assert desk.orders == [MAT]
    crew.stop(SLUG, "Mat")
    assert not crew.runs(SLUG, "Mat")


def test_a_box_that_is_stopped_from_the_page_is_gone_on_with_where_it_stopped(house, crew):
    crew.start(MAT)
    Diary(house, enrol(house, MAT)).commit(Batch([], [], [], {"log": 7}, house.clock()))
    crew.stop(SLUG, "Mat")
    crew.start(MAT)
    assert enrol(house, MAT).position["log"] == 7


def test_a_box_that_is_started_twice_is_read_once(crew, desk):
    crew.start(MAT)
    first = crew._work[SLUG, "Mat"].thread
    crew.start(MAT._replace(place="10.0.0.10"))
    assert not first.is_alive()
    assert crew.runs(SLUG, "Mat")


def test_a_server_that_starts_anew_goes_on_reading(house, crew, desk):
    crew.start(MAT)
    crew.start(MAT._replace(name="Other"))
    crew.stop(SLUG, "Other")
    crew.close()
    fresh = Crew(house, desk)
    fresh.resume()
    try:
        assert fresh.runs(SLUG, "Mat")
        assert not fresh.runs(SLUG, "Other")
        assert desk.orders[-1] == MAT
    finally:
        fresh.close()


@pytest.mark.parametrize("error", [refused("where", "nothing is there"), OSError("port taken")])
def test_why_a_box_cannot_be_read_stands_on_the_page(house, error):
    run_day(house, "gun 0:00 | 101 start 0:01")

    def broken(*_: object) -> None:
        raise error

    crew = Crew(house, broken)
    crew.start(MAT)
    crew.close()
    [card] = boxes.cards(house, SLUG)
    assert card.reader.told == str(error)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"format": "csv", "place": "/etc/passwd"}, "the command timing reader"),
        ({"format": "smoke"}, "smoke"),
        ({"place": ""}, "is no address"),
        ({"place": "10.0.0.9:99999"}, "is no address"),
        ({"point": "moon"}, "no timing point"),
    ],
)
def test_what_cannot_be_read_from_here_is_refused_and_not_written_down(house, crew, wrong, told):
    with pytest.raises(Refusal, match=told):
        crew.start(MAT._replace(**wrong))
    assert boxes.cards(house, SLUG) == []


def test_a_reader_or_an_event_that_is_not_there_is_named(crew):
    with pytest.raises(Refusal, match="no reader 'Moon'"):
        crew.stop(SLUG, "Moon")
    with pytest.raises(UnknownEventError):
        crew.stop("nowhere", "Mat")
