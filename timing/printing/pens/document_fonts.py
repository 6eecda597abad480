"""The fonts of one document under the names that ReportLab knows them by.

House faces are shared by all documents, shaped ones belong to one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from threading import Lock
from types import TracebackType
from typing import Self

from reportlab.pdfbase import pdfmetrics

from timing.printing.lettering.faces import Face
from timing.printing.pens.reportlab_inside import HouseFont, ShapedFont, lend, take_back

# Two documents that registered a face at once would each ask another font for its characters.
_REGISTERING = Lock()
_NUMBERS = count(1)


class Fonts:
    """House faces for text, shaped faces for glyphs (which of them: face -> glyph -> its text)."""

    def __init__(self, glyphs: Mapping[Face, Mapping[int, str]]) -> None:
        self._glyphs = glyphs
        self._number = next(_NUMBERS)
        self._shaped: dict[Face, ShapedFont] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        found: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the shaped faces of the document back."""
        for font in self._shaped.values():
            take_back(font)

    def name(self, face: Face) -> str:
        """Register a house face, once a process."""
        name = f"{face.path}#{face.index}"
        with _REGISTERING:
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(HouseFont(name, str(face.path), subfontIndex=face.index))
        return name

    def shaped(self, face: Face) -> ShapedFont:
        """The glyphs of a face that this document uses."""
        if face not in self._shaped:
            name = f"shaped {self._number}:{face.path}#{face.index}"
            self._shaped[face] = ShapedFont(name, face, self._glyphs[face])
            lend(self._shaped[face])
        return self._shaped[face]

    def shaped_name(self, face: Face) -> str:
        return self.shaped(face).fontName

    def codes(self, face: Face) -> Mapping[int, int]:
        return self.shaped(face).codes
