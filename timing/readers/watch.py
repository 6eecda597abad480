"""Files that a timing program keeps writing: read what is added, and all of it when rewritten.

A last line without its end waits, because it may still be written; after a while it is taken.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from timing.core.clock import SECOND, Duration, Instant
from timing.readers.delivery import Host, Sink, deliver
from timing.readers.grammar import Grammar
from timing.readers.sighting import Event, Position

_T = TypeVar("_T")
MakeGrammar = Callable[[Position], Grammar]
_BYTES = 1 << 20
SETTLED = Duration(30 * SECOND)


class _Stamp(NamedTuple):
    size: int
    changed: int


class WatchedFile:
    """One file: how much of it was read, and whether that part is still the same.

    A rewritten file is read again from its start. That is harmless: a line that was there
    before has the same key. The position is a length and a checksum under the file's name.
    """

    def __init__(self, path: Path, make: MakeGrammar, stored: Position) -> None:
        self._path, self._make = path, make
        self._stored: Position | None = stored
        self._stamp: _Stamp | None = None
        self._changed: Instant | None = None
        self._restart()

    def look(self, now: Instant) -> list[Event]:
        """The events of what is new. Raises OSError."""
        status = self._path.stat()
        stamp = _Stamp(status.st_size, status.st_mtime_ns)
        if stamp == self._stamp:
            return self._take_the_rest(now)
        events = self._read()
        self._stamp, self._changed = stamp, now
        return events

    @property
    def position(self) -> Position:
        name = self._path.name
        return {f"{name}:bytes": self._length, f"{name}:sum": self._sum}

    def _restart(self) -> None:
        self._grammar = self._make({})
        self._length = self._sum = 0
        self._taken = False

    def _read(self) -> list[Event]:
        with self._path.open("rb") as file:
            before = file.read(self._length) if self._length else b""
            if self._taken or len(before) < self._length or zlib.crc32(before) != self._sum:
                self._restart()
                file.seek(0)
            if self._stored is not None:
                self._skip_known(file.read(self._stored.get(f"{self._path.name}:bytes", 0)))
                file.seek(self._length)
            events: list[Event] = []
            while piece := file.read(_BYTES):
                self._length += len(piece)
                self._sum = zlib.crc32(piece, self._sum)
                events += self._grammar.feed(piece)
        return events

    def _skip_known(self, start: bytes) -> None:
        """After a restart of the process: read the known part in silence, if it is the same."""
        stored, self._stored = self._stored or {}, None
        name = self._path.name
        known = stored.get(f"{name}:bytes", 0)
        if known and len(start) == known and zlib.crc32(start) == stored.get(f"{name}:sum"):
            self._grammar.feed(start)
            self._length, self._sum = known, zlib.crc32(start)

    def _take_the_rest(self, now: Instant) -> list[Event]:
        if self._taken or self._changed is None or now - self._changed < SETTLED:
            return []
        self._taken = True
        return self._grammar.close()


def watch(
    paths: Callable[[], Iterable[Path]],
    make: MakeGrammar,
    sink: Sink,
    host: Host,
) -> None:
    """Follow files until the work is stopped; paths is asked again each time (a folder, a glob).

    A file or a folder that cannot be read now is told once and tried again.
    """
    files: dict[Path, WatchedFile] = {}
    voice = _Voice(host.tell)
    while not host.stopped():
        for path in voice.hush(None, lambda: sorted(paths()), "the folder") or ():
            file = files.get(path)
            if file is None:
                file = files[path] = WatchedFile(path, make, sink.position())
            look = partial(file.look, host.clock())
            events = voice.hush(path, look, path.name)
            if events is not None:
                deliver(events, partial(_position_of, file), sink, host, _no_answer)
        host.wait(host.poll)


class _Voice:
    """Tells once of what cannot be read now, and again when it could be read in between."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._troubled: set[Path | None] = set()

    def hush(self, about: Path | None, read: Callable[[], list[_T]], name: str) -> list[_T] | None:
        """What was read; None where it could not be, as in a network folder that is away."""
        try:
            found = read()
        except OSError as error:
            if about not in self._troubled:
                self._tell(f"cannot read {name}: {error}")
                self._troubled.add(about)
            return None
        self._troubled.discard(about)
        return found


def _position_of(file: WatchedFile) -> Position:
    return file.position


def _no_answer(_: bytes) -> None:
    """A file takes no answers."""
