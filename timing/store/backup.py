"""A whole database in one file, and back, also into the other engine.

SQLite is copied as it is while others write (its online backup); PostgreSQL is written as lines of
JSON from one unchanging view. Both say at which revision of the schema they were made.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    LargeBinary,
    MetaData,
    NullPool,
    Table,
    create_engine,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError

from timing.core.refusal import Problem, Refusal
from timing.store import dump, migrate
from timing.store.connect import Store, Tx, database_address, open_store
from timing.store.dump import Section

_MAGIC = b"SQLite format 3\0"
_BATCH = 1000
_NOT_DATA = "alembic_version"


def backup(store: Store, target: Path) -> None:
    """Write everything into one file; what was there is replaced once the new one is complete."""
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    try:
        if store.dialect == "sqlite":
            _copy_sqlite(Path(str(store.url.database)), unfinished)
        else:
            with store.read() as tx:
                dump.write(unfinished, migrate.revision_of(tx) or "", _sections(tx))
        _flush(unfinished)
        unfinished.replace(target)
    except OSError as error:
        if error.filename == str(unfinished):
            error.filename = str(target)  # the file that was asked for
        raise
    finally:
        unfinished.unlink(missing_ok=True)
    _flush(target.parent)


def restore(url: str | URL, source: Path) -> None:
    """Bring everything of a backup into an empty database of either engine, and up to date.

    Raises Refusal, and writes nothing, when the file is damaged or newer than this program, or
    when the database is not empty.
    """
    with _opened(source) as (revision, sections):
        if revision not in migrate.revisions():
            sentence = f"was made at revision {revision}, which this program does not know"
            raise Refusal(Problem("backup-newer", sentence, str(source)))
        _require_empty(url)
        migrate.downgrade(url, "base")
        migrate.upgrade(url, revision)
        _fill(url, sections)
    migrate.upgrade(url)


def _copy_sqlite(source: Path, target: Path) -> None:
    target.touch()  # says what is wrong with the place; SQLite would only say that it cannot
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        # One file that can be read from a stick: no write-ahead log beside it.
        there.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _opened(source: Path) -> Iterator[tuple[str, Iterator[Section]]]:
    """The revision and the tables of a file of either kind."""
    with source.open("rb") as file:
        is_sqlite = file.read(len(_MAGIC)) == _MAGIC
    if not is_sqlite:
        yield dump.check(source).revision, dump.read(source)
        return
    path = source.resolve().as_uri().removeprefix("file:")
    address = f"sqlite+pysqlite:///file:{path}?mode=ro&uri=true"
    engine = create_engine(address, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            _require_sound(connection, source)
            yield migrate.revision_of(connection) or "", _sections(connection)
    finally:
        engine.dispose()


def _require_sound(connection: Connection, source: Path) -> None:
    try:
        said = list(connection.exec_driver_sql("PRAGMA quick_check").scalars())
    except DatabaseError as error:
        said = [str(error.orig)]
    if said != ["ok"]:
        sentence = f"is damaged: {said[0]}; expected a file that timing backup has written"
        raise Refusal(Problem("backup-unreadable", sentence, str(source)))


def _require_empty(url: str | URL) -> None:
    store = open_store(url)
    try:
        with store.read() as tx:
            filled = [table.name for table in _tables(tx) if tx.execute(select(table)).first()]
    finally:
        store.close()
    if filled:
        shown = database_address(url).render_as_string(hide_password=True)
        sentence = f"has rows already ({', '.join(filled)}); expected an empty database"
        raise Refusal(Problem("database-not-empty", sentence, shown))


def _fill(url: str | URL, sections: Iterator[Section]) -> None:
    store = open_store(url)
    try:
        with store.write() as tx:
            tables = {table.name: table for table in _tables(tx)}
            for section in sections:
                _insert(tx, tables[section.table], section)
            if store.dialect == "postgresql":
                _count_on(tx, tables.values())
    finally:
        store.close()


def _insert(tx: Tx, table: Table, section: Section) -> None:
    rows = iter(section.rows)
    while batch := [dict(zip(section.columns, row, strict=True)) for row in islice(rows, _BATCH)]:
        tx.execute(insert(table), batch)


def _count_on(tx: Tx, tables: Iterable[Table]) -> None:
    """Let the sequences of PostgreSQL go on behind the ids that were restored."""
    sequence = text("SELECT pg_get_serial_sequence(:table, :column)")
    for table in tables:
        keys = [column.name for column in table.primary_key.columns]
        name = tx.scalar(sequence, {"table": table.name, "column": keys[0]})
        if name:
            highest = select(func.max(table.c[keys[0]])).scalar_subquery()
            tx.execute(select(func.setval(name, func.coalesce(highest, 1))))


def _sections(tx: Tx) -> Iterator[Section]:
    for table in _tables(tx):
        columns = tuple(str(column.name) for column in table.columns)
        binary = [str(c.name) for c in table.columns if isinstance(c.type, LargeBinary)]
        query = select(table).order_by(*table.primary_key.columns)
        with tx.execute(query.execution_options(yield_per=_BATCH)) as found:
            yield Section(str(table.name), columns, tuple(binary), map(tuple, found))


def _tables(tx: Tx) -> Sequence[Table]:
    """The tables that are there, parents first. They may be those of an earlier revision."""
    found = MetaData()
    found.reflect(tx)
    return [table for table in found.sorted_tables if table.name != _NOT_DATA]


def _flush(path: Path) -> None:
    """Bring a file or a folder to the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
