"""The rule files that come with the house or with an event, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from timing import resources
from timing.core.rulebook.categories import Scheme
from timing.core.rulebook.codes import Code, decode_codes
from timing.core.rulebook.plausibility import SpeedLimit, TopSpeed, decode_limits, decode_tops
from timing.core.rulebook.prizes import PrizeScheme, decode_prizes
from timing.core.rulebook.record_conditions import RecordConditions, decode_conditions
from timing.core.rulebook.records import RecordBook, decode_book
from timing.core.rulebook.rounding import RoundingRule, decode_rounding
from timing.core.rulebook.rulesets import Ruleset, decode_ruleset
from timing.core.rulebook.schemes import decode_scheme
from timing.core.scoring.series_rules import SeriesRules, decode_series
from timing.core.scoring.teams import TeamRules, decode_team_rules
from timing.core.setup.event import Contest, Event


def rule_files(kind: str) -> Mapping[str, Path]:
    """Name -> file of one kind of rules, such as ``categories`` or ``prizes``."""
    house = resources.folder("config") / "rules" / kind
    return {path.stem: path for path in sorted(house.glob("*.toml"))}


@cache
def scheme(name: str) -> Scheme:
    """Give a category scheme of the house. Raises KeyError for an unknown name, and Refusal."""
    path = rule_files("categories")[name]
    return decode_scheme(path.read_text(encoding="utf-8"), str(path))


@cache
def prize_scheme(name: str) -> PrizeScheme:
    """Give a prize scheme of the house. Raises KeyError for an unknown name, and Refusal."""
    path = rule_files("prizes")[name]
    return decode_prizes(path.read_text(encoding="utf-8"), str(path))


def scheme_names(event: Event, kind: str) -> tuple[str, ...]:
    """Give the names of the rule files of one kind that an event may use, its own first."""
    own = [key.removeprefix(f"{kind}/") for key in event.schemes if key.startswith(f"{kind}/")]
    return (*sorted(own), *rule_files(kind))


def scheme_at(event: Event, name: str) -> Scheme | None:
    """Give the category scheme that an event calls so: its own, else that of the house."""
    own = event.schemes.get(f"categories/{name}")
    if own is not None:
        return _own_scheme(own)
    return scheme(name) if name in rule_files("categories") else None


def prizes_at(event: Event, name: str) -> PrizeScheme | None:
    """Give the prize scheme that an event calls so: its own, else that of the house."""
    own = event.schemes.get(f"prizes/{name}")
    if own is not None:
        return _own_prizes(own)
    return prize_scheme(name) if name in rule_files("prizes") else None


@lru_cache(maxsize=200)
def _own_scheme(text: str) -> Scheme:
    return decode_scheme(text)


@lru_cache(maxsize=200)
def _own_prizes(text: str) -> PrizeScheme:
    return decode_prizes(text)


@cache
def vocabulary() -> Mapping[str, Code]:
    """Give the codes of a result list by their names. Raises Refusal."""
    path = resources.folder("config") / "rules" / "codes.toml"
    return decode_codes(path.read_text(encoding="utf-8"), str(path))


def exported(code: str) -> str:
    """Give the word that exchange files have for a code, "" for none."""
    known = vocabulary().get(code)
    return "" if known is None else known.export


@cache
def record_codes() -> tuple[str, ...]:
    """Give the codes of records that need no meaning in a book."""
    return tuple(code for code, row in vocabulary().items() if row.kind == "record")


def read_book(text: str, file: str | None = None) -> RecordBook:
    """Read a record book whose codes everybody can read. Raises Refusal."""
    return decode_book(text, file, known=record_codes())


@cache
def record_book(name: str) -> RecordBook:
    """Give a record book of the house. Raises KeyError for an unknown name, and Refusal."""
    path = rule_files("records")[name]
    return read_book(path.read_text(encoding="utf-8"), str(path))


def book_at(event: Event, name: str) -> RecordBook | None:
    """Give the record book that an event calls so: its own, else that of the house."""
    own = event.schemes.get(f"records/{name}")
    if own is not None:
        return _own_book(own)
    return record_book(name) if name in rule_files("records") else None


def books_of(event: Event, contest: Contest) -> tuple[RecordBook, ...]:
    """Give the record books that a contest is held against, those left out that nobody has."""
    found = (book_at(event, name) for name in contest.rules.records)
    return tuple(book for book in found if book is not None)


def known_records(event: Event) -> Mapping[str, str]:
    """Give the codes of records at an event, with the meaning of those that its books bring."""
    names = dict.fromkeys(name for contest in event.contests for name in contest.rules.records)
    books = [book_at(event, name) for name in names]
    own = {code: meaning for book in books if book for code, meaning in book.codes.items()}
    return dict.fromkeys(record_codes(), "") | own


@lru_cache(maxsize=200)
def _own_book(text: str) -> RecordBook:
    return read_book(text)


@cache
def ruleset_of(name: str) -> Ruleset | None:
    """Give a rule set of the house; None for "" and for a name that nobody has. Raises Refusal."""
    path = rule_files("rulesets").get(name)
    return None if path is None else decode_ruleset(path.read_text(encoding="utf-8"), str(path))


@cache
def record_conditions() -> Mapping[str, RecordConditions]:
    """Give what each body asks of a record. Raises Refusal."""
    path = resources.folder("config") / "rules" / "record_conditions.toml"
    return decode_conditions(path.read_text(encoding="utf-8"), str(path))


@cache
def speed_limits() -> tuple[SpeedLimit, ...]:
    """Give the speeds over whole distances that are believed. Raises Refusal."""
    return decode_limits(*_plausibility())


@cache
def top_speeds() -> tuple[TopSpeed, ...]:
    """Give the speeds that nobody exceeds for a moment. Raises Refusal."""
    return decode_tops(*_plausibility())


def _plausibility() -> tuple[str, str]:
    path = resources.folder("config") / "rules" / "plausibility.toml"
    return path.read_text(encoding="utf-8"), str(path)


@cache
def series_presets() -> Mapping[str, SeriesRules]:
    """Give the ways of scoring a series by name. Raises Refusal."""
    path = resources.folder("config") / "rules" / "series.toml"
    return decode_series(path.read_text(encoding="utf-8"), str(path))


@cache
def team_presets() -> Mapping[str, TeamRules]:
    """Give the ways of scoring teams by name. Raises Refusal."""
    path = resources.folder("config") / "rules" / "teams.toml"
    return decode_team_rules(path.read_text(encoding="utf-8"), str(path))


@cache
def rounding_rules() -> Mapping[str, RoundingRule]:
    """Give what federations say about the rounding of times, by method. Raises Refusal."""
    path = resources.folder("config") / "rules" / "rounding.toml"
    return decode_rounding(path.read_text(encoding="utf-8"), str(path))
