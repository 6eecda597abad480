"""Result lists as the tables keep them, for whoever has nothing folded: as true as the fold.

Gives nothing where the journal, the setup or the rules have moved on since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple

from msgspec import MsgspecError, convert
from msgspec.structs import replace

from timing import resources
from timing.core.clock import Instant
from timing.core.setup.called_off import CalledOff
from timing.core.setup.event import Contest, Event
from timing.core.telling.kept import KeptList, read_lines
from timing.services.house import House
from timing.store import journal, results, setup
from timing.store.connect import Tx
from timing.store.journal import Stamp

OVERALL, EVENT = "overall", "event"
"""Scopes: one list of all; what is kept once for the event, under no contest and no round."""
_FORM = "2"  # of what is kept; another one is not read


class Kept(NamedTuple):
    """The lists of an event by (contest, round). setup: the digest that publications have."""

    event: Event
    stamp: Stamp
    setup: str
    lists: Mapping[tuple[str, str], KeptList]


def kept_lists(house: House, slug: str, contest: str = "", round_code: str = "") -> Kept | None:
    """Give the wanted lists ("": all); None unless they stand for all that is known now."""
    with house.store.read() as tx:
        number = setup.find_event(tx, slug)
        if number is None or results.read_stamp(tx, number) != journal.head(tx, number):
            return None
        scopes = {each.scope: each.document for each in results.load_standings(tx, number, "", "")}
        about = scopes.get(EVENT, {})
        if about.get("made_by") != made_by():
            return None
        event = _as_ruled(setup.load_event(tx, slug), about)
        wanted = [
            (each, one.code)
            for each in event.contests
            for one in each.rounds
            if contest in ("", each.code) and round_code in ("", one.code)
        ]
        try:
            lists = {(one.code, code): _list(tx, number, one, code) for one, code in wanted}
        except (MsgspecError, LookupError):
            return None
        return Kept(event, journal.head(tx, number), about["setup"], lists)


def _as_ruled(event: Event, about: Mapping[str, Any]) -> Event:
    """The setup with what was ruled about the event."""
    planned = about["scheduled"]
    return replace(
        event,
        conditions=replace(event.conditions, wind=about["wind"]),
        called_off=convert(about["called_off"], dict[str, CalledOff]),
        waves=tuple(replace(wave, scheduled=planned[wave.code]) for wave in event.waves),
    )


def _list(tx: Tx, event: int, contest: Contest, code: str) -> KeptList:
    """Read one list. Raises LookupError, MsgspecError."""
    lists = results.load_standings(tx, event, contest.code, code)
    about = {each.scope: each.document for each in lists}[OVERALL]
    started = about["started"]
    return KeptList(
        contest=contest,
        round=code,
        started=None if started is None else Instant(started),
        marks={int(entry): tuple(codes) for entry, codes in about["marks"].items()},
        lines=read_lines(results.load_documents(tx, event, contest.code, code)),
    )


@cache
def made_by() -> str:
    """Name the program and the rule files that lists are worked out with."""
    told = hashlib.sha256(f"{_FORM} {version('timing')}".encode())
    for path in sorted((resources.folder("config") / "rules").rglob("*.toml")):
        told.update(path.read_bytes())
    return told.hexdigest()
