"""Things that are no lists: certificates, bibs, labels, posters. A design is data with {fields}.

Measures of a design are millimetres from the top left corner of the card, sizes of type points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from timing.core.refusal import Problem
from timing.core.rulefile import accept, read_rules
from timing.printing.layout.barcodes import QUIET_ZONE, code128_areas, qr_pattern
from timing.printing.layout.panels import (
    WHITE,
    Area,
    Panel,
    Pattern,
    Picture,
    Stroke,
    Type,
    frame,
)
from timing.printing.lettering.fitting import Fitter, setting_width
from timing.printing.sheet import SheetError

MM = 72 / 25.4
"""Points of a millimetre."""
_FIELD = re.compile(r"\{(\w+)\}")
_MASK = 2  # thousands of codes are made in one go; every reader undoes any mask
_SHARES = {"left": 0.0, "centre": 0.5, "right": 1.0}


class Text(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Type in a box: shrunk to its width, or broken into up to so many lines.

    y: of the first base line. skip: the whole text is left out where this field is empty.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    align: str = "left"
    bold: bool = False
    grey: float = 0.0
    lines: int = 1
    skip: str = ""


class Code(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A QR code (square, of the width) or a bar code. kind: qr or code128."""

    content: str
    x: float
    y: float
    width: float
    height: float = 0.0
    kind: str = "qr"


class Image(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture in a box; file is a path, or a field that holds one."""

    file: str
    x: float
    y: float
    width: float
    height: float


class Box(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frame, or with fill a grey area (0 black, 1 white); a frame without height is a line."""

    x: float
    y: float
    width: float
    height: float = 0.0
    thickness: float = 0.8
    fill: float | None = None


class Design(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A card of a size, and what stands on it."""

    name: str
    width: float
    height: float
    box: tuple[Box, ...] = ()
    image: tuple[Image, ...] = ()
    code: tuple[Code, ...] = ()
    text: tuple[Text, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the design asks for."""
        used = [each.text for each in self.text] + [each.content for each in self.code]
        used += [each.file for each in self.image]
        named = {name for text in used for name in _FIELD.findall(text)}
        return frozenset(named | {each.skip for each in self.text if each.skip})


def decode_design(text: str, file: str | None = None) -> Design:
    """Read a design. Raises Refusal with every element that leaves the card."""
    design = read_rules(text, Design, file=file)
    problems = [
        Problem("off-the-card", f"{kind} {number}: {where}", file)
        for kind in ("box", "image", "code", "text")
        for number, element in enumerate(getattr(design, kind), 1)
        if (where := _off_card(design, element))
    ]
    accept(problems)
    return design


def _off_card(design: Design, element: Box | Image | Code | Text) -> str:
    right, bottom = element.x + element.width, element.y + getattr(element, "height", 0.0)
    if min(element.x, element.y) >= 0 and right <= design.width and bottom <= design.height:
        return ""
    size = f"{design.width:g} x {design.height:g} mm"
    return f"reaches to ({right:g}, {bottom:g}); expected inside the card of {size}"


def check_fields(design: Design, fields: Mapping[str, str]) -> None:
    """Name missing fields and picture files before anything is drawn. Raises SheetError."""
    missing = sorted(design.fields - set(fields))
    if missing:
        known = ", ".join(sorted(fields)) or "none"
        raise SheetError(
            f"design {design.name!r} asks for {', '.join(missing)}; the fields given are {known}"
        )
    for image in design.image:
        path = Path(_filled(image.file, fields))
        if image.file and str(path) != "." and not path.is_file():
            raise SheetError(f"design {design.name!r}: there is no picture file {path}")


def check_all(design: Design, cards: Iterable[Mapping[str, str]]) -> None:
    """Check the fields of all cards, each set of pictures once. Raises SheetError."""
    shown = sorted(set(_FIELD.findall(" ".join(image.file for image in design.image))))
    seen: set[tuple[str, ...]] = set()
    for card in cards:
        key = tuple(card.get(name, "") for name in shown)
        if key not in seen or not design.fields <= card.keys():
            seen.add(key)
            check_fields(design, card)


def fixed_part(design: Design, fitter: Fitter) -> Panel:
    """What every card of the design has in common; drawn once and repeated."""
    texts = tuple(
        type_
        for each in design.text
        if not _FIELD.search(each.text) and not each.skip
        for type_ in _text(each, each.text, fitter)
    )
    areas: tuple[Area, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    for box in design.box:
        x, y, width, height = (
            value * MM for value in (box.x, -box.y - box.height, box.width, box.height)
        )
        if box.fill is not None:
            areas += (Area(x, y, width, height, box.fill),)
        elif height:
            strokes += frame(x, y, width, height, box.thickness)
        else:
            strokes += (Stroke(x, y, x + width, y, box.thickness),)
    return Panel(design.height * MM, texts, areas, strokes)


def own_texts(design: Design, fields: Mapping[str, str], fitter: Fitter) -> tuple[Type, ...]:
    """The texts that this card alone has, set in their places."""
    return tuple(
        type_
        for each in design.text
        if (_FIELD.search(each.text) or each.skip) and (not each.skip or fields[each.skip])
        for type_ in _text(each, _filled(each.text, fields), fitter)
    )


def own_part(design: Design, fields: Mapping[str, str], texts: tuple[Type, ...]) -> Panel:
    """What this card alone has: its texts, codes and pictures. Raises SheetError."""
    areas: list[Area] = []
    patterns: list[Pattern] = []
    for code in design.code:
        content = _filled(code.content, fields)
        if content and code.kind == "qr":
            side = code.width * MM
            areas.append(Area(code.x * MM, -code.y * MM - side, side, side, WHITE))
            patterns.append(_qr(code, content))
        elif content:
            areas += _bars(code, content)
    pictures = tuple(
        Picture(
            image.x * MM,
            -(image.y + image.height) * MM,
            image.width * MM,
            image.height * MM,
            Path(file),
        )
        for image in design.image
        if (file := _filled(image.file, fields))
    )
    return Panel(design.height * MM, texts, tuple(areas), (), pictures, tuple(patterns))


def _filled(template: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: fields[found[1]], template)


def _text(each: Text, text: str, fitter: Fitter) -> list[Type]:
    width = each.width * MM
    if each.lines > 1:
        lines = [
            line
            for part in text.split("\n")
            for line in fitter.paragraph(part, each.size, width, bold=each.bold, most=each.lines)
        ][: each.lines]
    else:
        lines = [fitter.line(text, each.size, width, bold=each.bold)] if text else []
    share = _SHARES[each.align]
    return [
        Type(
            each.x * MM + (width - setting_width(line)) * share,
            -each.y * MM - number * each.size * 1.2,
            line,
            each.grey,
        )
        for number, line in enumerate(lines)
    ]


def _qr(code: Code, content: str) -> Pattern:
    found = qr_pattern(content, code.width * MM, QUIET_ZONE, _MASK)
    return found._replace(x=found.x + code.x * MM, y=found.y - code.y * MM)


def _bars(code: Code, content: str) -> list[Area]:
    areas = code128_areas(content, code.width * MM, (code.height or code.width / 4) * MM)
    return [area._replace(x=area.x + code.x * MM, y=area.y - code.y * MM) for area in areas]
