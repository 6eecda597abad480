"""Names in the order in which people look for them in a list. Knows no store and no language."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from timing.core.setup.roster import Entry

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "\u0131": "i", "þ": "th", "æ": "ae",
    "œ": "oe",
})  # fmt: skip


@lru_cache(maxsize=1 << 16)
def bare(text: str) -> str:
    """Give a text without case and without marks on its letters: ``Čapek`` is ``capek``."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text).casefold()
    # Case folding may bring out new marks (the Turkish İ), hence once more.
    apart = unicodedata.normalize("NFKD", plain).translate(_LETTERS)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def alphabetical(entry: Entry) -> tuple[str, str, int]:
    """Sort by family name, then by name: Čapek stands by Capek, and not after Zimmer."""
    return bare(entry.family) or bare(entry.name), bare(entry.name), entry.id
