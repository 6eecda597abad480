"""The category of every entry, by the scheme that its contest names."""

from __future__ import annotations

from datetime import date

from timing.core.rulebook.categories import Scheme, category_of
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry, EntryId, Roster
from timing.files.rulebook import scheme_at


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
    row = category_of(found, sex=entry.sex.value, born=entry.born, age=entry.age, on=day)
    return "" if row is None else row.code
