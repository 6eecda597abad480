"""Entries as other programs may be given them: a hidden name stays hidden, of a birth the year."""

from __future__ import annotations

from msgspec.structs import replace

from timing.core.setup.roster import Entry
from timing.core.telling.listing import HIDDEN_NAME


def discreet(entry: Entry) -> Entry:
    """Take away what is not for everybody."""
    if entry.hidden:
        return replace(
            entry, name=HIDDEN_NAME, family=HIDDEN_NAME, club="", born="", members=(), external=""
        )
    return replace(entry, born=entry.born[:4], external="")
