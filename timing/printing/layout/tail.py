"""What stands below the rows on the last page: legend, notes and lines to sign on."""

from __future__ import annotations

from timing.printing.layout.panels import EMPTY, QUIET, Composer, Panel, Stroke, beside, stacked
from timing.printing.lettering.fitting import setting_width
from timing.printing.sheet import Sheet, Signature

SIGNING = 30.0
"""Points of white above a line to sign on."""
IN_A_ROW = 3


def tail(sheet: Sheet, composer: Composer) -> list[Panel]:
    """The blocks below the rows; each one stays whole."""
    blocks = [_legend(sheet, composer), _notes(sheet, composer)]
    blocks += _signatures(sheet, composer)
    return [stacked([Panel(7.0), block]) for block in blocks if block.height]


def _legend(sheet: Sheet, composer: Composer) -> Panel:
    """Code and meaning, flowing over as few lines as they need."""
    if not sheet.legend:
        return EMPTY
    lines = [EMPTY]
    used = 0.0
    for code, meaning in sheet.legend:
        item = _entry(code, meaning, composer)
        width = max(type_.x + setting_width(type_.setting) for type_ in item.types) + 14
        if used and used + width - 14 > composer.width:
            lines.append(EMPTY)
            used = 0.0
        lines[-1] = beside(lines[-1], item, used)
        used += width
    title = composer.line(sheet.words.legend, 7, bold=True, grey=QUIET)
    return stacked([title, *lines])


def _entry(code: str, meaning: str, composer: Composer) -> Panel:
    strong = composer.line(code, 7.5, bold=True, width=composer.width * 0.3)
    width = setting_width(strong.types[0].setting) + 4 if strong.types else 0.0
    text = composer.line(meaning, 7.5, width=composer.width - width)
    return beside(strong, text, width)


def _notes(sheet: Sheet, composer: Composer) -> Panel:
    if not sheet.notes:
        return EMPTY
    title = composer.line(sheet.words.notes, 7, bold=True, grey=QUIET)
    return stacked([title, *(composer.paragraph(note, 7.8) for note in sheet.notes)], gap=1.0)


def _signatures(sheet: Sheet, composer: Composer) -> list[Panel]:
    """Rows of up to three lines to sign on, name and role below."""
    step = composer.width / IN_A_ROW
    rows = []
    for start in range(0, len(sheet.signatures), IN_A_ROW):
        row = EMPTY
        for number, signature in enumerate(sheet.signatures[start : start + IN_A_ROW]):
            row = beside(row, _signature(signature, composer, step - 18), number * step)
        rows.append(row)
    return [stacked(rows, gap=4.0)] if rows else []


def _signature(signature: Signature, composer: Composer, width: float) -> Panel:
    line = Panel(3.0, strokes=(Stroke(0, -1, width, -1, 0.6),))
    return stacked(
        [
            Panel(SIGNING * composer.scale),
            line,
            composer.line(signature.name, 8.5, width=width),
            composer.line(signature.role, 7, width=width, grey=QUIET),
        ]
    )
