"""A picture card of one result, 1200 by 630 points, for links that are shared. Adds no words."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from timing.printing.lettering.direction import RIGHT_TO_LEFT
from timing.printing.lettering.faces import house_book
from timing.printing.lettering.fitting import Fitter, Run, setting_width

SIZE = (1200, 630)
_EDGE = 72
_GROUND, _INK, _SOFT, _TIME = "#0b5a6b", "#ffffff", "#c9e4ea", "#ffe08a"


class Card(NamedTuple):
    """What stands on the card; an empty text takes no room."""

    event: str
    contest: str
    name: str
    under: str
    time: str
    place: str
    of: str
    bib: str


def draw_card(card: Card) -> bytes:
    """Draw a card as PNG; equal cards give equal bytes."""
    image = Image.new("RGB", SIZE, _GROUND)
    pen = _Pen(ImageDraw.Draw(image))
    inner = SIZE[0] - 2 * _EDGE
    pen.write(card.event, _At(40, _EDGE, 96, inner), _SOFT)
    pen.write(card.contest, _At(40, _EDGE, 150, inner), _INK, bold=True)
    pen.rule(190)
    place = f"{card.place}/{card.of}" if card.of else card.place
    wide = pen.write(place, _At(84, SIZE[0] - _EDGE, 540, 340, right=True), _INK, bold=True)
    pen.write(card.name, _At(88, _EDGE, 300, inner), _INK, bold=True)
    pen.write(card.under, _At(40, _EDGE, 366, inner), _SOFT)
    pen.write(card.time, _At(150, _EDGE, 540, inner - wide - 40), _TIME, bold=True)
    pen.write(card.bib, _At(34, SIZE[0] - _EDGE, 596, 300, right=True), _SOFT)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


class _At(NamedTuple):
    """Where a base line begins (or, right, ends), the size of the type and the width there is."""

    size: float
    x: float
    y: float
    width: float
    right: bool = False


class _Pen:
    """Writes texts of any script at base lines."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw
        self._fitter = Fitter(house_book(), "en")

    def rule(self, y: int) -> None:
        """Draw a line across."""
        self._draw.rectangle((_EDGE, y, SIZE[0] - _EDGE, y + 3), fill=_TIME)

    def write(self, text: str, at: _At, ink: str, *, bold: bool = False) -> float:
        """Write a text that shrinks to the width; gives the width that it took."""
        if not text:
            return 0.0
        setting = self._fitter.line(text, at.size, at.width, bold=bold)
        taken = setting_width(setting)
        left = at.x - taken if at.right else at.x
        for run in setting:
            self._run(run, left + run.x, at.y, ink)
        return taken

    def _run(self, run: Run, x: float, y: float, ink: str) -> None:
        text = run.text or "".join(glyph.text for glyph in run.glyphs)
        if RIGHT_TO_LEFT.search(text):
            text = text[
                ::-1
            ]  # glyphs stand from left to right, the letters were read the other way
        font = ImageFont.truetype(str(run.face.path), round(run.size), run.face.index)
        self._draw.text((x, y), text, font=font, fill=ink, anchor="ls")
