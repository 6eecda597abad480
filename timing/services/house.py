"""What every service is handed: store, clock, live folds, a pen. Made once by the wiring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from timing.core.clock import Instant
from timing.services.live import Live
from timing.services.pen import Pen
from timing.store.connect import Store
from timing.store.journal import UnknownEventError

__all__ = ["House", "Stationery", "UnknownEventError"]


class Stationery(NamedTuple):
    """What paper is made with. fonts: asked first for rare letters. address: of the pages."""

    fonts: tuple[Path, ...] = ()
    address: str = ""


class House(NamedTuple):
    """The wired parts. Safe to share between threads."""

    store: Store
    clock: Callable[[], Instant]
    live: Live
    pen: Pen
    stationery: Stationery = Stationery()
