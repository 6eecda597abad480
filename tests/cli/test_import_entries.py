"""A list of entrants from the terminal: the same plan as on the page."""

from __future__ import annotations

import pytest

from tests.services.days import SLUG, run_day
from timing.services.entrants.entry_facts import facts_of

LIST = "Name,Born,Nation\nAda,1990,ITA\nBob,soon,ITA\nCleo,1992,Narnia\n"


@pytest.fixture
def list_file(house, tmp_path):
    run_day(house, "101 start 0:01")
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def names(house):
    return sorted(entry.name for entry in facts_of(house, SLUG).entries.values())


def test_what_is_open_is_listed_and_nothing_is_written(house, runner, list_file):
    ended = runner("import", "entries", SLUG, list_file)
    assert ended.exit_code == 1
    assert f"{list_file}:3: 'soon' is no birth date" in ended.stderr
    assert f"{list_file}:4: nation: 'Narnia' is no nation" in ended.stderr
    assert "1 to decide; nothing was written" in ended.stdout
    assert names(house) == ["Runner 101"]


def test_decided_rows_are_entered_and_bad_ones_told(house, runner, list_file):
    ended = runner("import", "entries", SLUG, list_file, "--decide", "nation=clear")
    assert (ended.exit_code, ended.stdout) == (1, "2 new, 0 changed, 0 as before, 1 left out.\n")
    assert names(house) == ["Ada", "Cleo", "Runner 101"]


def test_a_dry_run_writes_nothing(house, runner, list_file):
    list_file.write_text("Name;Born\nAda;03/04/1990\n")
    ended = runner("import", "entries", SLUG, list_file, "--dry-run", "--dates", "dmy",
                   "--contest", "race", "--encoding", "utf-8")  # fmt: skip
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "1 new" in ended.stdout
    assert names(house) == ["Runner 101"]


def test_an_unknown_event_or_no_table_is_refused(house, runner, list_file, tmp_path):
    assert runner("import", "entries", "nowhere", list_file).exit_code == 2
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    ended = runner("import", "entries", SLUG, empty)
    assert ended.exit_code == 2
    assert f"{empty}: the file is empty" in ended.stderr
