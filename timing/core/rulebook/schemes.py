"""Reads a scheme of age categories and proves that it has no gap and no overlap.

People of every age, born around every day that matters, are classified; two categories for one
of them, or none between two that exist, refuse the scheme in a sentence that names the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import reduce
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.refusal import Problem
from timing.core.rulebook.categories import OLDEST, Category, Counted, Scheme
from timing.core.rulefile import accept, read_rules
from timing.core.sentence import Sentence, worded

_YEAR = 2024
_OLDEST_TRIED = 125
_ANY = "any sex"


class _Person(NamedTuple):
    """Ages by their way of counting."""

    ages: Mapping[str, int]

    @property
    def words(self) -> Sentence:
        """The ages for a sentence."""
        told = [
            worded("age {years} by {name}", years=years, name=name)
            for name, years in self.ages.items()
        ]
        return reduce(lambda one, other: worded("{one}, {other}", one=one, other=other), told)


def decode_scheme(text: str, file: str | None = None) -> Scheme:
    """Read a scheme, its repeated rows written out.

    Raises Refusal: not readable, a row that cannot be; a gap or an overlap, unless the
    categories are chosen.
    """
    scheme = read_rules(text, Scheme, file=file)
    accept([Problem("bad-category", said, file) for said in _bad_rows(scheme)])
    written_out = replace(scheme, category=tuple(_written_out(scheme)))
    holes = () if scheme.chosen else _holes(written_out)
    accept([Problem(code, said, file) for code, said in holes])
    return written_out


def _bad_rows(scheme: Scheme) -> Iterator[Sentence]:
    for name, age in scheme.age.items():
        try:
            date(_YEAR - 1, age.month, age.day)
        except ValueError:
            yield worded(
                "age {name}: there is no day {day} in month {month} of every year",
                name=name,
                day=age.day,
                month=age.month,
            )
        if not 1 <= age.begins <= 12:
            yield worded(
                "age {name}: the season begins in month {month}; expected 1 to 12",
                name=name,
                month=age.begins,
            )
    for number, row in enumerate(scheme.category, 1):
        for wrong in _wrong_in(row, scheme):
            yield worded(
                "row {number} of category ({code}): {told}",
                number=number,
                code=row.code,
                told=wrong,
            )


def _wrong_in(row: Category, scheme: Scheme) -> Iterator[Sentence]:
    for name in sorted(row.ages.keys() - scheme.age.keys()):
        yield worded(
            "no way of counting is called {name}; expected {known}",
            name=name,
            known=", ".join(scheme.age),
        )
    for name, (low, high) in row.ages.items():
        if not 0 <= low <= high <= OLDEST:
            yield worded(
                "ages {low} to {high} by {name}; expected 0 to {oldest}, rising",
                low=low,
                high=high,
                name=name,
                oldest=OLDEST,
            )
    for name, years in row.every.items():
        if years < 1 or name not in row.ages or len(row.every) > 1:
            yield worded("cannot be repeated every {years} years by {name}", years=years, name=name)
    if not row.ages:
        yield worded("no ages")
    if "{sex}" in row.code and not row.sexes:
        yield worded("the code names the sex; expected sexes")


def _written_out(scheme: Scheme) -> Iterator[Category]:
    for row in scheme.category:
        for part in _repeated(row):
            for sex in row.sexes if "{sex}" in row.code else (None,):
                yield _named(part, sex)


def _repeated(row: Category) -> Iterator[Category]:
    if not row.every:
        yield row
        return
    [(name, years)] = row.every.items()
    low, high = row.ages[name]
    for first in range(low, high + 1, years):
        ages = {**row.ages, name: (first, min(first + years - 1, high))}
        yield replace(row, ages=ages, every={})


def _named(row: Category, sex: str | None) -> Category:
    words = {"sex": sex or "", "from": str(row.first), "to": str(row.last)}
    code, name = row.code, row.name or row.code
    for word, value in words.items():
        code, name = code.replace(f"{{{word}}}", value), name.replace(f"{{{word}}}", value)
    return replace(row, code=code, name=name, sexes=row.sexes if sex is None else (sex,))


def _holes(scheme: Scheme) -> Iterator[tuple[str, Sentence]]:
    """Problems of the first competition day and sex that show any."""
    sexes = sorted({sex for row in scheme.category for sex in row.sexes}) or [_ANY]
    for sex in sexes:
        for on in _competition_days(scheme):
            found = list(_holes_on(scheme, sex, _people(scheme, on)))
            if found:
                yield from found
                return


def _holes_on(scheme: Scheme, sex: str, people: list[_Person]) -> Iterator[tuple[str, Sentence]]:
    before: Category | None = None
    missing: _Person | None = None
    told: set[tuple[str, ...]] = set()
    for person in people:
        rows = [row for row in scheme.category if row.holds_for(sex, person.ages)]
        codes = tuple(row.code for row in rows)
        if len(rows) > 1 and codes not in told:
            told.add(codes)
            told_of = worded(
                "{codes} overlap: {person}, {sex}",
                codes=" and ".join(codes),
                person=person.words,
                sex=sex,
            )
            yield "category-overlap", told_of
        if rows and before and missing:
            yield (
                "category-gap",
                worded(
                    "nothing between {before} and {after}: {person}, {sex}",
                    before=before.code,
                    after=rows[0].code,
                    person=missing.words,
                    sex=sex,
                ),
            )
        if rows:
            before, missing = rows[0], None
        elif missing is None:
            missing = person


def _competition_days(scheme: Scheme) -> list[date]:
    """Days of one year on both sides of every day that matters."""
    days = {date(_YEAR, 1, 1), date(_YEAR, 2, 29), date(_YEAR, 12, 31)}
    for age in scheme.age.values():
        if age.counted in (Counted.ON, Counted.LAST, Counted.SEASON):
            cut, begin = date(_YEAR, age.month, age.day), date(_YEAR, age.begins, 1)
            days |= {cut, min(cut + timedelta(days=1), date(_YEAR, 12, 31)), begin}
    return sorted(days)


def _people(scheme: Scheme, on: date) -> list[_Person]:
    """Somebody of every age, born on both sides of every day that matters, the youngest first."""
    marks = {(1, 1), (12, 31), (on.month, on.day)}
    marks |= {(age.month, age.day) for age in scheme.age.values()}
    marks = marks - {(2, 29)} | {(2, 28), (3, 1)}
    births = set()
    for year in range(on.year - _OLDEST_TRIED, on.year + 1):
        for month, day in marks:
            birthday = date(year, month, day)
            births |= {birthday, birthday + timedelta(days=1)}
    people: dict[tuple[int, ...], _Person] = {}
    for born in sorted(births, reverse=True):
        if born <= on:
            ages = {name: age.measure(born, on) for name, age in scheme.age.items()}
            people.setdefault(tuple(ages.values()), _Person(ages))
    return list(people.values())
