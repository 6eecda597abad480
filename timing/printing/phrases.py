"""The words of the sheets in the language of the reader (config/printing/*.toml), and its dates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal

from timing.core.clock import Instant, datetime_of
from timing.core.rulebook.articles import Article, article_of, decode_articles
from timing.core.rulebook.codes import Code, decode_codes
from timing.core.rulebook.rulesets import decode_infractions, text_in
from timing.core.setup.distances import Length, written
from timing.core.telling.classes import AgeClass
from timing.printing.sheet import Words
from timing.resources import folder

FALLBACK = "en"
_APART = 10_000
_DAY = 3  # parts of a date that is known to the day
LOCALES = {"en": "en_GB"}
"""Locales that differ from the language's name: days stand before months."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language; a key is ``section.name``."""

    language: str
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The phrase of a key with its names filled in. Raises KeyError for an unknown key."""
        phrase = self.words[key]
        return phrase.format(**values) if values else phrase

    def get(self, key: str, otherwise: str = "") -> str:
        return self.words.get(key, otherwise)

    def body(self, name: str) -> str:
        """Who lists a record: a name, or in words where it is nobody's name (``press``)."""
        return self.get(f"listed.{name}", name)

    @property
    def locale(self) -> Locale:
        return Locale.parse(LOCALES.get(self.language, self.language))

    def number(self, number: Decimal) -> str:
        """A number with the decimals that it has: ``1609.344``; thousands are apart from ten on."""
        pattern = "#,##0.######" if abs(number) >= _APART else "0.######"
        return format_decimal(number, pattern, locale=self.locale)

    def length(self, length: Length) -> str:
        """A distance as the language writes it: ``21,0975 km``."""
        return f"{self.number(length.number)} {length.unit}"

    def point(self, name: str) -> str:
        """The name of a point on the course; one that is a distance as the language writes it."""
        length = written(name)
        return name if length is None else self.length(length)

    def rule(self, rule: str) -> str:
        """What a rule behind a DQ says in a few words; "" where that is not known."""
        article = article_of(articles(), rule)
        return "" if article is None else text_in(article.text, self.language)

    def age_class(self, one: AgeClass) -> str:
        """Who a category is for: ``Men, age 40 to 44``."""
        key = {(True, True): "span", (True, False): "from", (False, True): "to"}.get(
            (one.first is not None, one.last is not None), "all"
        )
        key = "one" if one.first is not None and one.first == one.last else key
        sexes = " / ".join(self(f"sex.{sex}") for sex in one.sexes)
        ages = self(f"ages.{key}", first=one.first, last=one.last)
        return ", ".join(part for part in (sexes, ages) if part)

    def when(self, iso: str) -> str:
        """A date as a record book has it, to the day, the month or the year: ``7 May 2004``."""
        try:
            parts = [int(part) for part in iso.split("-")]
            known = date(*parts) if len(parts) == _DAY else date(parts[0], parts[1], 1)
        except (ValueError, IndexError, TypeError):
            return iso
        if len(parts) == _DAY:
            return format_date(known, "medium", locale=self.locale)
        return format_skeleton("yMMM", known, locale=self.locale)

    @property
    def engine_words(self) -> Words:
        """The words that the sheet engine adds itself."""
        return Words(
            page=self("word.page", page="{page}", pages="{pages}"),
            continued=self("word.continued"),
            legend=self("word.legend"),
            notes=self("word.notes"),
        )

    def days(self, first: str, last: str = "") -> str:
        """One date or a span of dates, from ISO dates: ``17 to 19 July 2026``."""
        start = date.fromisoformat(first)
        if not last or last == first:
            return format_date(start, "full", locale=self.locale)
        end = date.fromisoformat(last)
        return format_interval(start, end, "yMMMMd", locale=self.locale)

    def day(self, at: Instant, zone: str) -> str:
        """The day of a moment at the place: ``Friday, 17 July 2026``."""
        return self.days(datetime_of(at).astimezone(ZoneInfo(zone)).date().isoformat())

    def day_and_time(self, at: Instant, zone: str) -> str:
        """The day and the local time of day: ``Fri, 17 Jul 16:30:09``."""
        local = datetime_of(at).astimezone(ZoneInfo(zone))
        day = format_skeleton("MMMEd", local, tzinfo=ZoneInfo(zone), locale=self.locale)
        return f"{day} {local:%H:%M:%S}"

    def moment(self, at: Instant, zone: str) -> str:
        """Date and local time with the offset of the zone: ``2026-10-11 14:07 (+02:00)``."""
        local = datetime_of(at).astimezone(ZoneInfo(zone))
        offset = local.strftime("%z")
        return f"{local:%Y-%m-%d %H:%M} ({offset[:3]}:{offset[3:5]})"


def clock_time(at: Instant, zone: str) -> str:
    """The local time of day to the second."""
    return f"{datetime_of(at).astimezone(ZoneInfo(zone)):%H:%M:%S}"


@cache
def phrases_of(language: str) -> Phrases:
    """The phrases of a language; what it lacks, and an unknown language, is English."""
    words = dict(_read(FALLBACK))
    plain = language.partition("-")[0].lower()
    known = plain in languages()
    if known:
        words |= _read(plain)
    return Phrases(plain if known else FALLBACK, words)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file of phrases."""
    return tuple(sorted(path.stem for path in (folder("config") / "printing").glob("*.toml")))


@cache
def codes() -> Mapping[str, Code]:
    """The codes of result lists with their meanings in every language (config/rules/codes.toml)."""
    return decode_codes(*_rules("codes"))


@cache
def articles() -> Mapping[str, Article]:
    """What the rules behind a DQ say (config/rules/articles.toml), and what judges write down."""
    said = decode_infractions(*_rules("infractions")).values()
    reported = {one.code: Article(rule=one.code, source=one.rule, text=one.text) for one in said}
    return reported | decode_articles(*_rules("articles"))


def _rules(name: str) -> tuple[str, str]:
    """The text of a file of rules, and where it stands."""
    path = folder("config") / "rules" / f"{name}.toml"
    return path.read_text(encoding="utf-8"), str(path)


def _read(language: str) -> dict[str, str]:
    path = folder("config") / "printing" / f"{language}.toml"
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        f"{section}.{name}": phrase
        for section, names in sections.items()
        for name, phrase in names.items()
    }
