"""A text cut into pieces of one face each, in the order in which they stand on paper.

House characters stay text. All others are shaped (joined, reordered, marks placed) into glyphs of a
fallback face. A character that no font has becomes the box of the missing glyph and is counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

import uharfbuzz as hb

from timing.printing.lettering.direction import levels_of, visual_order
from timing.printing.lettering.faces import PER_EM, Face, FontBook
from timing.printing.lettering.found_fonts import find_face

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
)
MISSING = "\ufffd"


class Glyph(NamedTuple):
    """One glyph of a fallback face; advance and shifts in 1/1000 em, text it stands for."""

    number: int
    advance: float
    dx: float
    dy: float
    text: str


class Piece(NamedTuple):
    """A stretch of one face: text of a house face, or glyphs of any face; width in 1/1000 em."""

    face: Face
    width: float
    text: str = ""
    glyphs: tuple[Glyph, ...] = ()


def tidy(text: str) -> str:
    """One line of composed characters: line breaks, tabs and control characters become blanks."""
    return unicodedata.normalize("NFC", UNPRINTABLE.sub(" ", text))


@dataclass(slots=True)
class Cutter:
    """Cuts texts into pieces and remembers which characters no font had.

    missing: character -> how often it was asked for and not found.
    glyphs: face -> glyph number -> the text it stands for; what must be embedded.
    """

    book: FontBook
    missing: Counter[str] = field(default_factory=Counter)
    glyphs: dict[Face, dict[int, str]] = field(default_factory=dict)
    _known: dict[tuple[str, bool], tuple[Piece, ...]] = field(default_factory=dict)

    def cut(self, text: str, *, bold: bool = False) -> tuple[Piece, ...]:
        """The pieces of a tidy text from left to right."""
        if not text:
            return ()
        house = self.book.face(bold=bold)
        if house.chars.issuperset(text):
            return (Piece(house, house.measure(text), text),)
        key = (text, bold)
        if key not in self._known:
            self._known[key] = self._cut(text, bold=bold)
        return self._known[key]

    def _cut(self, text: str, *, bold: bool) -> tuple[Piece, ...]:
        levels = levels_of(text)
        faces = self._faces(text, bold=bold)
        stretches = [
            (face, level, "".join(text[i] for i, _ in part))
            for (face, level), group in groupby(
                ((i, (faces[i], levels[i])) for i in range(len(text)) if levels[i] >= 0),
                key=lambda pair: pair[1],
            )
            for part in [list(group)]
        ]
        ordered = visual_order([level for _, level, _ in stretches])
        pieces = (self._piece(*stretches[n], bold=bold) for n in ordered)
        return tuple(piece for piece in pieces if piece.text or piece.glyphs)

    def _faces(self, text: str, *, bold: bool) -> list[Face | None]:
        """The face of each character; None where no font has it."""
        house = self.book.face(bold=bold)
        faces: list[Face | None] = []
        before: Face | None = house
        for char in text:
            if (clings(char) or char == " ") and before is not None and stays(before, char):
                face: Face | None = before
            elif char in house.chars:
                face = house
            else:
                face = find_face(self.book, char, bold=bold)
            faces.append(face)
            before = face
        return faces

    def _piece(self, face: Face | None, level: int, text: str, *, bold: bool) -> Piece:
        house = self.book.face(bold=bold)
        if face is None:
            return self._boxes(text, house)
        if face is house and level % 2 == 0:
            kept = "".join(char for char in text if char in house.chars)
            return Piece(house, house.measure(kept), kept)
        glyphs = shape(face, text, backward=bool(level % 2))
        self._note(face, glyphs)
        return Piece(face, sum(glyph.advance for glyph in glyphs), glyphs=glyphs)

    def _boxes(self, text: str, house: Face) -> Piece:
        seen = [char for char in text if char not in INVISIBLE]
        self.missing.update(seen)
        width = house.advance(0)
        glyphs = (Glyph(0, width, 0.0, 0.0, MISSING),) * len(seen)
        self._note(house, glyphs)
        return Piece(house, width * len(seen), glyphs=glyphs)

    def _note(self, face: Face, glyphs: tuple[Glyph, ...]) -> None:
        known = self.glyphs.setdefault(face, {})
        for glyph in glyphs:
            if not known.get(glyph.number):
                known[glyph.number] = glyph.text


def clings(char: str) -> bool:
    """Whether a character belongs to the one before it (a mark, a joiner)."""
    return char in INVISIBLE or unicodedata.category(char) in {"Mn", "Mc", "Me"}


def stays(face: Face, char: str) -> bool:
    return char in INVISIBLE or face.has(char)


def shape(face: Face, text: str, *, backward: bool) -> tuple[Glyph, ...]:
    """Glyphs of a text of one direction, left to right, with the marks in place."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backward else "ltr"
    hb.shape(face.hb_font, buffer, {"kern": True, "liga": False})
    scale = PER_EM / face.hb_face.upem
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    starts = [*sorted({info.cluster for info in infos}), len(text)]
    ends = dict(pairwise(starts))
    told: set[int] = set()
    glyphs = []
    for info, place in zip(infos, places, strict=True):
        said = "" if info.cluster in told else text[info.cluster : ends[info.cluster]]
        told.add(info.cluster)
        glyphs.append(
            Glyph(
                info.codepoint,
                round(place.x_advance * scale, 3),
                round(place.x_offset * scale, 3),
                round(place.y_offset * scale, 3),
                said,
            )
        )
    return tuple(glyphs)
