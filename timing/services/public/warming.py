"""Makes ready what everybody is about to ask for, so that after a restart no reader waits for it.

What a list is worked out from is worked out here instead of for the first reader; a reader who
comes meanwhile waits for the same work and begins none of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from timing.core.clock import DAY
from timing.core.telling.calendar import calendar_of
from timing.services.house import House
from timing.services.public.field import field_of, names_of
from timing.services.public.results import all_events
from timing.services.public.shown import public
from timing.store import journal

_LATELY = DAY
"""So long after its last line an event is still read by many: its results are corrected."""


def current(house: House) -> list[str]:
    """Name the events that are read now: with lines of the last day, the newest first, and today's.

    Those of which the newest line came last come first. Hidden ones too, for the staff.
    """
    events, now = all_events(house), house.clock()
    with house.store.read() as tx:
        newest = journal.newest(tx)
    today = [event.slug for event in calendar_of(events, now).today]
    lately = [slug for slug, at in newest.items() if now - at < _LATELY]
    wanted = dict.fromkeys((*lately, *today))
    return sorted(wanted, key=lambda slug: newest.get(slug, 0), reverse=True)


def warm(house: House, look: Callable[[str], object], over: Callable[[], bool]) -> None:
    """Make ready the current events, one after the other, and draw their pages once.

    look: asks for a page by its address, as a reader does. over: true when nobody will ask any
    more. Whatever goes wrong, pages are then built when they are asked for.
    """
    try:
        for slug in current(house):
            for address in _made_ready(house, slug):
                if over():
                    return
                look(address)
    except Exception:
        logging.getLogger(__name__).exception("what is read now was not made ready")


def _made_ready(house: House, slug: str) -> list[str]:
    """Fold an event, rank its lists and look over each; gives the addresses of its pages."""
    snapshot = public(house, slug)
    if snapshot is None:  # hidden, or gone meanwhile
        house.live.snapshot(slug)
        return []
    for standings in snapshot.standings.values():
        field = field_of(house, slug, standings)
        _ = field.progress, field.offer, field.columns, field.wearers, field.entries
    names_of(house, snapshot)
    return [f"/{slug}", *(f"/{slug}/{contest.code}" for contest in snapshot.event.contests)]
