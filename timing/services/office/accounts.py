"""Who may sign in to the staff pages, and as what. Passwords are kept as Argon2 hashes only."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.exc import IntegrityError

from timing.core.permissions import Role
from timing.core.refusal import refused
from timing.services.house import House
from timing.store import accounts
from timing.store.accounts import AccountRow

HASHER = PasswordHasher()
"""Makes trying a password slow on purpose: a tenth of a second and 64 MiB for each."""
_NOBODY = HASHER.hash(secrets.token_hex(16))  # so that an unknown name costs as much time
_SHORTEST, _LONGEST_NAME = 10, 60


class Session(NamedTuple):
    """Somebody who has signed in. generation: the session ends when the account's is raised."""

    name: str
    role: str
    generation: int


def add(house: House, name: str, role: str, password: str = "") -> str:
    """Add an account and give its password: the one handed in, else one made by lot.

    Raises Refusal: name taken or unusable, unknown role, short password.
    """
    _check(name, role, password)
    chosen = password or secrets.token_urlsafe(12)
    row = AccountRow(name, HASHER.hash(chosen), role, 1, house.clock(), None)
    try:
        with house.store.write() as tx:
            accounts.add_account(tx, row)
    except IntegrityError:
        raise refused("account-taken", "there is an account {name!r} already", name=name) from None
    return chosen


def first(house: House) -> str | None:
    """Make the first administrator and give the password; None if there is an account already."""
    with house.store.read() as tx:
        present = accounts.list_accounts(tx)
    return None if present else add(house, "admin", Role.ADMINISTRATOR)


def sign_in(house: House, name: str, password: str) -> Session | None:
    """Check a password; None if name or password is wrong, or the account is disabled."""
    with house.store.read() as tx:
        row = accounts.find_account(tx, name)
    right = _matches(_NOBODY if row is None else row.hash, password)
    if row is None or not right or row.disabled_at is not None:
        return None
    return Session(row.name, row.role, row.generation)


def still_valid(house: House, session: Session) -> Session | None:
    """Look a session up again: None after a sign-out everywhere; the role as it is now."""
    with house.store.read() as tx:
        row = accounts.find_account(tx, session.name)
    if row is None or row.disabled_at is not None or row.generation != session.generation:
        return None
    return Session(row.name, row.role, row.generation)


def sign_out_everywhere(house: House, name: str) -> None:
    """End all sessions of an account."""
    with house.store.write() as tx:
        row = accounts.find_account(tx, name)
        if row is not None:
            accounts.change_account(tx, name, generation=row.generation + 1)


def set_password(house: House, name: str, password: str) -> None:
    """Change a password; all sessions of the account end. Raises Refusal."""
    _check(name, Role.DESK, password)
    with house.store.write() as tx:
        row = accounts.find_account(tx, name)
        if row is None:
            raise refused("account-unknown", "there is no account {name!r}", name=name)
        hashed = HASHER.hash(password)
        accounts.change_account(tx, name, hash=hashed, generation=row.generation + 1)


def renew_password(house: House, name: str) -> str:
    """Give an account a password made by lot; all its sessions end. Raises Refusal."""
    chosen = secrets.token_urlsafe(12)
    set_password(house, name, chosen)
    return chosen


def set_role(house: House, name: str, role: str) -> None:
    """Change a role at once, also in running sessions. Raises Refusal."""
    _check(name, role, "")
    with house.store.write() as tx:
        if not accounts.change_account(tx, name, role=role):
            raise refused("account-unknown", "there is no account {name!r}", name=name)


def disable(house: House, name: str) -> None:
    """Close an account; its sessions end, its name stays in the journal. Raises Refusal."""
    with house.store.write() as tx:
        if not accounts.change_account(tx, name, disabled_at=house.clock()):
            raise refused("account-unknown", "there is no account {name!r}", name=name)


def everybody(house: House) -> list[AccountRow]:
    """Give all accounts by name."""
    with house.store.read() as tx:
        return accounts.list_accounts(tx)


def _matches(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _check(name: str, role: str, password: str) -> None:
    if not name.strip() or name != name.strip() or len(name) > _LONGEST_NAME:
        raise refused(
            "account-name", "{name!r} is no name; expected 1 to 60 characters", name=name[:20]
        )
    if role not in set(Role):
        known = ", ".join(Role)
        raise refused(
            "account-role", "{role!r} is no role; expected one of {known}", role=role, known=known
        )
    if password and len(password) < _SHORTEST:
        raise refused(
            "account-password",
            "the password has {count} characters; expected at least {least}",
            count=len(password),
            least=_SHORTEST,
        )
