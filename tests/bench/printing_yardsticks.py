"""What the print room is measured against: LongTable, and a writer that uses no library at all."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import font_roboto
import uharfbuzz as hb
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

ROW, ON_A_PAGE, SIZE = 13.0, 56, 7.0
PAPER = (841.89, 595.28)
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/R/Encoding/Identity-H"
    b"/ToUnicode 7 0 R/DescendantFonts[4 0 R]>>"
)
DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/R/FontDescriptor 5 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
)


def long_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, as_it_comes: bool = True
) -> bytes:
    """The usual way: one LongTable with fixed row heights, fixed widths and a Unicode font.

    as_it_comes: with ReportLab's own setting for streams (ASCII85), which the print room turns off.
    """
    if "Yardstick" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Yardstick", font_roboto.Roboto))
    data = [tuple(headings), *rows]
    table = LongTable(
        data,
        colWidths=[(PAPER[0] - 60) / len(headings)] * len(headings),
        rowHeights=[ROW] * len(data),
        repeatRows=1,
        style=TableStyle([("FONT", (0, 0), (-1, -1), "Yardstick", SIZE)]),
    )
    file = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 30)
    kept, rl_config.useA85 = rl_config.useA85, int(as_it_comes)
    try:
        SimpleDocTemplate(file, pagesize=PAPER, invariant=1, **margins).build([table])
    finally:
        rl_config.useA85 = kept
    return file.getvalue()


_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /R def /CMapType 2 def 1 begincodespacerange <0000><FFFF> endcodespacerange
%d beginbfchar
%bendbfchar endcmap CMapName currentdict /CMap defineresource pop end end"""


class Floor:
    """The same texts in fixed columns, measured by nothing and laid out by nothing."""

    def __init__(self) -> None:
        self.font = Path(font_roboto.Roboto).read_bytes()
        face = hb.Face(hb.Blob(self.font))
        font = hb.Font(face)
        glyphs = {char: font.get_nominal_glyph(char) for char in face.unicodes}
        self.table = {char: f"{glyph:04X}" for char, glyph in glyphs.items() if glyph}
        names = "".join(f"<{code}><{char:04X}>\n" for char, code in self.table.items())
        self.unicode = zlib.compress(_CMAP % (len(self.table), names.encode("ascii")))

    def __call__(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
        step = (PAPER[0] - 60) / len(headings)
        form = f"<%s>Tj {step:.2f} 0 Td" * len(headings) + f" {-step * len(headings):.2f} -{ROW} Td"
        streams = []
        for start in range(0, len(rows), ON_A_PAGE):
            part = [headings, *rows[start : start + ON_A_PAGE]]
            cells = "\n".join(["\n".join(row) for row in part]).translate(self.table).split("\n")
            lines = [
                form % tuple(cells[n : n + len(headings)])
                for n in range(0, len(cells), len(headings))
            ]
            text = f"BT /F1 {SIZE} Tf 1 0 0 1 30 550 Tm {''.join(lines)} ET"
            streams.append(zlib.compress(text.encode("ascii")))
        return self._file(streams)

    def _file(self, streams: Sequence[bytes]) -> bytes:
        pages = [f"{9 + 2 * n} 0 R" for n in range(len(streams))]
        resources = "/Resources<</Font<</F1 3 0 R>>>>"
        objects: list[bytes] = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{' '.join(pages)}]/Count {len(pages)}>>".encode(),
            FONT,
            DESCENDANT,
            b"<</Type/FontDescriptor/FontName/R/Flags 4/FontFile2 6 0 R>>",
            _stream(zlib.compress(self.font)),
            _stream(self.unicode),
        ]
        for number, stream in enumerate(streams):
            box = f"/MediaBox[0 0 {PAPER[0]} {PAPER[1]}]"
            content = f"/Contents {8 + 2 * number} 0 R"
            objects.append(_stream(stream))
            objects.append(f"<</Type/Page/Parent 2 0 R{box}{resources}{content}>>".encode())
        return _written(objects)


def _stream(data: bytes) -> bytes:
    return b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(data), data)


def _written(objects: Sequence[bytes]) -> bytes:
    out = BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, table))
    return out.getvalue()
