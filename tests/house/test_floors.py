"""Who may import whom, and who may look at the clock."""

from __future__ import annotations

import ast
import subprocess
import sys

from tests.house.sources import ROOT, modules, tree

WALL_CLOCK = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
    "datetime.datetime.utcnow", "datetime.date.today", "time.time", "time.time_ns",
    "time.localtime", "time.gmtime", "time.ctime",
}  # fmt: skip
_FROM_TIME = {name.removeprefix("time.") for name in WALL_CLOCK if name.startswith("time.")}
WIRING = {"timing/app.py"}


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def uses(name: str, forbidden: set[str], from_time: set[str]) -> list[str]:
    """Where a file uses a function of the clock, or imports one by its bare name."""
    found = []
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Attribute) and dotted(node) in forbidden:
            found.append(f"{name}:{node.lineno}: {dotted(node)}")
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            taken = [alias.name for alias in node.names if alias.name in from_time]
            found += [f"{name}:{node.lineno}: from time import {word}" for word in taken]
    return found


def test_nothing_imports_upward_and_neighbours_never_import_each_other():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_only_the_wiring_looks_at_the_clock_on_the_wall():
    rooms = set(modules("timing")) - WIRING
    assert not [use for name in sorted(rooms) for use in uses(name, WALL_CLOCK, _FROM_TIME)]


def test_no_test_looks_at_the_clock_on_the_wall_or_sleeps():
    forbidden, bare = WALL_CLOCK | {"time.sleep"}, _FROM_TIME | {"sleep"}
    assert not [use for name in modules("tests") for use in uses(name, forbidden, bare)]


def test_a_command_ends_by_returning_its_exit_code():
    rooms = sorted(set(modules("timing")) - WIRING)
    assert not [use for name in rooms for use in uses(name, {"sys.exit", "os._exit"}, set())]
