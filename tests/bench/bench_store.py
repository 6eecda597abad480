"""The store beside the plain driver on the same tables: loading, batches, one acknowledged line."""

from __future__ import annotations

import os
from statistics import median
from time import process_time

import pytest

from tests.bench.conftest import Row

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


def test_one_acknowledged_read(bench, field, tmp_path):
    """Each is on the disk before the next is sent.

    On PostgreSQL the driver's own insert is the yardstick, because every statement is a message to
    another process there: three for the insert, seven for a line that is known only once.
    """
    runs, row = 15, 20
    ours = iter([field.reads(1) for _ in range((runs + 1) * row)])
    theirs = iter([field.reads(1) for _ in range(runs * row)])

    def acknowledge() -> None:
        for _ in range(row):
            field.append(next(ours))

    with (tmp_path / "log").open("ab") as log:

        def flush() -> None:
            for _ in range(row):
                log.write(bytes(4096))
                log.flush()
                os.fdatasync(log.fileno())

        def insert() -> None:
            for _ in range(row):
                field.insert(next(theirs))

        acknowledge()
        name = f"20 reads acknowledged one by one ({field.store.dialect})"
        if field.store.dialect == "sqlite":
            yardstick, work, goal = "20 flushes of 4 KiB", flush, 1.5
        else:
            yardstick, work, goal = "driver, 20 inserts", insert, 3.0
        bench.compare(name, acknowledge, yardstick, work, at_most=goal, runs=runs)


def test_fifteen_thousand_reads_a_second_take_a_quarter_of_a_core(bench, field):
    """In batches as twenty stations make them; the time of this processor, not of the disk."""
    spent = []
    for _ in range(5):
        batches = [field.reads(250) for _ in range(60)]
        started = process_time()
        for batch in batches:
            field.append(batch)
        spent.append(process_time() - started)
    name = f"processor for 15,000 reads in batches of 250 ({field.store.dialect})"
    bench._rows.append(Row(name, median(spent), "", 0.0, "at most 250 ms"))
    assert median(spent) <= 0.25
