"""Disciplines have names on paper in every language; only unknown ones stand as a code."""

from __future__ import annotations

import pytest

from timing.files.rulebook import record_book
from timing.printing.disciplines import discipline_name
from timing.printing.phrases import languages, phrases_of


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("en", "backward-1500m", "1500 m backward"),
        ("de", "backward-10000m", "10.000 m rückwärts"),
        ("en", "backward-4x100m", "4 x 100 m backward"),
        ("fr", "backward-half-marathon", "semi-marathon à reculons"),
        ("it", "forward-mile", "miglio in avanti"),
        ("en", "backward-100yd", "100 yd backward"),
        ("de", "alternata-3000m", "3000 m Alternata"),
        ("de", "our-own-race", "our-own-race"),
        ("de", "backward-our-own", "backward-our-own"),
        ("de", "", ""),
    ],
)
def test_a_discipline_has_a_name_in_the_language_of_the_sheet(language, code, name):
    assert discipline_name(phrases_of(language), code) == name


@pytest.mark.parametrize("language", languages())
def test_every_discipline_of_the_record_books_has_a_name(language):
    say = phrases_of(language)
    codes = {record.discipline for record in record_book("backward").record}
    assert codes
    assert {code for code in codes if discipline_name(say, code) == code} == set()
