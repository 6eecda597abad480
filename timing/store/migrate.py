"""Brings a database to a revision of the schema, and says what is wrong with one.

All steps run in one transaction that nobody else can enter: the database is at the revision that
was asked for, or as it was before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, CheckConstraint, Connection, NullPool, create_engine, event, inspect

from timing.resources import folder
from timing.store import guards
from timing.store.connect import database_address, make_room, open_store
from timing.store.schema import metadata
from timing.store.seats import PATIENCE

_LOCK = 7_261_948_303
"""The number under which PostgreSQL lets one process at a time migrate."""


class BrokenReferenceError(RuntimeError):
    """A step would leave rows that refer to nothing. It was undone."""


def upgrade(url: str | URL, revision: str = "head") -> None:
    """Bring a database (also an empty one) to a revision, the newest unless named."""
    with migrating(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str | URL, revision: str) -> None:
    """Bring a database back to an earlier revision; ``base`` is the empty database."""
    with migrating(url) as connection:
        command.downgrade(_config(connection), revision)


def current(url: str | URL) -> str | None:
    """The revision of a database; None for an empty one."""
    store = open_store(url)
    try:
        with store.read() as tx:
            return revision_of(tx)
    finally:
        store.close()


def revision_of(tx: Connection) -> str | None:
    """The revision of the database of a transaction; None for an empty one."""
    return MigrationContext.configure(tx).get_current_revision()


def revisions() -> list[str]:
    """All revisions from the first to the newest."""
    steps = ScriptDirectory.from_config(_config()).walk_revisions()
    return [step.revision for step in steps][::-1]


def check(url: str | URL) -> list[str]:
    """What is wrong with a database, as sentences; an empty list when all is well."""
    newest, found = revisions()[-1], current(url)
    if found != newest:
        return [f"the database is at revision {found or 'none'}; expected {newest}"]
    store = open_store(url)
    try:
        with store.read() as tx:
            return [*_differences(tx), *_lost_guards(tx), *_lost_checks(tx), *_damage(tx)]
    finally:
        store.close()


@contextmanager
def migrating(url: str | URL) -> Iterator[Connection]:
    """Give the one transaction of a migration; on SQLite without foreign keys, checked at the end.

    Batch operations recreate a table: with foreign keys on, dropping the old one would delete
    the rows of its children.
    """
    address = database_address(url)
    make_room(address)
    engine = create_engine(address, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield connection
        broken = _broken_references(connection)
        if broken:
            raise BrokenReferenceError("; ".join(broken))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=OFF")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Switch the journal mode; SQLite does not wait by itself for another one who does the same."""
    for _ in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            connection.execute("BEGIN IMMEDIATE")  # waits until the other one is done
            connection.execute("ROLLBACK")
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


_TRIES = 20


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _differences(tx: Connection) -> list[str]:
    options = {"compare_type": True, "compare_server_default": True}
    found = compare_metadata(MigrationContext.configure(tx, opts=options), metadata)
    return [f"the schema differs from the program: {difference}" for difference in found]


def _lost_guards(tx: Connection) -> list[str]:
    return [f"the trigger {name} is missing" for name in sorted(guards.missing(tx))]


def _lost_checks(tx: Connection) -> list[str]:
    """Autogenerate does not see CHECK constraints."""
    inspector = inspect(tx)
    lost = []
    for table in metadata.sorted_tables:
        present = {found["name"] for found in inspector.get_check_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        lost += [f"the check {name} is missing" for name in sorted(wanted - present)]
    return lost


def _damage(tx: Connection) -> list[str]:
    if tx.dialect.name != "sqlite":
        return []
    found = [str(line) for line in tx.exec_driver_sql("PRAGMA quick_check").scalars()]
    damage = [f"the file is damaged: {line}" for line in found if line != "ok"]
    return [*damage, *_broken_references(tx)]


def _broken_references(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is gone" for row in rows]
