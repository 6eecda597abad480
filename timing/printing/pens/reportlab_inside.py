"""The one place that reaches behind ReportLab's public canvas: byte codes and shaped fonts.

Written against ReportLab 5.1 (pdfbase.ttfonts, pdfbase.pdfdoc). A test compares the text of pages
drawn through this room with the text of pages drawn by the public calls alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from timing.printing.lettering.faces import PER_EM, Face

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SYMBOLIC = 4  # font flag: the codes are not those of the standard Latin set
KEEP = (
    hb.SubsetFlags.NO_HINTING
    | hb.SubsetFlags.NOTDEF_OUTLINE
    | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    | hb.SubsetFlags.CFF_IDENTITY_CHARSET
    | hb.SubsetFlags.DOWNGRADE_CFF2
)
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{lines}
endcmap CMapName currentdict /CMap defineresource pop end end"""


def _document(canvas: Canvas) -> Any:
    return canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001


class HouseCodes(dict[str, tuple[int, str]]):
    """How the characters of a house face are written in one document: character -> (part, code).

    A part is a font of up to 256 characters; ReportLab embeds what was asked for here. The code
    is escaped for a string of a page's stream. Nearly all characters are in part 0.
    """

    def __init__(self, canvas: Canvas, font_name: str) -> None:
        super().__init__()
        self._font: Any = pdfmetrics.getFont(font_name)
        self._doc = _document(canvas)

    def __missing__(self, char: str) -> tuple[int, str]:
        ((part, data),) = self._font.splitString(char, self._doc)
        self[char] = part, _escaped(data[0])
        return self[char]

    def font(self, part: int) -> str:
        """The name under which pages ask for a part of the face."""
        name: str = self._font.getSubsetInternalName(part, self._doc)
        return name


def _escaped(code: int) -> str:
    if chr(code) in "()\\":
        return "\\" + chr(code)
    return chr(code) if 32 <= code < 127 else f"\\{code:03o}"


# ReportLab's faces keep their place in the file while they are cut down, so one at a time.
_CUTTING = Lock()


class HouseFont(TTFont):
    """A font of which several documents may be made at once.

    What a document asked for, ReportLab keeps apart by document; only the file is read by one.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Cut the font down to what a document uses and write it there."""
        with _CUTTING:
            super().addObjects(doc)


def lend(font: ShapedFont) -> None:
    """Make a shaped font known to the canvas under its name."""
    pdfmetrics._fonts[font.fontName] = font  # type: ignore[attr-defined]  # noqa: SLF001


def take_back(font: ShapedFont) -> None:
    """Forget a shaped font, once its document is whole or given up."""
    pdfmetrics._fonts.pop(font.fontName, None)  # type: ignore[attr-defined]  # noqa: SLF001


def font_resource(canvas: Canvas, font: ShapedFont) -> str:
    """The name under which pages ask for a shaped font."""
    return font.getSubsetInternalName(0, _document(canvas))


class ShapedFont:
    """Glyphs of one face for one document, embedded as a composite font of two-byte codes.

    It answers the calls that ReportLab makes of a TTFont; a "text" of this font is one character
    a glyph, whose code point is the glyph's code.
    """

    _multiByte = 1  # noqa: N815
    _dynamicFont = 1  # noqa: N815
    shapable = False

    def __init__(self, name: str, face: Face, glyphs: Mapping[int, str]) -> None:
        self.fontName = name
        self.face = face
        self._texts = glyphs
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.flags = KEEP
        plan = hb.SubsetPlan(face.hb_face, wanted)
        mapping = plan.old_to_new_glyph_mapping
        self.codes: dict[int, int] = {glyph: mapping[glyph] for glyph in sorted({0, *glyphs})}
        self._subset = plan.execute()
        self._resource = ""

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802, ARG002
        glyphs = {code: glyph for glyph, code in self.codes.items()}
        return sum(self.face.advance(glyphs[ord(char)]) for char in text) * size / PER_EM

    def splitString(  # noqa: N802
        self,
        text: str,
        doc: Any,  # noqa: ARG002
        encoding: str = "utf-8",  # noqa: ARG002
    ) -> list[tuple[int, bytes]]:
        return [(0, b"".join(ord(char).to_bytes(2) for char in text))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802, ARG002
        if not self._resource:
            self._resource = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = "/" + self._resource
            doc.delayedFonts.append(self)
        return "/" + self._resource

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the font into the document, when its glyphs are complete."""
        base = pdfdoc.PDFName(f"{self._tag()}+{self.face.name}")
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": base,
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([self._descendant(doc, base)]),
            "ToUnicode": doc.Reference(_stream(self._to_unicode().encode("ascii"))),
        }
        reference = doc.Reference(pdfdoc.PDFDictionary(font))
        doc.idToObject["BasicFonts"].dict[self._resource] = reference

    def _tag(self) -> str:
        """Six letters that tell subsets of one face apart (ISO 32000-1, 9.6.4)."""
        number = zlib.crc32(repr(sorted(self.codes)).encode())
        return "".join(chr(65 + number // 26**place % 26) for place in range(6))

    def _descendant(self, doc: Any, base: str) -> Any:
        outlines = "CFF " if "CFF " in self._subset.table_tags else "glyf"
        system = {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
        entries = {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if outlines == "CFF " else "/CIDFontType2",
            "BaseFont": base,
            "CIDSystemInfo": pdfdoc.PDFDictionary(system),
            "FontDescriptor": self._descriptor(doc, base, outlines),
            "DW": 1000,
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(self._widths())]),
        }
        if outlines == "glyf":
            entries["CIDToGIDMap"] = "/Identity"
        return doc.Reference(pdfdoc.PDFDictionary(entries))

    def _widths(self) -> list[float]:
        glyphs = {code: glyph for glyph, code in self.codes.items()}
        last = max(glyphs)
        return [
            self.face.advance(glyphs[code]) if code in glyphs else 0 for code in range(last + 1)
        ]

    def _descriptor(self, doc: Any, base: str, outlines: str) -> Any:
        extents = self.face.hb_font.get_font_extents("ltr")
        scale = PER_EM / self.face.hb_face.upem
        low, high = round(extents.descender * scale), round(extents.ascender * scale)
        entries = {
            "Type": "/FontDescriptor",
            "FontName": base,
            "Flags": SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray([-500, low, 2000, high]),
            "ItalicAngle": 0,
            "Ascent": high,
            "Descent": low,
            "CapHeight": high,
            "StemV": 80,
        }
        if outlines == "CFF ":
            file = _stream(self._subset.reference_table("CFF ").data)
            file.dictionary["Subtype"] = "/CIDFontType0C"
            entries["FontFile3"] = doc.Reference(file)
        else:
            data = self._subset.blob.data
            file = _stream(data)
            file.dictionary["Length1"] = len(data)
            entries["FontFile2"] = doc.Reference(file)
        return doc.Reference(pdfdoc.PDFDictionary(entries))

    def _to_unicode(self) -> str:
        told = [
            f"<{self.codes[glyph]:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for glyph, text in sorted(self._texts.items())
            if text
        ]
        blocks = [told[start : start + 100] for start in range(0, len(told), 100)]
        return _CMAP.format(
            lines="\n".join(
                f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
            )
        )


def _stream(content: bytes) -> Any:
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
