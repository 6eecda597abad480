"""Officials decide: a ruling is one more line of the journal, never a change of an old one."""

from __future__ import annotations

from collections.abc import Sequence

from timing.core.journal.lines import LineId, Ruling
from timing.core.journal.rulings import Act, Withdraw
from timing.services.house import House
from timing.store import journal, setup


def rule(house: House, slug: str, acts: Sequence[Act], *, reason: str, author: str) -> list[LineId]:
    """Write rulings in one transaction; returns their identities, by which they are withdrawn.

    They are stamped with the clock of the server, so that the last word is the last word.
    Raises UnknownEventError.
    """
    lines = [_ruling(house, act, reason, author) for act in acts]
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        journal.append(tx, event, [], lines, arrived=house.clock())
    return [line.id for line in lines]


def rule_as(house: House, slug: str, ruling: Ruling) -> LineId:
    """Write a ruling that a device has numbered and stamped; what is there changes nothing.

    Raises UnknownEventError.
    """
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        journal.append(tx, event, [], [ruling], arrived=house.clock())
    return ruling.id


def withdraw(house: House, slug: str, line: LineId, *, reason: str, author: str) -> LineId:
    """Take a ruling back; withdrawing the withdrawal brings it back. Raises UnknownEventError."""
    return rule(house, slug, [Withdraw(line=line)], reason=reason, author=author)[0]


def _ruling(house: House, act: Act, reason: str, author: str) -> Ruling:
    station, n = house.pen.next()
    return Ruling(station, n, house.clock(), act, reason, author)
