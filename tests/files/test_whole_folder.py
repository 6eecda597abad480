"""Files appear together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from timing.files.feeds.whole_folder import whole_files, whole_folder


def tree(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def write_and_fail(target: Path, error: type[BaseException]) -> None:
    with whole_folder(target) as draft:
        (draft / "results.csv").write_text("new")
        raise error


def test_a_new_folder_appears_with_its_files(tmp_path) -> None:
    with whole_folder(tmp_path / "a" / "out") as draft:
        (draft / "results.csv").write_text("new")
        assert not (tmp_path / "a" / "out").exists()
    assert tree(tmp_path) == {"a/out/results.csv": "new"}


def test_a_failure_leaves_nothing_behind(tmp_path) -> None:
    with pytest.raises(RuntimeError):
        write_and_fail(tmp_path / "a" / "b" / "out", RuntimeError)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_an_older_folder_as_it_was(tmp_path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "results.csv").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_and_fail(tmp_path / "out", KeyboardInterrupt)
    assert tree(tmp_path) == {"out/results.csv": "old"}


def test_files_of_the_same_name_are_replaced_and_others_stay(tmp_path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "results.csv").write_text("old")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with whole_folder(tmp_path / "out") as draft:
        (draft / "results.csv").write_text("new")
    assert tree(tmp_path) == {"out/results.csv": "new", "out/notes.txt": "mine"}


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(FileExistsError, match="not a folder"), whole_folder(tmp_path / "out"):
        pass
    assert tree(tmp_path) == {"out": "a file"}


def test_files_of_a_folder_in_use_are_replaced_one_by_one_and_others_stay(tmp_path):
    (tmp_path / "a.evt").write_bytes(b"old")
    (tmp_path / "film.lif").write_bytes(b"result")
    whole_files(tmp_path, {"a.evt": b"new", "a.sch": b"1,1,1"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.evt": b"new", "a.sch": b"1,1,1", "film.lif": b"result",
    }  # fmt: skip


def test_of_files_that_cannot_be_written_none_is_replaced(tmp_path):
    (tmp_path / "a.evt").write_bytes(b"old")
    with pytest.raises(OSError, match="no/such"):
        whole_files(tmp_path, {"a.evt": b"new", "no/such/a.sch": b"1,1,1"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.evt"]
    assert (tmp_path / "a.evt").read_bytes() == b"old"
