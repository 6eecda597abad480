"""Statements in the driver's own words, for the few for which a station or a box waits.

A line must cost little more than one flush to the disk, and building a statement out of expressions
costs more than that. Marks are ``?`` on both engines. Knows no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.exc import DBAPIError

from timing.store.connect import Tx

Values = Sequence[Any]


class Hand:
    """The driver of one transaction. Its errors are those of SQLAlchemy, as everywhere."""

    def __init__(self, tx: Tx) -> None:
        self._connection: Any = tx.connection.driver_connection
        self._driver: Any = tx.dialect.loaded_dbapi
        self._dialect = tx.dialect
        self.postgres = tx.dialect.name == "postgresql"

    def ask(self, statement: str, values: Values, *, anew: bool = False) -> Any:
        """Give the rows of an answer; they must be used up before the transaction ends.

        anew: plan it for the table as it is now. PostgreSQL keeps the plan of what is asked often,
        and one from the minute when the race began may read the whole table ever after.
        """
        cursor = self._connection.cursor()
        options = {"prepare": False} if anew and self.postgres else {}
        try:
            cursor.execute(self._worded(statement), values, **options)
        except self._driver.Error as error:
            raise self._told(error) from error
        return cursor

    def tell(self, statement: str, values: Values) -> None:
        """Change something."""
        self.ask(statement, values)

    def fill(self, table: str, columns: Iterable[str], rows: Sequence[Values]) -> None:
        """Insert rows in the order of the columns, by the fastest way for so many."""
        names = ", ".join(columns)
        if not rows:
            return
        marks = ", ".join("?" * len(rows[0]))
        insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        if len(rows) == 1:
            self.tell(insert, rows[0])
            return
        cursor = self._connection.cursor()
        try:
            if not self.postgres:
                cursor.executemany(insert, rows)
                return
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        except self._driver.Error as error:
            raise self._told(error) from error

    def _worded(self, statement: str) -> str:
        return statement.replace("?", "%s") if self.postgres else statement

    def _told(self, error: Exception) -> BaseException:
        return DBAPIError.instance(None, None, error, self._driver.Error, dialect=self._dialect)
