"""Where a key stands in a TOML text, so that a wrong one can be named with its line."""

from __future__ import annotations

import re
from collections import Counter

_ARRAY = re.compile(r"\s*\[\[\s*([^\]]+?)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_DOT = re.compile(r"\s*\.\s*")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_PATH = re.compile(r"at `([^`]+)`")


def line_of(text: str, message: str) -> int | None:
    """The line of the key that a decoder complains of, such as ``$.contest[0].rules.step``.

    Inline tables have one line: that of the nearest key around them. None where nothing fits.
    """
    found = _PATH.search(message)
    path = found[1] if found else "$"
    if unknown := _UNKNOWN.search(message):
        path = f"{path}.{unknown[1]}"
    places = key_places(text)
    while path not in places and f"{path}[0]" not in places and path != "$":
        path = path[: max(path.rfind("."), path.rfind("["), 1)]
    return places.get(path, places.get(f"{path}[0]"))


def key_places(text: str) -> dict[str, int]:
    """Path of every key and table -> its line. Lines inside a long string may look like keys."""
    places: dict[str, int] = {}
    seen: Counter[str] = Counter()
    table = "$"
    for number, line in enumerate(text.splitlines(), 1):
        if array := _ARRAY.match(line):
            plain = f"$.{_plain(array[1])}"
            table = f"{_inside(plain, seen)}[{seen[plain]}]"
            seen[plain] += 1
            places.setdefault(table, number)
        elif header := _TABLE.match(line):
            table = _inside(f"$.{_plain(header[1])}", seen)
            places.setdefault(table, number)
        elif key := _KEY.match(line):
            places.setdefault(f"{table}.{_plain(key[1])}", number)
    return places


def _plain(key: str) -> str:
    return ".".join(part.strip("\"'") for part in _DOT.split(key))


def _inside(path: str, seen: Counter[str]) -> str:
    """A table below an array of tables belongs to the last of them."""
    parts = path.split(".")
    for length in range(len(parts) - 1, 1, -1):
        head = ".".join(parts[:length])
        if seen[head]:
            return ".".join([f"{head}[{seen[head] - 1}]", *parts[length:]])
    return path
