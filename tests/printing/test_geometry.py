"""No text overlaps another or leaves the page, whatever the data."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings, strategies as st

from tests.printing.reading import boxes, clashes, outside, pages
from tests.printing.sheets import (
    LONG,
    ONE_WORD,
    RARE,
    finishers,
    named,
    sheet,
    unranked,
    with_unranked,
)
from timing.printing.document import draw
from timing.printing.sheet import Fact, Fit, Group, Paper, Turn

HOSTILE = {
    "no row at all": sheet(Group(title="Women", note="no starters")),
    "one row": sheet(Group(rows=finishers(1))),
    "three thousand rows": sheet(Group(rows=finishers(3000))),
    "twelve splits": sheet(Group(rows=finishers(120, splits=12)), splits=12),
    "twelve splits on upright paper": sheet(
        Group(rows=finishers(60, splits=12)), splits=12, turn=Turn.PORTRAIT
    ),
    "all did not start": sheet(with_unranked([], unranked(80, "DNS"))),
    "names of sixty letters": sheet(Group(rows=named([LONG] * 60))),
    "names of sixty letters, wrapped": sheet(Group(rows=named([LONG] * 60)), fit=Fit.WRAP),
    "one word of sixty letters": sheet(Group(rows=named([ONE_WORD] * 40))),
    "one word of sixty letters, wrapped": sheet(Group(rows=named([ONE_WORD] * 9)), fit=Fit.WRAP),
    "many scripts": sheet(Group(rows=named(RARE * 8))),
    "many scripts, wrapped": sheet(Group(rows=named([*RARE, LONG] * 8)), fit=Fit.WRAP),
    "many small groups": sheet(
        *(Group(title=f"Heat {n}", note="wind +1.2", rows=finishers(n % 9)) for n in range(40))
    ),
    "large type": sheet(Group(rows=finishers(50)), large=True),
    "letter": sheet(Group(rows=finishers(70)), paper=Paper.LETTER),
    "long head": sheet(
        Group(rows=finishers(3)),
        title=LONG * 3,
        subtitles=(LONG, ONE_WORD),
        facts=tuple(Fact(f"Fact {n}", LONG * (n % 4)) for n in range(12)),
        footer=LONG * 4,
        notes=(LONG * 9,),
        legend=tuple((f"C{n}", "meaning of it " * (n % 4 + 1)) for n in range(20)),
    ),
}


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_no_text_overlaps_another_or_leaves_the_page(case: str) -> None:
    drawn = draw(HOSTILE[case])
    for page in islice(pages(drawn.pdf), 8):
        assert outside(page) == []
        assert clashes(boxes(page)) == []


HOSTILE_TEXTS = st.lists(
    st.sampled_from([*RARE, LONG, ONE_WORD, "", "W" * 90, "a\nb\tc", "(\\)", "\u0301\u200fx"])
    | st.text(max_size=30),
    min_size=1,
    max_size=8,
)


@settings(max_examples=20, deadline=None)
@given(HOSTILE_TEXTS, st.sampled_from(list(Fit)), st.integers(0, 13))
def test_any_text_in_any_cell_stays_on_the_page(texts: list[str], fit: Fit, column: int) -> None:
    rows = [
        (*row[:column], text, *row[column + 1 :])
        for row, text in zip(finishers(len(texts)), texts, strict=True)
    ]
    drawn = draw(sheet(Group(title=texts[0], note=texts[-1], rows=rows), fit=fit))
    for page in pages(drawn.pdf):
        assert outside(page) == []
