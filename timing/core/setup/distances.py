"""Distances in the unit in which the sport writes them. Numbers only: languages write them out.

A track is run in metres however far (``10,000 m``), a road from 5 km on in kilometres
(``21.0975 km``), every point of it, too.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from timing.core.setup.event import METRE, Contest

KILOMETRE = 1000 * METRE
_IN_KILOMETRES = {"track": None, "": 10 * KILOMETRE}
"""The length of a course from which it is told in kilometres, by its surface; None: never."""
_ROAD = 5 * KILOMETRE
_WRITTEN = re.compile(r"(\d+(?:\.\d+)?) (m|km)")


class Length(NamedTuple):
    """A distance in a unit, ``m`` or ``km``; exact."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        """As a program writes it, and reads it back: ``6.0975 km``."""
        return f"{self.number:f} {self.unit}"


def told_in_kilometres(whole: int, surface: str) -> bool:
    """Whether the distances of a course of that length are; a surface "" is not known."""
    least = _IN_KILOMETRES.get(surface, _ROAD)
    return least is not None and whole >= least


def length_of(millimetres: int, *, kilometres: bool) -> Length:
    """Give a distance along a course; what is short of a kilometre stays in metres."""
    unit = "km" if kilometres and millimetres >= KILOMETRE else "m"
    number = Decimal(millimetres) / (KILOMETRE if unit == "km" else METRE)
    return Length(number.quantize(1) if number == number.to_integral() else number, unit)


def length_in(contest: Contest, millimetres: int) -> Length:
    """Give a distance along the course of a contest."""
    course = contest.course
    surface = contest.surface or next((leg.surface for leg in course.legs), "")
    return length_of(millimetres, kilometres=told_in_kilometres(course.distance, surface))


def written(name: str) -> Length | None:
    """Read the name of a point that is a distance, such as ``6.0975 km``; None for another name."""
    found = _WRITTEN.fullmatch(name)
    return Length(Decimal(found[1]), found[2]) if found else None
