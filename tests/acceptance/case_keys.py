"""The forms in which the values of a case's keys may be written; whoever reads a case asks here.

An item with a time is an object of which one value is a time; the others name a bib, a leg or
categories. A bib is named alone or in such an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_TIME = re.compile(r"-?[\d:.,]*:[\d:.,]*|-?\d+(?:[.,]\d+)?")
_NAMED = ("bib", "leg")


def bib_of(item: Any) -> str:
    """``7`` or ``{"bib": 7, ...}``."""
    return str(item["bib"] if isinstance(item, dict) else item)


def bibs_of(items: Any) -> list[str]:
    """Bibs, which may stand in groups."""
    groups = (item if isinstance(item, list) else [item] for item in items or ())
    return [bib_of(item) for group in groups for item in group]


def bib_and_leg(item: Any) -> tuple[str, str]:
    """``3``, ``{"bib": 3, "leg": 2}``, ``[3, 2]`` or ``"3/2"``; leg "" where none is named."""
    if isinstance(item, dict):
        return str(item["bib"]), str(item.get("leg", ""))
    parts = item if isinstance(item, list) else str(item).split("/")
    return str(parts[0]), str(parts[1]) if len(parts) > 1 else ""


def moment_of(item: Any) -> str:
    """The one value of an object that is a time."""
    return next(value for value in _others(item) if _TIME.fullmatch(value))


def _others(item: dict[str, Any]) -> Iterator[str]:
    named = (value for key, value in item.items() if key not in _NAMED)
    return (str(value) for value in named if isinstance(value, str | int | float))


def moments_by_bib(items: Any) -> dict[str, str]:
    """``{"7": "1:00"}`` or ``[{"bib": 7, "offset": "1:00"}]``."""
    if isinstance(items, dict):
        return {str(bib): str(moment) for bib, moment in items.items()}
    return {bib_of(item): moment_of(item) for item in items or ()}


def moments_by_category(items: Any) -> dict[str, str]:
    """``{"FS": "1:00"}`` or objects of a time and a category, or a list of them."""
    if isinstance(items, dict):
        return {code: str(moment) for code, moment in items.items()}
    return {code: moment_of(item) for item in items or () for code in _codes(item)}


def _codes(item: dict[str, Any]) -> Iterable[str]:
    moment = moment_of(item)
    named = next(value for value in item.values() if str(value) != moment)
    return named if isinstance(named, list) else [named]


def mass_starts_of(items: Any) -> list[tuple[int, str]]:
    """(leg, when) of every mass start; a leg named with the time zero has none.

    ``{"4": "2:35:45"}`` or ``[{"leg": 4, "elapsed_time_from_race_start": "2:35:45"}]``.
    """
    if isinstance(items, dict):
        items = [{"leg": leg, "at": str(at)} for leg, at in items.items()]
    return [
        (int(item["leg"]), moment_of(item))
        for item in items or ()
        if re.search("[1-9]", moment_of(item))
    ]


def groups_of(items: Any) -> list[tuple[str, int, list[str]]]:
    """(name, at least so many, races as they are named) of the race groups of a series."""
    if isinstance(items, dict):
        items = [{"name": name, **item} for name, item in items.items()]
    return [
        (
            next(value for value in item.values() if isinstance(value, str)),
            next((value for value in item.values() if isinstance(value, int)), 1),
            [str(race) for race in next(v for v in item.values() if isinstance(v, list))],
        )
        for item in items or ()
    ]


def race_order(given: Any) -> list[str]:
    """``"2,1,3"`` or a list of numbers, folders or names."""
    listed = given.split(",") if isinstance(given, str) else given or ()
    return [str(race).strip() for race in listed]


def number_of_races(config: dict[str, Any]) -> int:
    """In the series, run or not; all that are listed where no number is given."""
    return int(config.get("number_of_races_in_series") or len(config["races"]))


def points_of(config: dict[str, Any]) -> list[dict[str, Any]]:
    """The points of an ultra as they are passed."""
    return sorted(config["points"], key=lambda point: point["distance_from_start_m"])
