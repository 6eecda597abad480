"""Which way each character of a text runs: embedding levels and visual order (Unicode UAX 9).

python-bidi resolves the levels; the rule for paired brackets (N0), which its algorithm predates, is
added here: "Mohamed (محمد) 42" keeps its brackets around the name.
"""

from __future__ import annotations

import re
from typing import Any

from bidi import algorithm

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff]")
ISOLATES = frozenset("\u2066\u2067\u2068\u2069")
"""Commands that python-bidi's algorithm does not know; names have no use for them."""
BRACKETS = {")": "(", "]": "[", "}": "{", "\u00bb": "\u00ab"}
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}

_Char = dict[str, Any]


_LEFT_TO_RIGHT = "\u200e"


def apart(text: str) -> str:
    """A name for the middle of a sentence: what stands around it keeps its order."""
    if not RIGHT_TO_LEFT.search(text):
        return text
    return f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"


def levels_of(text: str) -> list[int]:
    """The bidi level of each character (odd: right to left); -1 for one that is only a command."""
    if not RIGHT_TO_LEFT.search(text):
        return [0] * len(text)
    kept = [index for index, char in enumerate(text) if char not in ISOLATES]
    plain = "".join(text[index] for index in kept)
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"] = algorithm.get_base_level(plain)
    storage["base_dir"] = ("L", "R")[storage["base_level"]]
    algorithm.get_embedding_levels(plain, storage)
    for index, char in zip(kept, storage["chars"], strict=True):
        char["index"] = index
        char["type"] = char["type"] or "L"  # what Unicode has not assigned yet
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], storage["base_dir"])
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    levels = [-1] * len(text)
    for char in storage["chars"]:
        levels[char["index"]] = char["level"]
    return levels


def visual_order(levels: list[int]) -> list[int]:
    """The order in which stretches of these levels stand on paper (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            stop = start
            while stop < len(order) and levels[order[stop]] >= level:
                stop += 1
            order[start:stop] = reversed(order[start:stop])
            start = max(stop, start + 1)
    return order


def _resolve_brackets(chars: list[_Char], base: str) -> None:
    """Rule N0: brackets take the direction of what they hold, else of what is before them."""
    for opening, closing in _pairs(chars):
        inside = {_STRONG.get(char["type"]) for char in chars[opening + 1 : closing]} - {None}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = (_STRONG.get(char["type"]) for char in reversed(chars[:opening]))
            direction = next((strong for strong in before if strong), base)
        chars[opening]["type"] = chars[closing]["type"] = direction


def _pairs(chars: list[_Char]) -> list[tuple[int, int]]:
    """Matching brackets as (opening, closing) positions, in the order of the opening ones."""
    open_ones: list[tuple[str, int]] = []
    pairs = []
    for position, char in enumerate(chars):
        sign = char["ch"]
        if sign in BRACKETS.values():
            open_ones.append((sign, position))
        elif sign in BRACKETS:
            for depth in range(len(open_ones) - 1, -1, -1):
                if open_ones[depth][0] == BRACKETS[sign]:
                    pairs.append((open_ones[depth][1], position))
                    del open_ones[depth:]
                    break
    return sorted(pairs)
