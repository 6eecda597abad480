"""Three laws for every format that is a file: it grows, it is replaced, and our process is killed.

Lines and records come in pieces, a file is moved aside and begun anew, and what it said is there
exactly once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.readers.emulators import reads
from tests.readers.emulators.spoken import SPOKEN
from tests.readers.emulators.wire import PATIENCE, Consumer, Journal
from timing.core.clock import SECOND, Instant
from timing.readers.formats import FORMATS, decode
from timing.readers.sighting import Refused, Sighting
from timing.readers.watch import SETTLED, WatchedFile, watch

FILES = sorted(name for name, each in FORMATS.items() if each.way == "file")
HEADS = {"csv": b"bib,time\r\n", "epc": b"Tag,Timestamp\n", "ipico-dbf": SPOKEN["ipico-dbf"][:64]}
HEADS["lif"] = SPOKEN["lif"].partition(b"\n")[0] + b"\n"
"""What a file of such a format begins with, every time that it is begun anew."""


def said(name: str, *contents: bytes) -> tuple[set[str], Counter[str]]:
    """The keys of what files say, and the lines that cannot be read."""
    told = [each for content in contents for each in decode(name, content, reads.SETUP)]
    keys = {each.key for each in told if isinstance(each, Sighting)}
    return keys, Counter(each.line for each in told if isinstance(each, Refused))


def ended(name: str) -> bytes:
    """What a box writes, its last line ended, too."""
    return SPOKEN[name] + (b"" if name == "ipico-dbf" else b"\n")


def parted(name: str) -> tuple[bytes, bytes]:
    """The same in two files, each whole in itself."""
    head, whole = HEADS.get(name, b""), ended(name)
    body = whole.removeprefix(head)
    if name == "ipico-dbf":
        return head + body[:82], head + body[82:]
    lines = body.splitlines(keepends=True)
    return head + b"".join(lines[:2]), head + b"".join(lines[2:])


class Watched:
    """One file under watch; between two looks a second goes by."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.now, self._name = path, Instant(0), name
        self.keys: list[str] = []
        self.refused: Counter[str] = Counter()
        self.path.touch()
        self.open({})

    def open(self, position: dict[str, int]) -> None:
        def make(place):
            return FORMATS[self._name].make(reads.SETUP._replace(position=place))

        self._file = WatchedFile(self.path, make, position)

    def look(self, after: int = SECOND) -> None:
        self.now = Instant(self.now + after)
        for event in self._file.look(self.now):
            if isinstance(event, Sighting):
                self.keys.append(event.key)
            elif isinstance(event, Refused):
                self.refused[event.line] += 1

    def grow(self, data: bytes) -> None:
        with self.path.open("ab") as file:
            file.write(data)
        self.look()

    def restart(self) -> None:
        self.open(dict(self._file.position))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_grows_says_each_thing_once_and_no_half_of_it(name, tmp_path):
    file = Watched(tmp_path / "box.log", name)
    for start in range(0, len(SPOKEN[name]), 7):
        file.grow(SPOKEN[name][start : start + 7])
    file.look(SETTLED)
    keys, refused = said(name, SPOKEN[name])
    assert sorted(file.keys) == sorted(keys)
    assert file.refused == refused


@pytest.mark.parametrize("name", FILES)
def test_a_process_that_starts_anew_in_the_middle_of_a_line_goes_on_there(name, tmp_path):
    file = Watched(tmp_path / "box.log", name)
    for start in range(0, len(SPOKEN[name]), 11):
        file.grow(SPOKEN[name][start : start + 11])
        file.restart()
        file.look()
    file.look(SETTLED)
    keys, refused = said(name, SPOKEN[name])
    assert sorted(file.keys) == sorted(keys)
    assert file.refused == refused


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_moved_aside_and_begun_anew_loses_and_doubles_nothing(name, tmp_path):
    """A folder is watched, as at the end of an hour or of a heat: the old file has a new name."""
    first, second = parted(name)
    keys, _ = said(name, first, second)
    journal = Journal(len(keys))
    path = tmp_path / "box.log"

    def steps() -> Iterator[object]:
        yield path.write_bytes(first[:-5])
        yield path.write_bytes(first)
        yield path.rename(tmp_path / "box.log.1")
        yield path.write_bytes(second[: len(second) // 2])
        yield path.write_bytes(second)

    follow(name, tmp_path, journal, steps())
    assert set(journal.sightings) == keys


@pytest.mark.parametrize("name", FILES)
def test_a_killed_process_loses_and_doubles_nothing_of_a_growing_file(name, tmp_path):
    data = ended(name)
    keys, refused = said(name, data)
    journal = Journal(len(keys), dies_at=(1, -2, 4, -5), fails_at=(3,))
    path = tmp_path / "box.log"
    grown = (path.write_bytes(data[:end]) for end in range(9, len(data) + 9, 9))
    consumer = follow(name, tmp_path, journal, grown)
    assert set(journal.sightings) == keys
    assert consumer.deaths >= 1
    assert {each.line for each in journal.refused} <= set(refused)


def follow(name: str, folder: Path, journal: Journal, steps: Iterator[object]) -> Consumer:
    """Watch a folder; between two looks at it the next step of the story happens."""

    def paths():
        next(steps, None)
        return [path for path in folder.iterdir() if path.is_file()]

    def drive(host):
        def make(place):
            return FORMATS[name].make(reads.SETUP._replace(position=place))

        watch(paths, make, journal, host)

    with Consumer(drive) as consumer:
        assert journal.full.wait(PATIENCE), f"only {len(journal.sightings)} arrived"
    return consumer
