"""Chip reads of a timing box, from its sightings to the journal, beside the driver's own insert."""

from __future__ import annotations

from itertools import count
from statistics import median

import pytest

from tests.bench.fields import GUN, Field, processor
from timing.core.clock import Instant
from timing.readers.delivery import Batch
from timing.readers.sighting import Sighting
from timing.services.entrants.classify import categories_of
from timing.services.house import House
from timing.services.live import Live
from timing.services.pen import Pen
from timing.services.readers.boxes import Order, enrol
from timing.services.readers.reading import Diary
from timing.store.lines import READ_COLUMNS, read_row

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


class Mat:
    """A reader at the finish of a field. A sighting is kept as it came, once, and a read."""

    def __init__(self, field: Field) -> None:
        def clock() -> Instant:
            return Instant(GUN)

        self.field, self.numbers = field, count(1)
        house = House(field.store, clock, Live(field.store, clock, categories_of), Pen("bench"))
        order = Order("ours", "ipico", "127.0.0.1", "finish", name="mat")
        self.diary = Diary(house, enrol(house, order))

    def batch(self, size: int) -> Batch:
        numbers = [next(self.numbers) for _ in range(size)]
        seen = [
            Sighting(
                f"{n}", f"aa4000000{n:08}0a2a01123018455927a7", Instant(GUN + n * 1000),
                chip=f"{n % 10_000:08}",
            )
            for n in numbers
        ]  # fmt: skip
        return Batch(seen, [], [], {"line": numbers[-1]}, Instant(GUN))

    def insert(self, batch: Batch) -> None:
        """What the driver does with the same rows: two tables, one transaction, no question."""
        theirs, cursor, mark = self.field.theirs, self.field.driver.cursor(), self.field.mark
        reads = self.field.reads(len(batch.sightings))
        both = list(zip(reads, batch.sightings, strict=True))
        if self.field.store.dialect == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        tables = {
            f"read ({', '.join(READ_COLUMNS)})": [
                read_row(theirs, read.n, read, Instant(GUN)) for read in reads
            ],
            "raw_line (event_id, station, position, content, n, problem, digest, arrived)": [
                (theirs, "mat-0002", r.n, seen.line.encode(), r.n, "", f"{r.n:016}".encode(), GUN)
                for r, seen in both
            ],
        }
        for table, rows in tables.items():
            marks = ", ".join([mark] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self.field.driver.commit()


@pytest.mark.parametrize("size", [100, 1000])
def test_a_batch_of_a_box_on_the_disk(bench, field, size):
    runs, mat = 31, Mat(field)
    ours = iter([mat.batch(size) for _ in range(runs)])
    theirs = iter([mat.batch(size) for _ in range(runs)])
    bench.compare(
        f"{size} reads of a box ({field.store.dialect})", lambda: mat.diary.commit(next(ours)),
        "driver, executemany of the same rows", lambda: mat.insert(next(theirs)),
        at_most=2.0, runs=runs,
    )  # fmt: skip


def test_one_acknowledged_read_of_a_box(bench, field, disk):
    """Two rows, the position and a sign of life."""
    runs, before, mat = 200, 300, Mat(field)
    ours = iter([mat.batch(1) for _ in range(before + runs)])
    for _ in range(before):
        mat.diary.commit(next(ours))
    bench.by_turns(
        f"one acknowledged read of a box ({field.store.dialect})",
        lambda: mat.diary.commit(next(ours)), "one flush of the disk", disk.flush,
        at_most=1.5, runs=runs,
    )  # fmt: skip


def test_one_read_of_a_box_beside_the_driver_alone(bench, field):
    """What of it is ours: the driver writes the same two rows in one transaction."""
    runs, before, mat = 200, 300, Mat(field)
    ours = iter([mat.batch(1) for _ in range(before + runs)])
    theirs = iter([mat.batch(1) for _ in range(before + runs)])
    for _ in range(before):
        mat.diary.commit(next(ours))
        mat.insert(next(theirs))
    bench.by_turns(
        f"one acknowledged read of a box beside the driver ({field.store.dialect})",
        lambda: mat.diary.commit(next(ours)), "driver, the same two rows",
        lambda: mat.insert(next(theirs)), at_most=2.0, runs=runs,
    )  # fmt: skip


def test_the_processor_for_fifteen_thousand_reads_of_boxes(bench, field):
    """In batches as a busy mat makes them; a second's worth takes a quarter of a core at most."""
    mat, ours, theirs = Mat(field), [], []
    for _ in range(5):
        ours.append(processor(mat.diary.commit, [mat.batch(250) for _ in range(60)]))
        theirs.append(processor(mat.insert, [mat.batch(250) for _ in range(60)]))
    bench.holds(
        f"processor for 15,000 reads of boxes ({field.store.dialect})", median(ours),
        limit=0.25, yardstick="driver, executemany of the same rows", other=median(theirs),
    )  # fmt: skip
