"""Rulings that are written in the same transaction as the change of the roster they speak of."""

from __future__ import annotations

from collections.abc import Iterable

from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import Act
from timing.services.house import House
from timing.store import journal
from timing.store.connect import Tx


def write(house: House, tx: Tx, event: int, acts: Iterable[Act], reason: str, author: str) -> None:
    """Append decisions under a name; without any nothing is written."""
    now = house.clock()
    lines = [Ruling(*house.pen.next(), now, each, reason, author) for each in acts]
    journal.append(tx, event, [], lines, arrived=now)
