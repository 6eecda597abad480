"""QR codes and Code 128 bar codes as black areas; sizes in points."""

from __future__ import annotations

from collections.abc import Sequence

import segno

from timing.printing.layout.panels import BLACK, WHITE, Area, Pattern
from timing.printing.sheet import SheetError

QUIET_ZONE = 4  # modules of white around a QR code (ISO/IEC 18004, 9.1)
QUIET_BARS = 10  # modules of white at both ends of a bar code (ISO/IEC 15417, 4.2)

# Widths of the bars and gaps of each symbol, in modules (ISO/IEC 15417, table 1).
_SYMBOLS = (  # noqa: SIM905  # the table as it is printed
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 "
    "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 "
    "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 "
    "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 "
    "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 "
    "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 "
    "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 "
    "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 "
    "211214 211232"
).split(" ")
_START_B, _START_C, _STOP = 104, 105, "2331112"


def qr_pattern(
    content: str, size: float, margin: int = QUIET_ZONE, mask: int | None = None
) -> Pattern:
    """A QR code in the middle of a square whose top left corner is (0, 0).

    margin: modules of white left around it inside the square; less only where the paper around
    is white. mask: the pattern that is laid over the code (0 to 7); None tries all for the evenest,
    which takes five times as long.
    """
    rows = tuple(bytes(row) for row in segno.make_qr(content, error="m", mask=mask).matrix)
    module = size / (len(rows) + 2 * margin)
    side = module * len(rows)
    return Pattern(margin * module, margin * module - size, side, side, rows)


def qr_areas(
    content: str, size: float, margin: int = QUIET_ZONE, mask: int | None = None
) -> list[Area]:
    """The same as black areas on a white one, runs of black modules joined."""
    found = qr_pattern(content, size, margin, mask)
    module = found.width / len(found.rows)
    areas = [Area(0, -size, size, size, WHITE)]
    for down, row in enumerate(found.rows):
        y = -(margin + down + 1) * module
        areas += [
            Area((margin + start) * module, y, length * module, module, BLACK)
            for start, length in _runs(row)
        ]
    return areas


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """(start, length) of the black runs of a row."""
    runs = []
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and row[end]:
            end += 1
        if end > start:
            runs.append((start, end - start))
        start = end + 1
    return runs


def code128_areas(content: str, width: float, height: float) -> list[Area]:
    """A Code 128 bar code that fills a box whose top left corner is (0, 0).

    Raises SheetError for characters that the code does not have.
    """
    modules = _modules(content)
    module = width / (sum(modules) + 2 * QUIET_BARS)
    areas = []
    x = QUIET_BARS * module
    for number, count in enumerate(modules):
        if number % 2 == 0:
            areas.append(Area(x, -height, count * module, height, BLACK))
        x += count * module
    return areas


def _modules(content: str) -> list[int]:
    """Widths of bars and gaps in turn. Figures in pairs where there are figures alone."""
    if not content or not all(" " <= char <= "~" for char in content):
        raise SheetError(f"{content!r} cannot be a bar code; expected ASCII letters and figures")
    if content.isdigit() and len(content) % 2 == 0:
        values = [int(content[at : at + 2]) for at in range(0, len(content), 2)]
        start = _START_C
    else:
        values = [ord(char) - 32 for char in content]
        start = _START_B
    check = (start + sum(n * value for n, value in enumerate(values, 1))) % 103
    symbols = [_SYMBOLS[value] for value in (start, *values, check)]
    return [int(width) for width in "".join(symbols) + _STOP]
