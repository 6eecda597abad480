"""The forms in which World Athletics takes results in, and what it leaves no choice about.

Source: "World Athletics Competition Model Proposal" (result import, draft), opentrack-cg of the
W3C, https://github.com/w3c/opentrack-cg/tree/main/incubation/wa-competition-model
"""

from __future__ import annotations

import re

from timing.core.clock import MINUTE, format_duration

_WHOLE = r"(?:0|[1-9]\d{0,2})"  # no leading zero
_PART = r"[0-5]\d"
_FRACTION = r"\.\d[\dh]"  # an h in the place of the hundredth marks hand timing
_TIME = re.compile(rf"{_WHOLE}{_FRACTION}|{_WHOLE}(?::{_PART}){{1,2}}(?:{_FRACTION})?", re.ASCII)
_WIND = re.compile(r"[+-]?[1-9]?\d\.\d|NWI|NW|W", re.ASCII)

ENUMS: dict[str, tuple[str, ...]] = {
    "Fault": ("DNF", "DNS", "DQ", "NM"),
    "IndividualResult.qualified": ("q", "Q"),
    "RelayResult.qualified": ("q", "Q"),
    "Athlete.sex": ("female", "male"),
    "Wind": ("NWI", "NW", "W"),
    "RoundType": (
        "Final",
        "Final A-B",
        "Semifinal",
        "Quarterfinal",
        "Round 1",
        "Qualification",
        "Group",
        "Preliminary Round",
        "Extra Race",
    ),
}
"""The words that a field may hold."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "Competition": ("waId", "athletes", "relayTeams", "venues", "units"),
    "Athlete": ("id", "firstName", "lastName", "birthdate", "country"),
    "RelayTeam": ("id", "name", "country"),
    "Venue": ("id", "name", "country"),
    "CompetitionUnit": ("waEventId", "rounds"),
    "Round": (),
    "Race": ("number", "date", "results"),
    "IndividualResult": ("athleteId", "result"),
    "RelayResult": ("relayTeamId", "legs", "result"),
    "DetailSplitTimes": ("distance", "result"),
}
"""The fields that must be there."""


def is_time(text: str) -> bool:
    """Whether a text is a time: ``9.58``, ``1:05.30``, ``1:05.3h``, ``65:00``, ``2:03:05``."""
    return _TIME.fullmatch(text) is not None


def is_wind(text: str) -> bool:
    """Whether a text is a wind reading: ``+2.0``, ``-0.3``, ``NWI`` (no wind information)."""
    return _WIND.fullmatch(text) is not None


def time_text(official: int, decimals: int, *, hand: bool = False) -> str:
    """Write an official time in the form.

    Below a minute the form wants two digits behind the point; a hand time has its tenth and an h.
    """
    if hand and decimals:
        return f"{format_duration(official, 1)}h"
    wanted = 2 if decimals or official < MINUTE else 0
    return format_duration(official, wanted)
