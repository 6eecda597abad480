"""The command line as a whole process."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

TIMING = Path(sysconfig.get_path("scripts")) / "timing"


def process(*words: str | Path) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def test_help_is_there_at_once(bench):
    bench.within("timing --help", lambda: process(TIMING, "--help"), limit=0.3)


def test_help_costs_little_more_than_python_itself(bench):
    bench.compare(
        "timing --help",
        lambda: process(TIMING, "--help"),
        "python -c 'import click'",
        lambda: process(sys.executable, "-c", "import click"),
        at_most=2.0,
        runs=9,
    )
