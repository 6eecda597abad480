"""Lines that came under the number of another line of their station: kept, used, and told.

A station numbers its lines itself, so this is a device that lost its memory and went on.
"""

from __future__ import annotations

from timing.core.journal.anomalies import Anomaly, about_line
from timing.core.journal.lines import Journal, LineId, claimed


def clashes_of(journal: Journal) -> list[LineId]:
    """The identities under which the store kept them; all others have numbers from 0 on."""
    # By position: this runs once for every read of the event.
    found = [(read[0], read[1]) for read in journal.reads if read[1] < 0]
    return found + [ruling.id for ruling in journal.rulings if ruling.n < 0]


def clash(line: LineId) -> Anomaly:
    """Say that a line clashes with the one whose number it claimed."""
    return about_line("clash", line, station=line[0], n=str(claimed(line[1])))
