"""Accounts, links and stations, as their desks keep them."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.races import GUN
from timing.core.clock import Duration, Instant
from timing.store import accounts, stations

REFEREE = accounts.AccountRow("ref", "$argon2id$", "referee", 1, GUN, None)
LINK = stations.LinkRow("hash", 1, "Finish", "line", "", "ref", GUN, Instant(GUN + 9), None)


def test_an_account_is_found_listed_and_changed(store):
    with store.write() as tx:
        accounts.add_account(tx, REFEREE._replace(name="zoe"))
        accounts.add_account(tx, REFEREE)
        assert [each.name for each in accounts.list_accounts(tx)] == ["ref", "zoe"]
        assert accounts.change_account(tx, "ref", generation=2, disabled_at=GUN)
        assert not accounts.change_account(tx, "nobody", generation=2)
        assert accounts.find_account(tx, "ref") == REFEREE._replace(generation=2, disabled_at=GUN)
        assert accounts.find_account(tx, "nobody") is None


def test_a_name_is_taken_once(store):
    with store.write() as tx:
        accounts.add_account(tx, REFEREE)
    with pytest.raises(IntegrityError), store.write() as tx:
        accounts.add_account(tx, REFEREE)


def test_a_link_is_found_by_its_hash_and_can_be_closed(store, event):
    link = LINK._replace(event_id=event)
    with store.write() as tx:
        stations.add_link(tx, link)
        stations.add_link(tx, link._replace(token_hash="new", created_at=Instant(GUN + 1)))
        assert [each.token_hash for each in stations.list_links(tx, event)] == ["new", "hash"]
        stations.revoke_link(tx, "hash", Instant(GUN + 2))
        assert stations.find_link(tx, "hash") == link._replace(revoked_at=Instant(GUN + 2))
        assert stations.find_link(tx, "forged") is None


def test_a_link_is_for_a_timing_point_or_for_a_desk(store, event):
    with pytest.raises(IntegrityError), store.write() as tx:
        stations.add_link(tx, LINK._replace(event_id=event, desk="check-in"))


def test_a_device_keeps_the_time_at_which_it_was_first_heard(store, event):
    device = stations.StationRow(event, "phone", None, "Phone", "line", GUN, GUN, 7, Duration(5))
    later = device._replace(
        first_heard=Instant(GUN + 9), last_heard=Instant(GUN + 9), unsent=0, clock_offset=None
    )
    with store.write() as tx:
        stations.hear(tx, device)
        stations.hear(tx, later)
        assert stations.list_stations(tx, event) == [
            later._replace(first_heard=GUN, clock_offset=Duration(5))
        ]
