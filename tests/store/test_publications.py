"""What was published stays as it was published, version by version."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.store.filled import sheet
from timing.store.journal import UnknownEventError
from timing.store.publications import State, latest, list_publications, load_sheet, publish


def test_a_publication_carries_its_hash_and_what_it_stands_for(store, event):
    with store.write() as tx:
        version = publish(tx, event, "mile", sheet())
    assert version.version == 1
    assert version.sha256 == hashlib.sha256(sheet().pdf).hexdigest()
    assert (version.state, version.seq, version.setup) == (State.PROVISIONAL, 3, "digest")
    with store.read() as tx:
        assert load_sheet(tx, event, "mile", 1) == sheet()
        assert latest(tx, event, "mile") == version
        assert list_publications(tx, event) == [version]


def test_each_contest_counts_its_versions_from_one(store, event):
    with store.write() as tx:
        made = [
            publish(tx, event, contest, sheet(state))
            for contest, state in (
                ("mile", State.PROVISIONAL), ("", State.PROVISIONAL), ("mile", State.OFFICIAL)
            )
        ]  # fmt: skip
        assert [version.version for version in made] == [1, 1, 2]
        newest = latest(tx, event, "mile")
        assert newest is not None
        assert newest.state is State.OFFICIAL
        assert [version.contest for version in list_publications(tx, event)] == ["", "mile", "mile"]


def test_what_was_never_published_is_not_there(store, event):
    with store.read() as tx:
        assert latest(tx, event, "mile") is None
        assert load_sheet(tx, event, "mile", 1) is None
        assert list_publications(tx, event) == []
    with pytest.raises(UnknownEventError), store.write() as tx:
        publish(tx, 7, "mile", sheet())


def test_two_officials_who_publish_at_once_get_two_versions(store, event):
    def published(_: int) -> int:
        with store.write() as tx:
            return publish(tx, event, "mile", sheet()).version

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(published, range(8))) == list(range(1, 9))
