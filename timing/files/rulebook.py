"""The rule files that come with the house, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from timing import resources
from timing.core.rulebook.categories import Scheme
from timing.core.rulebook.prizes import PrizeScheme, decode_prizes
from timing.core.rulebook.records import RecordBook, decode_book
from timing.core.rulebook.schemes import decode_scheme
from timing.core.scoring.teams import TeamRules, decode_team_rules


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


@cache
def record_book(name: str) -> RecordBook:
    """Give a record book of the house. Raises KeyError for an unknown name, and Refusal."""
    path = rule_files("records")[name]
    return decode_book(path.read_text(encoding="utf-8"), str(path))


@cache
def team_presets() -> Mapping[str, TeamRules]:
    """Give the ways of scoring teams by name. Raises Refusal."""
    path = resources.folder("config") / "rules" / "teams.toml"
    return decode_team_rules(path.read_text(encoding="utf-8"), str(path))
