"""Which triggers keep the journal and the publications as they were written.

The triggers themselves are made by the first migration; here is only what must be there.
"""

from __future__ import annotations

from sqlalchemy import text

from timing.store.connect import Tx
from timing.store.schema import APPEND_ONLY

_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
_VERBS = {"sqlite": ("update", "delete", "replace"), "postgresql": ("change",)}


def wanted(dialect: str) -> set[str]:
    """The names of all triggers that a database of this engine must have."""
    append_only = {f"{table}_refuses_{verb}" for table in APPEND_ONLY for verb in _VERBS[dialect]}
    return append_only | {"journal_refuses_update", "journal_refuses_delete"}


def missing(tx: Tx) -> set[str]:
    """The names of the triggers that are not there, though they must be."""
    dialect = tx.dialect.name
    return wanted(dialect) - set(tx.scalars(text(_PRESENT[dialect])))
