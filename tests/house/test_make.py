"""The two commands on a fresh machine, and what they install."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from importlib import metadata

from tests.house.sources import ROOT, read

PROMISED = {"run", "test", "check", "bench", "help", "pictures"}
_PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([0-9][^\s;]*)")


def plain(name: str) -> str:
    """Give the name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(need: str) -> str:
    """Give the name of the package in a line of pyproject.toml (``psycopg[binary]>=3.2,<4``)."""
    return plain(re.split(r"[\[<>=;~! ]", need)[0])


def pins() -> dict[str, str]:
    lines = [line for line in read("constraints.txt").splitlines() if not line.startswith("#")]
    exact = [_PIN.fullmatch(line) for line in lines]
    assert all(exact), (
        f"not pinned exactly: {[x for x, m in zip(lines, exact, strict=True) if not m]}"
    )
    return {plain(pin[1]): pin[2] for pin in exact if pin}


def test_make_help_lists_every_target_with_what_it_does():
    told = subprocess.run(
        ["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"]},
    ).stdout  # fmt: skip
    listed = dict(line.split(maxsplit=1) for line in told.splitlines()[1:])
    targets = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert targets
    assert set(listed) == set(targets[1].split())
    assert set(listed) >= PROMISED
    assert all(len(says) > 15 for says in listed.values())


def test_everything_that_the_code_needs_is_pinned():
    project = tomllib.loads(read("pyproject.toml"))
    named = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *(need for extra in project["project"]["optional-dependencies"].values() for need in extra),
    ]
    assert {wanted(need) for need in named} <= set(pins())


def test_what_is_installed_is_what_is_pinned():
    installed = {plain(d.metadata["Name"]): d.version for d in metadata.distributions()}
    differing = {
        name: (installed[name], pin)
        for name, pin in pins().items()
        if name in installed and installed[name] != pin
    }
    assert not differing, f"installed, pinned: {differing}"


def test_what_every_change_must_pass_requires_a_browser_and_postgresql():
    script = read(".ci/run")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "TIMING_REQUIRE=browser,postgres" in script
    assert "make check" in script
    assert "make test" in script
    assert "make test" in read("README.md")
