"""Every language has every phrase, with the same names to fill in."""

from __future__ import annotations

from string import Formatter

import pytest

from timing.core.clock import Instant
from timing.core.telling.classes import AgeClass
from timing.printing.phrases import clock_time, languages, phrases_of

OTHERS = [language for language in languages() if language != "en"]
AT = Instant(1_791_720_420_000_000)  # 2026-10-11 14:07 in Vienna


def names(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_phrase(language: str) -> None:
    english, other = phrases_of("en").words, phrases_of(language).words
    assert set(english) == set(other)
    assert {key for key in english if names(english[key]) != names(other[key])} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str) -> None:
    english, other = phrases_of("en").words, phrases_of(language).words
    same = [key for key, phrase in english.items() if phrase == other[key] and " " in phrase]
    assert same in ([], ["word.version"])


def test_an_unknown_language_is_english() -> None:
    assert phrases_of("tlh")("column.place") == "Rank"
    assert phrases_of("de-AT")("column.place") == "Rang"


def test_dates_are_written_as_the_language_writes_them() -> None:
    assert phrases_of("en").days("2026-10-11") == "Sunday, 11 October 2026"
    assert phrases_of("de").days("2026-10-11") == "Sonntag, 11. Oktober 2026"
    assert phrases_of("en").days("2026-07-17", "2026-07-17").startswith("Friday")
    assert "17" in phrases_of("fr").days("2026-07-17", "2026-07-19")
    assert "19" in phrases_of("fr").days("2026-07-17", "2026-07-19")


def test_moments_are_told_in_the_time_of_the_place() -> None:
    assert phrases_of("en").moment(AT, "Europe/Vienna") == "2026-10-11 14:07 (+02:00)"
    assert clock_time(AT, "Europe/Vienna") == "14:07:00"


@pytest.mark.parametrize(
    ("language", "one", "told"),
    [
        ("en", AgeClass("M40", ("M",), 40, 44), "Men, age 40 to 44"),
        ("de", AgeClass("W70", ("W",), 70, None), "Frauen, ab 70 Jahren"),
        ("it", AgeClass("U18", (), None, 17), "fino a 17 anni"),
        ("fr", AgeClass("X", ("M", "W"), 18, 18), "Hommes / Femmes, 18 ans"),
        ("es", AgeClass("Open", (), None, None), "todas las edades"),
    ],
)
def test_a_category_is_told_by_its_sex_and_ages(language, one, told):
    assert phrases_of(language).age_class(one) == told


def test_what_a_judge_wrote_down_and_what_a_book_says_are_told_alike():
    say = phrases_of("de")
    assert say.rule("toes-turned") == "Zehen in Laufrichtung gedreht"
    assert say.rule("TR 16.8") == "Fehlstart"
    assert say.rule("cut the course") == ""
