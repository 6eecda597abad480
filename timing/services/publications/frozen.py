"""The rows of a publication: standings as plain data, and what changed between two versions.

Knows what a row looks like; knows no database and no paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from timing.core.fold.standings import Standings
from timing.core.setup.event import Event
from timing.core.setup.roster import EntryId, Roster
from timing.core.telling.listing import Line, lines_of
from timing.core.telling.sentences import Telling

Rows = list[dict[str, Any]]
"""One item a round: its code, its name and its printed lines."""


class Change(NamedTuple):
    """How one line differs between two versions. Each side is ``(place, time)``, None if absent."""

    round: str
    bib: str
    name: str
    before: tuple[str, str] | None
    after: tuple[str, str] | None

    @property
    def sentence(self) -> Telling:
        """The difference as a sentence, for the notice and for the foot of the next sheet."""
        sides = {"before": _shown(self.before), "after": _shown(self.after)}
        params = {"bib": self.bib, "name": self.name}
        if self.before == self.after:
            return Telling("edited", params)
        code = "listed" if self.before is None else "unlisted" if self.after is None else "changed"
        return Telling(code, params | sides)


def freeze(standings: Iterable[Standings]) -> Rows:
    """Turn the rounds of one contest into plain data, as they are printed."""
    return [
        {
            "round": each.round,
            "name": next((one.name for one in each.contest.rounds if one.code == each.round), ""),
            "lines": [_line(line) for line in lines_of(each)],
        }
        for each in standings
        if each.rows
    ]


def _line(line: Line) -> dict[str, Any]:
    splits = [split._asdict() for split in line.splits]
    values = line._asdict() | {"splits": splits, "status": line.status.value}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(values))
    return plain


def digest_of(event: Event, roster: Roster, categories: Mapping[EntryId, str]) -> str:
    """The fingerprint of everything but the journal that a result depends on."""
    named = sorted(categories.items())
    return hashlib.sha256(msgspec.json.encode([event, roster, named])).hexdigest()


def differences(before: Sequence[Any], after: Sequence[Any]) -> list[Change]:
    """What changed from one version to another, in the order of the newer list."""
    old, new = _by_entry(before), _by_entry(after)
    changed = [key for key in new if old.get(key) != new[key]]
    changed += [key for key in old if key not in new]
    return [_change(key[0], old.get(key), new.get(key)) for key in changed]


def _by_entry(rows: Sequence[Any]) -> dict[tuple[str, int], dict[str, Any]]:
    return {(part["round"], line["entry"]): line for part in rows for line in part["lines"]}


def _change(round_code: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
    line = after or before or {}
    return Change(round_code, line["bib"], line["name"], _side(before), _side(after))


def _side(line: dict[str, Any] | None) -> tuple[str, str] | None:
    return None if line is None else (line["place"], line["time"])


def _shown(side: tuple[str, str] | None) -> str:
    place, time = side or ("", "")
    return f"{place}. {time}" if place else time
