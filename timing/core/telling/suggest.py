"""Which bib was meant: the numbers one or two slips of the finger away, the likeliest first.

Typing distance is weighed against who is expected here now and what another source read.
Knows no journal; what is known of each bib is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise, product
from typing import NamedTuple

from timing.core.clock import Duration

WILDCARD = "?"
_DIGITS = "0123456789"
_MOST_WILDCARDS = 3

# Costs are hundredths of a natural logarithm: 100 is a factor of 2.7 less likely. All kinds of slip
# are taken to be equally frequent, shared out over the ways in which each can happen: a bib of 3
# digits can be swapped in two ways and hit beside the key in a dozen.
_COSTS: Mapping[str, int] = {
    "wildcard": 0,
    "swapped": 230,
    "missing": 270,
    "doubled": 270,
    "neighbour": 410,
    "wrong": 490,
    "extra": 490,
}
_AGAIN = 150  # a second slip on top of the first is rarer than its own cost says
_TAKEN, _OUT, _AGREES = 900, 900, -600
_FAR = 750  # one in twenty comes at any moment within an hour: nobody is more unlikely than that

_PAD = ("123", "456", "789", " 0 ")
_ROW = "1234567890"


def _neighbours() -> dict[str, frozenset[str]]:
    """The keys beside and above each digit, on a phone's pad and in the row of a keyboard."""
    near: dict[str, set[str]] = {digit: set() for digit in _DIGITS}
    for line, keys in enumerate(_PAD):
        for column, key in enumerate(keys):
            for other_line, other_column in ((line, column + 1), (line + 1, column)):
                if other_line < len(_PAD) and other_column < len(keys):
                    other = _PAD[other_line][other_column]
                    if key in near and other in near:
                        near[key].add(other)
                        near[other].add(key)
    for key, other in pairwise(_ROW):
        near[key].add(other)
        near[other].add(key)
    return {key: frozenset(others) for key, others in near.items()}


NEIGHBOURS = _neighbours()
"""The digits that a finger hits instead of each digit."""


class Clue(NamedTuple):
    """What is known of a bib besides its digits.

    gap: between the moment of the read and when the bearer is expected here; None: no idea.
    spread: how far off that may well be. taken: has a time at this point already. out: not on the
    course (DNS, DNF, DQ, not entered for it). agrees: another source read it at this moment.
    """

    gap: Duration | None = None
    spread: Duration = Duration(1)
    taken: bool = False
    out: bool = False
    agrees: bool = False


class Suggestion(NamedTuple):
    """A bib that may have been meant. slips: what the finger did; cost: the less, the likelier.

    expected, agrees: what else speaks for it.
    """

    bib: str
    slips: tuple[str, ...]
    cost: int
    expected: bool
    agrees: bool


def suggest(typed: str, clues: Mapping[str, Clue], most: int = 5) -> list[Suggestion]:
    """Rank the bibs that may have been meant by what was typed; ``?`` stands for one character.

    clues: of every bib that exists; only these are suggested. Bibs read by another source at the
    same moment are suggested however different they are.
    """
    alphabet = "".join(sorted({letter for bib in clues for letter in bib} | set(_DIGITS)))
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for bib, cost, slips in _reachable(typed.strip(), alphabet, clues):
        if bib in clues and (bib not in found or cost < found[bib][0]):
            found[bib] = (cost, slips)
    for bib, clue in clues.items():
        if clue.agrees and bib not in found:
            found[bib] = (2 * _COSTS["wrong"] + _AGAIN, ())
    ranked = [_suggestion(bib, *way, clues[bib]) for bib, way in found.items()]
    return sorted(ranked, key=lambda each: (each.cost, len(each.bib), each.bib))[:most]


def who_comes(clues: Mapping[str, Clue], most: int = 5) -> list[Suggestion]:
    """Rank who may have passed when no bib was read at all: by the moment and by other sources."""
    ranked = [
        _suggestion(bib, 0, (), clue)
        for bib, clue in clues.items()
        if clue.agrees or not (clue.taken or clue.out)
    ]
    return sorted(ranked, key=lambda each: (each.cost, len(each.bib), each.bib))[:most]


def _suggestion(bib: str, cost: int, slips: tuple[str, ...], clue: Clue) -> Suggestion:
    expected = clue.gap is not None and abs(clue.gap) <= 2 * clue.spread
    cost += _TAKEN * clue.taken + _OUT * clue.out + _AGREES * clue.agrees + _oddness(clue)
    return Suggestion(bib, slips, cost, expected and not clue.taken and not clue.out, clue.agrees)


def _oddness(clue: Clue) -> int:
    """How much the moment speaks against somebody: the square of the gap, as for a bell curve."""
    if clue.gap is None:
        return _FAR // 3
    spreads = 100 * min(abs(clue.gap), 10 * clue.spread) // max(clue.spread, 1)
    return min(_FAR, spreads * spreads // 200)


def _reachable(
    typed: str, alphabet: str, clues: Mapping[str, Clue]
) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Give what may have been meant, with cost and slips; two where one slip finds nobody."""
    names = {bib for bib, clue in clues.items() if not (clue.taken or clue.out)}
    plain = list(_filled(typed, alphabet))
    wild = ("wildcard",) if WILDCARD in typed else ()
    yield from ((text, 0, wild) for text in plain if wild)
    if wild and any(text in names for text in plain):
        return
    once: dict[str, tuple[int, str]] = {}
    for text in plain:
        for meant, slip in _one_slip(text, alphabet):
            cost = _COSTS[slip]
            if meant not in once or cost < once[meant][0]:
                once[meant] = (cost, slip)
    yield from ((text, cost, (*wild, slip)) for text, (cost, slip) in once.items())
    if wild or any(text in names for text in once):
        return
    for text, (cost, slip) in once.items():
        for meant, second in _one_slip(text, alphabet):
            yield meant, cost + _COSTS[second] + _AGAIN, (slip, second)


def _filled(typed: str, alphabet: str) -> Iterator[str]:
    """Put every character in the place of each wildcard."""
    if typed.count(WILDCARD) > _MOST_WILDCARDS:
        return
    for letters in product(*(alphabet if each == WILDCARD else each for each in typed)):
        yield "".join(letters)


def _one_slip(typed: str, alphabet: str) -> Iterator[tuple[str, str]]:
    """Give every text from which one slip makes what was typed, and the slip."""
    for place, letter in enumerate(typed):
        before, after = typed[:place], typed[place + 1 :]
        near = NEIGHBOURS.get(letter, frozenset())
        for meant in alphabet:
            if meant != letter:
                yield before + meant + after, "neighbour" if meant in near else "wrong"
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:], "swapped"
        yield before + after, "doubled" if before.endswith(letter) else "extra"
    for place in range(len(typed) + 1):
        for meant in alphabet:
            yield typed[:place] + meant + typed[place:], "missing"
