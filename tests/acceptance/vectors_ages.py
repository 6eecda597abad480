"""Worked examples about ages, categories and age grading."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from timing.core.categories import age_on, classify, classify_age, classify_year
from timing.core.schemes import decode_scheme

_FOLDER = Path(__file__).parents[2] / "config" / "rules" / "categories"
_READ = [decode_scheme(path.read_text(encoding="utf-8")) for path in _FOLDER.glob("*.toml")]
_SCHEMES = {scheme.name: scheme for scheme in _READ}
_ANY_DAY = date(2026, 7, 1)


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


AREAS = {"age": age, "category": category}
