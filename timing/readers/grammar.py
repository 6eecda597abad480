"""The shape of a grammar: bytes of one connection or file in, events out, in any chunking.

No grammar opens a socket, reads a clock or raises on what it is fed.
"""

from __future__ import annotations

import csv
import re
from abc import ABC, abstractmethod
from types import MappingProxyType
from typing import NamedTuple, Protocol

from timing.readers.moments import Calendar, Zone
from timing.readers.sighting import Event, Position, Refused, UnreadableError, shown

LIMIT = 65_536  # bytes without a line end after which a line is no line
_REMEMBERED = 100_000  # lines of one stream that are known again


class Setup(NamedTuple):
    """What the crew knows and the box does not say.

    name: how we introduce ourselves. position: where an earlier connection stopped.
    columns, clock: for tables only, see ``table.Table``. title: name of the race, where asked.
    """

    zone: Zone = Zone()
    position: Position = MappingProxyType({})
    name: str = "timing"
    title: str = "race"
    columns: str | None = None
    clock: str | None = None


class Grammar(Protocol):
    """One connection of one box, or one pass over one file. Feeding never raises."""

    def greet(self) -> list[Event]:
        """What we say first, once the connection stands."""
        ...

    def feed(self, data: bytes) -> list[Event]:
        """The events of the next bytes; the same however the bytes are cut."""
        ...

    def idle(self) -> list[Event]:
        """What we say when the box has been silent for about a second."""
        ...

    def close(self, *, cut: bool = False) -> list[Event]:
        """The end: cut means that the connection broke, so a last half line is no line."""
        ...

    @property
    def position(self) -> Position:
        """Where a later connection goes on; true once all events so far are committed."""
        ...


class Piece(bytes):
    """A part of a line that never ended; it is kept but not read."""

    __slots__ = ()


class Frames:
    """Cuts a stream into lines (CR, LF or CRLF) or at one end mark."""

    def __init__(self, end: bytes | None = None) -> None:
        self._end = re.compile(re.escape(end) if end else rb"\r\n|\r|\n")
        self._lines = end is None
        self._rest = b""
        self._after_cr = False
        self._over = False

    def split(self, data: bytes) -> list[bytes]:
        """The frames that these bytes complete, without their ends."""
        if self._after_cr and data:
            data = data.removeprefix(b"\n")
            self._after_cr = False
        if not data:
            return []
        self._after_cr = self._lines and data.endswith(b"\r")
        parts = self._end.split(self._rest + data)
        self._rest = parts.pop()
        frames = parts if max(map(len, parts), default=0) <= LIMIT else self._shortened(parts)
        if self._over and parts:
            frames[0], self._over = Piece(frames[0]), False
        while len(self._rest) > LIMIT:
            frames.append(Piece(self._rest[:LIMIT]))
            self._rest, self._over = self._rest[LIMIT:], True
        return frames

    def rest(self) -> bytes:
        """What is left after the last end mark; forgotten by this call."""
        left, self._rest = self._rest, b""
        return Piece(left) if self._over else left

    @staticmethod
    def _shortened(parts: list[bytes]) -> list[bytes]:
        frames: list[bytes] = []
        for part in parts:
            if len(part) <= LIMIT:
                frames.append(part)
                continue
            # The last piece is never empty, as when the bytes come one by one.
            last = (len(part) - 1) // LIMIT * LIMIT
            frames.extend(Piece(part[i : i + LIMIT]) for i in range(0, last, LIMIT))
            frames.append(Piece(part[last:]))
        return frames


def text_of(frame: bytes) -> str:
    """The text of a line: UTF-8, else Latin-1 (which never fails); NUL becomes visible."""
    try:
        text = frame.decode("utf-8")
    except UnicodeDecodeError:
        text = frame.decode("latin-1")
    return text.replace("\x00", "␀")


def whole(text: str) -> int | None:
    """A count of at most 18 digits, which every database holds; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def signed(text: str) -> int | None:
    """The same with a minus sign allowed: signal strengths are often negative."""
    number = whole(text.removeprefix("-"))
    return -number if number is not None and text.startswith("-") else number


def cells_of(line: str, separator: str = ",") -> list[str]:
    """The fields of one line of a CSV file, quotes understood. Raises UnreadableError."""
    try:
        rows = list(csv.reader([line.removeprefix("\ufeff")], delimiter=separator))
    except csv.Error as error:
        raise UnreadableError("csv", f"{shown(line)} is no row: {error}") from error
    return [cell.strip() for cell in rows[0]] if rows else []


class Occurrences:
    """Tells the first, second and third of equal lines apart within one stream."""

    def __init__(self) -> None:
        self._now: dict[str, int] = {}
        self._before: dict[str, int] = {}

    def key(self, text: str) -> str:
        """The text itself the first time, then text#2, text#3 and so on."""
        count = self._now.get(text) or self._before.get(text, 0)
        if len(self._now) >= _REMEMBERED:
            self._before, self._now = self._now, {}
        self._now[text] = count + 1
        return text if count == 0 else f"{text}#{count + 1}"


UNFORESEEN = "unforeseen"  # the code of a line that a grammar should have refused itself


class ByLine(ABC):
    """A grammar that reads line by line; a protocol says only what a line means."""

    end: bytes | None = None

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.calendar = Calendar(setup.zone)
        self.line_no = 0
        self.quiet = 0  # how often in a row there was nothing to hear
        self._frames = Frames(self.end)
        self._occurrences = Occurrences()
        self._position = dict(setup.position)

    @abstractmethod
    def read(self, line: str) -> list[Event]:
        """What a line says. Raises UnreadableError, which keeps the line as refused."""

    def greet(self) -> list[Event]:
        return []

    def idle(self) -> list[Event]:
        self.quiet += 1
        return []

    def blank(self) -> list[Event]:
        """What an empty line says: nothing, in most protocols."""
        return []

    def feed(self, data: bytes) -> list[Event]:
        self.quiet = 0
        events: list[Event] = []
        for frame in self._frames.split(data):
            events += self._frame(frame)
        return events

    def close(self, *, cut: bool = False) -> list[Event]:
        rest = self._frames.rest()
        if not rest:
            return []
        if not cut:
            return self._frame(rest)
        self.line_no += 1
        return [self.unread(text_of(rest), "cut-off", "the connection broke within this line")]

    @property
    def position(self) -> Position:
        return dict(self._position)

    def key(self, text: str) -> str:
        """The key of a sighting whose text carries no number of its own."""
        return self._occurrences.key(text)

    def unread(self, line: str, code: str, sentence: str) -> Refused:
        return Refused(self.line_no, line, code, sentence)

    def _frame(self, frame: bytes) -> list[Event]:
        self.line_no += 1
        line = text_of(frame)
        if type(frame) is Piece:
            sentence = f"a line without an end: {shown(line)}; expected at most {LIMIT} bytes"
            return [self.unread(line, "too-long", sentence)]
        if not line or line.isspace():
            return self.blank()
        try:
            return self.read(line)
        except UnreadableError as error:
            return [self.unread(line, error.code, error.sentence)]
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the stream
            return [self.unread(line, UNFORESEEN, f"not understood: {error!r}")]
