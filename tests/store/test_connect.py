"""What a transaction promises, and which addresses are refused."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from tests.store.races import backwards_mile
from timing.store import seats
from timing.store.connect import DatabaseAddressError, database_address, open_store
from timing.store.journal import lock_head
from timing.store.setup import find_event, save_event


def test_what_is_written_is_there_for_the_next_who_opens(store, database_url):
    with store.write() as tx:
        number = save_event(tx, backwards_mile())
    other = open_store(database_url)
    with other.read() as tx:
        assert find_event(tx, "mile-2025") == number
    other.close()


def test_what_raises_is_undone_as_a_whole(store):
    def half() -> None:
        with store.write() as tx:
            save_event(tx, backwards_mile())
            raise RuntimeError("half")

    with pytest.raises(RuntimeError):
        half()
    with store.read() as tx:
        assert find_event(tx, "mile-2025") is None


def test_who_only_reads_cannot_write(store):
    with store.read() as tx, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        tx.execute(text("UPDATE event SET name = ''"))


def test_a_line_that_is_acknowledged_is_on_the_disk(store):
    """synchronous 2 is FULL: SQLite flushes the log at each commit."""
    with store.write() as tx:
        if store.dialect == "sqlite":
            assert tx.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert tx.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert tx.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert tx.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
        else:
            assert tx.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
            assert tx.exec_driver_sql("SHOW lock_timeout").scalar() == "30s"


def end_connections(store) -> None:
    """What a restart of the server does to those who are connected."""
    if store.dialect == "postgresql":
        office = open_store(store.url)
        with office.write() as tx:
            tx.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        office.close()


def test_a_connection_that_rested_while_the_server_was_restarted_is_replaced(store, monkeypatch):
    with store.write() as tx:
        tx.execute(text("SELECT 1"))
    end_connections(store)
    monkeypatch.setattr(seats, "RESTED", 0.0)
    with store.write() as tx:
        assert tx.scalar(text("SELECT 1")) == 1


def test_a_connection_that_dies_just_after_its_use_fails_once(store):
    with store.write() as tx:
        tx.execute(text("SELECT 1"))
    end_connections(store)
    if store.dialect == "postgresql":
        with pytest.raises(OperationalError), store.seats.seat() as seat:
            seat.connection.cursor().execute("SELECT 1")
    with store.seats.seat() as seat:
        cursor = seat.connection.cursor()
        cursor.execute("SELECT 1")
        assert cursor.fetchall() == [(1,)]


def test_who_waits_too_long_for_another_writer_is_told_so(store, event, database_url):
    other = open_store(database_url)
    with other.write() as tx:
        tx.exec_driver_sql(
            "PRAGMA busy_timeout = 1" if store.dialect == "sqlite" else "SET lock_timeout = 1"
        )
    with store.write() as mine:
        lock_head(mine, event)
        with pytest.raises(OperationalError, match="lock"), other.write() as tx:
            lock_head(tx, event)
    other.close()


@pytest.mark.parametrize(
    "address", ["", "race.db", "sqlite://", "sqlite:///:memory:", "mysql://host/timing"]
)
def test_another_address_is_refused_with_what_was_expected(address):
    with pytest.raises(DatabaseAddressError, match="expected sqlite:///PATH"):
        open_store(address)


def test_a_password_is_not_shown_in_the_refusal():
    with pytest.raises(DatabaseAddressError) as refused:
        database_address("mysql://me:secret@host/timing")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
def test_a_plain_postgresql_address_gets_our_driver(scheme):
    address = database_address(f"{scheme}://me@host/timing")
    assert address.drivername == "postgresql+psycopg"


def test_the_folder_of_a_new_database_is_made(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/var/new/timing.db")
    with store.write() as tx:
        assert tx.exec_driver_sql("SELECT 1").scalar() == 1
    store.close()
    assert (tmp_path / "var" / "new" / "timing.db").exists()
