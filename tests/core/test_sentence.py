from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import TimeTextError
from timing.core.sentence import Sentence, worded, words_of

GERMAN = {
    "bib {bib} is on {holder}": "Startnummer {bib} trägt {holder}",
    "nobody": "niemand",
    "{text!r} is no wind": "„{text}“ ist kein Wind",
}


def german(text: str) -> str:
    return GERMAN.get(text, text)


def test_a_sentence_is_english_until_somebody_translates_it():
    said = worded("bib {bib} is on {holder}", bib=7, holder="Ada")
    assert str(said) == f"{said}" == "bib 7 is on Ada"
    assert said.text(german) == "Startnummer 7 trägt Ada"


def test_words_in_a_sentence_are_translated_and_names_are_not():
    said = worded("bib {bib} is on {holder}", bib="nobody", holder=worded("nobody"))
    assert said.text(german) == "Startnummer nobody trägt niemand"


def test_every_language_has_quotation_marks_of_its_own():
    said = worded("{text!r} is no wind", text="breeze")
    assert (str(said), said.text(german)) == ("'breeze' is no wind", "„breeze“ ist kein Wind")


@given(st.text(), st.text())
def test_whatever_was_typed_stays_as_it_was_typed(typed, other):
    assert str(worded("{typed}|{other}", typed=typed, other=other)) == f"{typed}|{other}"
    assert str(worded("{typed!r}", typed=typed)) == repr(typed)


def test_equal_sentences_are_one():
    assert worded("{a}", a="1") == worded("{a}", a="1")
    assert len({worded("{a}", a="1"), worded("{a}", a="1"), worded("{a}", a="2")}) == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError(worded("nobody")), worded("nobody")),
        (ValueError("of another program"), "of another program"),
        (ValueError(), ""),
    ],
)
def test_an_error_says_the_sentence_that_it_was_raised_with(error, said):
    assert words_of(error) == said


def test_a_text_that_is_no_time_is_told_with_a_sentence():
    said = words_of(TimeTextError("soon"))
    assert isinstance(said, Sentence)
    assert str(said) == str(TimeTextError("soon"))
    assert dict(said.values) == {"text": "soon"}
