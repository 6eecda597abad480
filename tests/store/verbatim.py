"""Lines of boxes written down as a batch of a station is: asked for first, then kept."""

from __future__ import annotations

from collections.abc import Sequence

from timing.core.clock import Instant
from timing.store.connect import Tx
from timing.store.hand import Hand
from timing.store.journal import lock_head
from timing.store.raw_lines import Bundle, RawLine


def keep_lines(
    tx: Tx, event: int, station: str, lines: Sequence[RawLine], arrived: Instant | None = None
) -> int:
    """Keep lines; returns how many were new. Raises UnknownEventError."""
    lock_head(tx, event)
    return Bundle(Hand(tx), event, station, lines).keep(arrived)
