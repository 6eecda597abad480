"""That an event or a contest is not held as announced: cancelled, postponed, or stopped on the way.

A value that pages, sheets and files show beside the event. Only a ruling makes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from timing.core.clock import Instant

WHOLE_EVENT = ""
"""Stands for the event where contests stand by their codes."""


class Fate(StrEnum):
    """What becomes of it: it is not held at all, held later, or was broken off on the way."""

    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    STOPPED = "stopped"


class CalledOff(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How something is called off, as everybody may read it.

    since: when it was decided. until, day: of what is postponed the new start, or the new day
    alone (an ISO date at the event); none while that is not known. stands: of what was stopped,
    the moment as of which its results count; None: there is no ranking. point: the course point
    at which those are ranked, "" the finish.
    """

    fate: Fate
    reason: str = ""
    since: Instant = Instant(0)
    until: Instant | None = None
    day: str = ""
    stands: Instant | None = None
    point: str = ""

    @property
    def ranked(self) -> bool:
        """Whether places and times count nevertheless."""
        return self.fate is Fate.POSTPONED or self.stands is not None

    @property
    def judged(self) -> bool:
        """Whether results are others than without it."""
        return self.fate is not Fate.POSTPONED


def notices(called_off: Mapping[str, CalledOff]) -> dict[str, CalledOff]:
    """What has to be told once: the event, and the contests of which something else is true."""
    whole = called_off.get(WHOLE_EVENT)
    return {code: each for code, each in called_off.items() if not code or each != whole}
