"""Results as rows of the database, for programs that read tables. Disposable: ``timing rebuild``.

The pages never read them; they show the fold itself. Paper may, where nothing is folded yet.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import to_builtins

from timing.core.fold.standings import Standings
from timing.core.telling.kept import beside
from timing.services.entrants.classify import categories_of
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.public.field import field_of, gun_of
from timing.services.public.recordbook import marks_of
from timing.services.publications.frozen import digest_of, freeze
from timing.services.publications.kept import EVENT, OVERALL, made_by
from timing.store import results, setup
from timing.store.journal import Stamp
from timing.store.results import ResultRow, StandingRow


class Rebuilt(NamedTuple):
    """seq: the line of the journal that the projections stand for now. results: how many rows."""

    seq: int
    results: int


def refresh(house: House, slug: str) -> bool:
    """Write the projections as the journal has them now.

    Returns False where others wrote something newer in the meantime. Raises UnknownEventError.
    """
    snapshot = _snapshot(house, slug)
    rows, lists = _rows(house, snapshot)
    with house.store.write() as tx:
        event = setup.find_event(tx, slug) or 0
        gone = _gone(tx, event, snapshot, rows)
        return results.write_results(tx, event, _stamp(snapshot), rows, lists, gone)


def rebuild(house: House, slug: str) -> Rebuilt:
    """Drop the projections and what is in memory, fold the whole journal, write them anew.

    Raises UnknownEventError.
    """
    house.live.forget(slug)
    snapshot = _snapshot(house, slug)
    rows, lists = _rows(house, snapshot)
    with house.store.write() as tx:
        event = setup.find_event(tx, slug) or 0
        results.drop_projections(tx, event)
        results.write_results(tx, event, _stamp(snapshot), rows, lists)
    return Rebuilt(snapshot.seq, len(rows))


def _snapshot(house: House, slug: str) -> Snapshot:
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    return snapshot


def _stamp(snapshot: Snapshot) -> Stamp:
    return Stamp(snapshot.seq, snapshot.setup)


def _rows(house: House, snapshot: Snapshot) -> tuple[list[ResultRow], list[StandingRow]]:
    rows = [row for each in snapshot.standings.values() for row in result_rows(each)]
    lists = [
        StandingRow(*key, OVERALL, _list(house, snapshot, each))
        for key, each in snapshot.standings.items()
    ]
    return rows, [*lists, StandingRow("", "", EVENT, _event(snapshot))]


def result_rows(standings: Standings) -> list[ResultRow]:
    """The rows of one round as they stand in the database."""
    contest = standings.contest
    lines = freeze([standings])[0]["lines"] if standings.rows else []
    return [
        ResultRow(
            contest.code, standings.round, row.entry.id, position, row.result.status,
            row.place, row.result.official, lines[position] | beside(contest, row),
        )
        for position, row in enumerate(standings.rows)
    ]  # fmt: skip


def _list(house: House, snapshot: Snapshot, standings: Standings) -> dict[str, Any]:
    """The order of a list, and what its sheet says beside the rows."""
    marks = marks_of(field_of(house, snapshot.event.slug, standings), snapshot)
    return {
        "entries": [row.entry.id for row in standings.rows],
        "started": gun_of(standings),
        "marks": {str(entry): codes for entry, codes in marks.items()},
    }


def _event(snapshot: Snapshot) -> dict[str, Any]:
    """What is kept once: what was ruled about the event, and what all of it was worked out from."""
    event, roster = snapshot.event, snapshot.roster
    return {
        "wind": event.conditions.wind,
        "called_off": to_builtins(event.called_off),
        "scheduled": {wave.code: wave.scheduled for wave in event.waves},
        "setup": digest_of(event, roster, categories_of(event, roster)),
        "made_by": made_by(),
    }


def _gone(tx: Any, event: int, snapshot: Snapshot, rows: list[ResultRow]) -> list[ResultRow]:
    """Rows that are there and should not be any more."""
    wanted = {(row.contest, row.round, row.entry) for row in rows}
    return [
        row
        for contest, round_code in snapshot.standings
        for row in results.load_results(tx, event, contest, round_code)
        if (row.contest, row.round, row.entry) not in wanted
    ]
