"""Accounts, backups, exports and box files from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from tests.machines.terminal import Terminal, terminal
from tests.services.days import SLUG, run_day
from timing.services.house import House
from timing.settings import Settings

DAY = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"


def test_an_account_is_added_with_a_password_that_is_shown_once(runner: Terminal):
    added = runner("user", "add", "anna", "--role", "timer")
    assert added.exit_code == 0, added.stderr
    assert "anna may sign in as timer with the password" in added.stdout
    assert runner("user", "list").stdout == "anna\ttimer\n"


def test_an_account_changes_its_role_and_its_password_and_is_closed(runner: Terminal):
    first = runner("user", "add", "anna", "--role", "timer").stdout
    assert runner("user", "role", "anna", "--role", "judge").stdout == "anna is judge now.\n"
    renewed = runner("user", "password", "anna").stdout
    assert renewed.startswith("anna may sign in with the password")
    assert first.split("password ")[1] != renewed.split("password ")[1]
    assert runner("user", "close", "anna").exit_code == 0
    assert runner("user", "list").stdout == "anna\tjudge  (closed)\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("user", "password", "bob"), "no account 'bob'"),
        (("user", "role", "bob", "--role", "desk"), "no account 'bob'"),
        (("user", "close", "bob"), "no account 'bob'"),
        (("user", "add", "bob", "--role", "king"), "Invalid value for '--role'"),
        (("export", "results", "nowhere", "-o", "x.csv"), "no event 'nowhere'"),
        (("export", "journal", "nowhere", "-o", "x.jsonl"), "no event 'nowhere'"),
        (("demo", "--replay", "--event", "nix"), "'nix' is no demonstration; expected one of"),
        (("decode", "nix", __file__), "'nix' is no format; expected one of"),
        (("restore", "none.backup"), "'none.backup' does not exist"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_does_not_exist_is_named_and_nothing_is_written(
    words: tuple[str, ...],
    sentence: str,
    runner: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.chdir(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    ended = runner(*words)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert sentence in ended.stderr
    assert "fault of the program" not in ended.stderr
    assert not {path.name for path in tmp_path.iterdir()} - {*before, *_side_files(before)}


def _side_files(names: list[str]) -> list[str]:
    """What SQLite keeps beside a database that is open."""
    return [f"{name}-{side}" for name in names for side in ("wal", "shm")]


def test_results_are_exported_as_a_table_and_as_json(
    house: House, runner: Terminal, tmp_path: Path
):
    run_day(house, DAY)
    for name in ("day.csv", "day.json"):
        ended = runner("export", "results", SLUG, "--out", tmp_path / name)
        assert ended.exit_code == 0, ended.stderr
    assert "6:45" in (tmp_path / "day.csv").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "day.json").read_text(encoding="utf-8"))


def test_an_exported_journal_can_be_sent_again_without_a_change(
    house: House, runner: Terminal, tmp_path: Path
):
    run_day(house, DAY)
    ended = runner("export", "journal", SLUG, "--out", tmp_path / "day.jsonl")
    assert ended.stdout.startswith("3 lines written to ")
    sent = runner("import", "journal", SLUG, tmp_path / "day.jsonl")
    assert sent.stdout == "0 lines new, 3 known, 0 of another content.\n"
    snapshot = house.live.snapshot(SLUG, fresh=True)
    assert snapshot is not None
    assert snapshot.seq == 3


def test_a_journal_with_a_broken_line_is_refused_as_a_whole(
    house: House, runner: Terminal, tmp_path: Path
):
    run_day(house, DAY)
    file = tmp_path / "day.jsonl"
    assert runner("export", "journal", SLUG, "--out", file).exit_code == 0
    with file.open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    refused = runner("import", "journal", SLUG, file)
    assert refused.exit_code == 2
    assert "day.jsonl:5" in refused.stderr
    assert runner("import", "journal", "nowhere", file).exit_code == 2


def test_a_backup_fills_an_empty_database_and_no_other(
    house: House, runner: Terminal, settings: Settings, tmp_path: Path
):
    run_day(house, DAY)
    kept = tmp_path / "day.backup"
    assert runner("backup", kept).stdout.startswith(f"Backed up to {kept} (")
    refused = runner("restore", kept)
    assert refused.exit_code == 2
    assert "expected an empty database" in refused.stderr

    url = f"sqlite:///{tmp_path}/restored.db"
    elsewhere: Settings = msgspec.structs.replace(settings, database_url=url)
    other = terminal(clock=house.clock, load_settings=lambda: elsewhere)
    assert other("restore", kept).exit_code == 0
    assert other("db", "check").exit_code == 0
    assert other("export", "results", SLUG, "-o", tmp_path / "again.csv").exit_code == 0
    runner("export", "results", SLUG, "-o", tmp_path / "first.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "first.csv").read_bytes()


def test_a_box_file_becomes_a_table_and_its_refused_lines_are_named(
    runner: Terminal, tmp_path: Path
):
    path = tmp_path / "box.txt"
    path.write_text("aa400000000123450a2a01123018455927a8\r\nnonsense\r\n", encoding="ascii")
    ended = runner("decode", "ipico", path)
    assert ended.exit_code == 1
    assert ended.stdout.startswith("kind,at,chip,bib,box,antenna,rssi,sequence,line\n")
    assert f"{path}:1: " in ended.stderr
    assert f"{path}:2: " in ended.stderr


def test_the_demonstrations_are_loaded_once(runner: Terminal):
    first = runner("demo")
    assert first.exit_code == 0, first.stderr
    assert "backwards-mile, retro-worlds" in first.stdout
    assert "none, they are here" in runner("demo").stdout
    assert "none, they are here" in runner("demo", "--if-empty").stdout
    assert runner("db", "check").exit_code == 0


def test_a_large_demonstration_has_as_many_people_as_are_wished(house: House, runner: Terminal):
    first = runner("demo", "--people", "120")
    assert first.exit_code == 0, first.stderr
    assert "city-run-120" in first.stdout
    assert "none, they are here" in runner("demo", "--people", "120").stdout
    snapshot = house.live.snapshot("city-run-120", fresh=True)
    assert snapshot is not None
    assert len(snapshot.roster.entries) == 120
    refused = runner("demo", "--people", "0")
    assert refused.exit_code == 2
    assert "1<=x<=100000" in refused.stderr


def test_a_large_demonstration_is_replayed_with_its_people(house: House, runner: Terminal):
    ended = runner("demo", "--replay", "--people", "9", "--speed", "1000")
    assert ended.exit_code == 0, ended.stderr
    assert "Replayed as city-run-9-live-" in ended.stdout


def test_a_demonstration_is_replayed_through_the_journal(house: House, runner: Terminal):
    ended = runner("demo", "--replay", "--event", "backwards-mile", "--speed", "1000")
    assert ended.exit_code == 0, ended.stderr
    slug = ended.stdout.rpartition("Replayed as ")[2].strip().rstrip(".")
    snapshot = house.live.snapshot(slug, fresh=True)
    assert snapshot is not None
    assert snapshot.seq > 0


def test_a_backup_into_a_folder_that_is_not_there_names_the_file(
    house: House, runner: Terminal, tmp_path: Path
):
    run_day(house, DAY)
    kept = tmp_path / "none" / "day.backup"
    ended = runner("backup", kept)
    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"{kept}: No such file or directory")


def test_a_file_that_is_no_backup_is_named_as_its_user_named_it(runner: Terminal, tmp_path: Path):
    file = tmp_path / "day.backup"
    file.write_text("milk and bread\n", encoding="utf-8")
    ended = runner("restore", file)
    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"{file}:1: ")
