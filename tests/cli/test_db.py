"""timing db: the database from the terminal."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.machines.terminal import Terminal, terminal
from timing.settings import Settings, load_settings


@pytest.fixture
def fresh(empty_database_url: str, tmp_path: Path) -> Terminal:
    """A terminal with an empty database."""
    chosen = load_settings({"TIMING_DATABASE_URL": empty_database_url})
    settings: Settings = msgspec.structs.replace(chosen, data_dir=str(tmp_path))
    return terminal(load_settings=lambda: settings)


def test_from_nothing_to_a_database_in_one_command(fresh: Terminal):
    assert fresh("db", "check").exit_code == 1
    made = fresh("db", "upgrade")
    assert made.exit_code == 0, made.stderr
    assert "was brought from nothing to revision" in made.stdout
    again = fresh("db", "upgrade")
    assert again.exit_code == 0
    assert "is already at revision" in again.stdout
    checked = fresh("db", "check")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert "nothing is wrong" in checked.stdout


def test_what_is_wrong_is_one_line_each_on_the_error_stream(fresh: Terminal):
    ended = fresh("db", "check")
    assert ended.exit_code == 1
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1


def test_a_server_that_does_not_answer_is_named_once():
    chosen = load_settings({"TIMING_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"})
    ended = terminal(load_settings=lambda: chosen)("db", "check")
    assert ended.exit_code == 1
    assert ended.stderr.count("postgresql+psycopg://") == 1


def test_the_services_of_a_command_are_closed_after_it(runner: Terminal):
    with runner.wiring.house() as house, house.store.read():
        pass
    assert house.store.readers.pool.checkedout() == 0
