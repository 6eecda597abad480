"""Names as they are looked for: without accents, case and punctuation."""

from __future__ import annotations

import pytest

from timing.store.folding import fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz O'Néill", " lukasz o neill"),
        ("GROẞ Straße", " gross strasse"),
        ("İSTANBUL ışık", " istanbul isik"),
        ("Αθανάσιος", " αθανασιοσ"),
        ("Ærøskøbing-Þórr", " aeroskobing thorr"),
        ("山田 太郎", " 山田 太郎"),
        ("-_.", ""),
    ],
)
def test_words_are_folded_without_accents_and_case(text, folded):
    assert fold_text(text) == folded
    assert fold_text(folded) == folded
