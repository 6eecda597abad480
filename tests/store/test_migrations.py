"""Every step of the schema goes up and down, and no row is lost on the way."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect, text

from tests.store.filled import every_row, fill
from timing import resources
from timing.store import migrate
from timing.store.backup import backup, restore
from timing.store.connect import open_store
from timing.store.schema import metadata

STEPS = migrate.revisions()


def test_the_files_of_the_steps_sort_by_date():
    names = sorted(path.name for path in resources.folder("migrations").glob("versions/*.py"))
    assert len(names) == len(STEPS)
    assert all(re.fullmatch(r"\d{4}_\d\d_\d\d_\w+\.py", name) for name in names)


def test_an_empty_database_comes_up_to_the_newest_step_and_nothing_differs(empty_database_url):
    assert migrate.current(empty_database_url) is None
    assert "expected" in migrate.check(empty_database_url)[0]
    migrate.upgrade(empty_database_url)
    assert migrate.current(empty_database_url) == STEPS[-1]
    assert migrate.check(empty_database_url) == []


@pytest.mark.parametrize("step", STEPS[1:])
def test_each_step_goes_down_and_up_without_losing_a_row(database_url, step):
    store = open_store(database_url)
    fill(store)
    before = every_row(store)
    store.close()
    assert all(before.values()), [name for name, rows in before.items() if not rows]
    migrate.downgrade(database_url, f"{step}-1")
    below = columns(database_url)
    migrate.upgrade(database_url)
    assert migrate.check(database_url) == []
    store = open_store(database_url)
    after = every_row(store)
    store.close()
    # A table or a column that the step itself brings is dropped on the way down.
    for name in before.keys() & below.keys():
        assert cut(after[name], name, below) == cut(before[name], name, below)
    assert below.keys() >= {"read", "ruling", "raw_line", "publication", "entry"}


def columns(url):
    store = open_store(url)
    with store.read() as tx:
        look = inspect(tx)
        found = {name: {column["name"] for column in look.get_columns(name)}
                 for name in look.get_table_names()}  # fmt: skip
    store.close()
    return found


def cut(rows, table, columns):
    """Rows with those columns only that there are below."""
    places = [
        k for k, column in enumerate(metadata.tables[table].columns)
        if column.name in columns[table]
    ]  # fmt: skip
    return Counter(tuple(row[k] for k in places) for row in rows)


def test_what_a_box_said_once_was_a_table_and_goes_back_into_one(database_url):
    """The step that put the sightings beside their lines; everything is there both ways."""
    store = open_store(database_url)
    event = fill(store)
    before = every_row(store)
    migrate.downgrade(database_url, "2026_11_22_webhook_deliveries")
    with store.read() as tx:
        said = "SELECT digest, station, n, sequence FROM sighting WHERE event_id = :e ORDER BY 1"
        found = [(bytes(row[0]), *row[1:]) for row in tx.execute(text(said), {"e": event})]
    assert found == [
        (b"\x00\xff", "mat", 1, 2), (b"\x01", "mat", None, None), (b"\x02", "mat/elapsed", 1, None),
    ]  # fmt: skip
    migrate.upgrade(database_url)
    assert every_row(store) == before
    store.close()


def test_the_first_step_down_empties_the_database_and_a_backup_brings_every_row_back(
    database_url, tmp_path
):
    store = open_store(database_url)
    fill(store)
    before = every_row(store)
    backup(store, tmp_path / "all.backup")
    store.close()
    migrate.downgrade(database_url, "base")
    assert migrate.current(database_url) is None
    migrate.upgrade(database_url)
    restore(database_url, tmp_path / "all.backup")
    store = open_store(database_url)
    after = every_row(store)
    store.close()
    assert after == before


def test_a_step_down_to_the_search_in_the_table_folds_every_name_again(database_url):
    store = open_store(database_url)
    fill(store)
    store.close()
    migrate.downgrade(database_url, "2026_11_23_said_once")
    store = open_store(database_url)
    with store.read() as tx:
        found = tx.execute(text("SELECT id, folded FROM entry ORDER BY id")).all()
    store.close()
    assert [row.folded for row in found if row.id == 2] == [" bob lukasz"]
    assert all(row.folded.startswith(" ") for row in found)
    migrate.upgrade(database_url)
    assert migrate.check(database_url) == []


def test_two_who_upgrade_at_once_do_not_meet(empty_database_url):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate.upgrade, [empty_database_url] * 2))
    assert migrate.check(empty_database_url) == []


def test_a_step_that_fails_leaves_the_database_as_it_was(empty_database_url):
    def half_done() -> None:
        with migrate.migrating(empty_database_url) as connection:
            connection.execute(text("CREATE TABLE half (done INTEGER)"))
            raise RuntimeError("the step failed")

    with pytest.raises(RuntimeError):
        half_done()
    store = open_store(empty_database_url)
    with store.read() as tx:
        assert "half" not in tx.dialect.get_table_names(tx)
    store.close()


def test_a_missing_guard_a_missing_check_and_a_foreign_table_are_told(database_url, engine_name):
    store = open_store(database_url)
    with store.write() as tx:
        if engine_name == "sqlite":
            tx.execute(text("DROP TRIGGER ruling_refuses_delete"))
            tx.execute(text("DROP TABLE station"))
            tx.execute(text("CREATE TABLE station (id INTEGER)"))
        else:
            tx.execute(text("DROP TRIGGER ruling_refuses_change ON ruling"))
            tx.execute(text("ALTER TABLE station DROP COLUMN unsent"))
        tx.execute(text("DROP TABLE publication"))
        tx.execute(text("CREATE TABLE publication (version INTEGER)"))
    store.close()
    told = "\n".join(migrate.check(database_url))
    assert "the trigger ruling_refuses_" in told
    assert "the check ck_publication_state is missing" in told
    assert "'unsent'" in told


def test_rows_that_refer_to_nothing_stop_a_step(tmp_path):
    url = f"sqlite:///{tmp_path / 'timing.db'}"
    migrate.upgrade(url)
    orphan = "INSERT INTO team (event_id, name) VALUES (7, 'Reds')"

    def orphaned() -> None:
        with migrate.migrating(url) as connection:
            connection.execute(text(orphan))

    with pytest.raises(migrate.BrokenReferenceError, match="of team refers to a row of event"):
        orphaned()
    with sqlite3.connect(tmp_path / "timing.db") as careless:
        careless.execute(orphan)
    careless.close()
    assert migrate.check(url) == ["row 1 of team refers to a row of event that is gone"]
