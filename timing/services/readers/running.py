"""Timing boxes that the server itself reads: started and stopped from a page.

Files are read by ``timing reader`` on the computer where they lie: no page opens files of the
server. What runs is written down, so that a server that starts anew goes on reading.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import words_of
from timing.readers.delivery import Host
from timing.readers.formats import UnknownFormatError, format_named
from timing.readers.live import EVERYWHERE, WhereError, address_of
from timing.services.house import House
from timing.services.readers import reading
from timing.services.readers.boxes import Order, Reader, enrol, live_formats
from timing.store import journal, readers, setup

_HERE = "here"
"""Stands in the position of a reader that the server reads: 1 while it should."""
_PATIENCE = 5.0  # seconds until a reader that was stopped has ended

Read = Callable[[House, Order, Host, Callable[[reading.Diary], None]], None]


@dataclass(frozen=True, slots=True)
class _Work:
    stop: Event
    thread: Thread


@dataclass(slots=True)
class Crew:
    """The readers that run in this process, by event and name. Safe to share between threads."""

    house: House
    read: Read = reading.read
    _work: dict[tuple[str, str], _Work] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def start(self, order: Order) -> None:
        """Begin to read a box; one of that name that runs already is stopped first.

        Raises Refusal with what is wrong with the order, and UnknownEventError.
        """
        _check(order)
        reader = enrol(self.house, order)
        self._end(reader.order)
        self._note(reader, here=True)
        self._begin(reader.order)

    def stop(self, slug: str, name: str) -> None:
        """Stop reading; what was read stays. Raises Refusal for a reader that is not there."""
        with self.house.store.read() as tx:
            event = setup.event_number(tx, slug)
            row = readers.find_reader(tx, event, name)
        if row is None:
            raise refused(
                "reader-unknown", "there is no reader {name!r} at this event", name=name[:60]
            )
        self._end(Order(slug, row.format, row.place, row.point, name=name))
        with self.house.store.write() as tx:
            readers.go_on(tx, event, row.station, {_HERE: 0})

    def runs(self, slug: str, name: str) -> bool:
        """Whether a box is read by this process."""
        work = self._work.get((slug, name))
        return work is not None and work.thread.is_alive()

    def resume(self) -> None:
        """Go on with everything that was being read when the server ended.

        A database that is not set up yet has no readers.
        """
        orders: list[Order] = []
        with suppress(readers.NotNowError), readers.patiently(), self.house.store.read() as tx:
            orders += [
                Order(event.slug, row.format, row.place, row.point, row.wave, row.name)
                for event in setup.list_events(tx)
                for row in readers.list_readers(tx, setup.event_number(tx, event.slug))
                if row.position.get(_HERE)
            ]
        for order in orders:
            self._begin(order)

    def close(self) -> None:
        """Stop everything; a server that starts anew goes on with it."""
        for slug, name in list(self._work):
            self._end(Order(slug, "", "", "", name=name))

    def _begin(self, order: Order) -> None:
        stop = Event()
        host = Host(self.house.clock, stop, lambda _sentence: None)
        words = (order, host)
        thread = Thread(target=self._run, args=words, name=f"reader {order.name}", daemon=True)
        with self._lock:
            self._work[order.slug, order.name] = _Work(stop, thread)
        thread.start()

    def _run(self, order: Order, host: Host) -> None:
        """Read until stopped; why it could not be read stands on the page of readers."""
        try:
            self.read(self.house, order, host, lambda _diary: None)
        except (Refusal, OSError, journal.UnknownEventError) as error:
            with self.house.store.write() as tx:
                event = setup.find_event(tx, order.slug)
                row = readers.find_reader(tx, event, order.name) if event is not None else None
                if event is not None and row is not None:
                    readers.tell(tx, event, row.station, str(error)[:300])

    def _end(self, order: Order) -> None:
        with self._lock:
            work = self._work.pop((order.slug, order.name), None)
        if work is not None:
            work.stop.set()
            work.thread.join(_PATIENCE)

    def _note(self, reader: Reader, *, here: bool) -> None:
        with self.house.store.write() as tx:
            readers.go_on(tx, reader.event, reader.station, {_HERE: int(here)})


def _check(order: Order) -> None:
    """Refuse what cannot be read from here before anything is written down."""
    try:
        made = format_named(order.format)
        if made.name in live_formats():
            address_of(order.place, made.port, EVERYWHERE if made.way == "listen" else "")
            return
    except (UnknownFormatError, WhereError) as error:
        raise Refusal(Problem("where", words_of(error))) from None
    raise refused(
        "reader-file",
        "{format} is read from files; expected the command timing reader",
        format=order.format,
    )
