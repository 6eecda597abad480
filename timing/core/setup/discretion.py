"""What of an entrant may be shown: names that were asked to be hidden, and those of the young.

The place always stays. Knows no page; every list is shown from entries that passed through here.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from timing.core.setup.event import Event, Minors
from timing.core.setup.roster import Entry, Member

OF_AGE = 18
_YEAR = 4


def may_be_minor(born: str, age: int | None, on: date) -> bool:
    """Whether somebody may be under 18 on a day; of a year alone the younger age is taken.

    Without a birth and an age nobody is taken for a minor.
    """
    if len(born) > _YEAR:
        day = date.fromisoformat(born)
        return on.year - day.year - ((on.month, on.day) < (day.month, day.day)) < OF_AGE
    if len(born) == _YEAR:
        return on.year - int(born) - 1 < OF_AGE
    return age is not None and age < OF_AGE


def initials(name: str) -> str:
    """``Ana María Núñez`` becomes ``A. M. N.``."""
    return " ".join(f"{word[0]}." for word in name.split())


def as_shown(entry: Entry, event: Event) -> Entry:
    """Give an entry as it may be shown at an event; the same value where nothing is kept back."""
    on = date.fromisoformat(event.date) if event.date else date.max
    if event.minors is Minors.FULL:
        return entry
    members = tuple(_member(each, event.minors, on) for each in entry.members)
    if not may_be_minor(entry.born, entry.age, on):
        return entry if members == entry.members else replace(entry, members=members)
    if event.minors is Minors.HIDDEN:
        return replace(entry, hidden=True, members=members)
    return replace(entry, name=initials(entry.name), family="", born="", age=None, members=members)


def _member(member: Member, minors: Minors, on: date) -> Member:
    if not may_be_minor(member.born, None, on):
        return member
    name = initials(member.name) if minors is Minors.INITIALS else "—"
    return replace(member, name=name, born="")
