"""The store beside the plain driver on the same tables: loading, batches, one acknowledged line."""

from __future__ import annotations

from statistics import median

import pytest

from tests.bench.fields import processor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def test_loading_for_the_fold(bench, field):
    for _ in range(50):
        field.append(field.reads(1000))
    assert field.load() == field.select() == 50_000
    bench.compare(
        f"load 50,000 reads ({field.store.dialect})", field.load, "driver, fetchall", field.select,
        at_most=1.75, runs=9,
    )  # fmt: skip


@pytest.mark.parametrize("size", [100, 1000])
def test_a_batch_of_new_lines_on_the_disk(bench, field, size):
    runs = 31
    ours = iter([field.reads(size) for _ in range(runs)])
    theirs = iter([field.reads(size) for _ in range(runs)])
    bench.compare(
        f"append {size} reads ({field.store.dialect})", lambda: field.append(next(ours)),
        "driver, executemany", lambda: field.insert(next(theirs)),
        at_most=2.0, runs=runs,
    )  # fmt: skip


def test_one_acknowledged_read(bench, field, disk):
    """Each is on the disk before the next is sent."""
    runs, before = 200, 300
    reads = iter([field.reads(1) for _ in range(before + runs)])
    for _ in range(before):  # the log of SQLite has its full length then
        field.jot(next(reads))
    bench.by_turns(
        f"one acknowledged read ({field.store.dialect})", lambda: field.jot(next(reads)),
        "one flush of the disk", disk.flush, at_most=1.5, runs=runs,
    )  # fmt: skip


def test_one_read_beside_the_driver_alone(bench, field):
    """What of it is ours: the driver writes the same row in a transaction, and asks nothing."""
    runs, before = 200, 300
    ours = iter([field.reads(1) for _ in range(before + runs)])
    theirs = iter([field.reads(1) for _ in range(before + runs)])
    for _ in range(before):
        field.jot(next(ours))
        field.insert(next(theirs))
    bench.by_turns(
        f"one acknowledged read beside the driver ({field.store.dialect})",
        lambda: field.jot(next(ours)), "driver, the same row",
        lambda: field.insert(next(theirs)), at_most=2.0, runs=runs,
    )  # fmt: skip


def test_fifteen_thousand_reads_a_second_take_a_quarter_of_a_core(bench, field):
    """In batches as twenty stations make them; the time of this processor, not of the disk."""
    ours, theirs = [], []
    for _ in range(5):
        batches = [field.reads(250) for _ in range(60)]
        ours.append(processor(field.append, batches))
        theirs.append(processor(field.insert, [field.reads(250) for _ in range(60)]))
    name = f"processor for 15,000 reads in batches of 250 ({field.store.dialect})"
    bench.holds(
        name, median(ours), limit=0.25, yardstick="driver, executemany", other=median(theirs)
    )
