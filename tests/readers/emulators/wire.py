"""What an emulated box is made of: a thread, and a mouth that speaks in pieces and breaks."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from timing.core.clock import Instant
from timing.readers.delivery import Batch, CommitError, Host
from timing.readers.sighting import Refused, Sighting

PATIENCE = 20  # seconds after which a test has failed


class CutError(Exception):
    """The connection is gone: the emulator broke it, or the other side did."""


class KilledError(BaseException):
    """The consumer's process dies here; nothing of the driver may catch it."""


class Faults(NamedTuple):
    """chunk: bytes sent at once. cut_after: bytes after which the 1st, 2nd… connection breaks."""

    chunk: int = 11
    cut_after: Sequence[int] = ()


class Mouth:
    """One connection of a box."""

    def __init__(self, peer: socket.socket, chunk: int, budget: int | None) -> None:
        self._peer, self._chunk, self._budget = peer, chunk, budget
        self._heard = b""
        peer.settimeout(PATIENCE)

    def say(self, data: bytes) -> None:
        for start in range(0, len(data), self._chunk):
            piece = data[start : start + self._chunk]
            if self._budget is not None:
                piece, self._budget = piece[: self._budget], self._budget - len(piece)
            try:
                self._peer.sendall(piece)
            except OSError as error:
                raise CutError from error
            if self._budget is not None and self._budget <= 0:
                raise CutError

    def hear(self, end: bytes, seconds: float = PATIENCE) -> bytes | None:
        """The next line without its end; None if nothing was said for so long."""
        found = self.match(re.compile(b"(.*?)" + re.escape(end), re.DOTALL), seconds)
        return found[1] if found else None

    def match(self, words: re.Pattern[bytes], seconds: float = PATIENCE) -> re.Match | None:
        """The next words of this form; None if nothing was said for so long."""
        self._peer.settimeout(seconds)
        while (found := words.match(self._heard)) is None:
            try:
                data = self._peer.recv(4096)
            except TimeoutError:
                return None
            except OSError as error:
                raise CutError from error
            if not data:
                raise CutError
            self._heard += data
        self._heard = self._heard[found.end() :]
        return found

    def until_gone(self) -> None:
        """Wait until the other side leaves."""
        while self.hear(b"\x00never\x00") is None:
            pass


class Box:
    """A thread that talks to every connection in turn until it is told to stop."""

    def __init__(self, talk: Callable[[Mouth], None], faults: Faults) -> None:
        self._talk, self._faults = talk, faults
        self._over = threading.Event()
        self.connections = 0
        self._peer: socket.socket | None = None
        self._thread = threading.Thread(target=self._live, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        if self._peer is not None:
            with contextlib.suppress(OSError):
                self._peer.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the emulated box does not end"

    def _converse(self, peer: socket.socket) -> None:
        cuts = self._faults.cut_after
        budget = cuts[self.connections] if self.connections < len(cuts) else None
        self.connections += 1
        self._peer = peer
        with peer, contextlib.suppress(CutError):
            self._talk(Mouth(peer, self._faults.chunk, budget))

    def _live(self) -> None: ...


class ListeningBox(Box):
    """A box that is a server, as most readers are."""

    def __init__(self, talk: Callable[[Mouth], None], faults: Faults) -> None:
        super().__init__(talk, faults)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(0.02)
        self.address = self._door.getsockname()

    def _live(self) -> None:
        with self._door:
            while not self._over.is_set():
                with contextlib.suppress(TimeoutError):
                    peer, _ = self._door.accept()
                    self._converse(peer)


class DialingBox(Box):
    """A program that connects to us, again and again; `done` once its talk came to its end."""

    def __init__(
        self, talk: Callable[[Mouth], None], faults: Faults, address: Callable[[], tuple[str, int]]
    ) -> None:
        super().__init__(self._to_the_end(talk), faults)
        self._address = address
        self.done = threading.Event()

    def _to_the_end(self, talk: Callable[[Mouth], None]) -> Callable[[Mouth], None]:
        def whole(mouth: Mouth) -> None:
            talk(mouth)
            self.done.set()
            mouth.until_gone()

        return whole

    def _live(self) -> None:
        while not self._over.is_set():
            try:
                peer = socket.create_connection(self._address(), timeout=PATIENCE)
            except OSError:
                self._over.wait(0.005)
            else:
                self._converse(peer)


class Journal:
    """Where batches become durable in these tests: a key that is known is a no-op.

    expected: after so many sightings `full` is set. dies_at: commits (counted from 1) in which
    the consumer is killed, after saving where the number is negative. fails_at: commits that
    must be tried again. forgetful: where to go on is not kept, so that all is asked for again.
    """

    def __init__(
        self,
        expected: int,
        dies_at: Sequence[int] = (),
        fails_at: Sequence[int] = (),
        *,
        dies_with: Sequence[int] = (),
        forgetful: bool = False,
    ) -> None:
        self.sightings: dict[str, Sighting] = {}
        self.refused: list[Refused] = []
        self.clocks: list[tuple[int, int]] = []
        self.stored: dict[str, int] = {}
        self.commits = 0
        self.repeats = 0
        self.full = threading.Event()
        self._expected, self._dies_at, self._fails_at = expected, dies_at, fails_at
        self._dies_with, self._forgetful = list(dies_with), forgetful

    def position(self) -> dict[str, int]:
        return {} if self._forgetful else dict(self.stored)

    def commit(self, batch: Batch) -> None:
        self.commits += 1
        if self.commits in self._dies_at:
            raise KilledError
        if self.commits in self._fails_at:
            raise CommitError("the disk is full")
        for sighting in batch.sightings:
            self.repeats += sighting.key in self.sightings
            self.sightings.setdefault(sighting.key, sighting)
        self.refused += batch.refused
        self.clocks += batch.clocks
        self.stored |= batch.position
        there = len(self.sightings)
        if there >= self._expected and not self._forgetful:
            self.full.set()
        if -self.commits in self._dies_at:
            raise KilledError
        if batch.sightings and self._forgetful:
            self._say_again(there)

    def _say_again(self, there: int) -> None:
        """Everything is known once the box has said all of it after the last death."""
        if self._dies_with and there >= self._dies_with[0]:
            del self._dies_with[0]
            raise KilledError
        if there >= self._expected:
            self.full.set()


class Consumer:
    """Runs a driver in a thread and starts it again whenever it was killed."""

    def __init__(self, drive: Callable[[Host], None]) -> None:
        self._drive = drive
        self.told: list[str] = []
        self.paused: list[int] = []
        self.deaths = 0
        self.crash: BaseException | None = None
        self._ticks = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the driver does not stop"
        if self.crash:
            raise self.crash

    def _clock(self) -> Instant:
        """A clock that goes on ten milliseconds with every look at it."""
        self._ticks += 10_000
        return Instant(self._ticks)

    def _run(self) -> None:
        host = Host(
            self._clock, self._stop, self.told.append, sleep=self.paused.append, poll=10_000
        )
        while not self._stop.is_set():
            try:
                self._drive(host)
            except KilledError:
                self.deaths += 1
            except Exception as error:  # noqa: BLE001 - shown by the test, not by the thread
                self.crash = error
                return
