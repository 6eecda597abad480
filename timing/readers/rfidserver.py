"""The files that RFID Server writes, the way most Ultra and Joey installations are read.

Sources: PikaTimer PikaRFIDFileReader.java, chronokeep LogImporter.cs.
"""

from __future__ import annotations

import re

from timing.core.clock import Instant
from timing.readers.grammar import ByLine
from timing.readers.moments import CLOCK
from timing.readers.sighting import GUN, READ, Event, Sighting, UnreadableError, shown

_WHEN = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2} )?" + CLOCK.pattern)


class RfidServer(ByLine):
    """``port,chip,bib,"[date ]time",reader,port`` or ``chip⇥[date ]time⇥reader⇥port``.

    Port 0 with chip 0 is the start record. A bib of 0 is an unknown bib.
    """

    def read(self, line: str) -> list[Event]:
        text = line.removeprefix("\ufeff").strip()
        tabbed = "\t" in text
        cells = [cell.strip().strip('"').strip() for cell in text.split("\t" if tabbed else ",")]
        cells += [""] * (6 - len(cells))
        if tabbed:
            chip, when, reader, port = cells[:4]
            bib = ""
        else:
            port, chip, bib, when, reader = cells[:5]
        if not chip or not _WHEN.fullmatch(when):
            if self.line_no == 1 and not any(char.isdigit() for char in when):
                return []  # a header
            sentence = f'{shown(text)} is no read; expected port,chip,bib,"[date ]HH:MM:SS.mmm"'
            raise UnreadableError("layout", sentence)
        start = chip == "0" and port == "0"
        at: Instant = self.calendar.text(when)
        return [
            Sighting(
                key=self.key(line if "-" in when else f"{at}|{line}"),
                line=line,
                at=at,
                chip=None if start else chip,
                bib=None if bib in {"", "0"} else bib,
                kind=GUN if start else READ,
                box=reader or None,
                antenna=port or None,
            )
        ]
