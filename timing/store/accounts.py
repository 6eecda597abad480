"""Accounts in the database: names, hashes, roles. Knows nothing of passwords themselves."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import insert, select, update

from timing.core.clock import Instant
from timing.store.connect import Tx
from timing.store.schema import Account, table_of

_ACCOUNT = table_of(Account)


class AccountRow(NamedTuple):
    """One account. generation: raised to end all its sessions. disabled_at: may not sign in."""

    name: str
    hash: str
    role: str
    generation: int
    created_at: Instant
    disabled_at: Instant | None


def find_account(tx: Tx, name: str) -> AccountRow | None:
    """Give the account of a name, None if there is none."""
    row = tx.execute(select(_ACCOUNT).where(_ACCOUNT.c.name == name)).one_or_none()
    return None if row is None else AccountRow._make(row)


def list_accounts(tx: Tx) -> list[AccountRow]:
    """Give all accounts by name."""
    return [AccountRow._make(row) for row in tx.execute(select(_ACCOUNT).order_by(_ACCOUNT.c.name))]


def add_account(tx: Tx, account: AccountRow) -> None:
    """Add an account. Raises IntegrityError if the name is taken."""
    tx.execute(insert(_ACCOUNT).values(account._asdict()))


def change_account(tx: Tx, name: str, **values: str | int | None) -> bool:
    """Change columns of an account; says whether there is one."""
    found = tx.execute(update(_ACCOUNT).where(_ACCOUNT.c.name == name).values(values))
    return bool(found.rowcount)
