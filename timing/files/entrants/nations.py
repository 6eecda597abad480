"""Nations as they are written in entry lists, in codes and in words, as one code of sport.

Names come from the language data of Babel, the codes of sport from config/nations.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global

from timing import resources
from timing.files.tables.headers import fold

_LANGUAGES = ("en", "de", "it", "fr", "es")


def nation_of(text: str) -> str | None:
    """The code of a nation of which the code or the name was written; None for an unknown one.

    ``de``, ``DEU``, ``GER``, ``Germany`` and ``Deutschland`` are GER; "" is "".
    """
    return "" if not text else _spellings().get(fold(text))


def nation_name(code: str, language: str) -> str:
    """The name of a nation in a language, by its code of sport; "" for an unknown one."""
    two = _territories().get(code)
    return "" if two is None else Locale(language).territories.get(two, "")


@cache
def _territories() -> Mapping[str, str]:
    """Code of sport -> ISO code of two letters."""
    return {code: two for two, code in _codes().items()}


@cache
def _ours() -> Mapping[str, Any]:
    path = resources.folder("config") / "nations.toml"
    ours: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return ours


@cache
def _long() -> Mapping[str, str]:
    """ISO codes of three letters by those of two."""
    withdrawn = {*_ours()["withdrawn"], "XXX"}
    return {
        two[0]: three
        for three, two in get_global("territory_aliases").items()
        if len(three) == 3 and three.isalpha() and len(two) == 1 and three not in withdrawn
    }


@cache
def _codes() -> Mapping[str, str]:
    """Codes of sport by the ISO codes of two letters."""
    sport: dict[str, str] = _ours()["sport"]
    return {two: sport.get(two, three) for two, three in _long().items()} | sport


@cache
def _spellings() -> Mapping[str, str]:
    ours, long, codes = _ours(), _long(), _codes()
    known: dict[str, str] = {}
    for language in _LANGUAGES:
        for two, name in Locale(language).territories.items():
            if two in codes:
                known.setdefault(fold(name), codes[two])
    known |= {fold(two): code for two, code in codes.items()}
    known |= {fold(three): codes[two] for two, three in long.items() if two in codes}
    known |= {fold(code): code for code in codes.values()}
    return known | {fold(name): code for name, code in ours["names"].items()}
