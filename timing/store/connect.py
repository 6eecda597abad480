"""Opens the database and gives out transactions. Knows engines and pools, and no table.

``with store.read() as tx`` is one unchanging view of the data; ``with store.write() as tx`` is one
transaction that is on the disk when the block is left, or undone when it raises.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Engine,
    QueuePool,
    create_engine,
    event,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from timing.store import seats
from timing.store.seats import PATIENCE, Seats, Turn

Tx = Connection
"""One transaction. Only the functions of this room look inside."""

# Why these: docs/adr/0011-sqlite-on-disk.md.
_SQLITE_ALWAYS = {
    "busy_timeout": str(PATIENCE * 1000),
    "journal_mode": "WAL",
    "foreign_keys": "ON",
    "recursive_triggers": "ON",
    "synchronous": "FULL",
    "fullfsync": "ON",
    "checkpoint_fullfsync": "ON",
}
_POSTGRES_OPTIONS = f"-c synchronous_commit=on -c lock_timeout={PATIENCE}s"
_JSON: dict[str, Any] = {
    "json_serializer": lambda value: msgspec.json.encode(value).decode(),
    "json_deserializer": msgspec.json.decode,
}


class DatabaseAddressError(ValueError):
    """An address is no database that we can use; the sentence says what was expected."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"{found!r} is no usable database address; "
            "expected sqlite:///PATH/TO/FILE or postgresql://USER@HOST/DATABASE"
        )


@dataclass(frozen=True, slots=True)
class Store:
    """An open database. Safe to share between threads, not between processes.

    turn: of who writes. seats: connections for transactions in the driver's own words.
    """

    url: URL
    readers: Engine
    writers: Engine
    turn: AbstractContextManager[None]
    seats: Seats

    @property
    def dialect(self) -> str:
        """The engine's name: ``sqlite`` or ``postgresql``."""
        return self.writers.dialect.name

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """Give a view of the data as they were at the first statement. Writing is refused."""
        with self.readers.begin() as tx:
            yield tx

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """Give a transaction that is durable once the block is left without an exception."""
        with self.turn, self.writers.begin() as tx:
            yield tx

    def close(self) -> None:
        """Give all connections back."""
        self.seats.close()
        self.readers.dispose()
        self.writers.dispose()


def open_store(url: str | URL) -> Store:
    """Open the database at an address. Raises DatabaseAddressError; makes no table."""
    address = database_address(url)
    if address.get_backend_name() == "sqlite":
        writers, turn = _sqlite(address, writes=True), Turn()
        readers = _sqlite(address, writes=False)
        return Store(address, readers, writers, turn, Seats(writers, turn))
    engine = create_engine(
        address,
        pool_size=8,
        max_overflow=24,
        pool_timeout=PATIENCE,
        connect_args={"options": _POSTGRES_OPTIONS},
        **_JSON,
    )
    _wake(engine)
    frozen = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Store(address, frozen, engine, nullcontext(), Seats(engine, nullcontext()))


def database_address(url: str | URL) -> URL:
    """Name the driver in an address. Raises DatabaseAddressError."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise DatabaseAddressError(str(url)) from None
    backend = address.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or address.database in (None, "", ":memory:"):
        raise DatabaseAddressError(address.render_as_string())
    return address.set(drivername="sqlite+pysqlite")


def _wake(engine: Engine) -> None:
    """Ask a connection that has rested whether its server is still there.

    One that was used a moment ago is not asked: the question would cost as much as a line.
    """

    @event.listens_for(engine, "checkin")
    def _rest(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["rests since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: ConnectionPoolEntry, _fairy: object) -> None:
        if monotonic() - record.info.get("rests since", inf) < seats.RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None


def make_room(address: URL) -> None:
    """Make the folder of an SQLite database."""
    if address.get_backend_name() == "sqlite":
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)


def _sqlite(address: URL, *, writes: bool) -> Engine:
    """One connection for all writers, who queue for it fairly; many for readers."""
    make_room(address)
    engine = create_engine(
        address,
        poolclass=QueuePool,
        pool_size=1 if writes else 8,
        max_overflow=0 if writes else 24,
        pool_timeout=PATIENCE,
        connect_args={"check_same_thread": False, "timeout": PATIENCE},
        **_JSON,
    )
    pragmas = _SQLITE_ALWAYS | ({} if writes else {"query_only": "ON"})
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        try:
            connection.connection.cursor().execute(begin)
        except sqlite3.Error as error:  # this hook is outside of what SQLAlchemy translates
            raise DBAPIError.instance(
                begin, None, error, sqlite3.Error, dialect=engine.dialect
            ) from error

    return engine
