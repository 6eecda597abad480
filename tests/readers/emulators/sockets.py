"""Brings a reader and an emulated box together over loopback, whoever of them dials."""

from __future__ import annotations

import queue
from collections.abc import Callable

from tests.readers.emulators import reads
from tests.readers.emulators.wire import (
    PATIENCE,
    Box,
    Consumer,
    DialingBox,
    Faults,
    Journal,
    ListeningBox,
    Mouth,
)
from timing.readers.connection import listen_on, read_from
from timing.readers.formats import FORMATS
from timing.readers.grammar import Grammar
from timing.readers.sighting import Position

Talk = Callable[[Mouth], None]


def maker(name: str) -> Callable[[Position], Grammar]:
    return lambda position: FORMATS[name].make(reads.SETUP._replace(position=position))


def run_box(name: str, talk: Talk, journal: Journal, faults: Faults) -> tuple[Box, Consumer]:
    """Let them talk until everything that is expected is there."""
    return (let_dial if FORMATS[name].way == "listen" else read_box)(name, talk, journal, faults)


def read_box(
    name: str, talk: Talk, journal: Journal, faults: Faults
) -> tuple[ListeningBox, Consumer]:
    """We connect to the box."""
    box = ListeningBox(talk, faults)

    def drive(host):
        read_from(box.address, maker(name), journal, host)

    with box, Consumer(drive) as consumer:
        assert journal.full.wait(PATIENCE), f"only {len(journal.sightings)} arrived"
    return box, consumer


def let_dial(
    name: str, talk: Talk, journal: Journal, faults: Faults
) -> tuple[DialingBox, Consumer]:
    """The box connects to us; at the end it is acknowledged, too, where its protocol does that."""
    ports: queue.SimpleQueue = queue.SimpleQueue()
    open_at: list[tuple[str, int]] = []

    def ready(address):
        open_at[:] = [address]
        ports.put(address)

    def drive(host):
        listen_on(open_at[0] if open_at else ("127.0.0.1", 0), maker(name), journal, host, ready)

    with Consumer(drive) as consumer:
        ports.get(timeout=PATIENCE)
        with DialingBox(talk, faults, lambda: open_at[0]) as box:
            assert journal.full.wait(PATIENCE), f"only {len(journal.sightings)} arrived"
            acknowledged = name.startswith("mylaps")
            assert not acknowledged or box.done.wait(PATIENCE), "the box is not answered"
    return box, consumer
