"""What the rules say that stand behind a DQ, in a few words (config/rules/articles.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from timing.core.refusal import Problem
from timing.core.rulefile import accept, read_rules
from timing.core.sentence import worded

_NUMBERED = re.compile(r"(.*\d)\.\d+$")


class Article(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule. also: other ways to write its number. text: by language. source: where it stands.

    certainty: V rule text seen, S second hand, ? to be checked.
    """

    rule: str
    source: str
    text: Mapping[str, str]
    also: tuple[str, ...] = ()
    certainty: str = "V"


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    article: tuple[Article, ...]


def decode_articles(text: str, file: str | None = None) -> dict[str, Article]:
    """Read the rules by every way to write their numbers. Raises Refusal."""
    articles: dict[str, Article] = {}
    problems = []
    for number, row in enumerate(read_rules(text, _File, file=file).article, 1):
        for written in (row.rule, *row.also):
            if plain(written) in articles:
                sentence = worded(
                    "row {number} of article: {rule} stands there twice",
                    number=number,
                    rule=written,
                )
                problems.append(Problem("duplicate-article", sentence, file))
            articles[plain(written)] = row
        if "en" not in row.text:
            sentence = worded(
                "row {number} of article: {rule} has no text in English",
                number=number,
                rule=row.rule,
            )
            problems.append(Problem("no-text", sentence, file))
    accept(problems)
    return articles


def plain(rule: str) -> str:
    """The number of a rule as it is compared: without spaces and capitals."""
    return "".join(rule.split()).casefold()


def article_of(articles: Mapping[str, Article], rule: str) -> Article | None:
    """Find what a rule says: its own article, else that of the nearest number it belongs to."""
    number = plain(rule)
    while number not in articles:
        shorter = _NUMBERED.fullmatch(number)
        if shorter is None:
            return None
        number = shorter[1]
    return articles[number]
