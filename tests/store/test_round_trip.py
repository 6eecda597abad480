"""Whatever is saved comes back as it was: every field of setups, rosters and journals."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.store import made_up
from tests.store.races import backwards_mile
from timing.core.setup.roster import Roster
from timing.store.connect import Store
from timing.store.journal import append, load_journal
from timing.store.lines import storable
from timing.store.roster import load_roster, save_roster
from timing.store.setup import load_event, save_event

pytestmark = pytest.mark.slow
# One database for all examples: each is saved over the one before, which is the harder test.
over_and_over = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@over_and_over
@given(event=made_up.events())
def test_any_setup_replaces_any_other_and_comes_back(store: Store, event):
    with store.write() as tx:
        save_event(tx, event)
    with store.read() as tx:
        assert load_event(tx, "lot") == event


@over_and_over
@given(data=st.data())
def test_any_roster_replaces_any_other_and_comes_back(store: Store, data):
    with store.write() as tx:
        number = save_event(tx, backwards_mile("empty"))
        save_roster(tx, number, Roster())
        event = data.draw(made_up.events())
        number = save_event(tx, event)
        for _ in range(3):
            roster = data.draw(made_up.rosters(event))
            save_roster(tx, number, roster)
            assert load_roster(tx, number) == roster
        save_roster(tx, number, Roster())


@over_and_over
@given(reads=st.lists(made_up.READS, max_size=6), rulings=st.lists(made_up.RULINGS, max_size=6))
def test_any_lines_are_kept_and_come_back_in_their_order(store: Store, reads, rulings):
    with store.write() as tx:
        event = save_event(tx, backwards_mile())
        before = load_journal(tx, event).seq
        receipts = append(tx, event, reads, rulings)
        lines = load_journal(tx, event)
    by_id = {line.id: line for line in (*lines.reads, *lines.rulings)}
    for receipt, line in zip(receipts, [*reads, *rulings], strict=True):
        assert receipt.line == storable(line).id
        assert by_id[receipt.kept] == storable(line)._replace(n=receipt.kept[1])
    fresh = {receipt.seq for receipt in receipts if receipt.seq > before}
    assert fresh == set(range(before + 1, lines.seq + 1))
