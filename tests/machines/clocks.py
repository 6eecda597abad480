"""A clock for tests: it stands still until the test moves it."""

from __future__ import annotations

from timing.core.clock import Duration, Instant

RACE_DAY = Instant(1_751_702_400_000_000)
"""2025-07-05 08:00:00 UTC, a Saturday morning."""


class StandingClock:
    """Call it for the present moment."""

    def __init__(self, at: Instant = RACE_DAY) -> None:
        self.at = at

    def __call__(self) -> Instant:
        return self.at

    def advance(self, by: int) -> Instant:
        """Let time go by: a Duration in microseconds."""
        self.at = Instant(self.at + Duration(by))
        return self.at
