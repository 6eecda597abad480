"""Who takes part: entries, their starts in each round, and the people in a team.

Personal data lives here and nowhere else, so that erasing a person needs no edit of the journal.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from timing.core.clock import Duration

EntryId = int
"""Identity of an entry in its event; never reused."""
PersonId = int


class Sex(StrEnum):
    """As entered; X stands for mixed teams, N for non-binary."""

    MEN = "M"
    WOMEN = "W"
    NON_BINARY = "N"
    MIXED = "X"
    UNKNOWN = ""


class Member(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One athlete of a team; leg: 1-based, 0 for a substitute; role: "first", "second"."""

    name: str
    leg: int = 0
    sex: Sex = Sex.UNKNOWN
    born: str = ""
    role: str = ""
    person: PersonId | None = None


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One athlete or team in one contest.

    name: as printed, given name first; family: the part to sort a list of names by.
    born: ISO date, a year, or "" when unknown. age: as entered where no date is known.
    bib: text, unique among the people of the event; one person may carry it in several contests.
    category: as entered or handed down; "" lets the scheme of the contest decide.
    delegation: the team for which the athlete competes, not always a country.
    pb, sb: the best of a life and of this season before the race, as they were entered.
    """

    id: EntryId
    contest: str
    name: str
    family: str = ""
    bib: str = ""
    chips: tuple[str, ...] = ()
    sex: Sex = Sex.UNKNOWN
    born: str = ""
    age: int | None = None
    club: str = ""
    nation: str = ""
    delegation: str = ""
    category: str = ""
    team: str = ""
    members: tuple[Member, ...] = ()
    person: PersonId | None = None
    seed: Duration | None = None
    pb: Duration | None = None
    sb: Duration | None = None
    out_of_competition: bool = False
    guide: bool = False
    hidden: bool = False
    external: str = ""
    note: str = ""


class Start(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, array_like=True):
    """One entry in one round: with whom, in which lane, and how long after the gun.

    offset: the entry starts so much after the gun of its wave (before: negative).
    """

    entry: EntryId
    round: str
    heat: int
    wave: str
    lane: int = 0
    offset: Duration = Duration(0)


StartKey = tuple[EntryId, str]
"""(entry, round): what has one result."""


class Roster(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everybody who is entered, and the start lists of every round that is drawn."""

    entries: tuple[Entry, ...] = ()
    starts: tuple[Start, ...] = ()
