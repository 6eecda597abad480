"""Statements in the driver's own words, for the few for which a station or a box waits.

A line must cost little more than one flush to the disk, and building a statement out of expressions
costs more than that. Marks are ``?`` on both engines. Knows no table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from psycopg.pq import PipelineStatus

from timing.store.connect import Tx

Values = Sequence[Any]


class Hand:
    """The driver of one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._connection: Any = tx.connection.driver_connection
        self.postgres = tx.dialect.name == "postgresql"

    def ask(self, statement: str, values: Values) -> Any:
        """Give the rows of an answer; within ``Store.jot`` it may be on its way until looked at.

        They must be used up, or never looked at, before the transaction ends.
        """
        cursor = self._connection.cursor()
        cursor.execute(self._worded(statement), values)
        return cursor

    def tell(self, statement: str, values: Values) -> None:
        """Change something; within ``Store.jot`` an error may come at the end only."""
        self._connection.cursor().execute(self._worded(statement), values)

    def fill(self, table: str, columns: Iterable[str], rows: Collection[Values]) -> None:
        """Insert rows in the order of the columns, by the fastest way for so many."""
        names = tuple(columns)
        cursor = self._connection.cursor()
        if self.postgres and len(rows) > 1 and not self._together():
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        elif rows:
            marks = ", ".join("?" * len(names))
            statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
            cursor.executemany(self._worded(statement), rows)

    def _together(self) -> bool:
        """Whether messages travel together; a copy cannot be among them."""
        return bool(self._connection.pgconn.pipeline_status != PipelineStatus.OFF)

    def _worded(self, statement: str) -> str:
        return statement.replace("?", "%s") if self.postgres else statement
