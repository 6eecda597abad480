"""Every new time is held against the record book of the house. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set as AbstractSet

from timing.core.fold.standings import Standings
from timing.core.journal.anomalies import Anomaly
from timing.core.setup.event import Event
from timing.core.telling.record_doubts import record_doubts
from timing.files.rulebook import record_book, record_conditions

BOOK = "backward"


def watched(
    lists: Iterable[Standings], event: Event, cleared: AbstractSet[str]
) -> Iterator[Anomaly]:
    """Give what is a possible record and what is too good to be one; cleared ones are marked."""
    book, conditions = record_book(BOOK), record_conditions()
    for standings in lists:
        for anomaly in record_doubts(standings, event, book, conditions):
            yield anomaly._replace(cleared=anomaly.key in cleared)
