"""A roster that is read again is the roster as it stands, and what is as it was is the same."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.store.races import field
from timing.core.setup.roster import Entry, Member, Roster
from timing.store import roster
from timing.store.rereading import read_roster

ASE, BOB, COUPLE, ZOE = field().entries


@pytest.fixture
def reading(store, event):
    with store.read() as tx:
        return read_roster(tx, event)


def again(store, event, reading):
    with store.read() as tx:
        found = read_roster(tx, event, reading)
        assert found.roster == roster.load_roster(tx, event)
    return found.roster


def test_the_first_reading_is_the_roster(reading):
    assert reading.roster == field()


def test_of_nobody_there_is_an_empty_roster(store):
    with store.read() as tx:
        empty = read_roster(tx, 99)
        assert empty.roster == read_roster(tx, 99, empty).roster == Roster()


def test_what_nobody_changed_is_the_same_object(store, event, reading):
    found = again(store, event, reading)
    assert found.entries is reading.roster.entries
    assert found.starts is reading.roster.starts


@pytest.mark.parametrize(
    "changed",
    [
        replace(BOB, bib="77"),
        replace(BOB, chips=("NEW",)),
        replace(BOB, members=(Member(name="Eva"),)),
        replace(BOB, note="asks for a map"),
        replace(BOB, external="R-7"),
    ],
)
def test_one_entry_that_was_changed_is_made_anew_and_the_others_stay(
    store, event, reading, changed
):
    with store.write() as tx:
        roster.save_entries(tx, event, [changed])
    found = again(store, event, reading)
    assert found.entries[1] == changed
    before = reading.roster.entries
    kept = [one is other for one, other in zip(found.entries, before, strict=True)]
    assert kept == [True, False, True, True]


def test_who_comes_late_stands_in_the_order_of_ids_and_who_leaves_is_gone(store, event, reading):
    late = Entry(id=9, contest="mile", name="Late", bib="199")
    with store.write() as tx:
        roster.save_entries(tx, event, [late])
        roster.remove_entries(tx, event, [1])
    assert again(store, event, reading).entries == (BOB, COUPLE, ZOE, late)


def test_start_lists_are_read_again(store, event, reading):
    first, *others = field().starts
    moved = replace(first, lane=7)
    with store.write() as tx:
        roster.save_starts(tx, event, [moved])
    found = again(store, event, reading)
    assert set(found.starts) == {moved, *others}
    assert found.entries is reading.roster.entries
