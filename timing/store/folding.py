"""Texts as people search them: no accents, no case, no punctuation. Knows no table."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "\u0131": "i", "þ": "th", "æ": "ae",
    "œ": "oe",
})  # fmt: skip
_NOT_WORDS = re.compile(r"[\W_]+")


def fold_text(text: str) -> str:
    """Give the words of a text in search form, each with a space before it, in one string.

    ``Łukasz O'Néill`` becomes `` lukasz o neill``, so that ``LIKE '% neill%'`` finds the
    beginning of any word.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    # Case folding may bring out new marks (the Turkish İ), hence once more.
    apart = unicodedata.normalize("NFKD", plain).translate(_LETTERS)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = _NOT_WORDS.sub(" ", bare).split()
    return "".join(f" {word}" for word in words)
