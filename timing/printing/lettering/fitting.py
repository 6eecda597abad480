"""Texts made to fit a width: smaller type, then two small lines, then an ellipsis.

A setting is a tuple of runs, each with its place relative to the start of the first base line.
Widths and sizes are points.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from timing.printing.lettering.faces import PER_EM, Face, FontBook
from timing.printing.lettering.pieces import Cutter, Glyph, Piece, tidy

ELLIPSIS = "\u2026"
LEAST = 0.64
"""The least share of its size that one line of type is shrunk to."""
LEAST_OF_TWO = 0.52
"""The least share of the size for a text that is set in two lines within one row."""
MOST_OF_TWO = 0.64
"""Two lines of this share of the size just fill a row."""
LINE = 1.18
"""Line to line distance as a share of the type size."""
STEPS = 0.02  # sizes go in steps so that equal shares give equal sizes


class Run(NamedTuple):
    """Type of one face and size at (x, y) from the start of its setting; glyphs or text."""

    face: Face
    size: float
    x: float
    y: float
    width: float
    text: str = ""
    glyphs: tuple[Glyph, ...] = ()


Setting = tuple[Run, ...]


class Fitter:
    """Sets texts of one document; one cutter collects the glyphs and the missing characters."""

    def __init__(self, book: FontBook, language: str) -> None:
        self.book = replace(book, language=language)
        self.cutter = Cutter(self.book)

    @cached_property
    def cap_height(self) -> float:
        """Height of a capital letter in 1/1000 em: what rows are centred on."""
        house = self.book.regular
        extents = house.hb_font.get_glyph_extents(house.glyph("H"))
        return float(extents.y_bearing) * PER_EM / float(house.hb_face.upem)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        return _width(self.cutter.cut(tidy(text), bold=bold)) * size / PER_EM

    def line(self, text: str, size: float, width: float, *, bold: bool = False) -> Setting:
        """One line, shrunk and at last cut with an ellipsis to stay within the width."""
        pieces = self.cutter.cut(tidy(text), bold=bold)
        share = _share(_width(pieces) * size / PER_EM, width)
        if share < LEAST:
            share = LEAST
            pieces = self._cut_off(tidy(text), size * share, width, bold=bold)
        return _runs(pieces, size * share, 0.0)

    def cell(self, text: str, size: float, width: float, *, bold: bool = False) -> Setting:
        """A text within one row: one line, or two small ones around the middle of the row."""
        whole = self.cutter.cut(tidy(text), bold=bold)
        share = _share(_width(whole) * size / PER_EM, width)
        if share >= LEAST:
            return _runs(whole, size * share, 0.0)
        first, second = self._halves(tidy(text), bold=bold)
        needed = max(self.width(first, size, bold=bold), self.width(second, size, bold=bold))
        small = size * min(max(_share(needed, width), LEAST_OF_TWO), MOST_OF_TWO)
        middle = self.cap_height * (size - small) / PER_EM / 2
        lines = [self._cut_off(part, small, width, bold=bold) for part in (first, second) if part]
        rise = small * 1.02 / 2 * (len(lines) - 1)
        return tuple(
            run
            for n, pieces in enumerate(lines)
            for run in _runs(pieces, small, middle + rise - n * small * 1.02)
        )

    def paragraph(
        self, text: str, size: float, width: float, *, bold: bool = False, most: int = 99
    ) -> list[Setting]:
        """Lines broken at blanks; what is left after the last allowed line is cut off."""
        lines: list[Setting] = []
        words = tidy(text).split(" ")
        while words:
            count = self._words_in(words, size, width, bold=bold)
            last = len(lines) == most - 1
            if count and not last:
                lines.append(self.line(" ".join(words[:count]), size, width, bold=bold))
                words = words[count:]
            elif last or self.width(words[0], size * LEAST, bold=bold) <= width:
                lines.append(
                    self.line(" ".join(words if last else words[:1]), size, width, bold=bold)
                )
                words = [] if last else words[1:]
            else:
                head = self._head(words[0], size, width, bold=bold)
                lines.append(self.line(words[0][:head], size, width, bold=bold))
                words[0] = words[0][head:]
        return lines

    def _words_in(self, words: list[str], size: float, width: float, *, bold: bool) -> int:
        """How many of the next words fit on one line."""
        used = 0.0
        blank = self.width(" ", size, bold=bold)
        for count, word in enumerate(words):
            used += self.width(word, size, bold=bold) + (blank if count else 0.0)
            if used > width + 1e-6:
                return count
        return len(words)

    def _head(self, word: str, size: float, width: float, *, bold: bool) -> int:
        """How many characters of a word that is longer than the line fit on it; at least one."""
        used = 0.0
        for count, char in enumerate(word):
            used += self.width(char, size, bold=bold)
            if used > width and count:
                return count
        return len(word)

    def _halves(self, text: str, *, bold: bool) -> tuple[str, str]:
        """The text broken at the blank or hyphen that leaves the shorter longest half."""
        breaks = [n for n in range(2, len(text)) if text[n - 1] in " -\u2010/"]
        if not breaks:
            breaks = [len(text) // 2]
        best = min(
            breaks,
            key=lambda n: max(
                self.width(text[:n].rstrip(), PER_EM, bold=bold),
                self.width(text[n:].lstrip(), PER_EM, bold=bold),
            ),
        )
        return text[:best].rstrip(), text[best:].lstrip()

    def _cut_off(self, text: str, size: float, width: float, *, bold: bool) -> tuple[Piece, ...]:
        """The pieces of the longest beginning that fits, with an ellipsis where it was cut."""
        whole = self.cutter.cut(text, bold=bold)
        room = width * PER_EM / size + 1e-6
        if _width(whole) <= room:
            return whole
        low, high = 0, len(text)
        while high - low > 1:
            middle = (low + high) // 2
            if _width(self.cutter.cut(text[:middle].rstrip() + ELLIPSIS, bold=bold)) <= room:
                low = middle
            else:
                high = middle
        return self.cutter.cut(text[:low].rstrip() + ELLIPSIS, bold=bold)


def setting_width(setting: Setting) -> float:
    """From the start of a setting to the end of its longest line."""
    return max((run.x + run.width for run in setting), default=0.0)


def shifted(setting: Setting, dx: float, dy: float) -> Setting:
    return tuple(run._replace(x=run.x + dx, y=run.y + dy) for run in setting)


def _width(pieces: tuple[Piece, ...]) -> float:
    return sum(piece.width for piece in pieces)


def _share(needed: float, width: float) -> float:
    if needed <= width + 1e-6:
        return 1.0
    return max(width, 0.0) / needed // STEPS * STEPS


def _runs(pieces: tuple[Piece, ...], size: float, y: float) -> Setting:
    runs = []
    x = 0.0
    for piece in pieces:
        width = piece.width * size / PER_EM
        runs.append(Run(piece.face, size, x, y, width, piece.text, piece.glyphs))
        x += width
    return tuple(runs)
