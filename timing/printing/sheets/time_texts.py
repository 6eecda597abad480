"""Times as texts, a whole column at once: a city marathon has few different ones."""

from __future__ import annotations

from collections.abc import Sequence

from timing.core.clock import MINUTE, format_duration


class TimeTexts(dict[int, str]):
    """Durations as text, each different text made once. Cut like ``format_duration``.

    A text from a minute on is put together from its minutes and its seconds, both made once.
    """

    def __init__(self, decimals: int) -> None:
        super().__init__()
        self._decimals = decimals
        self._unit = 10 ** (6 - decimals)
        self._minute = 60 * 10**decimals
        self._heads: dict[int, str] = {}
        self._tails: dict[int, str] = {}

    def __missing__(self, units: int) -> str:
        minutes, rest = divmod(units, self._minute)
        if minutes:
            if minutes not in self._heads:
                self._heads[minutes] = format_duration(minutes * MINUTE)[:-2]
            if rest not in self._tails:
                whole = format_duration(MINUTE + rest * self._unit, self._decimals)
                self._tails[rest] = whole.removeprefix("1:")
            self[units] = self._heads[minutes] + self._tails[rest]
        else:
            self[units] = format_duration(units * self._unit, self._decimals)
        return self[units]

    def text(self, duration: int) -> str:
        if duration < 0:
            return format_duration(duration, self._decimals)
        return self[duration // self._unit]

    def texts(self, durations: Sequence[int]) -> list[str]:
        """Print a whole column; few of its texts differ, so each is looked up."""
        if durations and min(durations) < 0:
            return list(map(self.text, durations))
        unit = self._unit
        return list(map(self.__getitem__, [duration // unit for duration in durations]))

    def some(self, durations: Sequence[int | None]) -> list[str]:
        """Print a column in which some cells are empty."""
        if None not in durations:
            return self.texts([duration for duration in durations if duration is not None])
        return ["" if duration is None else self.text(duration) for duration in durations]
