"""Wind along the track: how a reading is recorded and which wind voids a record.

Readings are Decimal metres a second, positive from behind.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

_TENTH = Decimal("0.1")
LEGAL = Decimal("2.0")
"""World Athletics CR 31.14.5: a record needs an average wind of not more than this."""
LONGEST = 200_000
"""Millimetres: the wind counts in races up to here."""


def recorded_wind(reading: Decimal) -> Decimal:
    """Record a reading to the next tenth in the positive direction (TR 17.13, to be checked).

    +2.03 is +2.1 and -2.03 is -2.0.
    """
    return reading.quantize(_TENTH, ROUND_CEILING)


def wind_allows_record(distance: int, recorded: Decimal | None) -> bool:
    """Whether the recorded wind lets a record stand over a distance (mm).

    None: no reading, which voids the record where the wind counts.
    """
    if distance > LONGEST:
        return True
    return recorded is not None and recorded <= LEGAL
