"""A clock that shows the time of day: at which moments it showed a time, also where it was moved.

Knows time zones and the change to summer time, which falls on days of many races.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from itertools import count
from typing import NamedTuple

from timing.core.clock import DAY, Instant, datetime_of, instant_of


class DayClock(NamedTuple):
    """The clocks of a place. day: the one from whose midnight times are counted."""

    day: date
    zone: tzinfo

    def moment(self, shown: int) -> Instant:
        """The first moment at which it shows a time; one that is left out is as much later.

        shown: µs since the midnight of the day as the clock tells them; may be more than a day.
        """
        return self._moments(self._wall(shown))[0]

    def moments(self, shown: int) -> tuple[Instant, ...]:
        """Every moment at which it shows a time.

        None in the hour that spring leaves out, two in the hour that comes twice in autumn.
        """
        wall = self._wall(shown)
        return tuple(sorted({at for at in self._moments(wall) if self._shown(at) == wall}))

    def next(self, at: Instant, since: Instant) -> Instant:
        """The first moment from ``at`` and from ``since`` on that shows what ``at`` showed."""
        wall = self._shown(at)
        return next(
            moment
            for days in count(max(0, (since - at) // DAY - 1))
            for moment in self._moments(wall + timedelta(days=days))
            if moment >= since
        )

    def _wall(self, shown: int) -> datetime:
        return datetime.combine(self.day, time()) + timedelta(microseconds=shown)

    def _shown(self, at: Instant) -> datetime:
        return datetime_of(at).astimezone(self.zone).replace(tzinfo=None)

    def _moments(self, wall: datetime) -> list[Instant]:
        return [instant_of(wall.replace(tzinfo=self.zone, fold=fold)) for fold in (0, 1)]
