"""The database as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from timing.core.refusal import Refusal
from timing.services import upkeep
from timing.store import migrate


def refused(url: str) -> str:
    with pytest.raises(Refusal) as caught:
        upkeep.require_ready(url)
    return str(caught.value)


def test_an_empty_database_becomes_a_ready_one(empty_database_url: str):
    assert "at revision none; expected" in refused_or_missing(empty_database_url)
    before, after = upkeep.upgrade(empty_database_url)
    assert (before, after) == (None, migrate.revisions()[-1])
    upkeep.require_ready(empty_database_url)
    assert upkeep.faults(empty_database_url) == []


def refused_or_missing(url: str) -> str:
    """An SQLite database is empty only once its file is there."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).touch()
    return refused(url)


def test_what_is_up_to_date_stays_as_it_is(database_url: str):
    newest = migrate.revisions()[-1]
    assert upkeep.upgrade(database_url) == (newest, newest)


def test_a_missing_file_is_told_and_not_made(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/none.db"
    assert "there is no database yet; timing db upgrade makes it" in refused(url)
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


@pytest.mark.parametrize("verb", [upkeep.upgrade, upkeep.require_ready])
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
