"""Accounts of the race office: made, signed in with, changed, closed."""

import pytest

from timing.core.permissions import ALLOWED, Role, Verb, may
from timing.core.refusal import Refusal
from timing.services.office import accounts
from timing.services.office.accounts import HASHER as OF_THE_PRODUCT


def test_the_first_administrator_is_made_once(house):
    password = accounts.first(house)
    assert password is not None
    assert len(password) >= 12
    assert accounts.first(house) is None
    assert accounts.sign_in(house, "admin", password).role == "administrator"


def test_a_wrong_name_or_password_opens_nothing(house):
    accounts.add(house, "ada", "timer", "a good password")
    assert accounts.sign_in(house, "ada", "another password") is None
    assert accounts.sign_in(house, "bea", "a good password") is None
    assert accounts.sign_in(house, "ada", "a good password") is not None


def test_passwords_are_kept_as_hashes_only(house):
    accounts.add(house, "ada", "timer", "a good password")
    [row] = accounts.everybody(house)
    assert row.hash.startswith("$argon2id$")
    assert "good" not in row.hash


def test_trying_a_password_costs_a_thief_memory_and_time():
    """OWASP asks of Argon2id for at least 19 MiB and two passes (Password Storage Cheat Sheet)."""
    assert OF_THE_PRODUCT.memory_cost >= 19 * 1024
    assert OF_THE_PRODUCT.time_cost >= 2


def test_signing_out_everywhere_ends_all_sessions(house):
    accounts.add(house, "ada", "timer", "a good password")
    one, other = (accounts.sign_in(house, "ada", "a good password") for _ in range(2))
    accounts.sign_out_everywhere(house, "ada")
    assert accounts.still_valid(house, one) is None
    assert accounts.still_valid(house, other) is None
    assert accounts.still_valid(house, accounts.sign_in(house, "ada", "a good password"))


def test_a_new_password_ends_all_sessions(house):
    accounts.add(house, "ada", "timer", "a good password")
    session = accounts.sign_in(house, "ada", "a good password")
    fresh = accounts.renew_password(house, "ada")
    assert accounts.still_valid(house, session) is None
    assert accounts.sign_in(house, "ada", fresh)


def test_a_new_role_holds_in_running_sessions(house):
    accounts.add(house, "ada", "timer", "a good password")
    session = accounts.sign_in(house, "ada", "a good password")
    accounts.set_role(house, "ada", "judge")
    assert accounts.still_valid(house, session).role == "judge"


def test_a_closed_account_opens_nothing_and_keeps_its_name(house):
    accounts.add(house, "ada", "timer", "a good password")
    session = accounts.sign_in(house, "ada", "a good password")
    accounts.disable(house, "ada")
    assert accounts.still_valid(house, session) is None
    assert accounts.sign_in(house, "ada", "a good password") is None
    assert [row.name for row in accounts.everybody(house)] == ["ada"]


@pytest.mark.parametrize(
    ("name", "role", "password", "sentence"),
    [
        ("", "timer", "", "is no name"),
        (" ada", "timer", "", "is no name"),
        ("a" * 61, "timer", "", "is no name"),
        ("ada", "king", "", "'king' is no role; expected one of administrator"),
        ("ada", "timer", "short", "5 characters; expected at least 10"),
    ],
)
def test_an_unusable_account_is_refused(house, name, role, password, sentence):
    with pytest.raises(Refusal, match=sentence):
        accounts.add(house, name, role, password)
    assert accounts.everybody(house) == []


def test_a_name_is_given_once(house):
    accounts.add(house, "ada", "timer")
    with pytest.raises(Refusal, match="an account 'ada' already"):
        accounts.add(house, "ada", "judge")


def test_a_stranger_has_neither_password_nor_role(house):
    with pytest.raises(Refusal, match="no account 'bea'"):
        accounts.renew_password(house, "bea")
    with pytest.raises(Refusal, match="no account 'bea'"):
        accounts.set_role(house, "bea", "judge")


def test_every_role_may_look_and_only_the_administrator_makes_accounts():
    assert all(may(role, Verb.LOOK) for role in Role)
    assert [role for role in Role if may(role, Verb.ACCOUNTS)] == [Role.ADMINISTRATOR]
    assert set(ALLOWED) == set(Role)


def test_who_has_no_role_may_do_nothing():
    assert not any(may("", verb) for verb in Verb)
    assert not may("king", Verb.LOOK)
