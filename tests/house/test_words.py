"""What the files of the house say, and what they never say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import modules, read, texts, tree

DRAWERS = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "base", "misc"}
# Put together from parts, so that this file does not say them either.
_MACHINE = re.compile("/" + r"(?:work|farm|root|home/\w+)/")
_REGISTRIES = re.compile("|".join([r"pypi\." + "org", "python" + "hosted", r"npmjs\." + "org"]))
_UNFINISHED = re.compile(r"\bTO[D]O\b|\bFIXM[E]\b|\bNotImplemented[E]rror\b")


def test_every_module_says_in_one_to_five_lines_what_it_is_for():
    says = {name: ast.get_docstring(tree(name)) or "" for name in modules("timing")}
    lines = {name: len([x for x in text.splitlines() if x.strip()]) for name, text in says.items()}
    wrong = {name: count for name, count in lines.items() if not 1 <= count <= 5}
    assert not wrong, f"lines of the docstring: {wrong}"


def test_no_room_is_a_drawer_for_things_without_a_place():
    names = modules("timing", "tests", "migrations")
    drawers = [name for name in names if DRAWERS & set(re.split(r"[/_.]", name))]
    assert not drawers, f"name it for what is in it: {drawers}"


@pytest.mark.parametrize(
    ("said", "pattern"),
    [("a path of one machine", _MACHINE), ("a registry's address", _REGISTRIES)],
)
def test_no_file_names_where_it_was_made(said: str, pattern: re.Pattern[str]):
    found = [
        f"{name}:{number}"
        for name in texts()
        for number, line in enumerate(read(name).splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found, f"{said}: {found}"


def test_nothing_is_left_unfinished():
    found = [
        f"{name}:{number}"
        for name in texts()
        for number, line in enumerate(read(name).splitlines(), start=1)
        if _UNFINISHED.search(line)
    ]
    assert not found


def test_every_package_of_the_house_is_a_room_with_a_sign():
    packages = {str(Path(name).parent) for name in modules("timing")}
    signed = {str(Path(name).parent) for name in modules("timing") if name.endswith("__init__.py")}
    assert packages == signed
