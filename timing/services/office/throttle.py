"""Slows down who guesses passwords: after five wrong ones a name waits, and so does an address.

Kept in memory of the process; a restart forgets it, which costs a guesser more than it gives.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from timing.core.clock import MINUTE, SECOND, Duration, Instant

FREE = 5
"""Wrong attempts that cost nothing."""
_FORGET = Duration(15 * MINUTE)
_LONGEST = Duration(5 * MINUTE)
_MOST = 10_000


class Throttle:
    """Counts wrong attempts by key. Safe to share between threads."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._wrong: OrderedDict[str, tuple[int, Instant]] = OrderedDict()
        self._lock = Lock()

    def wait(self, keys: tuple[str, ...], now: Instant) -> Duration:
        """How long these keys have to wait from now on; 0 for not at all."""
        with self._lock:
            return Duration(max((self._wait(key, now) for key in keys), default=0))

    def _wait(self, key: str, now: Instant) -> int:
        count, last = self._wrong.get(key, (0, now))
        if count < FREE or now - last > _FORGET:
            return 0
        pause = min(SECOND << min(count - FREE + 1, 20), _LONGEST)
        return max(0, last + pause - now)

    def wrong(self, keys: tuple[str, ...], now: Instant) -> None:
        """Note a wrong attempt."""
        with self._lock:
            for key in keys:
                count, last = self._wrong.get(key, (0, now))
                self._wrong[key] = (1 if now - last > _FORGET else count + 1, now)
                self._wrong.move_to_end(key)
            while len(self._wrong) > _MOST:
                self._wrong.popitem(last=False)

    def right(self, key: str) -> None:
        """Forget the wrong attempts of a name that was right."""
        with self._lock:
            self._wrong.pop(key, None)
