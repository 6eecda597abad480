"""Who gets which prize: schemes are data, and every award and every refusal tells its reason.

Prizes are given from the most general on; whoever holds an exclusive prize leaves the line for
the others. Works on ranked contenders; knows no times.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from msgspec import Struct

from timing.core.refusal import Problem
from timing.core.rulebook.categories import OLDEST
from timing.core.rulefile import accept, read_rules
from timing.core.sentence import Sentence, worded

_EVERY_SEX = 99


class Prize(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The prizes of one prize category.

    sexes: of the entry categories that may win; () for everybody. ages: the age range of the
    entry category must lie inside. number: how many prizes; a tie for the last gives one more.
    group: the part of the list in which it is reported. exclusive: nobody holds two exclusive
    prizes. roll_down: whoever holds another exclusive prize leaves the line and the next moves
    up; otherwise the place lapses. clubs: () for all. basis: the ranking that counts (gun, net),
    "" for that of the contest.
    """

    code: str
    name: str
    sexes: tuple[str, ...] = ()
    ages: tuple[int, int] = (0, OLDEST)
    number: int = 1
    group: str = ""
    exclusive: bool = True
    roll_down: bool = True
    clubs: tuple[str, ...] = ()
    basis: str = ""

    @property
    def first(self) -> int:
        """The youngest age."""
        return self.ages[0]

    @property
    def last(self) -> int:
        """The oldest age."""
        return self.ages[1]


class PrizeScheme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All prizes of a contest.

    general_first: all prizes of a more general category are given before those of a narrower
    one (second overall is worth more than first of an age group); otherwise the first prizes of
    all categories come first, and then the others. rows_decide: the ages of prizes may overlap
    in part; of two such prizes neither is the more general, and the first row is given first.
    """

    name: str
    source: str
    general_first: bool = True
    rows_decide: bool = False
    prize: tuple[Prize, ...]


class Contender(NamedTuple):
    """Somebody with a place in one ranking, in order of place.

    tie: equal numbers of neighbours tie. first, last: the ages of the entry category, None where
    the entry has none.
    """

    entry: Hashable
    tie: int
    sex: str = ""
    first: int | None = None
    last: int | None = None
    club: str = ""


class Award(NamedTuple):
    """One prize given: the place inside its category, and whether it is shared."""

    prize: str
    entry: Hashable
    place: int
    tied: bool


class Why(StrEnum):
    """Why somebody has a prize, or has it not."""

    WON = "prize-won"
    SEX = "prize-other-sex"
    UNCLASSIFIED = "prize-unclassified"
    AGE = "prize-other-age"
    CLUB = "prize-other-club"
    HOLDS_OTHER = "prize-holds-other"
    TOO_LATE = "prize-places-gone"
    UNRANKED = "prize-unranked"


class Reason(NamedTuple):
    """A code and what belongs into its sentence.

    prize: the prize asked about. place: in its line, None out of it. number: prizes there are.
    other: the exclusive prize that is held instead.
    """

    code: Why
    prize: str
    place: int | None = None
    number: int = 0
    other: str = ""


Rankings = Mapping[str, Sequence[Contender]]
"""By basis; "" is the ranking of the contest itself."""


def decode_prizes(text: str, file: str | None = None) -> PrizeScheme:
    """Read a prize scheme. Raises Refusal."""
    scheme = read_rules(text, PrizeScheme, file=file)
    wrong = check_prizes(scheme.prize, rows_decide=scheme.rows_decide)
    accept([Problem("bad-prize", said, file) for said in wrong])
    return scheme


def check_prizes(prizes: Sequence[Prize], *, rows_decide: bool = False) -> Iterator[Sentence]:
    """Name the rows that cannot be, and the pairs of which neither is the more general.

    rows_decide: such pairs are meant.
    """
    seen: dict[str, int] = {}
    for number, prize in enumerate(prizes, 1):
        where = worded("row {number} of prize ({code})", number=number, code=prize.code)
        first = seen.setdefault(prize.code, number)
        if first != number:
            yield worded("{where}: row {row} has the code already", where=where, row=first)
        if not 0 <= prize.first <= prize.last <= OLDEST:
            yield worded(
                "{where}: ages {first} to {last}; expected 0 to {oldest}, rising",
                where=where, first=prize.first, last=prize.last, oldest=OLDEST,
            )  # fmt: skip
        if prize.number < 1:
            yield worded(
                "{where}: {number} prizes; expected 1 or more", where=where, number=prize.number
            )
        for before, other in enumerate(() if rows_decide else prizes[: number - 1], 1):
            if _cross(prize, other):
                yield worded(
                    "{where}: its ages overlap row {row} ({code}) in part",
                    where=where, row=before, code=other.code,
                )  # fmt: skip


def _cross(one: Prize, other: Prize) -> bool:
    """Both exclusive, for one sex, and with ages that overlap while neither contains the other."""
    if not (one.exclusive and other.exclusive) or one.group != other.group:
        return False
    if one.sexes and other.sexes and not set(one.sexes) & set(other.sexes):
        return False
    young, old = sorted((one, other), key=lambda prize: (prize.first, -prize.last))
    return young.first < old.first <= young.last < old.last


def most_general_first(prizes: Sequence[Prize]) -> list[Prize]:
    """Order the prizes as they are given: a more general one first, otherwise as they stand.

    An age range that contains another is more general; of equal ranges that for more sexes.
    """
    left = list(prizes)
    ordered: list[Prize] = []
    while left:
        best = next(one for one in left if not any(_more_general(other, one) for other in left))
        left.remove(best)
        ordered.append(best)
    return ordered


def _more_general(one: Prize, other: Prize) -> bool:
    if one.ages == other.ages:
        return _breadth(one) > _breadth(other)
    return one.first <= other.first and other.last <= one.last


def _breadth(prize: Prize) -> int:
    return len(prize.sexes) or _EVERY_SEX


def give_prizes(scheme: PrizeScheme, rankings: Rankings) -> tuple[Award, ...]:
    """Give all prizes: in the order of the scheme, each category in order of place."""
    order = most_general_first(scheme.prize)
    given: dict[str, list[Award]] = {prize.code: [] for prize in scheme.prize}
    for only_first in (False,) if scheme.general_first else (True, False):
        for prize in order:
            limit = 1 if only_first else prize.number
            given[prize.code] = _winners(prize, rankings, _holders(order, given), limit)
    return tuple(award for awards in given.values() for award in awards)


def _holders(prizes: Sequence[Prize], given: Mapping[str, Sequence[Award]]) -> dict[Hashable, str]:
    """Who holds an exclusive prize, and which."""
    return {
        award.entry: prize.code
        for prize in prizes
        if prize.exclusive
        for award in given[prize.code]
    }


def _winners(
    prize: Prize, rankings: Rankings, holders: Mapping[Hashable, str], limit: int
) -> list[Award]:
    line = takewhile(lambda standing: standing[1] <= limit, _line(prize, rankings, holders))
    won = [(who, place) for who, place in line if not _elsewhere(prize, who, holders)]
    shared = [place for _, place in won]
    return [Award(prize.code, who.entry, place, shared.count(place) > 1) for who, place in won]


def _line(
    prize: Prize, rankings: Rankings, holders: Mapping[Hashable, str]
) -> Iterator[tuple[Contender, int]]:
    """Who stands in line for a prize, each with the place in that line; ties share it."""
    standing = place = tie = 0
    for who in rankings[prize.basis]:
        if _bar(prize, who) or (prize.roll_down and _elsewhere(prize, who, holders)):
            continue
        standing += 1
        if standing == 1 or who.tie != tie:
            place, tie = standing, who.tie
        yield who, place


def _elsewhere(prize: Prize, who: Contender, holders: Mapping[Hashable, str]) -> bool:
    return prize.exclusive and holders.get(who.entry, prize.code) != prize.code


def _bar(prize: Prize, who: Contender) -> Why | None:
    """What keeps somebody out of the line whatever the others do."""
    if prize.sexes and who.sex not in prize.sexes:
        return Why.SEX
    if prize.ages != (0, OLDEST):
        if who.first is None or who.last is None:
            return Why.UNCLASSIFIED
        if who.first < prize.first or who.last > prize.last:
            return Why.AGE
    if prize.clubs and who.club not in prize.clubs:
        return Why.CLUB
    return None


def report_groups(scheme: PrizeScheme) -> tuple[str, ...]:
    """The parts of the list in the order of the scheme; () where the list is not divided."""
    groups = tuple(dict.fromkeys(prize.group for prize in scheme.prize))
    return groups if len(groups) > 1 else ()


def stands_in(scheme: PrizeScheme, group: str, who: Contender) -> bool:
    """Whether somebody is listed in a part: some prize there is open to them."""
    return any(prize.group == group and _bar(prize, who) is None for prize in scheme.prize)


def explain(
    scheme: PrizeScheme, rankings: Rankings, awards: Sequence[Award], entry: Hashable
) -> list[Reason]:
    """Tell for every prize of the scheme why an entry has it or has it not."""
    given = {prize.code: [a for a in awards if a.prize == prize.code] for prize in scheme.prize}
    holders = _holders(scheme.prize, given)
    return [_reason(prize, rankings, holders, given[prize.code], entry) for prize in scheme.prize]


def _reason(
    prize: Prize,
    rankings: Rankings,
    holders: Mapping[Hashable, str],
    awards: Sequence[Award],
    entry: Hashable,
) -> Reason:
    who = next((who for who in rankings[prize.basis] if who.entry == entry), None)
    if who is None:
        return Reason(Why.UNRANKED, prize.code)
    won = next((award for award in awards if award.entry == entry), None)
    if won is not None:
        return Reason(Why.WON, prize.code, won.place, prize.number)
    bar = _bar(prize, who)
    if bar is not None:
        return Reason(bar, prize.code)
    if _elsewhere(prize, who, holders):
        return Reason(Why.HOLDS_OTHER, prize.code, None, prize.number, holders[entry])
    place = next(place for own, place in _line(prize, rankings, holders) if own is who)
    return Reason(Why.TOO_LATE, prize.code, place, prize.number)
