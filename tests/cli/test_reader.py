"""The terminal reads boxes and their files."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from tests.services.days import SLUG, run_day
from timing.cli import reader as reader_room
from timing.services.readers import reading
from timing.store import journal

TABLE = "bib,time\n101,6:45\n102,soon\n"


@pytest.fixture
def day(house):
    return run_day(house, "gun 0:00 | 101 start 0:01 | 102 start 0:01")


def bibs(house):
    with house.store.read() as tx:
        return [read.bib for read in journal.load_journal(tx, 1).reads]


def test_the_file_of_a_box_is_read_into_an_event_once(runner, house, day, tmp_path):
    path = tmp_path / "hand.csv"
    path.write_text(TABLE, encoding="utf-8")
    words = ("import", "reads", SLUG, path, "--format", "csv", "--point", "finish")
    for _ in range(2):
        ended = runner(*words)
        assert ended.exit_code == 1
        assert ended.stderr.startswith(f"{path}:3: ")
        assert ended.stdout == "1 sightings read, 1 lines refused.\n"
    assert bibs(house) == ["101", "102", "101"]


def test_a_wrong_word_is_told_with_what_was_expected(runner, day, tmp_path):
    path = tmp_path / "hand.csv"
    path.write_text(TABLE, encoding="utf-8")
    ended = runner("import", "reads", SLUG, path, "--format", "csv", "--point", "moon")
    assert (ended.exit_code, "expected one of start, finish" in ended.stderr) == (2, True)
    ended = runner("reader", "csv", path, "--event", "nowhere", "--point", "finish")
    assert (ended.exit_code, "no event 'nowhere'" in ended.stderr) == (2, True)


def test_a_reader_works_until_ctrl_c(runner, house, day, tmp_path, monkeypatch):
    path = tmp_path / "hand.csv"
    path.write_text(TABLE, encoding="utf-8")
    read = reading.read

    def interrupted(house, order, host, ready):
        def sleep(_):
            os.kill(os.getpid(), signal.SIGINT)

        host = type(host)(host.clock, host.stop, host.tell, sleep, host.poll)
        read(house, order, host, ready)

    monkeypatch.setattr(reading, "read", interrupted)
    before = signal.getsignal(signal.SIGINT)
    ended = runner("reader", "csv", path, "--event", SLUG, "--point", "finish", "--name", "Hand")
    assert ended.exit_code == 0
    assert ended.stdout == "reading csv at finish as 'Hand'; stop with Ctrl-C\n"
    assert bibs(house) == ["101", "102", "101"]
    assert signal.getsignal(signal.SIGINT) is before


def test_progress_counts_what_was_said(capsys):
    class Twice(threading.Event):
        looks = 0

        def wait(self, *_):
            self.looks += 1
            return self.looks > 2

    diary = reading.Diary(None, None, said=3, refused=1)
    reader_room._show(Twice(), diary)
    assert capsys.readouterr().out == "\r3 sightings, 1 lines refused" * 2
