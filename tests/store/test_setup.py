"""Setups are saved and loaded whole."""

from __future__ import annotations

from msgspec.structs import replace

from tests.store.races import backwards_mile
from timing.store.setup import list_events, load_event, save_event


def test_a_setup_comes_back_as_it_was_saved(store):
    with store.write() as tx:
        save_event(tx, backwards_mile())
    with store.read() as tx:
        assert load_event(tx, "mile-2025") == backwards_mile()


def test_saving_again_changes_the_same_event(store, event):
    mile, relay = backwards_mile().contests
    changed = replace(
        backwards_mile(),
        name="Mile, moved",
        contests=(replace(relay, name="Couples"), replace(mile, capacity=None)),
    )
    with store.write() as tx:
        assert save_event(tx, changed) == event
        assert load_event(tx, "mile-2025") == changed
        assert len(list_events(tx)) == 1
