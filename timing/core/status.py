"""How far an entry came in a round, as the rules and the notice board name it."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """OK has finished and is ranked. The others are unranked.

    DNS, DNF, DQ: World Athletics Competition Rules CR 25.4. OTL (over the time limit) and WD
    (withdrawn by the organiser) are used in practice and are not in that list. RUN is on the
    course now; READY has checked in or waits for the gun.
    """

    OK = "OK"
    READY = "READY"
    RUN = "RUN"
    DNS = "DNS"
    DNF = "DNF"
    DQ = "DQ"
    OTL = "OTL"
    WD = "WD"
