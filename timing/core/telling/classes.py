"""What the codes of categories stand for: sexes and ages. Numbers; languages write them out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from timing.core.rulebook.categories import OLDEST, Category, Scheme


class AgeClass(NamedTuple):
    """A category. sexes: () for everybody. first, last: full years; None: no bound there."""

    code: str
    sexes: tuple[str, ...]
    first: int | None
    last: int | None

    @property
    def of_one_sex(self) -> bool:
        """Whether the category says the sex itself."""
        return len(self.sexes) == 1


def classes_of(scheme: Scheme | None, codes: Collection[str]) -> list[AgeClass]:
    """Give those of some codes that a scheme has, in its order; one of several rows comes once."""
    found: dict[str, list[Category]] = {}
    for row in scheme.category if scheme is not None else ():
        if row.code in codes:
            found.setdefault(row.code, []).append(row)
    return [_class(code, rows) for code, rows in found.items()]


def _class(code: str, rows: Sequence[Category]) -> AgeClass:
    sexes = tuple(dict.fromkeys(sex for row in rows for sex in row.sexes))
    first, last = min(row.first for row in rows), max(row.last for row in rows)
    return AgeClass(
        code,
        sexes if all(row.sexes for row in rows) else (),
        first or None,
        last if last < OLDEST else None,
    )
