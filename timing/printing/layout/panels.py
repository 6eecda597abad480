"""What stands on a page as marks: type, grey areas, lines and frames, gathered in panels.

A panel is measured from its own top left corner: x to the right, y upward, so marks lie at
negative y down to minus its height. Points; grey 0 is black, 1 is white.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from timing.printing.lettering.faces import PER_EM
from timing.printing.lettering.fitting import Fitter, Setting, setting_width
from timing.printing.sheet import Align

BLACK, WHITE = 0.0, 1.0
QUIET = 0.32
"""Grey of labels: dark enough for a bad laser printer."""
SHADE = 0.925
"""Grey of every other row."""
BAND = 0.84
"""Grey behind the column headings."""


class Type(NamedTuple):
    """A setting on a base line."""

    x: float
    y: float
    setting: Setting
    grey: float = BLACK


class Area(NamedTuple):
    """A filled rectangle; (x, y) is its lower left corner."""

    x: float
    y: float
    width: float
    height: float
    grey: float


class Stroke(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float
    grey: float = BLACK


class Picture(NamedTuple):
    """A picture file fitted into a box without distortion; (x, y) is its lower left corner."""

    x: float
    y: float
    width: float
    height: float
    path: Path


class Pattern(NamedTuple):
    """A grid of black and white squares, such as a QR code; (x, y) is its lower left corner.

    rows: from the top, one byte a module, 1 is black.
    """

    x: float
    y: float
    width: float
    height: float
    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Marks of one part of a page, in the order: pictures, areas, patterns, strokes, type."""

    height: float
    types: tuple[Type, ...] = ()
    areas: tuple[Area, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    pictures: tuple[Picture, ...] = ()
    patterns: tuple[Pattern, ...] = ()


EMPTY = Panel(0.0)


def frame(x: float, y: float, width: float, height: float, thickness: float) -> tuple[Stroke, ...]:
    """The four sides of a rectangle; (x, y) is its lower left corner."""
    right, top = x + width, y + height
    return (
        Stroke(x, y, right, y, thickness),
        Stroke(x, top, right, top, thickness),
        Stroke(x, y, x, top, thickness),
        Stroke(right, y, right, top, thickness),
    )


def moved(panel: Panel, dx: float = 0.0, dy: float = 0.0) -> Panel:
    """The marks of a panel in another place."""
    return Panel(
        panel.height,
        tuple(each._replace(x=each.x + dx, y=each.y + dy) for each in panel.types),
        tuple(each._replace(x=each.x + dx, y=each.y + dy) for each in panel.areas),
        tuple(
            each._replace(x1=each.x1 + dx, y1=each.y1 + dy, x2=each.x2 + dx, y2=each.y2 + dy)
            for each in panel.strokes
        ),
        tuple(each._replace(x=each.x + dx, y=each.y + dy) for each in panel.pictures),
        tuple(each._replace(x=each.x + dx, y=each.y + dy) for each in panel.patterns),
    )


def _together(height: float, panels: Sequence[Panel]) -> Panel:
    return Panel(
        height,
        tuple(each for panel in panels for each in panel.types),
        tuple(each for panel in panels for each in panel.areas),
        tuple(each for panel in panels for each in panel.strokes),
        tuple(each for panel in panels for each in panel.pictures),
        tuple(each for panel in panels for each in panel.patterns),
    )


def stacked(panels: Iterable[Panel], gap: float = 0.0) -> Panel:
    """Panels below each other as one."""
    placed: list[Panel] = []
    depth = 0.0
    for panel in panels:
        if depth and panel.height:
            depth += gap
        placed.append(moved(panel, dy=-depth))
        depth += panel.height
    return _together(depth, placed)


def beside(left: Panel, right: Panel, x: float) -> Panel:
    """Two panels side by side, the second one moved right by x."""
    return _together(max(left.height, right.height), [left, moved(right, dx=x)])


class Composer:
    """Sets lines of the header, the foot and the text blocks; scale enlarges all sizes."""

    def __init__(self, fitter: Fitter, width: float, scale: float = 1.0) -> None:
        self.fitter = fitter
        self.width = width
        self.scale = scale

    def line(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = Align.LEFT,
        width: float | None = None,
        grey: float = BLACK,
    ) -> Panel:
        """One line in a panel of its own; nothing for an empty text."""
        if not text:
            return EMPTY
        room = self.width if width is None else width
        size *= self.scale
        setting = self.fitter.line(text, size, room, bold=bold)
        return self._lines([setting], size, room, align, grey)

    def paragraph(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = Align.LEFT,
        width: float | None = None,
        grey: float = BLACK,
        most: int = 99,
    ) -> Panel:
        """As many lines as the text needs."""
        if not text:
            return EMPTY
        room = self.width if width is None else width
        size *= self.scale
        lines = self.fitter.paragraph(text, size, room, bold=bold, most=most)
        return self._lines(lines, size, room, align, grey)

    def _lines(
        self, lines: Sequence[Setting], size: float, room: float, align: Align, grey: float
    ) -> Panel:
        share = {Align.LEFT: 0.0, Align.CENTRE: 0.5}.get(align, 1.0)
        leading = size * 1.24
        base = (leading + size * self.fitter.cap_height / PER_EM) / 2
        types = tuple(
            Type((room - setting_width(line)) * share, -base - n * leading, line, grey)
            for n, line in enumerate(lines)
        )
        return Panel(leading * len(lines), types)
