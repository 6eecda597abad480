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
from timing.core.telling.line_ups import CODES as OF_LINE_UPS, line_up_doubts
from timing.core.telling.pace_doubts import CODES as OF_PACES, pace_doubts
from timing.core.telling.record_doubts import CODES, record_doubts
from timing.files.rulebook import books_of, record_conditions, ruleset_of, speed_limits

WATCHED = CODES | OF_LINE_UPS | OF_PACES | {CODE}
"""The anomalies that are found here."""


def of_times(
    lists: Iterable[Standings], event: Event, cleared: AbstractSet[str]
) -> Iterator[Anomaly]:
    """Give possible records and what is too good to be one, and speeds that nobody runs.

    event: with its winds.
    """
    conditions, limits = record_conditions(), speed_limits()
    for standings in lists:
        books = books_of(event, standings.contest)
        records = record_doubts(standings, event, books, conditions)
        for anomaly in (*records, *pace_doubts(standings, limits)):
            yield anomaly._replace(cleared=anomaly.key in cleared)


def of_entries(event: Event, roster: Roster, cleared: AbstractSet[str]) -> Iterator[Anomaly]:
    """Give who is entered for more than the rules of the event allow, and odd line-ups of relays.

    Without rules nobody is entered for too much.
    """
    rules = ruleset_of(event.ruleset)
    found = entry_doubts(event, roster, rules) if rules else ()
    for anomaly in (*found, *line_up_doubts(event, roster)):
        yield anomaly._replace(cleared=anomaly.key in cleared)
