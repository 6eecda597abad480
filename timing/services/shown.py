"""What of an event is shown to everybody: an event that is not hidden, and its newest round."""

from __future__ import annotations

from timing.core.event import Contest
from timing.services.house import House
from timing.services.live import Snapshot

__all__ = ["Snapshot", "newest_round", "public"]


def public(house: House, slug: str) -> Snapshot | None:
    """Give an event as it stands; None if there is none, or if it is hidden."""
    snapshot = house.live.snapshot(slug)
    return snapshot if snapshot is not None and snapshot.event.public else None


def newest_round(snapshot: Snapshot, contest: Contest) -> str:
    """Prefer the last round in which somebody has a result, else the first."""
    for each in reversed(contest.rounds):
        rows = snapshot.standings[contest.code, each.code].rows
        if rows and rows[0].place is not None:
            return each.code
    return contest.rounds[0].code
