"""From which moment on the key of a wave fires without a question.

Nothing is refused here: a key that is pressed before is asked for once, by the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from timing.core.clock import MINUTE, Duration, Instant
from timing.core.setup.called_off import CalledOff
from timing.core.setup.event import Wave

EARLY = Duration(5 * MINUTE)
"""How long before its time a start is due: a programme runs a few minutes ahead, not more."""


NEVER = Instant(1 << 62)
"""From when on the key of a wave fires unasked that is not held, or nobody knows when."""


def due_from(
    waves: Iterable[Wave], fates: Mapping[str, CalledOff | None] = MappingProxyType({})
) -> dict[str, Instant]:
    """Give the moment from which each wave is due; one without a planned time is always.

    fates: what became of waves; one that is cancelled, stopped or put off for no known time is
    due never.

    Where waves follow each other closely, a key belongs to the wave that is nearer to its time:
    it is due from halfway after the wave before it.
    """
    planned = [(wave.scheduled, wave.code) for wave in waves if wave.scheduled is not None]
    due: dict[str, Instant] = {}
    for time, code in planned:
        before = max((other for other, _code in planned if other < time), default=None)
        early = EARLY if before is None else min(EARLY, (time - before) // 2)
        due[code] = Instant(time - early)
    off = {code for code, fate in fates.items() if fate is not None and fate.until is None}
    return due | dict.fromkeys(off, NEVER)
