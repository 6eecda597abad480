"""What a fold cannot know: records and the rules of the event, held against lists and entries.

Decides nothing. What an official has looked at is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set as AbstractSet

from timing.core.fold.standings import Standings
from timing.core.journal.anomalies import Anomaly
from timing.core.setup.event import Event
from timing.core.setup.roster import Roster
from timing.core.telling.entry_doubts import CODE, entry_doubts
from timing.core.telling.record_doubts import CODES, record_doubts
from timing.files.rulebook import record_book, record_conditions, ruleset_of

BOOK = "backward"
WATCHED = CODES | {CODE}
"""The anomalies that are found here."""


def of_times(
    lists: Iterable[Standings], event: Event, cleared: AbstractSet[str]
) -> Iterator[Anomaly]:
    """Give what is a possible record and what is too good to be one. event: with its winds."""
    book, conditions = record_book(BOOK), record_conditions()
    for standings in lists:
        for anomaly in record_doubts(standings, event, book, conditions):
            yield anomaly._replace(cleared=anomaly.key in cleared)


def of_entries(event: Event, roster: Roster, cleared: AbstractSet[str]) -> Iterator[Anomaly]:
    """Give who is entered for more than the rules of the event allow; without rules nobody."""
    rules = ruleset_of(event.ruleset)
    for anomaly in entry_doubts(event, roster, rules) if rules else ():
        yield anomaly._replace(cleared=anomaly.key in cleared)
