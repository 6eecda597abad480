"""One person over several races: name and club, as far as they can be told apart on paper.

A runner is name + club. Case, apostrophes and double spaces do not count. An unknown club is
filled in when the name has only one club elsewhere; a name with two clubs is two runners.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

UNKNOWN_CLUB = "?"

_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u0060\u00b4\u2032]")


class Person(NamedTuple):
    """The key of a runner, to compare and never to print."""

    name: str
    club: str


SENTENCES = {
    "club_filled_in": "{name} ran once without a club; taken for {name} of {clubs}.",
    "several_clubs": "{name} ran for {clubs}; taken for as many persons.",
}


class Inference(NamedTuple):
    """What was concluded about a name; code: a key of SENTENCES."""

    code: str
    name: str
    clubs: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The inference in words."""
        return SENTENCES[self.code].format(name=self.name, clubs=", ".join(self.clubs))


class Identified(NamedTuple):
    """persons: by (name, club) as it was entered. clubs: how each club is printed, by its key."""

    persons: Mapping[tuple[str, str], Person]
    clubs: Mapping[str, str]
    inferences: tuple[Inference, ...]

    def club_of(self, person: Person) -> str:
        """The club as it is printed."""
        return self.clubs.get(person.club, person.club)


def key_of(text: str) -> str:
    """The text without case, apostrophes and repeated spaces."""
    return " ".join(_APOSTROPHES.sub("", text).casefold().split())


class ClubNames:
    """Club names as they are to be printed: aliases applied, spellings of one club made equal."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        """Take aliases (alternative -> canonical), compared without case."""
        self._canonical = {key_of(canonical): canonical for canonical in aliases.values()}
        self._canonical |= {key_of(other): canonical for other, canonical in aliases.items()}

    def printed(self, club: str) -> str:
        """The canonical name, or the text with single spaces where no alias is known."""
        return self._canonical.get(key_of(club), " ".join(club.split()))


def identify(entered: Iterable[tuple[str, str]], clubs: ClubNames) -> Identified:
    """Tell the persons apart in all (name, club) pairs of a series, in order of the races."""
    pairs = list(dict.fromkeys(entered))
    known = _known_clubs(pairs, clubs)
    persons = {(name, club): _person(name, club, known, clubs) for name, club in pairs}
    names: dict[str, str] = {}
    for _, club in pairs:
        names.setdefault(key_of(clubs.printed(club)), clubs.printed(club))
    return Identified(persons, names, tuple(_inferences(pairs, known)))


def _known_clubs(pairs: Sequence[tuple[str, str]], clubs: ClubNames) -> dict[str, dict[str, str]]:
    """For each name its known clubs: key -> as printed."""
    known: dict[str, dict[str, str]] = {}
    for name, club in pairs:
        found = known.setdefault(key_of(name), {})
        if club != UNKNOWN_CLUB:
            printed = clubs.printed(club)
            found.setdefault(key_of(printed), printed)
    return known


def _person(
    name: str, club: str, known: Mapping[str, Mapping[str, str]], clubs: ClubNames
) -> Person:
    of_name = known[key_of(name)]
    if club == UNKNOWN_CLUB and len(of_name) == 1:
        return Person(key_of(name), next(iter(of_name)))
    return Person(key_of(name), key_of(clubs.printed(club)))


def _inferences(
    pairs: Sequence[tuple[str, str]], known: Mapping[str, Mapping[str, str]]
) -> Iterable[Inference]:
    unknown = {key_of(name) for name, club in pairs if club == UNKNOWN_CLUB}
    shown: dict[str, str] = {}
    for name, _ in pairs:
        shown.setdefault(key_of(name), name)
    for key, name in shown.items():
        clubs = tuple(known[key].values())
        if len(clubs) > 1:
            yield Inference("several_clubs", name, clubs)
        elif clubs and key in unknown:
            yield Inference("club_filled_in", name, clubs)
