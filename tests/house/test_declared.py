"""Everything that is imported is declared in pyproject.toml, so that a fresh machine has it."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib import metadata

from tests.house.sources import modules, read, tree
from tests.house.test_make import plain, wanted

OURS = {"timing", "tests"}


def imported(*folders: str) -> dict[str, str]:
    """The top-level packages that the code of some folders imports, and a file that does."""
    found: dict[str, str] = {}
    for name in modules(*folders):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0]: name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module.split(".")[0]] = name
    return {p: n for p, n in found.items() if p not in sys.stdlib_module_names | OURS}


def undeclared(folders: tuple[str, ...], extras: tuple[str, ...]) -> list[str]:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    needs = [
        *project["dependencies"],
        *(n for e in extras for n in project["optional-dependencies"][e]),
    ]
    declared = {wanted(need) for need in needs}
    brought_by = metadata.packages_distributions()
    return [
        f"{name} imports {package}"
        for package, name in imported(*folders).items()
        if not declared & {plain(d) for d in brought_by.get(package, [package])}
    ]


def test_the_program_imports_what_it_declares():
    assert not undeclared(("timing", "migrations"), ())


def test_the_tests_import_what_they_declare():
    assert not undeclared(("tests",), ("test", "check"))
