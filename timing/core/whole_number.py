"""A whole number as somebody typed it, or as a form carried it. Knows no field."""

from __future__ import annotations


def whole(text: str, digits: int = 9) -> int | None:
    """Read a number of at most so many digits; None for everything else, also for ``²``.

    Nine digits fit every column of both engines, eighteen those of moments and counts.
    """
    return int(text) if text.isdecimal() and len(text) <= digits else None
