"""The category of a person in a series: the first one, and which changes cannot be true.

A runner may move up one age step during a series. Knows nothing of scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from timing.core.refusal import Problem


class AgeClass(NamedTuple):
    """What a category code stands for; ages in full years, both ends included."""

    sex: str
    youngest: int
    oldest: int


class Entered(NamedTuple):
    """The category with which somebody entered one race; "" where it is not known."""

    race: str
    category: str


class Change(NamedTuple):
    """A category that is not the one of the race before."""

    race: str
    before: str
    after: str


class SeriesCategory(NamedTuple):
    """category: the first that is known, "" if none is. problems: changes that cannot be."""

    category: str
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def series_category(
    name: str, entered: Sequence[Entered], classes: Mapping[str, AgeClass]
) -> SeriesCategory:
    """Follow one person through the races in the order in which they took place."""
    known = [one for one in entered if one.category]
    changes = tuple(
        Change(after.race, before.category, after.category)
        for before, after in pairwise(known)
        if before.category != after.category
    )
    first = known[0].category if known else ""
    return SeriesCategory(first, changes, tuple(_problems(name, known, changes, classes)))


def _problems(
    name: str,
    known: Sequence[Entered],
    changes: Sequence[Change],
    classes: Mapping[str, AgeClass],
) -> Iterator[Problem]:
    unknown = dict.fromkeys(one.category for one in known if one.category not in classes)
    for code in unknown:
        yield Problem("unknown-category", f"{name}: no category {code!r} in the scheme")
    if unknown:
        return
    for change in changes:
        before, after = classes[change.before], classes[change.after]
        if after.sex != before.sex or after.youngest < before.youngest:
            sentence = f"{change.before} became {change.after} at {change.race}"
            yield Problem("category-change", f"{name}: {sentence}; expected the next age at most")
    if changes:
        first, last = known[0].category, known[-1].category
        if classes[last].youngest > classes[first].oldest + 1:
            sentence = f"{first} became {last} during the series; expected one step at most"
            yield Problem("category-steps", f"{name}: {sentence}")
