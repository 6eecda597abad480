"""The database itself refuses to change what happened, whoever asks."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import make_url

from tests.store.filled import every_row, fill
from timing.store.connect import Store
from timing.store.schema import APPEND_ONLY

Statement = Callable[[str], None]
REFUSED = (sqlite3.IntegrityError, psycopg.errors.RaiseException)


@pytest.fixture
def by_hand(store: Store) -> Iterator[Statement]:
    """Somebody with a plain connection of the driver, none of our settings, and bad intentions."""
    fill(store)
    if store.dialect == "sqlite":
        connection = sqlite3.connect(str(store.url.database), isolation_level=None)
    else:
        url = make_url(store.url).set(drivername="postgresql").render_as_string(False)
        connection = psycopg.connect(url, autocommit=True)
    yield connection.execute
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET event_id = 9",
        "UPDATE {table} SET event_id = event_id",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE event_id > 0",
    ],
)
def test_a_line_that_is_written_stays_as_it_is(store, by_hand, statement):
    before = every_row(store)
    for table in APPEND_ONLY:
        with pytest.raises(REFUSED, match=rf"{table} is append-only: (UPDATE|DELETE) refused"):
            by_hand(statement.format(table=table))
    assert every_row(store) == before


def test_an_insert_does_not_replace_a_line(store, by_hand):
    before = every_row(store)
    for table in APPEND_ONLY:
        again = f"INTO {table} SELECT * FROM {table}"
        if store.dialect == "sqlite":
            with pytest.raises(REFUSED, match="the row is there already"):
                by_hand(f"INSERT OR REPLACE {again}")
            continue
        key = f"ON CONSTRAINT pk_{table}"
        with pytest.raises(REFUSED, match="UPDATE refused"):
            by_hand(f"INSERT {again} ON CONFLICT {key} DO UPDATE SET event_id = 9")
        with pytest.raises(REFUSED, match="TRUNCATE refused"):
            by_hand(f"TRUNCATE {table}")
    assert every_row(store) == before


def test_a_replacement_by_the_identity_of_a_line_is_refused_too(store, by_hand):
    if store.dialect != "sqlite":
        return
    columns = "point, bib, chip, at, source, strength, arrived"
    with pytest.raises(REFUSED, match="the row is there already"):
        by_hand(
            f"INSERT OR REPLACE INTO read (event_id, seq, station, n, {columns})"
            f" SELECT event_id, 99, station, n, {columns} FROM read"
        )


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE journal SET seq = seq - 1", "only goes up"),
        ("UPDATE journal SET event_id = 9", "only goes up"),
        ("DELETE FROM journal", "the journal has lines: DELETE refused"),
    ],
)
def test_the_counter_of_the_journal_never_goes_back(store, by_hand, statement, sentence):
    before = every_row(store)
    with pytest.raises(REFUSED, match=sentence):
        by_hand(statement)
    assert every_row(store) == before
