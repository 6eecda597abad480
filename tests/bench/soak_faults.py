"""The full siege: ``python -m tests.bench.soak_faults [sqlite|postgres] [--kills N]``.

The server dies 50 times while 20 stations and 4 readers write 200 lines a second. Takes about five
minutes an engine; says what was acknowledged and what became of it. Exit code 1: a line is lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psycopg

from tests.machines import postgres
from tests.machines.siege import Plan, besiege
from timing import resources
from timing.settings import CONFIG_VARIABLE, Settings, load_settings
from timing.store import migrate

FULL = Plan(kills=50, stations=20, readers=4, rate=200, seconds=1200)


@contextmanager
def settings_of(engine: str, folder: Path) -> Iterator[Settings]:
    """Settings of a fresh database; PostgreSQL flushes to the disk, unlike that of the tests."""
    if engine == "sqlite":
        yield _migrated(f"sqlite:///{folder / 'siege.db'}", folder)
        return
    binaries = postgres.find_binaries()
    if binaries is None:
        sys.exit(postgres.INSTALL)
    folder.chmod(0o711)
    server = postgres.start_server(folder / "postgres", binaries)
    try:
        with psycopg.connect(server.conninfo(), autocommit=True) as office:
            office.execute("CREATE DATABASE siege")
        yield _migrated(server.url("siege"), folder)
    finally:
        postgres.stop_server(server)


def _migrated(url: str, folder: Path) -> Settings:
    migrate.upgrade(url)
    testing = resources.folder("config") / "testing.toml"
    chosen = load_settings({CONFIG_VARIABLE: str(testing), "TIMING_DATABASE_URL": url})
    return msgspec.structs.replace(chosen, data_dir=str(folder / "var"))


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", nargs="?", default="sqlite", choices=["sqlite", "postgres"])
    parser.add_argument("--kills", type=int, default=FULL.kills)
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with settings_of(asked.engine, folder) as settings:
            outcome = besiege(FULL._replace(kills=asked.kills), settings, folder)
    print(
        f"{asked.engine}: server killed {outcome.kills} times, readers {outcome.reader_kills} "
        f"times in {outcome.seconds:.0f} s; {outcome.acknowledged} lines acknowledged, "
        f"{outcome.kept} kept, {len(outcome.lost)} lost, {len(outcome.doubled)} doubled"
    )
    return 1 if outcome.lost or outcome.doubled else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
