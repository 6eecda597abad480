"""Until when a result may be contested, and whether a question came in that time.

A protest runs from the announcement of the result, an appeal from the amended one (TR 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.rulebook.protest import appeal_until, in_time, protest_until
from timing.services.house import House, UnknownEventError
from timing.services.public.enquiries import Enquiry
from timing.services.publications.publishing import versions
from timing.store.publications import State


class Term(NamedTuple):
    """until: exactly then is in time. kept: the question came in time.

    appeal: against a result that was amended already.
    """

    until: Instant
    kept: bool
    appeal: bool


def terms(house: House, slug: str, asked: Iterable[Enquiry]) -> Mapping[int, Term]:
    """Give the term of each question by its number; none where no result was announced before.

    Who runs in several contests is held to the one that was announced last. Raises
    UnknownEventError.
    """
    snapshot = house.live.snapshot(slug)
    if snapshot is None:
        raise UnknownEventError(slug)
    contests: dict[str, set[str]] = {}
    for (code, _round), standings in snapshot.standings.items():
        for row in standings.rows:
            contests.setdefault(row.bib, set()).add(code)
    announced = versions(house, slug)
    found = {}
    for each in asked:
        mine = [
            one
            for one in announced
            if one.contest in contests.get(each.bib, ()) and one.published_at <= each.sent_at
        ]
        if mine:
            official = [
                one.published_at
                for one in mine
                if one.contest == mine[-1].contest and one.state is State.OFFICIAL
            ]
            appeal = len(official) > 1
            last = mine[-1].published_at
            until = appeal_until(official[0], last) if appeal else protest_until(last)
            found[each.number] = Term(until, in_time(each.sent_at, until), appeal)
    return found
