"""Files that another program keeps writing, rewriting and replacing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Consumer, Journal, KilledError
from timing.core.clock import SECOND, Instant
from timing.readers.delivery import Host
from timing.readers.formats import FORMATS
from timing.readers.live import files_at
from timing.readers.sighting import Refused, Sighting
from timing.readers.watch import SETTLED, WatchedFile, watch

LINES = [f"{n},0:{n:02d}:00\n" for n in range(1, 11)]


def make(position):
    return FORMATS["csv"].make(reads.SETUP._replace(position=position))


class Folder:
    """A file under watch and the minutes that pass; `look` gives the bibs of what is new."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "times.csv"
        self.now = Instant(0)
        self.file = WatchedFile(self.path, make, {})

    def write(self, text: str, mode: str = "a") -> None:
        with self.path.open(mode, encoding="utf-8") as file:
            file.write(text)

    def events(self):
        self.now = Instant(self.now + SECOND)
        return self.file.look(self.now)

    def look(self):
        return [event.bib for event in self.events() if isinstance(event, Sighting)]

    def restart(self) -> None:
        self.file = WatchedFile(self.path, make, self.file.position)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def test_what_is_added_is_read_once(folder):
    folder.write(LINES[0] + LINES[1])
    assert folder.look() == ["1", "2"]
    assert folder.look() == []
    folder.write(LINES[2])
    assert folder.look() == ["3"]


def test_a_line_that_is_still_being_written_waits_for_its_end(folder):
    folder.write(LINES[0] + "2,0:0")
    assert folder.look() == ["1"]
    folder.write("2:00\n")
    assert folder.look() == ["2"]


def test_a_last_line_that_never_ends_is_taken_when_the_file_rests(folder):
    folder.write("1,0:01:00\n2,0:02:00")
    assert folder.look() == ["1"]
    folder.now = Instant(folder.now + SETTLED)
    assert folder.look() == ["2"]
    assert folder.look() == []


def test_a_file_that_goes_on_after_a_rest_brings_the_same_keys_again(folder):
    folder.write("1,0:01:00\n2,0:02:00")
    first = folder.events()
    folder.now = Instant(folder.now + SETTLED)
    first += folder.events()
    folder.write("\n3,0:03:00\n")
    again = folder.events()
    assert [event.key for event in again][:2] == [event.key for event in first]
    assert [event.bib for event in again] == ["1", "2", "3"]


def test_a_rewritten_file_is_read_from_its_start_and_repeats_its_keys(folder):
    folder.write("".join(LINES[:3]))
    first = {event.key for event in folder.events()}
    folder.write("9,0:00:30\n" + "".join(LINES[:3]), "w")
    again = {event.key for event in folder.events()}
    assert again >= first
    assert len(again - first) == 1


def test_a_file_that_became_shorter_is_read_from_its_start(folder):
    folder.write("".join(LINES))
    assert len(folder.look()) == 10
    folder.write(LINES[9], "w")
    assert folder.look() == ["10"]


def test_a_restarted_process_goes_on_where_it_was(folder):
    folder.write("bib,time\n" + LINES[0] + LINES[1])
    assert folder.look() == ["1", "2"]
    folder.restart()
    assert folder.look() == []
    folder.write(LINES[2])
    assert folder.look() == ["3"]


def test_a_restarted_process_still_counts_equal_lines(folder):
    folder.write(LINES[0])
    (first,) = folder.events()
    folder.restart()
    folder.write(LINES[0])
    (second,) = folder.events()
    assert second.key != first.key


def test_a_restarted_process_reads_all_of_a_file_that_changed_meanwhile(folder):
    folder.write(LINES[0] + LINES[1])
    assert folder.look() == ["1", "2"]
    folder.write(LINES[4] + LINES[1], "w")
    folder.restart()
    assert folder.look() == ["5", "2"]


def test_a_refused_line_of_a_file_has_its_line_number(folder):
    folder.write(LINES[0] + "\r\n" + "3,soon\n")
    refused = [event for event in folder.events() if isinstance(event, Refused)]
    assert [(each.line_no, each.line, each.code) for each in refused] == [(3, "3,soon", "time")]


def test_a_file_that_is_not_there_yet_is_told_once_and_read_when_it_comes(tmp_path):
    path, journal, told = tmp_path / "later.csv", Journal(1), []
    stop, looks = threading.Event(), []

    def sleep(_):
        looks.append(len(told))
        if len(looks) == 3:
            path.write_text(LINES[0])
        if len(looks) == 5:
            stop.set()

    host = Host(lambda: Instant(len(looks)), stop, told.append, sleep=sleep)
    watch(lambda: [path], make, journal, host)
    assert [sighting.bib for sighting in journal.sightings.values()] == ["1"]
    assert len(told) == 1
    assert told[0].startswith("cannot read later.csv")


def test_a_network_folder_that_is_away_for_a_while_is_told_once_and_read_again(tmp_path):
    folder, away = tmp_path / "share", tmp_path / "away"
    folder.mkdir()
    (folder / "a.csv").write_text(LINES[0])
    journal, told, stop, looks = Journal(2), [], threading.Event(), []
    steps = {
        2: lambda: folder.rename(away),
        4: lambda: (away / "b.csv").write_text(LINES[1]),
        5: lambda: away.rename(folder),
        7: stop.set,
    }

    def sleep(_):
        looks.append(1)
        steps.get(len(looks), lambda: None)()

    host = Host(lambda: Instant(len(looks)), stop, told.append, sleep=sleep)
    watch(files_at(str(folder)), make, journal, host)
    assert {sighting.bib for sighting in journal.sightings.values()} == {"1", "2"}
    assert len(told) == 1
    assert told[0].startswith("cannot read the folder")


def test_a_killed_consumer_of_a_growing_folder_loses_and_doubles_nothing(tmp_path):
    journal = Journal(30, dies_at=(2, -4, -6, 9), fails_at=(5,))
    written = iter([(name, line) for line in LINES for name in ("a.csv", "b.csv", "c.csv")])

    def paths():
        for name, line in [each for _, each in zip(range(2), written, strict=False)]:
            with (tmp_path / name).open("a") as file:
                file.write(f"{name[0]}{line}")
        return tmp_path.glob("*.csv")

    def drive(host):
        watch(paths, make, journal, host)

    with Consumer(drive) as consumer:
        assert journal.full.wait(20)
    assert {sighting.bib for sighting in journal.sightings.values()} == {
        f"{name}{n}" for name in "abc" for n in range(1, 11)
    }
    assert len(journal.sightings) == 30
    assert consumer.deaths == 4


def test_a_death_of_the_consumer_is_not_swallowed(tmp_path):
    (tmp_path / "a.csv").write_text(LINES[0])
    host = Host(lambda: Instant(0), threading.Event(), print, sleep=lambda _: None)
    with pytest.raises(KilledError):
        watch(lambda: tmp_path.glob("*.csv"), make, Journal(1, dies_at=(1,)), host)
