"""Numbered sightings: what is still missing, and up to where nothing is."""

from __future__ import annotations


class Gaps:
    """Follows the numbers of a box that counts its sightings from 1 upward.

    done: the largest number up to which nothing is missing; None before the first one.
    """

    def __init__(self, done: int | None) -> None:
        self.done = done
        self._top = done or 0
        self._beyond: set[int] = set()

    def saw(self, number: int) -> range:
        """Note a number; the numbers below it that are missing for the first time."""
        if self.done is None:
            self.done = self._top = number
            return range(0)
        if number <= self.done:
            return range(0)
        missing = range(self._top + 1, number)
        self._top = max(self._top, number)
        self._beyond.add(number)
        while self.done + 1 in self._beyond:
            self.done += 1
            self._beyond.discard(self.done)
        return missing

    def reached(self, number: int) -> None:
        """Nothing up to this number can still come."""
        if self.done is None or number > self.done:
            self.done = number
            self._top = max(self._top, number)
            self._beyond = {each for each in self._beyond if each > number}
            while self.done + 1 in self._beyond:
                self.done += 1
                self._beyond.discard(self.done)
