"""Emulated boxes through the real service into both databases: nothing lost, nothing doubled.

Connections break, lines are cut, boxes repeat themselves, and the process dies before and after a
commit; then another one takes over with what the database knows.
"""

from __future__ import annotations

import threading
from typing import NamedTuple

import pytest

from tests.machines.ports import free_port
from tests.readers.emulators import ipico, jchip, mylaps, raceresult, reads, ultra
from tests.readers.emulators.stream import Stream
from tests.readers.emulators.wire import (
    PATIENCE,
    Consumer,
    DialingBox,
    Faults,
    KilledError,
    ListeningBox,
)
from timing.core.setup.event import Event, TimingPoint, Wave
from timing.readers import live
from timing.services.readers import boxes
from timing.services.readers.boxes import Order, enrol
from timing.services.readers.reading import Diary
from timing.store import journal, raw_lines, setup

SLUG = "boxes"
CUTS = Faults(chunk=11, cut_after=(150, 700, 1500))


class Told(NamedTuple):
    format: str
    box: object
    dials: bool


@pytest.fixture(autouse=True)
def event(house):
    with house.store.write() as tx:
        return setup.save_event(
            tx,
            Event(
                slug=SLUG, name="Boxes", date="2026-06-14", timezone="Europe/Rome", contests=(),
                points=(TimingPoint(code="finish", name="Finish"),),
                waves=(Wave(code="all", name="All"),),
            ),
        )  # fmt: skip


class Mortal(Diary):
    """A diary whose process dies: in some commits before, in others after the commit."""

    __slots__ = ("_deaths", "full", "wanted")

    def __init__(self, house, reader, wanted, deaths):
        super().__init__(house, reader)
        self.wanted, self._deaths, self.full = wanted, deaths, threading.Event()

    def commit(self, batch):
        death = self._deaths.pop(0) if self._deaths else ""
        if death == "before":
            raise KilledError
        super().commit(batch)
        if death == "after":
            raise KilledError
        if len(chips(self.house)) >= self.wanted:
            self.full.set()


def chips(house):
    with house.store.read() as tx:
        found = journal.load_journal(tx, setup.find_event(tx, SLUG)).reads
    return [(read.chip, read.at) for read in found if read.chip]


def run(house, told: Told):
    """Let the box talk until all its chips are in the journal; give the consumer."""
    order = Order(SLUG, told.format, "the mat", "finish", wave="all")
    deaths = ["", "before", "", "after", "after", "before"]
    full = threading.Event()
    port = free_port()

    def drive(host):
        # Every life of the process begins with what the database knows.
        diary = Mortal(house, enrol(house, order), reads.COUNT, deaths)
        diary.full = full

        live.run(told.format, f"127.0.0.1:{port}", diary.reader.setup, diary, host)

    if told.dials:
        box = DialingBox(told.box.talk, CUTS, lambda: ("127.0.0.1", port))
        with Consumer(drive) as consumer, box:
            assert full.wait(PATIENCE * 2), consumer.told[-5:]
            assert box.done.wait(PATIENCE), "the exporter was not answered to the end"
        return consumer
    with ListeningBox(told.box.talk, CUTS) as box:
        port = box.address[1]
        with Consumer(drive) as consumer:
            assert full.wait(PATIENCE * 2), consumer.told[-5:]
    return consumer


BOXES = [
    pytest.param(lambda: Told("raceresult", raceresult.Decoder(), False), id="raceresult"),
    pytest.param(lambda: Told("ultra", ultra.UltraBox(), False), id="ultra"),
    pytest.param(lambda: Told("ipico", Stream(ipico.line, again=True), False), id="ipico-replay"),
    pytest.param(lambda: Told("mylaps", mylaps.Exporter(), True), id="mylaps"),
]


@pytest.mark.parametrize("make", BOXES)
def test_no_sighting_is_lost_or_doubled(house, make):
    told = make()
    consumer = run(house, told)
    found = chips(house)
    assert len(found) == len(set(found)) == reads.COUNT
    assert set(found) == reads.expected()
    assert consumer.deaths >= 2
    [card] = boxes.cards(house, SLUG)
    assert card.sightings >= reads.COUNT


def test_a_receiver_that_cannot_repeat_loses_nothing_that_it_sent_whole(house):
    order = Order(SLUG, "jchip", "127.0.0.1:0", "finish")
    diary = Mortal(house, enrol(house, order), reads.COUNT, [])
    port = free_port()

    def drive(host):
        live.run("jchip", f"127.0.0.1:{port}", diary.reader.setup, diary, host)

    box = DialingBox(Stream(jchip.line, jchip.introduce).talk, CUTS, lambda: ("127.0.0.1", port))
    with Consumer(drive), box:
        assert diary.full.wait(PATIENCE)
    assert set(chips(house)) == reads.expected()
    assert len(chips(house)) == reads.COUNT
    with house.store.read() as tx:
        refused = raw_lines.list_lines(tx, 1, diary.reader.station, only_problems=True)
    assert any(line.problem.startswith("cut-off") for line in refused)
