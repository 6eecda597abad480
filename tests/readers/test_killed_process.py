"""A real reader process, killed with SIGKILL between a message and its acknowledgement."""

from __future__ import annotations

import contextlib
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readers.emulators import mylaps, reads
from tests.readers.emulators.wire import PATIENCE, DialingBox, Faults

ROOT = Path(__file__).parents[2]
KILLED_AT = {"5", "9", "21", "37"}


class Reader:
    """The process; `kill` ends it without warning and starts another."""

    def __init__(self, path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = free.getsockname()
        self._path = path
        self.deaths: list[str] = []
        self._start()

    def _start(self) -> None:
        words = ["-m", "tests.readers.emulators.process", str(self.address[1]), str(self._path)]
        self._process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL
        )

    def end(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE)

    def kill_at(self, number: str) -> None:
        if number in KILLED_AT and number not in self.deaths:
            self.deaths.append(number)
            self.end()
            self._start()


@pytest.mark.slow
def test_no_acknowledged_passing_is_lost_and_none_doubled_by_sigkill(tmp_path):
    path = tmp_path / "reads.db"
    reader = Reader(path)
    exporter = mylaps.Exporter(on_sent=reader.kill_at)
    try:
        with DialingBox(exporter.talk, Faults(chunk=4096), lambda: reader.address) as box:
            assert box.done.wait(PATIENCE * 3), "the exporter was not answered to the end"
    finally:
        reader.end()
    with contextlib.closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT line, at FROM sighting").fetchall()
    assert set(reader.deaths) == KILLED_AT
    passings = {line: at for line, at in rows if "mt=" not in line}
    assert passings == {mylaps.passing(n): reads.instant(n) for n in range(1, reads.COUNT + 1)}
    assert len(rows) == reads.COUNT + 1
