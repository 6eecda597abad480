"""From events to durable reads: commit first, acknowledge after, and never drop what came.

Knows neither sockets nor files; both drivers hand it events and a way to answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from timing.core.clock import SECOND, Duration, Instant
from timing.readers.sighting import BoxClock, Event, Position, Refused, Reply, Sighting

SHORTEST, LONGEST = Duration(SECOND // 2), Duration(30 * SECOND)


class Batch(NamedTuple):
    """What arrived together, to be made durable in one transaction.

    sightings may hold what is durable already: a key that is known is a no-op.
    clocks: the box's own time with its offset (box minus ours at arrival).
    position: where to go on; it replaces the stored position for the names that it has.
    """

    sightings: list[Sighting]
    refused: list[Refused]
    clocks: list[tuple[Instant, Duration]]
    position: Position
    arrived: Instant


class CommitError(Exception):
    """The batch is not durable now but may be later: it is offered again until it is."""


class Sink(Protocol):
    """Where batches become durable; the only thing a driver knows of the rest of the house."""

    def position(self) -> Position:
        """The position of the last committed batch; empty at first."""
        ...

    def commit(self, batch: Batch) -> None:
        """Return once the batch is durable. Raises CommitError if it should be tried again."""
        ...


@dataclass(frozen=True, slots=True)
class Host:
    """What the wiring lends a driver: the clock, the end of the work, waiting, and a voice.

    tell: receives short sentences about the connection, for the log and the stations page.
    sleep: waits for a span; None waits so long or until the end of the work.
    poll: how long a silence lasts before the driver looks up.
    """

    clock: Callable[[], Instant]
    stop: threading.Event
    tell: Callable[[str], None]
    sleep: Callable[[Duration], object] | None = None
    poll: Duration = SECOND

    def wait(self, span: Duration) -> None:
        if self.sleep is not None:
            self.sleep(span)
        else:
            self.stop.wait(span / SECOND)

    def stopped(self) -> bool:
        return self.stop.is_set()


def back_off() -> Iterator[Duration]:
    """Half a second, doubled up to half a minute, for ever."""
    span = SHORTEST
    while True:
        yield span
        span = Duration(min(span * 2, LONGEST))


def deliver(
    events: Iterable[Event],
    position: Callable[[], Position],
    sink: Sink,
    host: Host,
    send: Callable[[bytes], None],
) -> bool:
    """Answer, commit and acknowledge; True if the box brought anything but talk.

    Answers that need no commit go first; acknowledgements go after the commit returned.
    If the work is stopped while a commit fails, nothing is acknowledged.
    """
    told = list(events)
    for reply in told:
        if isinstance(reply, Reply) and not reply.after_commit:
            send(reply.data)
    batch = _batch(told, position, host.clock())
    if batch is not None and not _committed(batch, sink, host):
        return False
    for reply in told:
        if isinstance(reply, Reply) and reply.after_commit:
            send(reply.data)
    return batch is not None


def _batch(events: list[Event], position: Callable[[], Position], arrived: Instant) -> Batch | None:
    sightings = [event for event in events if isinstance(event, Sighting)]
    refused = [event for event in events if isinstance(event, Refused)]
    clocks = [
        (event.at, Duration(event.at - arrived)) for event in events if isinstance(event, BoxClock)
    ]
    if not (sightings or refused or clocks):
        return None
    return Batch(sightings, refused, clocks, position(), arrived)


def _committed(batch: Batch, sink: Sink, host: Host) -> bool:
    for span in back_off():
        try:
            sink.commit(batch)
        except CommitError as error:
            host.tell(f"not saved yet: {error}")
        else:
            return True
        if host.stopped():
            break
        host.wait(span)
    return False
