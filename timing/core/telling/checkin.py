"""Whether an entrant is ready to start: what a contest asks to be seen, and what was seen.

Checking in is a read at a desk; every item that was seen is a ruling, so that both can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from timing.core.journal import rulings as act
from timing.core.journal.lines import Ruling
from timing.core.setup.roster import EntryId


class Item(NamedTuple):
    """Something that a desk looks for. word: in a list; sentence: beside the box to tick."""

    word: str
    sentence: str


ITEMS: Mapping[str, Item] = {
    "photo_id": Item("photo ID", "Photo ID seen: age and nationality are right"),
    "disclaimer": Item("disclaimer", "Disclaimer signed"),
    "medical": Item("medical declaration", "Medical declaration handed in"),
    "briefing": Item("briefing", "Safety briefing heard, backward roll practised"),
    "bib_on_back": Item("bib on the back", "Bib is worn on the back"),
    "bib_on_both_sides": Item("bibs on both sides", "Bibs are worn on chest and back"),
    "helmet": Item("helmet", "Helmet seen"),
    "guide": Item("guide", "Guide is here"),
    "bib": Item("bib", "Bib handed out"),
}
"""What a contest may ask for. Where it comes from: docs/reference/checkin.md."""


class Readiness(NamedTuple):
    """missing: codes of ITEMS not seen yet, and ``bib`` where there is none."""

    missing: tuple[str, ...]
    checked_in: bool

    @property
    def ready(self) -> bool:
        """Whether nothing stands between the entrant and the start line."""
        return self.checked_in and not self.missing


def seen_items(live: Iterable[Ruling]) -> dict[EntryId, frozenset[str]]:
    """Collect what was seen of each entry. live: the rulings in force."""
    seen: dict[EntryId, set[str]] = {}
    for ruling in live:
        if isinstance(ruling.act, act.Confirm):
            seen.setdefault(ruling.act.entry, set()).add(ruling.act.item)
    return {entry: frozenset(items) for entry, items in seen.items()}


def readiness(
    bib: str, requires: Iterable[str], seen: frozenset[str], *, checked_in: bool
) -> Readiness:
    """Say what is missing, in the order in which the contest asks for it."""
    missing = [item for item in requires if item not in seen]
    return Readiness((*(() if bib else ("bib",)), *missing), checked_in)
