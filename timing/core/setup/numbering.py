"""Bibs as numbers of a contest: ranges such as ``1-199, A1-A50``, and who gets which next.

Knows no store. A bib is text; only a range counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
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

    def numbers(self, begin: int | None = None) -> Iterator[str]:
        """Every bib of the range in its order, from one number on or from the first."""
        for number in range(self.first if begin is None else begin, self.last + 1):
            yield f"{self.letters}{number:0{self.width}d}"

    def behind(self, worn: Iterable[str]) -> int:
        """The number after the highest of those that are worn; the first where none is."""
        own = (int(bib.removeprefix(self.letters)) for bib in worn if bib in self)
        return max(own, default=self.first - 1) + 1


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
    """Pairs of contests that share a number, each once."""
    return [
        (one, other)
        for one, other in combinations(ranges, 2)
        if any(_meet(a, b) for a, b in product(ranges[one], ranges[other]))
    ]


def _meet(a: BibRange, b: BibRange) -> bool:
    return a.letters == b.letters and a.first <= b.last and b.first <= a.last


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


class Field(NamedTuple):
    """A contest that is to be numbered. waiting: its entries without a bib."""

    contest: str
    ranges: tuple[BibRange, ...]
    waiting: tuple[Entry, ...]


class Share(NamedTuple):
    """What a contest gets. fresh: numbers of its own ranges, in the order in which they are given.

    same: numbers that their people wear, or now get, in another contest. short: entries for whom
    no number is left. free: numbers of the ranges that stay free.
    """

    contest: str
    fresh: dict[EntryId, str]
    same: dict[EntryId, str]
    short: tuple[EntryId, ...]
    free: tuple[str, ...]

    @property
    def bibs(self) -> dict[EntryId, str]:
        """What each entry of the contest gets."""
        return self.fresh | self.same


class Stock(NamedTuple):
    """The numbers that there are. worn: by people (``holder_of``), who get no other.

    taken: every number that somebody wears. kept: reserved and lost ones. gaps: whether what is
    free between worn numbers is given out, too; else a range goes on behind its highest worn one.
    """

    worn: Mapping[int, str]
    taken: Collection[str] = ()
    kept: Container[str] = ()
    gaps: bool = True


def holder_of(entry: Entry) -> int:
    """Who wears the bib: the person, or minus the entry where no person is known."""
    return -entry.id if entry.person is None else entry.person


def give_out(fields: Sequence[Field], order: str, stock: Stock) -> tuple[Share, ...]:
    """Give everybody who waits a number of their contest, in an order, one contest after another.

    A person gets one number for all contests: the one that is worn, else the first that is given.
    No number is given twice, and none that is worn or kept.
    """
    worn = dict(stock.worn)
    used = {*worn.values(), *stock.taken}
    fresh = [_from_own_ranges(field, order, stock, worn, used) for field in fields]
    return tuple(
        _share(field, order, stock, own, worn, used)
        for field, own in zip(fields, fresh, strict=True)
    )


def _from_own_ranges(
    field: Field, order: str, stock: Stock, worn: dict[int, str], used: set[str]
) -> dict[EntryId, str]:
    """Give a contest's free numbers to its people who have none; notes them in worn and used."""
    fresh: dict[EntryId, str] = {}
    free = free_numbers(field.ranges, stock, used)
    for entry in sorted(field.waiting, key=ORDERS[order]):
        if holder_of(entry) in worn:
            continue
        bib = next(free, None)
        if bib is None:
            break
        worn[holder_of(entry)] = fresh[entry.id] = bib
        used.add(bib)
    return fresh


def _share(
    field: Field, order: str, stock: Stock, fresh: dict[EntryId, str], worn: dict[int, str],
    used: set[str],
) -> Share:  # fmt: skip
    others = [e for e in sorted(field.waiting, key=ORDERS[order]) if e.id not in fresh]
    same = {each.id: worn[holder_of(each)] for each in others if holder_of(each) in worn}
    short = tuple(each.id for each in others if each.id not in same)
    everything = stock._replace(gaps=True)
    return Share(
        field.contest, fresh, same, short, tuple(free_numbers(field.ranges, everything, used))
    )


def free_numbers(ranges: Iterable[BibRange], stock: Stock, used: Container[str]) -> Iterator[str]:
    """Numbers of ranges that are neither used nor kept, each once, as they are asked for."""
    seen: set[str] = set()
    for each in ranges:
        begin = each.first if stock.gaps else each.behind(stock.taken)
        for bib in each.numbers(begin):
            if bib not in used and bib not in stock.kept and bib not in seen:
                seen.add(bib)
                yield bib


def spans(bibs: Iterable[str]) -> str:
    """Write bibs as people do, ``1-3, 7``; ``read_ranges`` reads it."""
    found: list[list[str]] = []
    following = ""
    for bib in bibs:
        if found and bib == following:
            found[-1][1:] = [bib]
        else:
            found.append([bib])
        following = _next(bib)
    return ", ".join("-".join(span) for span in found)


def _next(bib: str) -> str:
    """The number after a bib, with its letters and its noughts; "" where it is none."""
    parts = re.fullmatch(r"([A-Z]*)(\d+)", bib)
    if parts is None:
        return ""
    width = len(parts[2]) if parts[2].startswith("0") else 0
    return f"{parts[1]}{int(parts[2]) + 1:0{width}d}"
