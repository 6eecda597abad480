"""A benchmark is a ratio to a yardstick of the same run, interleaved; a table closes the run.

``make bench`` collects the files ``bench_*.py``; ``make test`` does not.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest

from tests.bench import fields
from tests.bench.fields import Disk, Field
from tests.machines import postgres
from tests.machines.postgres import PostgresServer
from tests.machines.required import missing

RUNS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Seconds are medians."""

    name: str
    ours: float
    yardstick: str
    theirs: float
    goal: str

    def cells(self) -> tuple[str, ...]:
        ratio = f"{self.ours / self.theirs:.2f}x" if self.theirs else ""
        theirs = seconds(self.theirs) if self.theirs else ""
        return (self.name, seconds(self.ours), self.yardstick, theirs, ratio, self.goal)


_rows = pytest.StashKey[list[Row]]()


class Bench:
    """Measures in one test and writes into the table of the run."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def compare(
        self,
        name: str,
        ours: Callable[[], object],
        yardstick: str,
        theirs: Callable[[], object],
        *,
        at_most: float,
        runs: int = RUNS,
    ) -> None:
        """Hold that ours takes at most so many times the yardstick, by medians of ``runs``."""
        taken = [(once(ours), once(theirs)) for _ in range(runs)]
        mine, other = (statistics.median(column) for column in zip(*taken, strict=True))
        self._rows.append(Row(name, mine, yardstick, other, f"at most {at_most:g}x"))
        assert mine <= at_most * other, f"{name}: {mine / other:.2f}x; expected at most {at_most}x"

    def by_turns(
        self,
        name: str,
        ours: Callable[[], object],
        yardstick: str,
        theirs: Callable[[], object],
        *,
        at_most: float,
        runs: int = 200,
    ) -> None:
        """The same for what is over in a moment: by turns, so that both meet the same disk."""
        works: tuple[Callable[[], object], ...] = (ours, theirs)
        taken: tuple[list[float], ...] = ([], [])
        gc.collect()
        for run in range(2 * runs):
            which = (run + run // 2) % 2  # 0 1 1 0, so that neither always comes second
            started = perf_counter()
            works[which]()
            taken[which].append(perf_counter() - started)
        mine, other = map(statistics.median, taken)
        self.ratio(name, mine, yardstick, other, at_most=at_most)

    def within(
        self, name: str, ours: Callable[[], object], *, limit: float, runs: int = RUNS
    ) -> None:
        """Hold that ours takes at most ``limit`` seconds, by the median of ``runs``."""
        mine = statistics.median(once(ours) for _ in range(runs))
        self._rows.append(Row(name, mine, "", 0.0, f"at most {seconds(limit)}"))
        assert mine <= limit, f"{name}: {seconds(mine)}; expected at most {seconds(limit)}"

    def ratio(
        self, name: str, mine: float, yardstick: str, other: float, *, at_most: float
    ) -> None:
        """Hold a ratio of two things measured elsewhere, each in seconds."""
        self._rows.append(Row(name, mine, yardstick, other, f"at most {at_most:.3g}x"))
        assert mine <= at_most * other, f"{name}: {mine / other:.3f}x; expected {at_most:.3g}x"

    def holds(
        self, name: str, measured: float, *, limit: float, yardstick: str = "", other: float = 0.0
    ) -> None:
        """Hold that something measured elsewhere, in seconds, is at most the limit."""
        self._rows.append(Row(name, measured, yardstick, other, f"at most {seconds(limit)}"))
        assert measured <= limit, f"{name}: {seconds(measured)}; expected at most {seconds(limit)}"


def once(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes, with the rubbish of others removed before.

    What it made is thrown away when the clock has stopped.
    """
    gc.collect()
    started = perf_counter()
    made = work()
    taken = perf_counter() - started
    del made
    return taken


def seconds(value: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-6:.3g} µs"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_rows] = []


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Bench:
    return Bench(request.config.stash[_rows])


@pytest.fixture(scope="session")
def flushing(run_folder: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL that flushes to the disk; that of the tests does not."""
    binaries = postgres.find_binaries()
    if binaries is None:
        missing("postgres", postgres.INSTALL)
    started = postgres.start_server(run_folder / "flushing", binaries)
    yield started
    postgres.stop_server(started)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A file on the disk of the databases, to be flushed."""
    with closing(Disk(tmp_path / "log")) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def field(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Field]:
    """An open store on the disk, of either engine, beside the driver's own connection."""
    if request.param == "sqlite":
        with fields.sqlite_field(tmp_path) as made:
            yield made
    else:
        with fields.postgres_field(request.getfixturevalue("flushing")) as made:
            yield made


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    rows = config.stash[_rows]
    if not rows:
        return
    table = [("what", "ours", "yardstick", "it", "ratio", "goal"), *(row.cells() for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    terminalreporter.section(f"benchmarks: medians of {RUNS} or more, interleaved")
    for cells in table:
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        terminalreporter.write_line(line.rstrip())
