"""The database as a whole: bring it up to date, say what is wrong with it. Knows no event."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from timing.core.refusal import Problem, Refusal
from timing.store import backup as store_backup, migrate
from timing.store.connect import DatabaseAddressError, Store, database_address


def upgrade(url: str) -> tuple[str | None, str]:
    """Bring a database (also an empty one) to the newest revision; give the one before and after.

    Raises Refusal when it cannot be reached.
    """
    try:
        before = migrate.current(url)
        migrate.upgrade(url)
    except DBAPIError as error:
        raise _unreachable(url, error) from None
    return before, migrate.revisions()[-1]


def back_up(store: Store, target: Path) -> None:
    """Write everything into one file, while the race goes on. Raises OSError."""
    store_backup.backup(store, target)


def restore(url: str, source: Path) -> None:
    """Fill an empty database of either engine from a backup. Raises Refusal and OSError."""
    try:
        store_backup.restore(url, source)
    except DBAPIError as error:
        raise _unreachable(url, error) from None


def faults(url: str) -> list[str]:
    """Say what is wrong with a database, also with its tables and its data; makes none."""
    try:
        return _not_there(url) or migrate.check(url)
    except DBAPIError as error:
        return [problem.sentence for problem in _unreachable(url, error).problems]


def make_ready(url: str) -> None:
    """Make the tables of a missing or empty database; refuse one at another revision.

    One that may hold a race is never changed without a word.
    """
    try:
        found = migrate.current(url)
        if found is None:
            migrate.upgrade(url)
    except DBAPIError as error:
        raise _unreachable(url, error) from None
    newest = migrate.revisions()[-1]
    if found not in (None, newest):
        sentence = f"at revision {found}; expected {newest}: run timing db upgrade"
        raise Refusal(Problem("database-revision", sentence, shown(url)))


def shown(url: str) -> str:
    """Give the address of a database as it may be shown: without its password."""
    try:
        return database_address(url).render_as_string(hide_password=True)
    except DatabaseAddressError:
        return "database"


def _not_there(url: str) -> list[str]:
    address = database_address(url)
    if address.get_backend_name() == "sqlite" and not Path(str(address.database)).exists():
        return ["there is no database yet; timing db upgrade makes it"]
    return []


def _unreachable(url: str, error: DBAPIError) -> Refusal:
    said = next(iter(str(error.orig).strip().splitlines()), "no reason given")
    sentence = f"cannot be used ({said}); expected a database that answers"
    return Refusal(Problem("database-unreachable", sentence, shown(url)))
