"""Everything goes into one file and back, also into the other engine; a damaged file is refused."""

from __future__ import annotations

import pytest

from tests.store.filled import every_row, fill
from tests.store.races import backwards_mile, read
from timing.core.refusal import Refusal
from timing.store import migrate
from timing.store.backup import backup, restore
from timing.store.connect import open_store
from timing.store.journal import append
from timing.store.setup import save_event


@pytest.fixture
def other_url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'other' / 'timing.db'}"


@pytest.fixture
def saved(store, tmp_path):
    """A backup of a filled database."""
    fill(store)
    backup(store, tmp_path / "timing.backup")
    return tmp_path / "timing.backup"


def rows_of(url: str):
    store = open_store(url)
    try:
        return every_row(store)
    finally:
        store.close()


def refusal(url: str, source) -> str:
    with pytest.raises(Refusal) as refused:
        restore(url, source)
    return str(refused.value)


def test_a_backup_of_either_engine_becomes_a_database_on_sqlite(store, saved, other_url):
    restore(other_url, saved)
    assert rows_of(other_url) == every_row(store)
    assert migrate.check(other_url) == []


def test_a_backup_from_sqlite_becomes_a_database_on_either_engine(empty_database_url, other_url,
                                                                  tmp_path):  # fmt: skip
    migrate.upgrade(other_url)
    store = open_store(other_url)
    fill(store)
    backup(store, tmp_path / "timing.backup")
    before = every_row(store)
    store.close()
    restore(empty_database_url, tmp_path / "timing.backup")
    assert rows_of(empty_database_url) == before
    assert migrate.check(empty_database_url) == []
    it_goes_on_where_it_was(empty_database_url)


def it_goes_on_where_it_was(url: str) -> None:
    store = open_store(url)
    with store.write() as tx:
        assert append(tx, 1, [read(1), read(9)])[1].seq == 4
        assert save_event(tx, backwards_mile("next")) == 2
    store.close()


def test_a_backup_of_an_earlier_revision_comes_up_to_date(store, database_url, other_url, tmp_path):
    fill(store)
    before = every_row(store)
    store.close()
    migrate.downgrade(database_url, migrate.revisions()[0])
    older = open_store(database_url)
    backup(older, tmp_path / "old.backup")
    older.close()
    restore(other_url, tmp_path / "old.backup")
    # Tables that the first revision does not have come up empty, and so do columns.
    later = {"reader": set(), "webhook": set(), "webhook_delivery": set()}
    later["raw_line"] = {(*row[:7], "None", "None", "None") for row in before["raw_line"]}
    assert rows_of(other_url) == before | later


def test_a_database_with_rows_is_not_overwritten(store, saved, database_url):
    before = every_row(store)
    told = refusal(database_url, saved)
    assert "has rows already (account, event" in told
    assert "expected an empty database" in told
    assert every_row(store) == before


def test_a_file_that_is_no_backup_is_refused_and_nothing_is_made(other_url, tmp_path):
    for content in (b"", b"bib;name\n1;Eva\n", b"\xff\xfe{}", b"[1]\n", b'{"timing": 1}\n'):
        file = tmp_path / "list.csv"
        file.write_bytes(content)
        assert refusal(other_url, file).startswith(str(file))
    assert migrate.current(other_url) is None


def test_a_file_that_was_cut_or_changed_is_refused(store, saved, other_url):
    whole = saved.read_bytes()
    for damaged in (
        whole[: len(whole) // 2],
        whole[:-40],
        whole.replace(b"Backwards", b"Forwards!"),
    ):
        saved.write_bytes(damaged)
        if store.dialect == "sqlite" and len(damaged) == len(whole):
            continue
        told = refusal(other_url, saved)
        assert "timing.backup" in told
        assert migrate.current(other_url) is None


def test_a_file_of_a_newer_program_is_refused_by_its_revision(store, saved, other_url):
    newest = migrate.revisions()[-1].encode()
    saved.write_bytes(saved.read_bytes().replace(newest, newest.replace(b"2026", b"2031")))
    if store.dialect == "sqlite":
        assert (
            f"{newest.decode().replace('2026', '2031')}, which this program does not know"
            in refusal(other_url, saved)
        )
    else:
        assert "was cut or changed" in refusal(other_url, saved)


def test_a_file_of_another_format_is_refused(other_url, tmp_path):
    file = tmp_path / "new.backup"
    file.write_text('{"timing":"backup","format":2,"revision":"x"}\n')
    assert refusal(other_url, file) == f"{file}: has format 2; expected 1"


def test_a_backup_that_fails_leaves_the_last_one_alone(store, saved, monkeypatch):
    before = saved.read_bytes()

    def full(*_) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("timing.store.backup._flush", full)
    with pytest.raises(OSError, match="no space"):
        backup(store, saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.glob("*.part")) == []
