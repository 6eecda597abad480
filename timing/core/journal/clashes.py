"""Lines that came under the number of another line of their station: kept, used, and told.

A station numbers its lines itself, so this is a device that lost its memory and went on.
"""

from __future__ import annotations

from collections.abc import Iterable

from timing.core.journal.anomalies import Anomaly, about_line
from timing.core.journal.lines import LineId, Read, Ruling, claimed


def clashes_of(lines: Iterable[Read | Ruling]) -> list[LineId]:
    """The identities under which the store kept them; all others have numbers from 0 on."""
    return [(line[0], line[1]) for line in lines if line[1] < 0]  # by position: there are many


def clash(line: LineId) -> Anomaly:
    """Say that a line clashes with the one whose number it claimed."""
    return about_line("clash", line, station=line[0], n=str(claimed(line[1])))
