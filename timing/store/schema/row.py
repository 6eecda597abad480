"""What all tables share: names of constraints, and the column type of each Python type."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, BigInteger, Boolean, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

Json = dict[str, Any]
"""A JSON object; kept as the text that was written (JSON, not JSONB, on PostgreSQL)."""
Words = list[str]
Rows = list[Any]
Small = Annotated[int, 32]
"""A counting number; times, distances and seq have 64 bits."""


class Row(DeclarativeBase):
    """The common base of all tables. Times are whole microseconds, so an int has 64 bits."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        int: BigInteger(),
        Small: Integer(),
        bool: Boolean(),
        bytes: LargeBinary(),
        Json: JSON(),
        Words: JSON(),
        Rows: JSON(),
    }


def table_of(row: type[Row]) -> Table:
    """The table of a class; SQLAlchemy types it as any selectable."""
    table = row.__table__
    assert isinstance(table, Table)  # noqa: S101 - narrows the type
    return table
