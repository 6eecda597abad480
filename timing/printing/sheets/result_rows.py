"""The rows of a result list as texts, a column at a time, whatever they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Protocol

from timing.core.setup.event import Contest


class View(Enum):
    """How the rows of the standings are taken apart."""

    OVERALL = "overall"
    SEX = "sex"
    CATEGORY = "category"
    HEAT = "heat"


OUTSIDE = "OOC"
"""Code of out of competition (config/rules/codes.toml)."""


class ResultRows(Protocol):
    """A list in its order. Every column has one text a row; an empty cell is ""."""

    @property
    def contest(self) -> Contest: ...

    @property
    def round(self) -> str: ...

    @property
    def ranked(self) -> Sequence[bool]:
        """Whether a row has a place."""
        ...

    def column(self, key: str) -> Sequence[str]:
        """The texts of a column; ``name``, ``time``, ``notes``. Raises KeyError."""
        ...

    def places(self, view: View) -> Sequence[str]:
        """The places within the parts of a view."""
        ...

    def splits(self) -> Mapping[int, Sequence[str]]:
        """The texts of each position between start and finish that somebody passed."""
        ...

    def codes(self, view: View) -> Iterator[str]:
        """What stands beside places and times, row by row; some come again and again."""
        ...
