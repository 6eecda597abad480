"""Rules as data: the text of a TOML file becomes typed values, or a refusal that names the row.

Reads no file: the caller hands in the text and the name to use in sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from timing.core.refusal import Problem, Refusal

T = TypeVar("T")

_ROW = re.compile(r"\$\.(\w+)\[(\d+)\]")


def read_rules(text: str, kind: type[T], *, file: str | None = None) -> T:
    """Decode a rule file. Raises Refusal: not TOML, a key too many, a value of the wrong kind."""
    try:
        return msgspec.toml.decode(text, type=kind)
    except msgspec.DecodeError as error:
        raise Refusal(Problem("bad-rules", _sentence(str(error)), file)) from error


def read_checked(
    text: str, kind: type[T], check: Callable[[T], Iterable[Problem]], *, file: str | None = None
) -> T:
    """Decode a rule file and check it. Raises Refusal with every row that is wrong."""
    rules = read_rules(text, kind, file=file)
    accept([problem._replace(file=file) for problem in check(rules)])
    return rules


def accept(problems: list[Problem]) -> None:
    """Go on when there is nothing wrong. Raises Refusal with all the problems otherwise."""
    if problems:
        raise Refusal(*problems)


def _sentence(message: str) -> str:
    """Say "row 3 of rule" where the decoder counts from 0 and says ``$.rule[2]``."""
    named = _ROW.sub(lambda found: f"row {int(found[2]) + 1} of {found[1]}: $", message)
    return named[:1].lower() + named[1:]
