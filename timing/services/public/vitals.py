"""How the house does: whether the database answers, how far every event is. Numbers, no names."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.status import Status
from timing.services.house import House
from timing.services.public.results import all_events
from timing.store import alive


class Pulse(NamedTuple):
    """One event. seq: of its journal; anomalies: open ones. last_finish: seconds ago, or None."""

    event: str
    seq: int
    starts: int
    finished: int
    on_course: int
    anomalies: int
    last_finish: int | None


def healthy(house: House) -> bool:
    """Tell whether the database answers."""
    return alive.answers(house.store)


def pulses(house: House) -> list[Pulse]:
    """Look at every public event, as it is in memory or, once, folded into it."""
    found = []
    for event in all_events(house):
        snapshot = house.live.snapshot(event.slug) if event.public else None
        if snapshot is None:
            continue
        statuses = [row.result.status for each in snapshot.standings.values() for row in each.rows]
        last = snapshot.last_finish
        found.append(Pulse(
            event.slug, snapshot.seq, len(statuses), statuses.count(Status.OK),
            statuses.count(Status.RUN),
            sum(not each.cleared for each in snapshot.anomalies),
            None if last is None else (house.clock() - last) // 1_000_000,
        ))  # fmt: skip
    return found
