"""Results as rows of the database, for programs that read tables. Disposable: ``timing rebuild``.

The pages never read them; they show the fold itself.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from timing.core.fold.standings import Standings
from timing.core.telling.listing import lines_of
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.publications.frozen import freeze
from timing.store import results, setup
from timing.store.journal import Stamp
from timing.store.results import ResultRow, StandingRow

OVERALL = "overall"


class Rebuilt(NamedTuple):
    """seq: the line of the journal that the projections stand for now. results: how many rows."""

    seq: int
    results: int


def refresh(house: House, slug: str) -> bool:
    """Write the projections as the journal has them now.

    Returns False where others wrote something newer in the meantime. Raises UnknownEventError.
    """
    snapshot = _snapshot(house, slug)
    rows, lists = _rows(snapshot)
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
    rows, lists = _rows(snapshot)
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


def _rows(snapshot: Snapshot) -> tuple[list[ResultRow], list[StandingRow]]:
    rows = [row for each in snapshot.standings.values() for row in result_rows(each)]
    lists = [StandingRow(*key, OVERALL, _list(each)) for key, each in snapshot.standings.items()]
    return rows, lists


def result_rows(standings: Standings) -> list[ResultRow]:
    """The rows of one round as they stand in the database."""
    lines = freeze([standings])[0]["lines"] if standings.rows else []
    return [
        ResultRow(
            standings.contest.code, standings.round, row.entry.id, position, row.result.status,
            row.place, row.result.official, lines[position],
        )
        for position, row in enumerate(standings.rows)
    ]  # fmt: skip


def _list(standings: Standings) -> dict[str, Any]:
    return {"entries": [line.entry for line in lines_of(standings)]}


def _gone(tx: Any, event: int, snapshot: Snapshot, rows: list[ResultRow]) -> list[ResultRow]:
    """Rows that are there and should not be any more."""
    wanted = {(row.contest, row.round, row.entry) for row in rows}
    return [
        row
        for contest, round_code in snapshot.standings
        for row in results.load_results(tx, event, contest, round_code)
        if (row.contest, row.round, row.entry) not in wanted
    ]
