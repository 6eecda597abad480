"""Font files as measures: which characters a face has and how wide they are, in 1/1000 em."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import font_roboto
import uharfbuzz as hb

PER_EM = 1000.0
FIGURES = "0123456789"


class FontError(ValueError):
    """A font file is missing or cannot be read; the sentence names it."""


class Widths(dict[str, float]):
    """Advance of each character in 1/1000 em, measured when first asked for."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        width = self._face.advance(self._face.glyph(char))
        self[char] = width
        return width


class Face:
    """One face of one font file (TrueType or OpenType, alone or in a collection)."""

    def __init__(self, path: Path, index: int = 0) -> None:
        if not path.is_file():
            raise FontError(f"{path}: no such font file")
        self.path = path
        self.index = index
        try:
            self.hb_face = hb.Face(hb.Blob.from_file_path(str(path)), index)
            self.hb_font = hb.Font(self.hb_face)
            self.codepoints = self.hb_face.unicodes
        except (hb.HarfBuzzError, ValueError, MemoryError) as found:
            raise FontError(f"{path}: {found}; expected a TrueType or OpenType font") from found
        if not self.hb_face.glyph_count or not len(self.codepoints):
            raise FontError(f"{path}: no glyphs; expected a TrueType or OpenType font")
        self.widths = Widths(self)

    def __repr__(self) -> str:
        return f"Face({self.path.name!r}, {self.index})"

    @cached_property
    def name(self) -> str:
        """A name for use inside a PDF: letters, figures and hyphens only."""
        stem = "".join(c for c in self.path.stem if c.isascii() and (c.isalnum() or c == "-"))
        return f"{stem or 'Font'}-{self.index}" if self.index else stem or "Font"

    @cached_property
    def chars(self) -> frozenset[str]:
        """All characters that the face has a glyph for, without those that only give orders."""
        return frozenset(
            char for char in map(chr, self.codepoints) if unicodedata.category(char) != "Cf"
        )

    @cached_property
    def widest(self) -> float:
        """The widest character of Latin, Greek and Cyrillic."""
        return max((self.widths[c] for c in self.chars if c < "\u0500"), default=PER_EM)

    @cached_property
    def tabular(self) -> bool:
        """Whether all figures have one width."""
        return len({self.widths[figure] for figure in FIGURES}) == 1

    def has(self, char: str) -> bool:
        return ord(char) in self.codepoints

    def glyph(self, char: str) -> int:
        """The glyph number of a character; 0 (the missing glyph) if there is none."""
        return self.hb_font.get_nominal_glyph(ord(char)) or 0

    def advance(self, glyph: int) -> float:
        """The width of a glyph in 1/1000 em, rounded as it is written into the PDF."""
        scaled: int = self.hb_font.get_glyph_h_advance(glyph)
        return round(scaled * PER_EM / int(self.hb_face.upem), 3)

    def measure(self, text: str) -> float:
        """The width of a text of this face's own characters, in 1/1000 em."""
        return sum(map(self.widths.__getitem__, text))


@dataclass(frozen=True)
class FontBook:
    """The faces that a sheet is set in, and where to look for scripts that they lack.

    extra: font files that are asked first for a missing character.
    search: whether the usual font folders of the system are searched after them.
    """

    regular: Face
    bold: Face
    extra: tuple[Path, ...] = ()
    search: bool = True
    language: str = field(default="en", compare=False)

    def face(self, *, bold: bool) -> Face:
        return self.bold if bold else self.regular


@cache
def open_face(path: Path, index: int = 0) -> Face:
    """Open a font file once a process. Raises FontError."""
    return Face(path, index)


@cache
def house_book(extra: tuple[Path, ...] = (), *, search: bool = True) -> FontBook:
    """Roboto (Latin, Vietnamese, Greek, Cyrillic) with the given files behind it.

    Raises FontError if one of the files is missing, so that it is named before anything is drawn.
    """
    for path in extra:
        open_face(path)
    return FontBook(
        regular=open_face(Path(font_roboto.Roboto)),
        bold=open_face(Path(font_roboto.RobotoBold)),
        extra=extra,
        search=search,
    )
