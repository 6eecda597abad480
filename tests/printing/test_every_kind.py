"""What holds for every kind of sheet: geometry, metadata, language, repeatability."""

from __future__ import annotations

import pytest

from tests.printing.every_kind import every_kind
from tests.printing.reading import boxes, clashes, outside, pages, reader
from timing.printing.document import draw, draw_all, draw_book
from timing.printing.sheet import Sheet

KINDS = every_kind()
NAMES = pytest.mark.parametrize("name", KINDS)


@NAMES
def test_nothing_overlaps_or_leaves_the_page(name: str) -> None:
    drawn = draw(KINDS[name]())
    assert drawn.missing == {}
    for page in pages(drawn.pdf):
        assert outside(page) == []
        assert clashes(boxes(page)) == []


@NAMES
def test_the_foot_identifies_the_sheet_on_every_page(name: str) -> None:
    drawn = draw(KINDS[name]())
    for number, page in enumerate(reader(drawn.pdf).pages, 1):
        text = page.extract_text()
        assert "ST-1" in text
        assert f"Page {number} of {drawn.pages}" in text


def test_all_kinds_make_one_book_with_contents_and_outline() -> None:
    sheets = [make() for make in KINDS.values()]
    told = []
    cover = Sheet(title="Story", subtitles=("Results book",), language="en", number="ST-B")
    drawn = draw_book(cover, sheets, watch=lambda page, count: told.append((page, count)))
    read = reader(drawn.pdf)
    assert told[-1] == (drawn.pages, drawn.pages)
    contents = read.pages[0].extract_text()
    chapters = [entry for entry in read.outline if not isinstance(entry, list)]
    assert len(chapters) == len(sheets) + 1
    starts = [read.get_destination_page_number(entry) + 1 for entry in chapters[1:]]
    assert starts == sorted(starts)
    for start in starts:
        assert str(start) in contents.split()
    for sheet, start in zip(sheets, starts, strict=True):
        assert sheet.subtitles[-1] in read.pages[start - 1].extract_text()


def test_sheets_drawn_together_are_the_sheets_drawn_alone() -> None:
    sheets = [KINDS["awards"](), KINDS["relay"]()]
    together = [page.extract_text() for page in pages(draw_all(sheets).pdf)]
    alone = [page.extract_text() for sheet in sheets for page in pages(draw(sheet).pdf)]
    assert [text.rpartition("Page")[0] for text in together] == [
        text.rpartition("Page")[0] for text in alone
    ]
