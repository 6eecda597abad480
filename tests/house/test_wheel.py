"""The wheel carries the house whole: it works from an empty folder, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from tests.machines.serving import fetch, served_from
from timing import resources

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Installed:
    """The wheel, installed into an environment of its own."""

    wheel: Path
    programs: Path

    def run(self, folder: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program from a folder, with nothing of this environment but the path."""
        return subprocess.run(
            [self.programs / program, *words], cwd=folder, check=False, capture_output=True,
            text=True, timeout=60, env={"PATH": os.defpath, "HOME": str(folder)},
        )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("wheel")
    _python("-m", "hatchling", "build", "-t", "wheel", "-d", str(place))
    [wheel] = place.glob("*.whl")
    _python("-m", "venv", "--without-pip", str(place / "venv"))
    programs = place / "venv" / "bin"
    _python(
        "-m", "pip", "--python", str(programs / "python"), "install", "--quiet", "--no-index",
        "--no-deps", "--disable-pip-version-check", str(wheel),
    )  # fmt: skip
    _lend_dependencies(programs / "python")
    return Installed(wheel, programs)


def _python(*words: str) -> None:
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)


def _lend_dependencies(python: Path) -> None:
    """Let the environment see what the tests have installed; a .pth file of ours is not read."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True)
    lent = sysconfig.get_path("purelib")
    (Path(told.stdout.strip()) / "lent.pth").write_text(lent + "\n", encoding="utf-8")


def test_it_carries_every_file_of_the_folders_that_are_not_code(installed: Installed):
    with zipfile.ZipFile(installed.wheel) as wheel:
        carried = set(wheel.namelist())
    for name in resources.FOLDERS:
        kept = [p for p in (ROOT / name).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        assert kept, f"{name}/ is empty"
        missing = {f"timing/_house/{p.relative_to(ROOT)}" for p in kept} - carried
        assert not missing


def test_it_carries_no_test_and_no_data(installed: Installed):
    with zipfile.ZipFile(installed.wheel) as wheel:
        tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"timing"}


def test_the_command_runs_from_an_empty_folder(installed: Installed, tmp_path: Path):
    ended = installed.run(tmp_path, "timing", "--help")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "doctor" in ended.stdout


def test_it_runs_on_its_own_folders_and_not_on_those_of_the_checkout(
    installed: Installed, tmp_path: Path
):
    where = "from timing import resources; print(resources.folder('migrations'))"
    told = installed.run(tmp_path, "python", "-c", where)
    assert Path(told.stdout.strip()).is_relative_to(installed.programs.parent)


def test_from_an_empty_folder_to_demonstration_events_in_one_command(
    installed: Installed, tmp_path: Path
):
    shown = installed.run(tmp_path, "timing", "demo")
    assert shown.returncode == 0, shown.stderr
    assert "Backwards Mile" in shown.stdout or "backwards-mile" in shown.stdout
    ended = installed.run(tmp_path, "timing", "doctor")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def test_its_server_shows_the_demonstration_events(installed: Installed, tmp_path: Path):
    installed.run(tmp_path, "timing", "demo")
    with served_from(installed.programs / "timing", tmp_path) as url:
        assert "Backwards Mile" in fetch(url)
