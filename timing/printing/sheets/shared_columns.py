"""The columns that several kinds of sheets share: how each of them stands and is fitted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from timing.printing.phrases import Phrases
from timing.printing.sheet import Align, Blank, Column, Fit

_RIGHT, _CENTRE, _TIME = Align.RIGHT, Align.CENTRE, Align.TIME
COLUMNS = {
    "place": Column(key="place", align=_RIGHT, strong=True),
    "lane": Column(key="lane", align=_CENTRE),
    "bib": Column(key="bib", align=_RIGHT),
    "name": Column(key="name", weight=3, strong=True),
    "club": Column(key="club", weight=2),
    "nation": Column(key="nation", align=_CENTRE),
    "born": Column(key="born", align=_CENTRE),
    "sex": Column(key="sex", align=_CENTRE),
    "category": Column(key="category", align=_CENTRE),
    "category_place": Column(key="category_place", align=_RIGHT),
    "sex_place": Column(key="sex_place", align=_RIGHT),
    "heat": Column(key="heat", align=_CENTRE),
    "heat_place": Column(key="heat_place", align=_RIGHT),
    "wave": Column(key="wave"),
    "contest": Column(key="contest", weight=1),
    "start": Column(key="start", align=_TIME),
    "seed": Column(key="seed", align=_TIME),
    "pb": Column(key="pb", align=_TIME),
    "sb": Column(key="sb", align=_TIME),
    "split": Column(key="split", align=_TIME),
    "net": Column(key="net", align=_TIME),
    "gun": Column(key="gun", align=_TIME),
    "time": Column(key="time", align=_TIME, strong=True),
    "reaction": Column(key="reaction", align=_TIME),
    "gap": Column(key="gap", align=_TIME),
    "notes": Column(key="notes"),
    "entry_note": Column(key="entry_note", weight=1, fit=Fit.WRAP),
    "number": Column(key="number", align=_RIGHT),
    "members": Column(key="members", weight=3, fit=Fit.WRAP),
    "prize": Column(key="prize", weight=1),
    "here": Column(key="here", align=_CENTRE, blank=Blank.TICK),
    "bib_seen": Column(key="bib_seen", align=_CENTRE, blank=Blank.TICK),
    "kit_seen": Column(key="kit_seen", align=_CENTRE, blank=Blank.TICK),
    "given": Column(key="given", align=_CENTRE, blank=Blank.TICK),
    "write_place": Column(key="write_place", blank=Blank.CELL, min_width=4),
    "write_bib": Column(key="write_bib", blank=Blank.CELL, min_width=7),
    "write_time": Column(key="write_time", blank=Blank.CELL, min_width=11),
    "write_remark": Column(key="write_remark", blank=Blank.CELL, min_width=12, weight=1),
    "write_lap": Column(key="write_lap", blank=Blank.CELL, min_width=3),
}


def headed(key: str, say: Phrases, heading: str = "") -> Column:
    """A shared column with its heading in the language of the sheet, or another heading."""
    return replace(COLUMNS[key], heading=heading or say(f"column.{key}"))


def columns(keys: Iterable[str], say: Phrases) -> list[Column]:
    """Shared columns by their keys."""
    return [headed(key, say) for key in keys]
