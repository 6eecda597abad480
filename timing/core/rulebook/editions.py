"""What a published result is called: provisional, official, or amended after it was official."""

from __future__ import annotations

from collections.abc import Sequence

PROVISIONAL, OFFICIAL, AMENDED = "provisional", "official", "amended"


def edition_of(states: Sequence[str]) -> str:
    """Name the newest of some versions. states: of each version, the oldest first.

    An official result that follows upon an official one is amended (World Athletics TR 8).
    """
    *before, last = states
    if last != OFFICIAL:
        return PROVISIONAL
    return AMENDED if before and before[-1] == OFFICIAL else OFFICIAL
