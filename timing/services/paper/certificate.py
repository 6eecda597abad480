"""The certificate of one runner for everybody: of official results only, with what they say."""

from __future__ import annotations

from typing import Any

from timing.core.telling.listing import line_of
from timing.services.house import House
from timing.services.paper.sheets import Wanted, draw_kind, table_of
from timing.services.public.field import field_of
from timing.services.public.shown import public
from timing.store import publications, setup
from timing.store.publications import State


def certificate(house: House, slug: str, contest: str, bib: str, language: str) -> bytes | None:
    """Draw the certificate of a bib in a contest; the same bytes for the same official version.

    None: no such event, contest or place; not official; not what the official version says; a
    name that is hidden. Raises Refusal (it cannot be drawn).
    """
    snapshot = public(house, slug)
    found = snapshot.event.contest(contest) if snapshot else None
    if snapshot is None or found is None:
        return None
    official = _official(house, slug, contest)
    rows = [
        (each.code, row)
        for each in reversed(found.rounds)
        for row in field_of(house, slug, snapshot.standings[contest, each.code]).wearers.get(
            bib, ()
        )
        if row.place is not None and not row.entry.hidden
    ]
    if not rows:
        return None
    code, row = rows[0]
    line = line_of(found, row)
    if official.get((code, row.entry.id)) != (line.place, line.time):
        return None
    wanted = Wanted(contest=contest, bib=bib, language=language)
    table = table_of(house, snapshot, "certificates", wanted, veiled=True)
    return draw_kind(table, "certificates").pdf


def _official(house: House, slug: str, contest: str) -> dict[tuple[str, int], tuple[str, str]]:
    """Place and time of each entry in each round of the official version; empty without one."""
    with house.store.read() as tx:
        event = setup.event_number(tx, slug)
        last = publications.latest(tx, event, contest)
        if last is None or last.state is not State.OFFICIAL:
            return {}
        kept = publications.load_sheet(tx, event, contest, last.version)
    rows: list[dict[str, Any]] = kept.rows if kept else []
    return {
        (part["round"], line["entry"]): (line["place"], line["time"])
        for part in rows
        for line in part["lines"]
    }
