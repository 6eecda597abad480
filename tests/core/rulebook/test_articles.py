"""What the rules say that stand behind a DQ."""

from __future__ import annotations

from pathlib import Path

import pytest

from timing.core.refusal import Refusal
from timing.core.rulebook.articles import article_of, decode_articles

FILE = Path(__file__).parents[3] / "config" / "rules" / "articles.toml"
TEXT = FILE.read_text(encoding="utf-8")
ARTICLES = decode_articles(TEXT, str(FILE))
LANGUAGES = {"en", "de", "it", "fr", "es"}


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("TR16.8", "false start"), ("TR 16.8", "false start"), ("tr16.8", "false start"),
        ("TR17.3.1", "ran outside the own lane"), ("TR 17.1.2", "hindered another runner"),
        ("IRR 2016, 3", "keep to the lane, hinder nobody"),
        ("IRR 3", "keep to the lane, hinder nobody"),
    ],
)  # fmt: skip
def test_a_rule_is_told_however_its_number_is_written(rule, says):
    found = article_of(ARTICLES, rule)
    assert found is not None
    assert found.text["en"] == says


@pytest.mark.parametrize("rule", ["", "TR17", "TR16", "TR16.80", "TR99.1", "cut the course", "8"])
def test_what_no_book_of_the_house_has_is_not_told(rule):
    assert article_of(ARTICLES, rule) is None


def test_every_rule_has_its_source_and_speaks_every_language():
    for article in ARTICLES.values():
        assert article.source
        assert article.certainty in ("V", "S", "?")
        assert set(article.text) == LANGUAGES


def test_a_number_that_stands_twice_is_refused():
    row = '[[article]]\nrule = "TR 1"\nsource = "x"\ntext = { en = "y" }\n'
    with pytest.raises(Refusal, match="TR 1 stands there twice"):
        decode_articles(row + row.replace("TR 1", "X").replace("source", 'also = ["tr1"]\nsource')
                        + row)  # fmt: skip


def test_a_rule_without_english_is_refused():
    row = '[[article]]\nrule = "TR 1"\nsource = "x"\ntext = { de = "y" }\n'
    with pytest.raises(Refusal, match="TR 1 has no text in English"):
        decode_articles(row)
