"""Wind along the track: how a reading is recorded. Which wind voids a record is data.

Readings are Decimal metres a second, positive from behind.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

_TENTH = Decimal("0.1")


def recorded_wind(reading: Decimal) -> Decimal:
    """Record a reading to the next tenth in the positive direction (TR 17.13, to be checked).

    +2.03 is +2.1 and -2.03 is -2.0; a breath from ahead is 0.0 without a sign.
    """
    return reading.quantize(_TENTH, ROUND_CEILING) + 0
