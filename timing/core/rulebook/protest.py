"""Until when a result may be contested.

World Athletics Technical Rules TR 8: a protest within 30 minutes of the announcement of the
result, an appeal to the jury within 30 minutes of the amended result.
"""

from __future__ import annotations

from timing.core.clock import MINUTE, Duration, Instant

PROTEST_TIME = Duration(30 * MINUTE)


def protest_until(announced: int, allowed: int = PROTEST_TIME) -> Instant:
    """Give the moment at which the time for a protest ends; exactly then is in time."""
    return Instant(announced + allowed)


def appeal_until(announced: int, amended: int | None, allowed: int = PROTEST_TIME) -> Instant:
    """Give the moment at which the time for an appeal ends.

    It runs from the announcement of the amended result, or of the decision that nothing is to
    be amended; None: there was none yet, it runs from the first announcement.
    """
    return Instant((announced if amended is None else amended) + allowed)


def in_time(moment: int, until: int) -> bool:
    """Whether a protest that came in at a moment is in time."""
    return moment <= until
