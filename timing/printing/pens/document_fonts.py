"""The fonts of one document under the names that ReportLab knows them by."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from timing.printing.lettering.faces import Face
from timing.printing.pens.reportlab_inside import ShapedFont, lend


class Fonts:
    """House faces for text, shaped faces for glyphs (which of them: face -> glyph -> its text)."""

    def __init__(self, glyphs: Mapping[Face, Mapping[int, str]]) -> None:
        self._glyphs = glyphs
        self._shaped: dict[Face, ShapedFont] = {}

    def name(self, face: Face) -> str:
        """Register a house face, once a process."""
        name = f"{face.path}#{face.index}"
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(face.path), subfontIndex=face.index))
        return name

    def shaped(self, face: Face) -> ShapedFont:
        """The glyphs of a face that this document uses."""
        if face not in self._shaped:
            name = f"shaped:{face.path}#{face.index}"
            self._shaped[face] = ShapedFont(name, face, self._glyphs[face])
        return self._shaped[face]

    def shaped_name(self, face: Face) -> str:
        return lend(self.shaped(face))

    def codes(self, face: Face) -> Mapping[int, int]:
        return self.shaped(face).codes
