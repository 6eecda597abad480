"""Whole races with published results, scored by ``timing score`` as an organiser would.

A case is never known by its name: what it holds decides what is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.case_checks import CHECKS, check_refused, config_of
from tests.acceptance.case_folder import make_race
from tests.machines.terminal import Ended, Terminal, terminal
from timing.cli.catalogue import Place

Score = Callable[[Path], Ended]


@pytest.fixture
def score(tmp_path: Path) -> Score:
    timing: Terminal = terminal(
        {"score": Place("timing.cli.score:score", "")},
        clock=lambda: 0, load_settings=lambda: None, serve=lambda _: None,
    )  # fmt: skip

    def run(race: Path) -> Ended:
        return timing("score", race, "--out", tmp_path / "out")

    return run


def test_the_case_gives_what_was_published(case: Path, score: Score, tmp_path: Path) -> None:
    make_race(case, tmp_path / "race")
    ended = score(tmp_path / "race")
    if (case / "expected_notes.txt").exists():
        check_refused(case, ended, tmp_path / "out")
        return
    assert ended.exit_code in (0, 1), ended.stderr
    CHECKS[config_of(case)["kind"]](case, tmp_path / "out")
