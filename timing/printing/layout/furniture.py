"""The parts of a page around the rows: head, running head, column headings, group titles, foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from timing.printing.layout.barcodes import QUIET_ZONE, qr_areas
from timing.printing.layout.columns import HEADING, Grid
from timing.printing.layout.panels import (
    BAND,
    BLACK,
    EMPTY,
    QUIET,
    WHITE,
    Area,
    Composer,
    Panel,
    Stroke,
    Type,
    beside,
    frame,
    stacked,
)
from timing.printing.lettering.fitting import LINE, setting_width
from timing.printing.sheet import Align, Fact, Group, Sheet, Tone

BLEED = 3.0
"""How far grey bands reach beyond the columns on both sides, points."""
QR_SIZE = 64.0
NUMBER_ROOM = 110.0
"""Points of the foot that are kept for the page number."""


def head(sheet: Sheet, composer: Composer) -> Panel:
    """The head of the first page: titles left, state and QR code right, facts below."""
    right = _corner(sheet, composer)
    corner = max((area.x + area.width for area in right.areas), default=0.0)
    corner = max([corner, *(stroke.x2 for stroke in right.strokes)])
    room = composer.width - (corner + 14 if corner else 0.0)
    titles = [composer.paragraph(sheet.title, 17, bold=True, width=room, most=2)]
    for number, text in enumerate(sheet.subtitles):
        size, bold = (12.5, True) if number == 0 else (10.0, False)
        titles.append(composer.paragraph(text, size, bold=bold, width=room, most=2))
    top = beside(stacked(titles, gap=1.0), right, composer.width - corner)
    rule = Panel(3.0, strokes=(Stroke(0, -1, composer.width, -1, 1.1),))
    facts = _facts(sheet.facts, composer)
    alert = [Panel(3.0), _alert(sheet.alert, composer), Panel(3.0)] if sheet.alert else []
    return stacked([top, Panel(4.0), rule, *alert, facts, Panel(5.0)], gap=1.0)


def _alert(texts: Sequence[str], composer: Composer) -> Panel:
    """A framed grey band across the page, with bold paragraphs in it."""
    edge = 6 * composer.scale
    room = composer.width - 2 * edge
    told = [composer.paragraph(text, 11, bold=True, width=room, most=4) for text in texts]
    lines = stacked(told, gap=3.0)
    height = lines.height + 2 * edge
    types = tuple(each._replace(x=each.x + edge, y=each.y - edge) for each in lines.types)
    box = frame(0, -height, composer.width, height, 1.1)
    return Panel(height, types, (Area(0, -height, composer.width, height, BAND),), box)


def _corner(sheet: Sheet, composer: Composer) -> Panel:
    """State box with its as-of time, and the QR code to the right of it."""
    code = _qr(sheet, composer) if sheet.link else EMPTY
    state = _state(sheet, composer)
    if not code.height:
        return state
    across = max((stroke.x2 for stroke in state.strokes), default=0.0)
    return beside(state, code, across + (8.0 if across else 0.0))


def _state(sheet: Sheet, composer: Composer) -> Panel:
    if sheet.state is None:
        return EMPTY
    scale = composer.scale
    text = composer.line(sheet.state.text, 12, bold=True, width=composer.width * 0.3)
    width = max(setting_width(text.types[0].setting) if text.types else 0.0, 40 * scale)
    width += 16 * scale
    height = text.height + 8 * scale
    final = sheet.state.tone is Tone.FINAL
    types = tuple(
        type_._replace(
            x=(width - setting_width(type_.setting)) / 2,
            y=type_.y - 4 * scale,
            grey=WHITE if final else BLACK,
        )
        for type_ in text.types
    )
    areas = (Area(0, -height, width, height, BLACK),) if final else ()
    box = Panel(height, types, areas, frame(0, -height, width, height, 1.1))
    as_of = composer.paragraph(sheet.as_of, 7, align=Align.CENTRE, width=width, grey=QUIET, most=2)
    return stacked([box, as_of], gap=2.0)


def _qr(sheet: Sheet, composer: Composer) -> Panel:
    """The QR code and a line below it; the paper lends the rest of the white margin."""
    size = QR_SIZE * composer.scale
    areas = qr_areas(sheet.link, size, margin=QUIET_ZONE - 2)
    text = composer.paragraph(
        sheet.link_text, 6.2, align=Align.CENTRE, width=size, grey=QUIET, most=3
    )
    return stacked([Panel(size, areas=tuple(areas)), text])


def _facts(facts: Sequence[Fact], composer: Composer) -> Panel:
    """Labelled facts on a grid of equal cells; a long one takes several cells."""
    cells = max(int(composer.width / (128 * composer.scale)), 1)
    step = composer.width / cells
    rows: list[list[tuple[int, Panel]]] = [[]]
    used = 0
    for fact in facts:
        natural = composer.fitter.width(fact.value, 8.5 * composer.scale) + 8
        span = min(max(-int(-natural // step), 1), cells)
        if used + span > cells:
            rows.append([])
            used = 0
        width = span * step - 8
        label = composer.line(fact.label, 6.5, width=width, grey=QUIET)
        value = composer.paragraph(fact.value, 8.5, width=width, most=3)
        rows[-1].append((used, stacked([label, value])))
        used += span
    joined = [
        reduce(lambda left, cell: beside(left, cell[1], cell[0] * step), row, EMPTY) for row in rows
    ]
    return stacked(joined, gap=2.0)


def running_head(sheet: Sheet, composer: Composer) -> Panel:
    """One line that says what the second and later pages belong to."""
    state = composer.line(
        sheet.state.text if sheet.state else "", 9, bold=True, width=composer.width * 0.25
    )
    width = setting_width(state.types[0].setting) if state.types else 0.0
    text = " \u00b7 ".join(part for part in (sheet.title, *sheet.subtitles) if part)
    left = composer.line(text, 9, bold=True, width=composer.width - width - 12)
    line = beside(left, state, composer.width - width)
    rule = Panel(5.0, strokes=(Stroke(0, -2, composer.width, -2, 0.8),))
    return stacked([line, rule], gap=1.0)


def headings(grid: Grid, composer: Composer) -> Panel:
    """The band of column headings, each over its column, the lines standing on the bottom."""
    size = grid.size * HEADING
    columns = []
    for place in grid.places:
        lines = composer.fitter.paragraph(
            place.column.heading, size, place.width, bold=True, most=3
        )
        columns.append((place, lines if place.column.heading else []))
    most = max((len(lines) for _, lines in columns), default=0)
    if not most:
        return EMPTY
    step = size * LINE * 0.95
    height = most * step + size * 0.75
    types = []
    for place, lines in columns:
        share = {Align.LEFT: 0.0, Align.CENTRE: 0.5}.get(place.column.align, 1.0)
        for number, line in enumerate(reversed(lines)):
            x = place.x + (place.width - setting_width(line)) * share
            types.append(Type(x, -height + size * 0.52 + number * step, line))
    band = Area(-BLEED, -height, grid.width + 2 * BLEED, height, BAND)
    rule = Stroke(-BLEED, -height, grid.width + BLEED, -height, 0.6)
    return Panel(height, tuple(types), (band,), (rule,))


def group_title(group: Group, grid: Grid, composer: Composer, suffix: str = "") -> Panel:
    """The title line of a group with its note at the right end; nothing if both are empty."""
    title = " ".join(part for part in (group.title, suffix) if part) if group.title else ""
    if not (title or group.note):
        return EMPTY
    size = grid.size * 1.14
    note = composer.fitter.line(group.note, grid.size, grid.width * (0.45 if title else 1.0))
    aside = setting_width(note)
    text = composer.fitter.line(title, size, grid.width - aside - 10, bold=True)
    height = size * 2.2
    base = -height + size * 0.55
    x = 0.0
    if title:
        x = grid.width - aside if group.rows else setting_width(text) + 10
    return Panel(
        height,
        (Type(0, base, text), Type(x, base, note)),
        strokes=(Stroke(-BLEED, -height, grid.width + BLEED, -height, 0.6),),
    )


def foot(sheet: Sheet, composer: Composer) -> Panel:
    """The foot of every page: what identifies the sheet, and the house line."""
    room = composer.width - NUMBER_ROOM * composer.scale
    state = sheet.state.text if sheet.state else ""
    facts = " \u00b7 ".join(
        part for part in (sheet.number, state, sheet.as_of, sheet.printed_at) if part
    )
    lines = [
        composer.line(facts, 7, width=room),
        composer.line(sheet.footer, 7, width=room, grey=QUIET),
    ]
    rule = Panel(4.0, strokes=(Stroke(0, 0, composer.width, 0, 0.5),))
    least = Panel(10.0 * composer.scale)
    return beside(stacked([rule, *lines]), stacked([rule, least]), 0.0)


def page_number(sheet: Sheet, composer: Composer, page: int, pages: int) -> Panel:
    """Page x of y, for the right end of the foot."""
    text = sheet.words.page.format(page=page, pages=pages)
    room = NUMBER_ROOM * composer.scale - 12
    line = composer.line(text, 8, bold=True, align=Align.RIGHT, width=room)
    return beside(EMPTY, stacked([Panel(4.0), line]), composer.width - room)
