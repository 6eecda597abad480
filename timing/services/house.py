"""What every service is handed: the store, the clock, the live folds. Made once by the wiring."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from timing.core.clock import Instant
from timing.services.live import Live
from timing.store.connect import Store


class House(NamedTuple):
    """The wired parts. Safe to share between threads."""

    store: Store
    clock: Callable[[], Instant]
    live: Live
