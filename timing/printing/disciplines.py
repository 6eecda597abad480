"""A discipline in words: what the code of a record book (``backward-4x100m``) is called."""

from __future__ import annotations

import re
from decimal import Decimal

from timing.printing.phrases import Phrases

_LENGTH = re.compile(r"(?:(\d+)x)?(\d+)(m|km|yd)")
_WAYS = ("backward", "forward")


def discipline_name(say: Phrases, code: str) -> str:
    """Name a discipline: ``1500 m backward``. One that the house has no word for stays a code."""
    first, _, rest = code.partition("-")
    if first not in _WAYS:
        return say.get(f"discipline.{code}", code)
    length = say.get(f"discipline.{rest}") or _length(say, rest)
    return f"{length} {say(f'word.{first}')}" if length else code


def _length(say: Phrases, code: str) -> str:
    """``4 x 100 m`` of ``4x100m``; "" for what is no length."""
    found = _LENGTH.fullmatch(code)
    if found is None:
        return ""
    times, number, unit = found.groups()
    length = f"{say.number(Decimal(number))} {unit}"
    return f"{times} x {length}" if times else length
