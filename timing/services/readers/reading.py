"""Readers at work: what boxes say becomes durable, batch by batch, each thing once.

The journal, the lines as they came, what is known and the position are one transaction: a process
that is killed anywhere goes on where it stopped, and what the box says again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from timing.core.clock import Duration
from timing.core.journal.lines import Read, Ruling
from timing.core.refusal import Problem, Refusal
from timing.core.sentence import words_of
from timing.readers import live
from timing.readers.delivery import Batch, CommitError, Host
from timing.readers.formats import decode_file, format_named
from timing.readers.live import WhereError
from timing.readers.sighting import Position, Refused
from timing.services.house import House
from timing.services.readers.boxes import Order, Reader, enrol
from timing.services.readers.plain import Page, is_plain, plain_page
from timing.services.readers.race_facts import Facts, facts
from timing.services.readers.scribe import Scribe, needs_facts
from timing.store import journal, readers
from timing.store.connect import Tx
from timing.store.jotting import jot_behind
from timing.store.lines import storable_read
from timing.store.note import Note
from timing.store.readers import NotNowError, Said, patiently
from timing.store.stations import StationRow
from timing.store.swift import is_few, write_swiftly

_NONE = Facts()
_AT_ONCE = 1000  # events of a file in one transaction


@dataclass(slots=True)
class Diary:
    """Where the batches of one reader become durable. said: things said so far by this process."""

    house: House
    reader: Reader
    said: int = 0
    refused: int = 0
    stopped_at: Position = field(default_factory=dict)
    before: Said = field(default_factory=Said)

    def position(self) -> Position:
        """Where the last committed batch ended."""
        return {**self.reader.position, **self.stopped_at}

    def commit(self, batch: Batch) -> None:
        """Return once the batch is on the disk. Raises CommitError: it may be, later."""
        with _patient():
            if not self._swiftly(batch):
                known = facts(self.house, self.reader.order.slug) if needs_facts(batch) else _NONE
                with self.house.store.write() as tx:
                    page = self._write(tx, batch, known)
                self.before.add(page.raw, page.last(self.reader.station))
        self.stopped_at = {**self.stopped_at, **batch.position}
        self.said += len(batch.sightings)
        self.refused += len(batch.refused)

    def _swiftly(self, batch: Batch) -> bool:
        """Write down what is new by the short way; False if it has to be the long one.

        That is so where somebody else wrote lines of this reader, or nothing is new.
        """
        store = self.house.store
        if not (is_plain(self.reader, batch) and is_few(store, len(batch.sightings))):
            return False
        page = plain_page(self.reader, batch, self.before)
        reads = list(map(storable_read, page.reads))
        goes_on = batch.position if self._moves(batch) else None
        note = Note(self._heard(batch), reads, page.raw, batch.arrived, goes_on)
        if write_swiftly(store, note) is None:
            return False
        self.before.add(page.raw, reads[-1].n)
        return True

    def _write(self, tx: Tx, batch: Batch, known: Facts) -> Page:
        event, station = self.reader.event, self.reader.station
        head = journal.lock_head(tx, event)
        self.before.catch_up(tx, event, station)
        if is_plain(self.reader, batch):
            page = plain_page(self.reader, batch, self.before)
        else:
            page = Scribe(tx, self.reader, known, self.house.clock(), self.before).write(batch)
        lines: list[Read | Ruling] = [*page.reads, *page.rulings]
        jot_behind(tx, self._heard(batch), head, lines, page.raw, batch.arrived)
        if self._moves(batch):
            readers.go_on(tx, event, station, batch.position)
        return page

    def _moves(self, batch: Batch) -> bool:
        """Whether a batch ended elsewhere than the one before."""
        return not batch.position.items() <= self.stopped_at.items()

    def _heard(self, batch: Batch) -> StationRow:
        order, now = self.reader.order, batch.arrived
        # The box is ahead by so much; what a station notes is what its stamps lack.
        offset = Duration(-batch.clocks[-1][1]) if batch.clocks else None
        return StationRow(
            self.reader.event, self.reader.station, None, order.name, order.point, now, now, 0,
            offset,
        )  # fmt: skip


def read(house: House, order: Order, host: Host, ready: Callable[[Diary], None]) -> None:
    """Read a box or watch files until the host stops. Raises Refusal, UnknownEventError, OSError.

    ready: is given the diary before the first line.
    """
    diary = Diary(house, enrol(house, order))
    ready(diary)
    try:
        live.run(order.format, order.place, diary.reader.setup, diary, _telling(diary, host))
    except WhereError as error:
        raise Refusal(Problem("where", words_of(error))) from None


def read_file(house: House, order: Order, path: Path) -> Iterator[Problem | int]:
    """Read a recorded file once; gives each refused line and, batch by batch, how much was read.

    Reading it again changes nothing. Raises Refusal, UnknownEventError and OSError.
    """
    diary = Diary(house, enrol(house, order))
    events = decode_file(format_named(order.format).name, path, diary.reader.setup)
    while some := list(islice(events, _AT_ONCE)):
        refused = [each for each in some if isinstance(each, Refused)]
        sightings = [each for each in some if not isinstance(each, Refused)]
        diary.commit(Batch(sightings, refused, [], {}, house.clock()))
        for each in refused:
            yield Problem(each.code, each.sentence, str(path), each.line_no)
        yield len(some)


def _telling(diary: Diary, host: Host) -> Host:
    """Let the page of readers know, too, what is told about the connection."""

    def tell(sentence: str) -> None:
        host.tell(sentence)
        with suppress(NotNowError), patiently(), diary.house.store.write() as tx:
            readers.tell(tx, diary.reader.event, diary.reader.station, sentence[:300])

    return Host(host.clock, host.stop, tell, host.sleep, host.poll)


@contextmanager
def _patient() -> Iterator[None]:
    """What passes by itself is tried again by the driver."""
    try:
        with patiently():
            yield
    except NotNowError as error:
        raise CommitError(str(error)) from error
