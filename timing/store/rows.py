"""Core values as rows and rows as core values, by the names of fields and columns.

A field without a column of its own goes into the column ``more``, so that the core can grow a
field before the schema does and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, bindparam, delete, insert, not_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from timing.store.connect import Tx

RowValues = dict[str, Any]
Value = TypeVar("Value", int, str)
MORE = "more"
_MANY = 500  # values in one IN list


def row_of(built: Mapping[str, Any], table: Table, **keys: Any) -> RowValues:
    """The row of a value that is turned into builtins; keys are the columns that it has not."""
    own = {name for name in table.columns.keys() if name not in keys and name != MORE}  # noqa: SIM118
    more = {name: value for name, value in built.items() if name not in own}
    row = {name: value for name, value in built.items() if name in own} | keys
    return {**row, MORE: more} if MORE in table.columns else row


def value_of(row: Mapping[str, Any], keys: Sequence[str]) -> RowValues:
    """The builtins of a value: the row without its keys, and what stands in ``more``."""
    own = {name: value for name, value in row.items() if name not in keys and name != MORE}
    more: RowValues = row.get(MORE, {})
    return own | more


def fetch(tx: Tx, table: Table, event: int, *order: str) -> list[RowValues]:
    """All rows of an event in the order of some columns."""
    query = select(table).where(table.c.event_id == event)
    found = tx.execute(query.order_by(*(table.c[name] for name in order)))
    return list(map(dict, found.mappings()))


def key_of(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The primary key of a row."""
    return tuple(row[column.name] for column in table.primary_key.columns)


def put(tx: Tx, table: Table, event: int, rows: Sequence[RowValues]) -> list[tuple[Any, ...]]:
    """Insert or update rows; returns the keys of the event that are not among them."""
    keys = list(table.primary_key.columns)
    present = {tuple(key) for key in tx.execute(select(*keys).where(table.c.event_id == event))}
    wanted = {key_of(table, row) for row in rows}
    add(tx, table, [row for row in rows if key_of(table, row) not in present])
    change(tx, table, [row for row in rows if key_of(table, row) in present])
    return sorted(present - wanted)


def add(tx: Tx, table: Table, rows: Sequence[RowValues]) -> None:
    """Insert rows."""
    if rows:
        tx.execute(insert(table), rows)


def change(tx: Tx, table: Table, rows: Sequence[RowValues]) -> None:
    """Update the rows with these keys to these values."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key.columns]
    fields = [name for name in rows[0] if name not in keys]
    if fields:
        change = update(table).values({name: bindparam(f"new_{name}") for name in fields})
        _each(tx, change, table, [{f"new_{k}": v for k, v in row.items()} for row in rows], keys)


def drop(tx: Tx, table: Table, keys: Sequence[Sequence[Any]]) -> None:
    """Delete the rows with these primary keys."""
    names = [column.name for column in table.primary_key.columns]
    rows = [{f"new_{name}": value for name, value in zip(names, key, strict=True)} for key in keys]
    if rows:
        _each(tx, delete(table), table, rows, names)


def _each(tx: Tx, statement: Any, table: Table, rows: Any, keys: Sequence[str]) -> None:
    where = [table.c[name] == bindparam(f"new_{name}") for name in keys]
    tx.execute(statement.where(*where), rows)


def slices(values: Sequence[Value]) -> Iterable[Sequence[Value]]:
    """Cut a list of keys into lists that fit into one statement."""
    return (values[start : start + _MANY] for start in range(0, len(values), _MANY))


def upsert(
    tx: Tx, table: Table, rows: Sequence[RowValues], unless: ColumnElement[bool] | None = None
) -> None:
    """Insert rows over those with the same key.

    unless: a condition on the row that is there, under which it stays.
    """
    if not rows:
        return
    statement: Any = _INSERTS[tx.dialect.name](table)
    keys = [column.name for column in table.primary_key.columns]
    fields = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    where = None if unless is None else not_(unless)
    over = statement.on_conflict_do_update(index_elements=keys, set_=fields, where=where)
    tx.execute(over, rows)


_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
