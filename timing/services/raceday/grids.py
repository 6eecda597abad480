"""What grids share: times typed without punctuation, and lines written down under a station."""

from __future__ import annotations

from collections.abc import Sequence

from timing.core.clock import SECOND, Duration, TimeTextError, parse_duration
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId, Read, Ruling
from timing.services.house import House, UnknownEventError
from timing.store import journal, setup


def digits(text: str) -> Duration:
    """Read a time typed without punctuation: 12345 is 1:23.45. Others as usual.

    Raises TimeTextError.
    """
    bare = text.strip()
    if not bare.isdecimal():
        return parse_duration(bare)
    if len(bare) > 8:
        raise TimeTextError(text)
    padded = bare.rjust(8, "0")
    hours, minutes, seconds, hundredths = (padded[i : i + 2] for i in (0, 2, 4, 6))
    if int(seconds) > 59 or int(minutes) > 59:
        raise TimeTextError(text)
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return Duration(whole * SECOND + int(hundredths) * 10_000)


def write_down(
    house: House, slug: str, reads: Sequence[Read], acts: Sequence[act.Act], author: str
) -> list[LineId]:
    """Append reads, and rulings of an official, in one transaction; returns the lines.

    Raises UnknownEventError.
    """
    now = house.clock()
    rulings = [Ruling(*house.pen.next(), now, each, "grid", author) for each in acts]
    with house.store.write() as tx:
        event = setup.find_event(tx, slug)
        if event is None:
            raise UnknownEventError(slug)
        journal.append(tx, event, reads, rulings, arrived=now)
    return [*(read.id for read in reads), *(ruling.id for ruling in rulings)]
