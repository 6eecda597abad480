"""Connections of the short way: undone where it fails, asked after a rest, one turn on SQLite."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError as NoRoom

from tests.store.races import GUN, read
from timing.store import seats, swift_postgres
from timing.store.connect import Store
from timing.store.jotting import jot
from timing.store.journal import load_journal
from timing.store.lines import READ_COLUMNS, read_row
from timing.store.stations import StationRow

INSERT = f"INSERT INTO read ({', '.join(READ_COLUMNS)}) VALUES ({', '.join('?' * 11)})"


def write_by_hand(store: Store, event: int, numbers: list[int]) -> None:
    insert = INSERT if store.dialect == "sqlite" else INSERT.replace("?", "%s")
    with store.seats.seat() as seat:
        cursor = seat.connection.cursor()
        cursor.execute("BEGIN")
        for n in numbers:
            cursor.execute(insert, read_row(event, n, read(n), GUN))
        cursor.execute("COMMIT")


def kept(store: Store, event: int) -> list[int]:
    with store.read() as tx:
        return [line.n for line in load_journal(tx, event).reads]


def note(store: Store, event: int, *numbers: int) -> list[str]:
    heard = StationRow(event, "mat", None, "Finish", "finish", GUN, GUN, 0, None)
    receipts = jot(store, heard, [read(n) for n in numbers], (), GUN)
    return [receipt.outcome.value for receipt in receipts]


def test_what_fails_is_undone_and_the_connection_serves_on(store, event):
    with pytest.raises(IntegrityError):
        write_by_hand(store, event, [1, 2, 2])
    assert note(store, event, 1, 2) == ["new", "new"]


def test_what_the_driver_cannot_do_is_an_error_of_the_house(store):
    with pytest.raises(DBAPIError, match="nowhere"), store.seats.seat() as seat:
        seat.connection.cursor().execute("SELECT 1 FROM nowhere")


def test_a_connection_that_rested_and_has_died_is_replaced(store, event, monkeypatch):
    note(store, event, 1)
    monkeypatch.setattr(seats, "RESTED", 0.0)
    with store.seats.seat() as seat:
        first = seat.connection
    first.close()
    assert note(store, event, 2) == ["new"]


def test_the_same_connection_is_lent_again_and_many_at_once_where_many_can_write(store):
    with store.seats.seat() as seat:
        first = seat.connection
    with store.seats.seat() as seat:
        assert seat.connection is first
        if store.dialect == "postgresql":
            with store.seats.seat() as another:
                assert another.connection is not first


def test_on_sqlite_one_writes_after_the_other_whichever_way_it_goes(store, event, monkeypatch):
    if store.dialect != "sqlite":
        pytest.skip("PostgreSQL lets many write")
    monkeypatch.setattr(seats, "PATIENCE", 0.01)
    inside, done = Signal(), Signal()

    def hold() -> None:
        with store.write():
            inside.set()
            done.wait(60)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert inside.wait(60)
        with pytest.raises(NoRoom, match="another writer"):
            note(store, event, 1)
        done.set()
        held.result()
    assert note(store, event, 1) == ["new"]


def test_where_nobody_may_make_a_function_the_long_way_is_taken(store, event, monkeypatch):
    refused = "DO $$ BEGIN RAISE insufficient_privilege; END $$"
    monkeypatch.setattr(swift_postgres, "_FUNCTION", refused)
    assert note(store, event, 1) + note(store, event, 2) == ["new", "new"]
    assert kept(store, event) == [1, 2]


@pytest.mark.parametrize("size", [2, 8, 9, 60])
def test_lines_that_come_together_stand_together_in_their_order(store, event, size):
    numbers = [*range(size, 0, -1)]
    assert note(store, event, *numbers) == ["new"] * size
    assert kept(store, event) == numbers
    assert note(store, event, *numbers, size + 1) == ["known"] * size + ["new"]
    with store.read() as tx:
        assert load_journal(tx, event).seq == size + 1
