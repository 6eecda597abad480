"""Projections are written where they changed, never turned back, and can be dropped at any time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from timing.core.clock import Duration
from timing.core.status import Status
from timing.store.connect import Store
from timing.store.journal import Stamp
from timing.store.results import (
    ResultRow,
    StandingRow,
    drop_projections,
    load_results,
    load_standings,
    read_stamp,
    write_results,
)

WINNER = ResultRow("mile", "final", 1, 1, Status.OK, 1, Duration(405_112_000), {"gap": "—"})
SECOND = ResultRow("mile", "final", 2, 2, Status.OK, 2, Duration(406_000_000), {})
OUT = ResultRow("mile", "final", 4, 3, Status.DNF)
OVERALL = StandingRow("mile", "final", "overall", {"rows": [1, 2, 4]})


def written(store: Store, event: int, stamp: Stamp, *rows: ResultRow, **other) -> bool:
    with store.write() as tx:
        return write_results(tx, event, stamp, rows, **other)


def shown(store: Store, event: int) -> list[ResultRow]:
    with store.read() as tx:
        return load_results(tx, event, "mile", "final")


def test_an_event_that_nobody_folded_has_no_projections(store, event):
    with store.read() as tx:
        assert read_stamp(tx, event) is None
    assert shown(store, event) == []


def test_results_come_back_in_the_order_of_the_list(store, event):
    assert written(store, event, Stamp(5, 1), OUT, SECOND, WINNER, standings=[OVERALL])
    assert shown(store, event) == [WINNER, SECOND, OUT]
    with store.read() as tx:
        assert read_stamp(tx, event) == Stamp(5, 1)
        assert load_standings(tx, event, "mile", "final") == [OVERALL]
        assert load_results(tx, event, "mile", "heats") == []


def test_only_what_changed_is_written_again(store, event):
    written(store, event, Stamp(5, 1), WINNER, SECOND, OUT, standings=[OVERALL])
    disqualified = SECOND._replace(rank=None, status=Status.DQ, official=None)
    empty = OVERALL._replace(document={})
    assert written(store, event, Stamp(6, 1), disqualified, standings=[empty], gone=[OUT])
    assert shown(store, event) == [WINNER, disqualified]
    with store.read() as tx:
        assert load_standings(tx, event, "mile", "final") == [empty]


def test_an_older_fold_does_not_overwrite_a_newer_one(store, event):
    assert written(store, event, Stamp(6, 2), WINNER)
    assert not written(store, event, Stamp(5, 2), SECOND)
    assert not written(store, event, Stamp(6, 1), SECOND)
    assert written(store, event, Stamp(6, 2))
    assert shown(store, event) == [WINNER]


def test_of_two_refreshers_at_once_the_newer_fold_stays(store, event):
    stamps = [Stamp(seq, 1) for seq in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        rows = [WINNER._replace(official=Duration(stamp.seq)) for stamp in stamps]
        list(pool.map(lambda at, row: written(store, event, at, row), stamps[::-1], rows[::-1]))
    with store.read() as tx:
        assert read_stamp(tx, event) == stamps[-1]
    assert shown(store, event) == [rows[-1]]


def test_dropped_projections_can_be_written_from_the_beginning(store, event):
    written(store, event, Stamp(9, 9), WINNER, standings=[OVERALL])
    with store.write() as tx:
        drop_projections(tx, event)
        assert read_stamp(tx, event) is None
    assert shown(store, event) == []
    assert written(store, event, Stamp(1, 1), SECOND)
    assert shown(store, event) == [SECOND]
