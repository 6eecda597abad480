"""An open, migrated database, and a small race to put into it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.races import backwards_mile, field
from timing.store.connect import Store, open_store
from timing.store.roster import save_roster
from timing.store.setup import save_event


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def event(store: Store) -> int:
    """The number of a Backwards Mile with a field of three."""
    with store.write() as tx:
        number = save_event(tx, backwards_mile())
        save_roster(tx, number, field())
    return number
