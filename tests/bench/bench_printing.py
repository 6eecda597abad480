"""How fast the print room is, beside LongTable and a writer without a library, in the same run.

What is promised (a results list of 14 columns in a Unicode font): 10,000 rows at least 8x faster
than LongTable and at most 1.6x the floor; 50,000 rows at most 5.5x the time of 10,000; at most
3.5 kB a row + 40 MB of memory; at most half of LongTable's file; rare scripts at most 2.5x; from
the database to the bytes (load, rank, draw) at most 2x the drawing alone, after a new line and out
of the kept lists with nothing in memory.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time

import pypdf
import pytest
from msgspec.structs import replace

from tests.bench.printing_yardsticks import Floor, long_table
from tests.bench.races import GUN, race
from tests.machines.clocks import StandingClock
from tests.printing.sheets import RARE, columns, finishers, named, sheet
from timing import resources
from timing.app import open_house
from timing.core.clock import Duration
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import Penalty
from timing.core.setup.roster import Sex
from timing.printing.cards.designs import decode_design
from timing.printing.cards.document import Batch, draw_cards
from timing.printing.document import draw, draw_all
from timing.printing.pens.press import About
from timing.printing.sheet import Group
from timing.services.house import House
from timing.services.paper.sheets import Wanted, print_sheet, sheets_of, table_of
from timing.services.publications import projection
from timing.settings import CONFIG_VARIABLE, load_settings
from timing.store import journal, migrate, roster, setup

HEADINGS = [column.heading for column in columns()]
ROUNDS = 5

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def interleaved(
    *works: Callable[[], bytes], rounds: int = ROUNDS, before: Callable[[], object] = int
) -> tuple[list[float], list[bytes]]:
    """Median seconds of each work and what it made; the works take turns.

    before: is done before each turn and not counted.

    Seconds of the processor: a machine that is busy with something else shifts them less.
    """
    times: list[list[float]] = [[] for _ in works]
    made = [work() for work in works]
    for _ in range(rounds):
        before()
        for number, work in enumerate(works):
            start = process_time()
            work()
            times[number].append(process_time() - start)
    return [median(each) for each in times], made


def tell(name: str, value: float, limit: float, unit: str = "x") -> None:
    print(f"  {name:<44} {value:>9.2f} {unit:<3} (promised {limit:g})")


def test_ten_thousand_rows_beside_the_yardsticks() -> None:
    rows = finishers(10_000)
    ten, floor = sheet(Group(rows=rows)), Floor()
    (ours, bare, table), files = interleaved(
        lambda: draw(ten).pdf,
        lambda: floor(HEADINGS, rows),
        lambda: long_table(HEADINGS, rows),
    )
    plain_table = len(long_table(HEADINGS, rows, as_it_comes=False))
    print(f"\n  10,000 rows: ours {ours:.3f} s, floor {bare:.3f} s, LongTable {table:.3f} s")
    tell("faster than LongTable", table / ours, 8)
    tell("time of the floor", ours / bare, 1.6)
    tell("file of LongTable", len(files[0]) / len(files[2]), 0.5)
    tell("file of LongTable without ASCII85", len(files[0]) / plain_table, 0.6)
    for made in files:
        assert rows[0][1] in pypdf.PdfReader(BytesIO(made)).pages[0].extract_text()
    assert table / ours >= 8
    assert ours / bare <= 1.6
    assert len(files[0]) <= len(files[2]) / 2


def test_fifty_thousand_rows_grow_in_proportion() -> None:
    ten, fifty = (sheet(Group(rows=finishers(count))) for count in (10_000, 50_000))
    (short, long), _ = interleaved(lambda: draw(ten).pdf, lambda: draw(fifty).pdf)
    print(f"\n  10,000 rows {short:.3f} s, 50,000 rows {long:.3f} s")
    tell("50,000 rows in the time of 10,000", long / short, 5.5)
    assert long / short <= 5.5


def test_pages_of_rare_scripts_cost_little_more() -> None:
    usual = sheet(Group(rows=finishers(9_000)))
    rare = sheet(Group(rows=named(list(RARE) * 1_000)))
    (plain, strange), _ = interleaved(lambda: draw(usual).pdf, lambda: draw(rare).pdf)
    tell("rare scripts", strange / plain, 2.5)
    assert strange / plain <= 2.5


@pytest.fixture(scope="module")
def marathon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Ten thousand finishers with three splits, names of many countries and all personal data."""
    folder = tmp_path_factory.mktemp("marathon")
    url = f"sqlite:///{folder}/big.db"
    testing = str(resources.folder("config") / "testing.toml")
    chosen = load_settings({CONFIG_VARIABLE: testing, "TIMING_DATABASE_URL": url})
    migrate.upgrade(url)
    house = open_house(chosen, StandingClock(GUN))
    big = race(10_000, mats=5)
    entries = tuple(
        replace(entry, name=row[2], sex=Sex(row[3]), born=row[4], club=row[5], nation=row[6])
        for entry, row in zip(big.roster.entries, finishers(10_000), strict=True)
    )
    with house.store.write() as tx:
        event = setup.save_event(tx, big.event)
        roster.save_roster(tx, event, replace(big.roster, entries=entries))
        journal.append(tx, event, big.journal.reads, big.journal.rulings)
    yield house
    house.store.close()


def test_from_a_new_line_in_the_database_to_the_bytes(marathon: House) -> None:
    slug, wanted, lines = "big", Wanted(), count(1)
    snapshot = marathon.live.snapshot(slug, fresh=True)
    sheets = sheets_of(table_of(marathon, snapshot, "results", wanted), "results")
    assert len(sheets[0].columns) == 14

    def ruled() -> None:
        act = Penalty(entry=next(lines), round="final", time=Duration(1_000_000))
        with marathon.store.write() as tx:
            event = setup.event_number(tx, slug)
            line = Ruling("office", next(lines), GUN, act, "measured", "bench")
            journal.append(tx, event, [], [line])

    def whole() -> bytes:
        return print_sheet(marathon, slug, "results", wanted).pdf

    def cold() -> bytes:
        marathon.live.forget(slug)
        return print_sheet(marathon, slug, "results", wanted).pdf

    (ours, alone, whole_journal), _ = interleaved(
        whole, lambda: draw_all(sheets).pdf, cold, before=ruled
    )
    print(f"\n  10,000 rows: from a new line {ours:.3f} s, drawing alone {alone:.3f} s")
    tell("from a new line to the bytes", ours / alone, 2)
    print(f"  the whole journal folded anew before: {whole_journal / alone:.2f} x")
    assert ours <= 2 * alone


def test_from_the_kept_lists_in_the_database_to_the_bytes(marathon: House) -> None:
    """Nothing is in memory, as for ``timing print`` after a publication or ``timing rebuild``."""
    slug, wanted = "big", Wanted()
    snapshot = marathon.live.snapshot(slug, fresh=True)
    sheets = sheets_of(table_of(marathon, snapshot, "results", wanted), "results")
    projection.refresh(marathon, slug)

    def cold() -> bytes:
        marathon.live.forget(slug)
        return print_sheet(marathon, slug, "results", wanted).pdf

    (ours, alone), (printed, drawn) = interleaved(cold, lambda: draw_all(sheets).pdf)
    print(f"\n  10,000 rows: from the database {ours:.3f} s, drawing alone {alone:.3f} s")
    tell("from the kept lists to the bytes", ours / alone, 2)
    assert not marathon.live.holds(slug)
    assert printed == drawn
    assert ours <= 2 * alone


def test_certificates_of_five_thousand_runners() -> None:
    path = resources.folder("config") / "printing" / "designs" / "certificate.toml"
    design = decode_design(path.read_text(encoding="utf-8"), path.name)
    rows = finishers(5_000)
    empty = dict.fromkeys(design.fields, "of the event")
    cards = [
        empty | {"name": row[2], "club": row[5], "time": row[-2], "link": f"https://r.example/{n}",
                 "logo": ""}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    (taken,), _ = interleaved(
        lambda: draw_cards(Batch(design=design, cards=cards), About("Cards")).pdf, rounds=3
    )
    tell("certificates of 5,000", taken, 8, "s")
    assert taken <= 8


MEMORY = """
import sys
from tests.printing.sheets import finishers, sheet
from timing.printing.document import draw
from timing.printing.sheet import Group

def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if "VmHWM" in line)

draw(sheet(Group(rows=finishers(50))))
before = peak()
draw(sheet(Group(rows=finishers(int(sys.argv[1])))))
print((peak() - before) * 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize("count", [10_000, 50_000])
def test_memory_grows_slowly(count: int) -> None:
    run = subprocess.run(
        [sys.executable, "-c", MEMORY, str(count)], capture_output=True, text=True, check=True
    )
    used = int(run.stdout)
    allowed = 3_500 * count + 40_000_000
    tell(f"memory of {count} rows", used / 1e6, allowed / 1e6, "MB")
    assert used <= allowed
