"""How far an entry came in a round, as the rules and the notice board name it."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Status(StrEnum):
    """OK has finished and is ranked. The others are unranked.

    DNS, DNF, DQ: World Athletics Competition Rules CR 25.4. OTL (over the time limit) and WD
    (withdrawn by the organiser) are used in practice and are not in that list. RUN is on the
    course now; READY has checked in or waits for the gun. CXL: the contest was cancelled. STP: it
    was stopped before this one was home, or has no ranking at all; neither did anything wrong.
    """

    OK = "OK"
    READY = "READY"
    RUN = "RUN"
    DNS = "DNS"
    DNF = "DNF"
    DQ = "DQ"
    OTL = "OTL"
    WD = "WD"
    CXL = "CXL"
    STP = "STP"


NOT_HELD = frozenset({Status.CXL, Status.STP})
"""Those whose race was not held, or not to its end: programs that know only DNS and DNF are told
nothing of them, because both would be false."""

OUT = NOT_HELD | {Status.DNS, Status.DNF, Status.DQ, Status.WD}
"""Who has one of these is expected nowhere any more."""

_NOBODY_OUT = {Status.READY, Status.DNS, Status.WD}


def is_begun(statuses: Collection[Status]) -> bool:
    """Whether starters of a round are under way or have a result, whatever became of its gun.

    Who is not coming begins no race; where nobody came at all, that is the result.
    """
    if not statuses:
        return False
    return Status.READY not in statuses or any(each not in _NOBODY_OUT for each in statuses)
