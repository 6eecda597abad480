"""Lines of stations, from the door of the service to the public page."""

from __future__ import annotations

from itertools import count
from statistics import median

import msgspec
import pytest

from tests.bench.fields import Field, processor
from tests.bench.races import GUN
from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.services.entrants.classify import categories_of
from timing.services.house import House
from timing.services.live import Live
from timing.services.office import stations
from timing.services.office.stations import Permit
from timing.services.pen import Pen
from timing.services.raceday import capture
from timing.store.lines import READ_COLUMNS, read_row

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
PHONE = "phone-0001"
FINISHED, LATE = 10_000, 30


class Door:
    """The service on the tables of a field, beside the driver's own insert."""

    def __init__(self, field: Field) -> None:
        def clock() -> Instant:
            return Instant(GUN)

        self.field = field
        self.house = House(
            field.store, clock, Live(field.store, clock, categories_of), Pen("bench")
        )
        token = stations.make_link(self.house, "ours", "Finish", "Ada", point="finish")
        self.permit: Permit = stations.permit(self.house, token)
        self.numbers = count(1)

    def lines(self, size: int) -> bytes:
        made = [
            {"n": n, "bib": str(n % 10_000), "at": GUN + n * 1000, "source": "typed"}
            for n in (next(self.numbers) for _ in range(size))
        ]
        return msgspec.json.encode({"station": PHONE, "lines": made, "unsent": 0})

    def take(self, sent: bytes) -> None:
        receipts = capture.take(self.house, self.permit, capture.read_batch(sent))
        assert all(receipt.outcome == "new" for receipt in receipts)

    def insert(self, rows: tuple[list[Read], bytes]) -> None:
        """What the driver does with the same rows: reads and lines as they came, one transaction.

        The lines are encoded beforehand, and nothing is looked up.
        """
        reads, sent = rows
        theirs, cursor = self.field.theirs, self.field.driver.cursor()
        raw = [(theirs, "phone-0002", read.n, sent[:90], read.n, "", GUN) for read in reads]
        if self.field.store.dialect == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        marks = ", ".join([self.field.mark] * 7)
        cursor.executemany(
            "INSERT INTO raw_line (event_id, station, position, content, n, problem, arrived) "
            f"VALUES ({marks})",
            raw,
        )
        names, marks = ", ".join(READ_COLUMNS), ", ".join([self.field.mark] * len(READ_COLUMNS))
        values = [read_row(theirs, read.n, read, GUN) for read in reads]
        cursor.executemany(f"INSERT INTO read ({names}) VALUES ({marks})", values)
        self.field.driver.commit()


@pytest.mark.parametrize("size", [100, 1000])
def test_a_batch_from_a_station_on_the_disk(bench, field, size):
    """From the bytes of the request to the receipts; the lines are also kept as they came."""
    runs, door = 31, Door(field)
    ours = iter([door.lines(size) for _ in range(runs)])
    theirs = iter([(field.reads(size), door.lines(size)) for _ in range(runs)])
    bench.compare(
        f"take {size} lines of a station ({field.store.dialect})", lambda: door.take(next(ours)),
        "driver, executemany of the same rows", lambda: door.insert(next(theirs)),
        at_most=2.0, runs=runs,
    )  # fmt: skip


def test_one_acknowledged_line_of_a_station(bench, field, disk):
    """From the bytes of the request to the receipt; read, line as it came and sign of life."""
    runs, before, door = 200, 300, Door(field)
    lines = iter([door.lines(1) for _ in range(before + runs)])
    for _ in range(before):  # the log of SQLite has its full length then
        door.take(next(lines))
    bench.by_turns(
        f"one acknowledged line of a station ({field.store.dialect})",
        lambda: door.take(next(lines)),
        "one flush of the disk", disk.flush, at_most=1.5, runs=runs,
    )  # fmt: skip


def test_one_line_beside_the_driver_alone(bench, field):
    """What of it is ours: the driver writes the same two rows in one transaction."""
    runs, before, door = 200, 300, Door(field)
    lines = iter([door.lines(1) for _ in range(before + runs)])
    theirs = iter([(field.reads(1), door.lines(1)) for _ in range(before + runs)])
    for _ in range(before):
        door.take(next(lines))
        door.insert(next(theirs))
    bench.by_turns(
        f"one acknowledged line beside the driver ({field.store.dialect})",
        lambda: door.take(next(lines)), "driver, the same two rows",
        lambda: door.insert(next(theirs)), at_most=2.0, runs=runs,
    )  # fmt: skip


def test_fifteen_thousand_lines_a_second_of_stations_take_a_quarter_of_a_core(bench, field):
    """In batches as phones send them after a while without network."""
    door, ours, theirs = Door(field), [], []
    for _ in range(5):
        ours.append(processor(door.take, [door.lines(250) for _ in range(60)]))
        rows = [(field.reads(250), door.lines(250)) for _ in range(60)]
        theirs.append(processor(door.insert, rows))
    bench.holds(
        f"processor for 15,000 lines of stations ({field.store.dialect})", median(ours),
        limit=0.25, yardstick="driver, executemany of the same rows", other=median(theirs),
    )  # fmt: skip
