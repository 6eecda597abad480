"""Connections that are kept for the short way: lent and given back in a few steps.

A line waits for one flush of the disk, and everything that a pool does for each loan must be
fetched into the processor anew after that wait: it took a fifth of the flush.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, TimeoutError as NoRoom

PATIENCE = 30
"""Seconds that a writer waits for another one before it gives up."""

RESTED = 1.0
"""Seconds after which a connection is asked whether it still stands before it is used."""


class Seat:
    """A connection of the driver. since: of its last use.

    ready: whether it was made ready for the short way; False: it cannot be, None: nobody has tried.
    """

    __slots__ = ("connection", "ready", "since")

    def __init__(self, connection: Any) -> None:
        self.connection, self.since = connection, monotonic()
        self.ready: bool | None = None


class Turn:
    """One after the other: the writers of a process on SQLite, which knows one writer at a time.

    SQLite's own waiting is a lottery with naps of up to 100 ms.
    """

    def __init__(self) -> None:
        self._token: SimpleQueue[None] = SimpleQueue()
        self._token.put(None)

    def __enter__(self) -> None:
        try:
            self._token.get(timeout=PATIENCE)
        except Empty:
            raise NoRoom(f"another writer did not end within {PATIENCE} s") from None

    def __exit__(self, *_: object) -> None:
        self._token.put(None)


class Seats:
    """The connections of one engine that are kept. Safe to share between threads."""

    def __init__(self, engine: Engine, turn: AbstractContextManager[None]) -> None:
        self._engine, self._turn = engine, turn
        self._errors: Any = engine.dialect.loaded_dbapi.Error
        self._free: list[Seat] = []

    @contextmanager
    def seat(self) -> Iterator[Seat]:
        """Lend a connection without a transaction; what is not committed is undone.

        The driver's errors become those of SQLAlchemy, as everywhere.
        """
        with self._turn:
            try:
                seat = self._take()
                try:
                    yield seat
                except BaseException:
                    self._undo(seat)
                    raise
                seat.since = monotonic()
                self._free.append(seat)
            except self._errors as error:
                raise DBAPIError.instance(
                    None, None, error, self._errors, dialect=self._engine.dialect
                ) from error

    def close(self) -> None:
        """Close those that are not lent."""
        while self._free:
            self._free.pop().connection.close()

    def _take(self) -> Seat:
        while self._free:
            try:
                seat = self._free.pop()  # the last one that was used, which is warm
            except IndexError:  # somebody else was quicker
                break
            if monotonic() - seat.since < RESTED or self._stands(seat):
                return seat
        lent = self._engine.raw_connection()
        seat = Seat(lent.driver_connection)
        lent.detach()  # the pool has done its part: it has opened it as all others
        return seat

    def _stands(self, seat: Seat) -> bool:
        try:
            return self._engine.dialect.do_ping(seat.connection)
        except self._errors:
            seat.connection.close()
            return False

    def _undo(self, seat: Seat) -> None:
        try:
            seat.connection.rollback()
        except self._errors:
            seat.connection.close()
        else:
            self._free.append(seat)
