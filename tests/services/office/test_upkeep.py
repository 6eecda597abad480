"""The database as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from timing.core.refusal import Refusal
from timing.services.office import upkeep
from timing.store import migrate


def test_an_empty_database_becomes_a_ready_one(empty_database_url: str):
    before, after = upkeep.upgrade(empty_database_url)
    assert (before, after) == (None, migrate.revisions()[-1])
    assert upkeep.faults(empty_database_url) == []


def test_work_on_an_empty_database_makes_it_ready_first(empty_database_url: str):
    upkeep.make_ready(empty_database_url)
    assert upkeep.faults(empty_database_url) == []
    upkeep.make_ready(empty_database_url)


def test_an_old_database_is_refused_and_stays_as_it_is(database_url: str):
    oldest, newest = migrate.revisions()[0], migrate.revisions()[-1]
    migrate.downgrade(database_url, oldest)
    with pytest.raises(Refusal, match=f"at revision {oldest}; expected {newest}: run timing db"):
        upkeep.make_ready(database_url)
    assert migrate.current(database_url) == oldest
    [fault] = upkeep.faults(database_url)
    assert fault == f"the database is at revision {oldest}; expected {newest}"


def test_what_is_up_to_date_stays_as_it_is(database_url: str):
    newest = migrate.revisions()[-1]
    assert upkeep.upgrade(database_url) == (newest, newest)


def test_a_look_at_a_missing_file_does_not_make_it(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/none.db"
    assert upkeep.faults(url) == ["there is no database yet; timing db upgrade makes it"]
    assert list(tmp_path.iterdir()) == []


def test_a_lost_guard_of_the_journal_is_found(database_url: str):
    engine = create_engine(database_url)
    sqlite = engine.dialect.name == "sqlite"
    listed = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if sqlite
        else "SELECT tgname || ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.begin() as tx:
        trigger = min(tx.execute(text(listed)).scalars())
        tx.execute(text(f"DROP TRIGGER {trigger}"))
    engine.dispose()
    assert any("is missing" in fault for fault in upkeep.faults(database_url))


@pytest.mark.parametrize("verb", [upkeep.upgrade, upkeep.make_ready])
def test_a_server_that_does_not_answer_is_named_without_its_password(verb):
    with pytest.raises(Refusal) as caught:
        verb("postgresql+psycopg://anna:geheim@127.0.0.1:1/race")
    sentence = str(caught.value)
    assert "127.0.0.1:1/race: cannot be used (" in sentence
    assert "geheim" not in sentence


def test_a_server_that_does_not_answer_is_a_fault_that_is_listed():
    [fault] = upkeep.faults("postgresql+psycopg://anna:geheim@127.0.0.1:1/race")
    assert "cannot be used (" in fault


def test_what_is_no_address_is_not_shown_at_all():
    assert upkeep.shown("geheim") == "database"
