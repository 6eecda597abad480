"""Numbers the lines that a server process writes itself, as a station numbers its own."""

from __future__ import annotations

from itertools import count
from threading import Lock

from timing.core.journal.lines import LineId


class Pen:
    """The station of one server process. Safe to share between threads.

    name: unique among all processes that ever ran, so that numbers may begin at 1 again.
    """

    def __init__(self, name: str) -> None:
        """Start a fresh station."""
        self.name = name
        self._numbers = count(1)
        self._lock = Lock()

    def next(self) -> LineId:
        """Give the identity of the next line."""
        with self._lock:
            return (self.name, next(self._numbers))
