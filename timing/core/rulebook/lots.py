"""Drawing by lot so that anybody can draw it again: the seed is recorded with the result.

Knows neither lanes nor heats. Every name gets a ticket, the SHA-256 of seed, purpose and name;
the tickets in ascending order are the lot. So it does not matter in which order the names were
given, and whoever withdraws moves nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple


class Lot(NamedTuple):
    """One draw. purpose: what was drawn for (``100m heat 2 lanes``); drawn: first is first."""

    seed: str
    purpose: str
    drawn: tuple[str, ...]


def ticket(seed: str, purpose: str, name: str) -> str:
    """The hexadecimal SHA-256 of the three texts, a line each, in UTF-8."""
    return sha256(f"{seed}\n{purpose}\n{name}".encode()).hexdigest()


def draw_lot(names: Iterable[str], *, seed: str, purpose: str) -> Lot:
    """Put distinct names in the order of their tickets. Raises ValueError without a seed."""
    given = tuple(names)
    if not seed:
        raise ValueError(f"no seed to draw {purpose!r}; expected a text that can be published")
    if len(set(given)) != len(given):
        raise ValueError(f"a name stands twice in the lot {purpose!r}; expected distinct names")
    return Lot(seed, purpose, tuple(sorted(given, key=lambda name: ticket(seed, purpose, name))))
