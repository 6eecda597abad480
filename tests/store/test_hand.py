"""The driver's own words: rows go in by ones and by thousands, and errors have one name."""

from __future__ import annotations

import pytest
from sqlalchemy import exc

from timing.store.connect import Store
from timing.store.hand import Hand

COLUMNS = ("event_id", "station", "position", "content", "n", "problem", "arrived")
ASK = "SELECT position, content, n FROM raw_line WHERE event_id = ? AND station = ? ORDER BY 1"


def rows(event: int, size: int) -> list[tuple]:
    return [(event, "mat", k, b"\x00%d\xff" % k, None if k % 2 else k, "", 5) for k in range(size)]


@pytest.mark.parametrize("size", [0, 1, 2, 1000])
def test_rows_come_back_as_they_were_filled_in(store: Store, event, size):
    with store.write() as tx:
        Hand(tx).fill("raw_line", COLUMNS, rows(event, size))
    with store.read() as tx:
        found = [(k, bytes(content), n) for k, content, n in Hand(tx).ask(ASK, (event, "mat"))]
    assert found == [(row[2], row[3], row[4]) for row in rows(event, size)]


@pytest.mark.parametrize("size", [1, 7])
def test_a_refusal_of_the_database_is_an_error_of_the_house(store: Store, event, size):
    with store.write() as tx:
        Hand(tx).fill("raw_line", COLUMNS, rows(event, size))
    with pytest.raises(exc.IntegrityError), store.write() as tx:
        Hand(tx).fill("raw_line", COLUMNS, rows(event, size))


def test_nonsense_is_an_error_of_the_house(store: Store):
    with pytest.raises(exc.DBAPIError, match="nowhere"), store.write() as tx:
        Hand(tx).tell("DELETE FROM nowhere WHERE n = ?", (1,))


def test_a_view_cannot_be_written_through(store: Store, event):
    with pytest.raises(exc.DBAPIError), store.read() as tx:
        Hand(tx).fill("raw_line", COLUMNS, rows(event, 1))
