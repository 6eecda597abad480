from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from timing import resources

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", resources.FOLDERS)
def test_in_a_checkout_the_folders_stand_beside_the_package(name: str):
    assert resources.folder(name) == ROOT / name
    assert resources.folder(name).is_dir()


def test_in_a_wheel_they_are_carried_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    carried = tmp_path / "_house"
    carried.mkdir()
    monkeypatch.setattr(resources, "_CARRIED", carried)
    assert resources.folder("config") == carried / "config"


def test_a_wheel_carries_just_these_folders():
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = table["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["only-include"] == ["timing", *resources.FOLDERS]
    assert wheel["sources"] == {name: f"timing/_house/{name}" for name in resources.FOLDERS}


def test_another_folder_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no folder 'var'.*templates"):
        resources.folder("var")
