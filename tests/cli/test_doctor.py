"""timing doctor: what would stand in the way of a race day."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.machines.clocks import StandingClock
from tests.machines.terminal import Terminal
from timing import resources
from timing.cli import doctor
from timing.core.clock import Instant


def test_where_all_is_well_it_says_so_and_ends_with_zero(runner: Terminal):
    ended = runner("doctor")
    assert ended.exit_code == 0, ended.stdout
    assert len(ended.stdout.splitlines()) == len(doctor.CHECKS)
    assert all(line.startswith("well ") for line in ended.stdout.splitlines())


def test_it_changes_nothing(runner: Terminal, settings):
    runner("doctor")
    assert not Path(settings.data_dir).exists()


def test_a_clock_that_was_never_set_is_found(runner: Terminal, clock: StandingClock):
    clock.at = Instant(0)
    ended = runner("doctor")
    assert ended.exit_code == 1
    assert "LOOK  clock       this computer believes it is 1970-01-01 00:00:00 UTC" in ended.stdout


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (
            lambda patch: patch.setattr(doctor.sys, "version_info", (3, 9, 2)),
            "LOOK  python      3.9.2; 3.11 or newer is needed",
        ),
        (
            lambda patch: patch.setattr(resources, "_PACKAGE", Path("/nowhere/timing")),
            "LOOK  house       not found: /nowhere/config",
        ),
        (
            lambda patch: patch.setattr(doctor.package_files, "files", _gone),
            "LOOK  fonts       no font for the prints; expected the package font-roboto",
        ),
        (
            lambda patch: patch.setattr(doctor, "ZoneInfo", _unknown_zone),
            "LOOK  time zones  no time zone data; expected the package tzdata",
        ),
        (
            lambda patch: patch.setattr(
                shutil, "disk_usage", lambda _place: SimpleNamespace(free=1_234_000)
            ),
            "LOOK  disk        1 MB free for ",
        ),
        (
            lambda patch: patch.setattr(doctor.tempfile, "TemporaryFile", _closed),
            "cannot be written (Permission denied)",
        ),
    ],
)
def test_what_is_not_well_is_named_and_ends_with_one(
    alter: Callable[[pytest.MonkeyPatch], None],
    sentence: str,
    runner: Terminal,
    monkeypatch: pytest.MonkeyPatch,
):
    alter(monkeypatch)
    ended = runner("doctor")
    assert ended.exit_code == 1
    assert sentence in ended.stdout


def _gone(name: str):
    raise ModuleNotFoundError(name)


def _unknown_zone(name: str):
    raise doctor.ZoneInfoNotFoundError(name)


def _closed(**_where: object):
    raise PermissionError(13, "Permission denied")
