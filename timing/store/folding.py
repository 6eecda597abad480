"""Texts as people search them: no accents, no case, no punctuation. Knows no table."""

from __future__ import annotations

import re

from timing.core.setup.alphabet import bare

_NOT_WORDS = re.compile(r"[\W_]+")


def sorted_words(text: str) -> str:
    """Give the words of a text in search form and in their order, whichever came first."""
    return " ".join(sorted(fold_text(text).split()))


def fold_text(text: str) -> str:
    """Give the words of a text in search form, each with a space before it, in one string.

    ``Łukasz O'Néill`` becomes `` lukasz o neill``, so that ``LIKE '% neill%'`` finds the
    beginning of any word.
    """
    words = _NOT_WORDS.sub(" ", bare(text)).split()
    return "".join(f" {word}" for word in words)
