"""Age grading: a time against the best of the same age and sex.

The tables (open standards and factors) are data that the caller hands in; none is part of the
project. Formula: https://github.com/AlanLyttonJones/Age-Grade-Tables
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta, Struct

from timing.core.clock import SECOND
from timing.core.refusal import Problem, Refusal

_METRES = 1_000_000
"""Millimetres in a kilometre, the unit of the tables."""


class Grade(NamedTuple):
    """An exact age grade. standard, graded: seconds; share: 1 is the best of that age."""

    standard: Fraction
    share: Fraction
    graded: Fraction


class Row(NamedTuple):
    """One event of a table. distance: millimetres. standard: seconds of the open class.

    factors: by age, from the first age of the table on; None where the table has none.
    """

    event: str
    distance: int
    standard: Decimal
    factors: tuple[Decimal | None, ...]


class AgeTable(NamedTuple):
    """Factors of one edition. rows: by (sex, event), the event in capitals."""

    first_age: int
    rows: dict[tuple[str, str], Row]


def grade(time: int, open_standard: Decimal | Fraction, factor: Decimal | Fraction) -> Grade:
    """Grade a time (microseconds).

    The standard of the age is the open standard divided by the factor, the grade that standard
    divided by the time, the age-graded time the time multiplied by the factor.
    """
    seconds, share = Fraction(time, SECOND), Fraction(factor)
    standard = Fraction(open_standard) / share
    return Grade(standard, standard / seconds, seconds * share)


def log_share(distance: int, shorter: int, longer: int) -> Decimal:
    """Say where a distance lies between two others on a logarithmic scale: 0 to 1."""
    return (_ln(distance) - _ln(shorter)) / (_ln(longer) - _ln(shorter))


def factor_between(
    distance: int, shorter: tuple[int, Decimal], longer: tuple[int, Decimal]
) -> Decimal:
    """Interpolate the factor of a distance from two (distance, factor) beside it.

    In the tables of 2025 the factors, not the standards, are interpolated, in log distance.
    """
    share = log_share(distance, shorter[0], longer[0])
    return shorter[1] + share * (longer[1] - shorter[1])


def _ln(distance: int) -> Decimal:
    return Decimal(distance).ln()


def decode_table(text: str | bytes, file: str | None = None) -> AgeTable:
    """Read a table: ``ages``, and under ``m`` and ``f`` rows of event, km, standard, factors.

    That is the form of the WMA tables in the package athlib. Raises Refusal.
    """
    try:
        read = msgspec.json.decode(text, type=_Table)
    except msgspec.DecodeError as error:
        raise Refusal(Problem("bad-table", f"no age grading table: {error}", file)) from error
    pairs = [("M", cells) for cells in read.m] + [("W", cells) for cells in read.f]
    rows = {(sex, str(cells[0]).upper()): _row(cells) for sex, cells in pairs}
    return AgeTable(read.ages[0], rows)


_Cells = Annotated[list[str | float | None], Meta(min_length=3)]


class _Table(Struct):
    ages: Annotated[list[int], Meta(min_length=1)]
    m: list[_Cells]
    f: list[_Cells]


def _row(cells: list[str | float | None]) -> Row:
    event, kilometres, standard, *factors = cells
    return Row(
        str(event).upper(),
        int(_exact(kilometres) * _METRES),
        _exact(standard),
        tuple(None if factor is None else _exact(factor) for factor in factors),
    )


def _exact(cell: str | float | None) -> Decimal:
    """The number as it is written: the shortest text of a float is what stood in the file."""
    return Decimal(str(cell or 0))


def factor_of(table: AgeTable, sex: str, age: int, event: str) -> Decimal | None:
    """Look up a factor; None where the table has none for the sex, the age or the event."""
    row = table.rows.get((sex, event.upper()))
    place = age - table.first_age
    if row is None or not 0 <= place < len(row.factors):
        return None
    return row.factors[place]


def grade_in(table: AgeTable, sex: str, age: int, event: str, time: int) -> Grade | None:
    """Grade a time by a table; None where the table does not know the event or the age."""
    factor = factor_of(table, sex, age, event)
    if factor is None:
        return None
    return grade(time, table.rows[sex, event.upper()].standard, factor)
