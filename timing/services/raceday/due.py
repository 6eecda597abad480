"""From which moment on the key of a wave fires without a question.

Nothing is refused here: a key that is pressed before is asked for once, by the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from timing.core.clock import MINUTE, Duration, Instant
from timing.core.setup.event import Wave

EARLY = Duration(5 * MINUTE)
"""How long before its time a start is due: a programme runs a few minutes ahead, not more."""


def due_from(waves: Iterable[Wave]) -> dict[str, Instant]:
    """Give the moment from which each wave is due; one without a planned time is always.

    Where waves follow each other closely, a key belongs to the wave that is nearer to its time:
    it is due from halfway after the wave before it.
    """
    planned = [(wave.scheduled, wave.code) for wave in waves if wave.scheduled is not None]
    due: dict[str, Instant] = {}
    for time, code in planned:
        before = max((other for other, _code in planned if other < time), default=None)
        early = EARLY if before is None else min(EARLY, (time - before) // 2)
        due[code] = Instant(time - early)
    return due
