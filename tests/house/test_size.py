"""Files and functions stay small: beauty is in the tails."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import modules, read, texts, tree

FILE, LONG_FILE = 300, 400
FUNCTION, LONG_FUNCTION = 30, 40  # 25 is the aim

# What is longer than FILE or FUNCTION, and why. Nothing is longer than the second number.
LONG: dict[str, str] = {
    "timing/core/setup/course.py:plan_of": "the fields of a wide value, one a line",
    "timing/web/api/words.py": "every document of the API in one table, as its readers see it",
    "migrations/versions/2026_11_22_the_house.py": (
        "the whole first schema in one step; a migration is never edited again"
    ),
}

_MEASURED = (".py", ".html", ".js", ".css", ".jinja", ".sql")


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    """Lines of a function's body without its docstring, blank lines and comments."""
    first, *rest = function.body
    says = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (rest[0] if says and rest else first).lineno
    body = (line.strip() for line in lines[start - 1 : function.end_lineno])
    return sum(1 for line in body if line and not line.startswith("#"))


def functions(name: str) -> Iterator[tuple[str, int]]:
    lines = read(name).splitlines()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name}:{node.name}", code_lines(node, lines)


@pytest.mark.parametrize(
    ("folders", "limit", "long"),
    [
        (("timing", "migrations"), FUNCTION, LONG_FUNCTION),
        (("tests",), LONG_FUNCTION, LONG_FUNCTION),
    ],
    ids=["house", "tests"],
)
def test_a_function_is_short(folders: tuple[str, ...], limit: int, long: int):
    found = {where: size for name in modules(*folders) for where, size in functions(name)}
    too_long = {
        where: size for where, size in found.items() if size > (long if where in LONG else limit)
    }
    assert not too_long, f"longer than {limit} lines of code, without a reason in LONG: {too_long}"


def test_a_file_is_short():
    measured = [name for name in texts() if name.endswith(_MEASURED)]
    found = {name: len(read(name).splitlines()) for name in measured}
    too_long = {
        name: size
        for name, size in found.items()
        if size > (LONG_FILE if name in LONG or name.startswith("tests/") else FILE)
    }
    assert not too_long, f"longer than {FILE} lines, without a reason in LONG: {too_long}"


def test_every_exception_still_stands_and_has_a_reason():
    long = {w for n in modules("timing", "migrations") for w, s in functions(n) if s > FUNCTION}
    long |= {n for n in texts() if n.endswith(_MEASURED) and len(read(n).splitlines()) > FILE}
    assert set(LONG) <= long, f"no longer needed in LONG: {set(LONG) - long}"
    assert all(len(reason) > 20 for reason in LONG.values())
