"""Who answers a worked example of the rules, and whether the answer is the expected one.

A module ``vectors_<topic>.py`` in this folder owns some areas. It has a mapping
``AREAS: dict[str, Callable[[dict, str], dict]]`` from the name of an area to a function that
takes the vector's ``given`` and the words of its ``rule`` and returns at least the keys that
the vector expects. A vector is never known by its id.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

Answer = Callable[[dict[str, Any], str], dict[str, Any]]

_ANY_OF = "_any_of"
_NUMBERS = ("seconds",)
"""Numbers written as text, where a trailing zero means nothing."""


def _answers(folder: Path) -> dict[str, Answer]:
    """All areas of all ``vectors_*.py`` of a folder; two owners of one area are an error."""
    areas: dict[str, Answer] = {}
    for path in sorted(folder.glob("vectors_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        twice = areas.keys() & module.AREAS.keys()
        assert not twice, f"{path.name}: somebody else answers for {sorted(twice)}"
        areas.update(module.AREAS)
    return areas


ANSWERS = _answers(Path(__file__).parent)


def _plain(value: Any) -> Any:
    """Numbers as they are read (``2`` equals ``2.0``), any sequence as a list."""
    if isinstance(value, float | Decimal):
        return Fraction(str(value))
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def assert_answered(vector: dict[str, Any]) -> None:
    """Compare every key that the vector expects."""
    answer = ANSWERS[vector["area"]](vector["given"], vector["rule"])
    for key, expected in vector["expect"].items():
        found = answer[key.removesuffix(_ANY_OF)]
        assert _equal(key, found, expected), f"{key} is {found!r}; expected {expected!r}"


def _equal(key: str, found: Any, expected: Any) -> bool:
    if key.endswith(_ANY_OF):
        return found in expected
    if key in _NUMBERS:
        return Decimal(found) == Decimal(expected)
    return bool(_plain(found) == _plain(expected))
