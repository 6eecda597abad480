"""The category of every entry, by the scheme that its contest names."""

from __future__ import annotations

from datetime import date

from timing.core.rulebook.categories import Scheme, age_on, category_of, couple_age
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry, EntryId, Roster
from timing.files.rulebook import scheme_at

COUPLE = 2
"""So many members are classified together by their mean age."""


def categories_of(event: Event, roster: Roster) -> dict[EntryId, str]:
    """Give each entry the category entered, else that of the scheme; "" is unclassified."""
    schemes = {
        contest.code: scheme_at(event, contest.rules.categories) for contest in event.contests
    }
    day = date.fromisoformat(event.date) if event.date else date.min
    return {entry.id: _category(entry, schemes.get(entry.contest), day) for entry in roster.entries}


def _category(entry: Entry, found: Scheme | None, day: date) -> str:
    if entry.category or found is None:
        return entry.category
    age = entry.age
    if not entry.born and age is None and len(entry.members) == COUPLE:
        age = _age_of_couple(entry, day)
    row = category_of(found, sex=entry.sex.value, born=entry.born, age=age, on=day)
    return "" if row is None else row.code


def _age_of_couple(entry: Entry, day: date) -> int | None:
    """The mean of both ages; None where a birth date is not known to the day."""
    born = [each.born for each in entry.members]
    if any(len(text) != len("2000-01-01") for text in born):
        return None
    return couple_age([age_on(date.fromisoformat(text), day) for text in born])
