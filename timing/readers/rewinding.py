"""Boxes that send again what they saw in a span of time: from when on to ask."""

from __future__ import annotations

from timing.readers.grammar import ByLine, Setup
from timing.readers.sighting import Event

DRAINED = 5  # silences in a row after which all that was asked for has come


class Rewinding(ByLine):
    """Knows a moment before which nothing is missing, in the units of the box.

    It is the start of the setup's day at first. It moves on only in a silence, because a
    connection may break in the middle of a rewind while later sightings are already here.
    A subclass asks for everything since `since` when it greets, and says what it `heard`.
    """

    counted_in: str  # name and unit of the position

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.since = max(0, self._position.get(self.counted_in, self.start_of_day()))
        self._latest = self.since

    def start_of_day(self) -> int:
        """The start of the setup's day, microseconds since 1970 unless the box counts otherwise."""
        return self.calendar.at(self.setup.zone.day, 0)

    def heard(self, moment: int) -> None:
        self._latest = moment

    def idle(self) -> list[Event]:
        super().idle()
        if self.quiet >= DRAINED:
            self._position[self.counted_in] = self._latest
        return []
