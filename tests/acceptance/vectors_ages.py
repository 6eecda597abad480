"""Worked examples about ages, categories and age grading."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import pytest

from timing.core.clock import parse_duration
from timing.core.rulebook.agegrade import (
    AgeTable,
    decode_table,
    factor_between,
    factor_of,
    grade,
    grade_in,
    log_share,
)
from timing.core.rulebook.categories import age_on, classify, classify_age, classify_year
from timing.core.rulebook.rounding import half_up
from timing.core.rulebook.schemes import decode_scheme

_FOLDER = Path(__file__).parents[2] / "config" / "rules" / "categories"
_READ = [decode_scheme(path.read_text(encoding="utf-8")) for path in _FOLDER.glob("*.toml")]
_SCHEMES = {scheme.name: scheme for scheme in _READ}
_ANY_DAY = date(2026, 7, 1)
_TABLE = "wma-data-2023.json"
_SEXES = {"m": "M", "f": "W", "w": "W"}


def age(given: dict[str, Any], rule: str) -> dict[str, Any]:
    return {"age": age_on(date.fromisoformat(given["born"]), date.fromisoformat(given["on"]))}


def _scheme(given: dict[str, Any]) -> Any:
    """A body with several schemes has one for each discipline."""
    if given["scheme"] in _SCHEMES:
        return _SCHEMES[given["scheme"]]
    return next(
        scheme
        for name, scheme in _SCHEMES.items()
        if name.startswith(given["scheme"]) and given["discipline"] in scheme.disciplines
    )


def category(given: dict[str, Any], rule: str) -> dict[str, Any]:
    scheme, sex = _scheme(given), given.get("sex", "")
    if "born" in given:
        born, on = date.fromisoformat(given["born"]), date.fromisoformat(given["on"])
        found = classify(scheme, sex, born, on)
    elif "birth_year" in given:
        on = date(int(given["year"]), 12, 31)
        found = classify_year(scheme, sex, int(given["birth_year"]), on)
    else:
        found = classify_age(scheme, sex, int(given["age"]), _ANY_DAY)
    return {"category": found and found.code}


@cache
def _table() -> AgeTable:
    """The WMA tables of 2023, read from the data of the package athlib; its code is not used."""
    try:
        found = [path for path in files("athlib") or [] if path.name == _TABLE]
    except PackageNotFoundError:
        pytest.skip("the tables of the package athlib are not installed")
    return decode_table(found[0].read_text(encoding="utf-8"), _TABLE)


def age_grading(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "open_standard_s" in given:
        return _graded(given)
    if "event" in given:
        return _by_table(given)
    return _interpolated(given)


def _graded(given: dict[str, Any]) -> dict[str, Any]:
    standard, factor = Decimal(str(given["open_standard_s"])), Decimal(given["factor"])
    result = grade(parse_duration(given["time"]), standard, factor)
    return {
        "age_standard_s": str(half_up(result.standard, 2)),
        "age_standard_rounded_s": int(half_up(result.standard, 0)),
        "percent": str(half_up(result.share * 100, 2)),
        "percent_4dp": str(half_up(result.share, 4)),
        "age_graded_time_s": str(half_up(result.graded, 2)),
    }


def _by_table(given: dict[str, Any]) -> dict[str, Any]:
    who = _table(), _SEXES[given["sex"].lower()], int(given["age"]), given["event"]
    result = grade_in(*who, parse_duration(given["time"])) if "time" in given else None
    return {
        "factor": factor_of(*who),
        "grade_4dp": result and str(half_up(result.share, 4)),
    }


def _interpolated(given: dict[str, Any]) -> dict[str, Any]:
    metres = int(Decimal(str(given["distance_km"])) * 1_000)
    short, long = Decimal(given["factor_5k"]), Decimal(given["factor_10k"])
    factor = factor_between(metres, (5_000, short), (10_000, long))
    return {
        "u": half_up(log_share(metres, 5_000, 10_000), 3),
        f"factor_{metres // 1_000}k": str(half_up(factor, 4)),
    }


AREAS = {"age": age, "category": category, "age grading": age_grading}
