"""Bibs as numbers of a contest: ranges such as ``1-199, A1-A50``, and who gets which next.

Knows no store. A bib is text; only a range counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from timing.core.sentence import worded
from timing.core.setup.alphabet import alphabetical
from timing.core.setup.roster import Entry, EntryId

_RANGE = re.compile(r"([A-Z]*)(\d{1,6})(?:-([A-Z]*)(\d{1,6}))?")
LONGEST = 100_000
"""So many numbers one range may have."""


class BibRange(NamedTuple):
    """Numbers from first to last with letters before them. width: digits, padded with zeros."""

    letters: str
    first: int
    last: int
    width: int

    def __contains__(self, bib: object) -> bool:
        parts = re.fullmatch(r"([A-Z]*)(\d+)", str(bib))
        return (
            parts is not None
            and self.letters == parts[1]
            and (self.first <= int(parts[2]) <= self.last)
        )

    def numbers(self) -> Iterator[str]:
        """Every bib of the range in its order."""
        for number in range(self.first, self.last + 1):
            yield f"{self.letters}{number:0{self.width}d}"


def read_ranges(text: str) -> tuple[BibRange, ...]:
    """Read ranges. Raises ValueError with what is wrong and what was expected."""
    return tuple(_range(part.strip()) for part in text.upper().split(",") if part.strip())


def _range(text: str) -> BibRange:
    parts = _RANGE.fullmatch(text.replace(" ", ""))
    if parts is None:
        raise ValueError(
            worded("{text!r} is no range of bibs; expected such as 1-199 or A1-A50", text=text[:30])
        )
    letters, first, other, last = parts[1], parts[2], parts[3], parts[4] or parts[2]
    if (other or letters) != letters:
        raise ValueError(
            worded(
                "{text!r} begins with {letters} and ends with {other}; expected the same",
                text=text,
                letters=letters,
                other=other,
            )
        )
    if int(last) < int(first):
        raise ValueError(worded("{text!r} goes down; expected the lower number first", text=text))
    if int(last) - int(first) >= LONGEST:
        raise ValueError(worded("{text!r} has more than {most} numbers", text=text, most=LONGEST))
    width = len(first) if first.startswith("0") else 0
    return BibRange(letters, int(first), int(last), width)


def overlaps(ranges: Mapping[str, Sequence[BibRange]]) -> list[tuple[str, str]]:
    """Pairs of contests (by name) that share a number."""
    flat = [(name, each) for name, own in ranges.items() for each in own]
    return [
        (one, other)
        for place, (one, a) in enumerate(flat)
        for other, b in flat[place + 1 :]
        if a.letters == b.letters and a.first <= b.last and b.first <= a.last
    ]


def _club(entry: Entry) -> tuple[object, ...]:
    return (not entry.club, entry.club.casefold(), *alphabetical(entry))


def _seed(entry: Entry) -> tuple[object, ...]:
    return (entry.seed is None, entry.seed or 0, *alphabetical(entry))


def _entered(entry: Entry) -> tuple[object, ...]:
    return (entry.id,)


ORDERS: Mapping[str, Callable[[Entry], tuple[object, ...]]] = {
    "alphabet": alphabetical, "club": _club, "seed": _seed, "entry": _entered,
}  # fmt: skip
"""Rules by which numbers are given out: by name, club, best seed time, order of entry."""


class Given(NamedTuple):
    """bibs: what each entry gets. short: entries for whom no number was left."""

    bibs: dict[EntryId, str]
    short: tuple[EntryId, ...]


def give_out(
    waiting: Iterable[Entry], order: str, ranges: Sequence[BibRange], taken: Container[str]
) -> Given:
    """Give the free numbers of the ranges to entries in an order; a person gets one number."""
    free = (bib for each in ranges for bib in each.numbers() if bib not in taken)
    bibs: dict[EntryId, str] = {}
    by_person: dict[int, str] = {}
    short: list[EntryId] = []
    for entry in sorted(waiting, key=ORDERS[order]):
        person = -entry.id if entry.person is None else entry.person
        bib = by_person.get(person) or next(free, "")
        if not bib:
            short.append(entry.id)
            continue
        by_person[person] = bibs[entry.id] = bib
    return Given(bibs, tuple(short))
