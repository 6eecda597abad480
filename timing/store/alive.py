"""Whether the database answers at all."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from timing.store.connect import Store


def answers(store: Store) -> bool:
    """Ask the database for nothing."""
    try:
        with store.read() as tx:
            return tx.scalar(select(1)) == 1
    except DBAPIError:
        return False
