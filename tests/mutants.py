"""Hunts mutants of a part of the core in a copy of the checkout: ``make mutants ARGS="fold 7"``.

A mutant is the program with one small mistake; those that no test notices are named at the end. The
copy lies in a folder of its own, so that nothing here is changed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SEED = 1874
MEMORY = 4_000_000_000  # some mutants never stop growing a list
CONFIG = """
[tool.mutmut]
source_paths = ["timing/core"]
only_mutate = ["timing/core/{part}"]
also_copy = ["config", "docs", "timing", "templates", "static", "migrations", "CHANGELOG.md"]
pytest_add_cli_args = [
    "--hypothesis-profile=mutants", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov",
]
pytest_add_cli_args_test_selection = [{tests}]
timeout_multiplier = 4.0
"""


def chosen() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    options.add_argument("part", help="a room or a module of timing/core: fold, fold/chains.py")
    options.add_argument("one_in", type=int, nargs="?", default=1, help="try one mutant of so many")
    options.add_argument(
        "--tests", default="", help="tests to ask, with commas (those of the room if not given)"
    )
    return options.parse_args()


def copy(folder: Path, part: str, tests: str) -> None:
    """Copy what git knows, as it stands, and add what the hunter has to know."""
    known = subprocess.run(
        ["git", "ls-files", "-z"], cwd=HERE, check=True, capture_output=True, text=True
    ).stdout
    for name in filter(None, known.split("\0")):
        if (HERE / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HERE / name, folder / name)
    room = part.partition("/")[0].removesuffix(".py")
    asked = tests.split(",") if tests else [f"tests/core/{room}"]
    there = [each for each in asked if (folder / each).exists()] or ["tests/core"]
    files = part if part.endswith(".py") else f"{part}/*.py"
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as config:
        config.write(CONFIG.format(part=files, tests=", ".join(map(json.dumps, there))))


def hunt(folder: Path, *mutants: str) -> int:
    """Run the tests against these mutants; without any nothing is run and the mutants are made."""
    limited = ["sh", "-c", f'ulimit -v {MEMORY // 1000}; exec "$@"', "sh"]
    command = [*limited, sys.executable, "-m", "mutmut", "run", *(mutants or ["none"])]
    shown = None if mutants else subprocess.DEVNULL
    ended = subprocess.run(
        command, cwd=folder, check=False, env=os.environ | {"PYTHONPATH": ""}, stdout=shown,
        stderr=shown,
    )  # fmt: skip
    return ended.returncode


def known(folder: Path) -> dict[str, int | None]:
    """Every mutant that was made, and how its tests ended: 1 killed, 0 survived, None not run."""
    ends: dict[str, int | None] = {}
    for meta in sorted((folder / "mutants").rglob("*.meta")):
        ends |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return ends


def main() -> None:
    asked = chosen()
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        copy(folder, asked.part, asked.tests)
        hunt(folder)
        names = sorted(known(folder))
        drawn = sorted(random.Random(SEED).sample(names, -(-len(names) // asked.one_in)))
        if not drawn:
            sys.exit(f"there is no mutant of timing/core/{asked.part}; expected a room or a module")
        hunt(folder, *drawn)
        ends = known(folder)
        left = [each for each in drawn if ends[each] == 0]
        sys.stdout.write(f"\n{len(names)} mutants, {len(drawn)} tried, {len(left)} survived\n")
        sys.stdout.write("".join(f"{each}\n" for each in left))


if __name__ == "__main__":
    main()
