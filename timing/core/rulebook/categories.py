"""Which age category somebody is in: schemes are data, checked for gaps and overlaps when read.

Ages are full years. Who is born on 29 February has the birthday on 1 March in a common year (the
month and day are compared; docs/reference/categories.md). Too little known gives no category,
never an error. Where the code does not name the sex, rank by sex and code together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

OLDEST = 150
"""The upper bound of a category that is open upwards."""


class Counted(StrEnum):
    """How an age is counted.

    DAY: on the day of competition. YEAR: the calendar years apart, which is the age on
    31 December. ON: on a month and day in the year of the competition. LAST: on the latest such
    day, not after the competition. SEASON: on such a day in the season that the competition is
    in, a season beginning with the first day of a month.
    """

    DAY = "day"
    YEAR = "year"
    ON = "on"
    LAST = "last"
    SEASON = "season"


class Age(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of counting. month, day: for ON, LAST and SEASON. begins: the season's month."""

    counted: Counted
    month: int = 12
    day: int = 31
    begins: int = 1

    def measure(self, born: date, on: date) -> int:
        """Give the age of somebody born then, in a competition on a day."""
        if self.counted is Counted.DAY:
            return age_on(born, on)
        if self.counted is Counted.YEAR:
            return on.year - born.year
        year = on.year
        if self.counted is Counted.LAST and (on.month, on.day) < (self.month, self.day):
            year -= 1
        if self.counted is Counted.SEASON:
            year += (on.month >= self.begins) - (self.month >= self.begins)
        return age_on(born, date(year, self.month, self.day))


class Category(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of a scheme.

    code, name: ``{sex}``, ``{from}`` and ``{to}`` stand for the sex and the ages of the row.
    sexes: who it is for; () for everybody, also where the sex is not known.
    ages: for a way of counting the first and last age; all must hold.
    every: for a way of counting the years after which the row is repeated with higher ages.
    """

    code: str
    name: str = ""
    sexes: tuple[str, ...] = ()
    ages: dict[str, tuple[int, int]]
    every: dict[str, int] = {}

    @property
    def first(self) -> int:
        """The youngest age in it."""
        return max(low for low, _ in self.ages.values())

    @property
    def last(self) -> int:
        """The oldest age in it, OLDEST where it is open."""
        return min(high for _, high in self.ages.values())

    def holds_for(self, sex: str, ages: Mapping[str, int]) -> bool:
        """Whether somebody of a sex and of these ages is in it."""
        return (not self.sexes or sex in self.sexes) and all(
            low <= ages[counted] <= high for counted, (low, high) in self.ages.items()
        )


class Scheme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The age categories of one rule book.

    disciplines: what it is for where a body has several; () for all. note: what was decided
    where the source leaves room. certainty: V rule text seen, S second hand, ? to be checked.
    chosen: everybody enters a category, nobody is put into one by age; then the ages may leave
    gaps and may overlap.
    """

    name: str
    source: str
    certainty: str = "V"
    note: str = ""
    disciplines: tuple[str, ...] = ()
    chosen: bool = False
    age: dict[str, Age]
    category: tuple[Category, ...]


def age_on(born: date, on: date) -> int:
    """Give the full years from birth to a day (29 February: see the docstring of the module)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def couple_age(ages: Sequence[int]) -> int:
    """Give the age by which a couple is classified: the sum of the ages divided by their number.

    Half a year does not count: 49 and 50 are not yet 50. (Italian circuit,
    https://sport.quotidiano.net/locale/altri-sport/retrorunning-due-titoli-per-il-pratese-tiziano-magni-wmobd2xh)
    """
    return sum(ages) // len(ages)


def classify(scheme: Scheme, sex: str, born: date | None, on: date) -> Category | None:
    """Give the category of somebody born on a day; None where there is none or no birth date.

    on: the day of competition; by the rule of most bodies the first day of the meet.
    """
    if scheme.chosen or born is None or born > on:
        return None
    ages = {name: age.measure(born, on) for name, age in scheme.age.items()}
    return next((row for row in scheme.category if row.holds_for(sex, ages)), None)


def classify_year(scheme: Scheme, sex: str, year: int | None, on: date) -> Category | None:
    """Give the category where only the year of birth is known.

    None where the day of birth would decide.
    """
    if year is None:
        return None
    return _whichever(scheme, sex, date(year, 1, 1), min(date(year, 12, 31), on), on)


def classify_age(scheme: Scheme, sex: str, age: int | None, on: date) -> Category | None:
    """Give the category where only the age on the day of competition is known.

    None where the day of birth would decide. A couple is classified by its couple_age.
    """
    if age is None or not 0 <= age <= OLDEST:
        return None
    return _whichever(
        scheme, sex, _birthday(age + 1, on) + timedelta(days=1), _birthday(age, on), on
    )


def category_of(
    scheme: Scheme, *, sex: str = "", born: str = "", age: int | None = None, on: date
) -> Category | None:
    """Classify by what was entered: a birth date (ISO), a year of birth, or an age.

    Anything that cannot be read counts as not known: no category, never an error.
    """
    if len(born) == len("2000") and born.isdecimal() and int(born) > 0:
        return classify_year(scheme, sex, int(born), on)
    try:
        return classify(scheme, sex, date.fromisoformat(born), on)
    except ValueError:
        return classify_age(scheme, sex, age, on)


def _whichever(scheme: Scheme, sex: str, earliest: date, latest: date, on: date) -> Category | None:
    """Give the category of both the oldest and the youngest it may be, if it is the same."""
    category = classify(scheme, sex, earliest, on)
    return category if category == classify(scheme, sex, latest, on) else None


def _birthday(age: int, on: date) -> date:
    """Give the latest day of birth that makes somebody so old on a day."""
    try:
        return on.replace(year=on.year - age)
    except ValueError:  # 29 February: who is born on 1 March is a day too young
        return date(on.year - age, 2, 28)
