"""A box that counts nothing: it sends line after line, and knows no line that it could repeat."""

from __future__ import annotations

from collections.abc import Callable

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth


def in_silence(_: Mouth) -> None:
    """Most boxes begin without a word."""


class Stream:
    """Sends the lines of the race; a line that broke is sent whole on the next connection.

    line: of each number from 1. hello: what is said and heard before the first line.
    again: every connection gets everything from the first line, as from a replay.
    """

    def __init__(
        self,
        line: Callable[[int], bytes],
        hello: Callable[[Mouth], None] = in_silence,
        *,
        again: bool = False,
    ) -> None:
        self._line, self._hello, self._again = line, hello, again
        self._next = 1

    def talk(self, mouth: Mouth) -> None:
        self._hello(mouth)
        if self._again:
            self._next = 1
        while self._next <= reads.COUNT:
            mouth.say(self._line(self._next))
            self._next += 1
        mouth.until_gone()
