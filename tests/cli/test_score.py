"""``timing score`` on the terminal: what it says, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.machines.terminal import Terminal, terminal


@pytest.fixture
def timing() -> Terminal:
    return terminal(clock=lambda: 0, load_settings=lambda: None, serve=lambda _: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "race"
    folder.mkdir()
    (folder / "race.toml").write_text('name = "Town 5K"\ndate = "2026-05-30"\n')
    (folder / "entries.csv").write_text("bib,name,shoe\n1,Al,44\n2,Bo,43\n")
    (folder / "times.csv").write_text("bib,time\n2,18:01\n1,18:05\n")
    return folder


def test_a_clean_race_ends_with_0_and_a_summary(timing, folder, tmp_path) -> None:
    ended = timing("score", folder, "--out", tmp_path / "out")
    assert ended.exit_code == 0
    assert "Town 5K: 2 ranked" in ended.stdout
    assert "results.csv" in ended.stdout
    assert ended.stderr == f"note: {folder}/entries.csv:1: column 'shoe' is not used\n"


def test_a_race_with_anomalies_ends_with_1_and_names_them(timing, folder, tmp_path) -> None:
    (folder / "times.csv").write_text("bib,time\n2,18:01\n?,18:05\n")
    ended = timing("score", folder, "--out", tmp_path / "out")
    assert ended.exit_code == 1
    assert "error: A time at" in ended.stderr
    assert (tmp_path / "out" / "results.csv").exists()


def test_a_refused_race_ends_with_2_says_file_and_line_and_writes_nothing(
    timing, folder, tmp_path
) -> None:
    (folder / "times.csv").write_text("bib,time\n2,18:01\n3,18:05\n")
    ended = timing("score", folder, "--out", tmp_path / "out")
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert ended.stderr == (
        f"{folder}/times.csv:3: bib '3' is not registered; expected a bib of the entries\n"
    )
    assert not (tmp_path / "out").exists()


def test_quiet_says_nothing_of_a_clean_race(timing, folder, tmp_path) -> None:
    ended = timing("score", folder, "--out", tmp_path / "out", "--quiet")
    assert (ended.exit_code, ended.stdout, ended.stderr) == (0, "", "")


def test_progress_is_shown_on_a_terminal_only(timing, folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("timing.cli.score._on_a_terminal", lambda: True)
    ended = timing("score", folder, "--out", tmp_path / "out")
    assert "reading the files ..." in ended.stderr
    quiet = timing("score", folder, "--out", tmp_path / "out", "--quiet")
    assert quiet.stderr == ""


def test_an_out_folder_is_asked_for(timing, folder) -> None:
    ended = timing("score", folder)
    assert ended.exit_code == 2
    assert "--out" in ended.stderr


def test_a_file_in_the_place_of_the_results_is_refused(timing, folder, tmp_path) -> None:
    (tmp_path / "out").write_text("mine")
    ended = timing("score", folder, "--out", tmp_path / "out")
    assert ended.exit_code == 2
    assert f"{tmp_path}/out: this is a file, not a folder" in ended.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_the_encoding_of_the_tables_may_be_named(timing, folder, tmp_path) -> None:
    (folder / "entries.csv").write_bytes("bib,name\n1,Łukasz\n2,Bo\n".encode("cp1250"))
    assert timing("score", folder, "--out", tmp_path / "out").exit_code == 2
    ended = timing("score", folder, "--out", tmp_path / "out", "--encoding", "cp1250")
    assert ended.exit_code == 0
    assert "Łukasz" in (tmp_path / "out" / "results.csv").read_text(encoding="utf-8")


def test_the_help_names_the_files(timing) -> None:
    ended = timing("score", "--help")
    assert ended.exit_code == 0
    assert "race.toml" in ended.stdout
