"""Laws of lettering that hold for any text: order, size, lines, boxes for what no font has."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings, strategies as st

from tests.printing.sheets import LONG, RARE
from timing.printing.lettering.direction import apart, levels_of, visual_order
from timing.printing.lettering.faces import house_book
from timing.printing.lettering.fitting import LEAST, Fitter, Setting, setting_width
from timing.printing.lettering.pieces import MISSING, Cutter, tidy

BOOK = house_book()
FITTER = Fitter(BOOK, "en")
ALONE = house_book(search=False)
NAMES = st.text("abcdeÖłñ ÅΩЖ-'", min_size=1, max_size=50).map(str.strip).filter(bool)
HEBREW = st.text("אבגדה", min_size=1, max_size=8)


def shown(text: str) -> str:
    """The characters from left to right, as they are seen."""
    pieces = Cutter(BOOK).cut(tidy(text))
    told = "".join(piece.text or "".join(glyph.text for glyph in piece.glyphs) for piece in pieces)
    return told.replace("\u200e", "")


def sizes(setting: Setting) -> set[float]:
    return {run.size for run in setting}


@given(st.lists(st.integers(0, 4), max_size=30))
def test_the_order_on_paper_has_every_stretch_once(levels: list[int]) -> None:
    assert sorted(visual_order(levels)) == list(range(len(levels)))


@given(st.integers(0, 3), st.integers(1, 12))
def test_stretches_of_one_level_stand_in_order_or_all_the_other_way_round(
    level: int, count: int
) -> None:
    order = visual_order([level] * count)
    assert order == (list(range(count)) if level % 2 == 0 else list(range(count))[::-1])


@given(st.text(max_size=40))
def test_every_character_has_a_level_and_only_hebrew_and_arabic_run_backward(text: str) -> None:
    levels = levels_of(text)
    assert len(levels) == len(text)
    if not any("\u0590" <= char <= "\U00010fff" for char in text):
        assert set(levels) <= {0}


@given(HEBREW, st.integers(1, 999), st.integers(1, 99))
def test_a_name_that_is_kept_apart_leaves_the_sentence_around_it_in_order(
    name: str, bib: int, place: int
) -> None:
    said = f"{bib} {apart(name)}: {place}. 6:45.2 becomes {place + 1}. 6:50.2."
    assert shown(said) == said.replace(apart(name), name[::-1])


@given(NAMES)
def test_a_name_of_the_house_needs_not_to_be_kept_apart(name: str) -> None:
    assert apart(name) == name


@settings(deadline=None)
@given(NAMES, st.floats(15, 400))
@example("aaaa-", 15)  # a name is not broken behind its last hyphen
def test_a_name_shrinks_no_further_than_it_must_and_never_below_the_least(
    name: str, width: float
) -> None:
    setting = FITTER.cell(name, 10, width)
    natural = FITTER.width(name, 10)
    if natural <= width:
        assert sizes(setting) == {10}
    one_line = len({run.y for run in setting}) == 1
    if one_line and natural > width:
        assert min(sizes(setting)) >= LEAST * 10 - 0.01
        assert setting_width(setting) > width * 0.9 or "…" in "".join(run.text for run in setting)


@settings(deadline=None)
@given(st.floats(60, 500), st.floats(60, 500))
def test_a_wider_column_never_makes_a_name_smaller(one: float, other: float) -> None:
    narrow, wide = sorted((one, other))
    least, most = (min(sizes(FITTER.cell(LONG, 10, width))) for width in (narrow, wide))
    assert least <= most + 0.01


@settings(deadline=None)
@given(NAMES, st.floats(40, 300))
def test_a_paragraph_loses_no_letter(said: str, width: float) -> None:
    lines = FITTER.paragraph(said, 8, width)
    kept = "".join(run.text for line in lines for run in line)
    assert kept.replace(" ", "") == tidy(said).replace(" ", "")


@pytest.mark.parametrize("text", ["", " ", "\u200b\u200e"])
def test_nothing_to_see_takes_no_room(text: str) -> None:
    assert setting_width(FITTER.line(text.strip(), 10, 100)) == 0
    assert sum(piece.width for piece in Cutter(BOOK).cut(tidy("\u200b\u200e"))) == 0


@given(st.text("\ue000\ue001\ue002", min_size=1, max_size=12))
def test_a_letter_that_no_font_has_is_one_box_each_and_is_counted(text: str) -> None:
    cutter = Cutter(ALONE)
    pieces = cutter.cut(f"Ann {text}")
    glyphs = [glyph for piece in pieces for glyph in piece.glyphs]
    assert len(glyphs) == len(text)
    assert {(glyph.number, glyph.text) for glyph in glyphs} == {(0, MISSING)}
    assert all(glyph.advance > 0 for glyph in glyphs)
    assert cutter.missing == Counter(text)


@pytest.mark.parametrize("name", RARE)
def test_a_rare_name_is_as_wide_as_its_pieces_in_any_size(name: str) -> None:
    pieces = Cutter(BOOK).cut(tidy(name))
    whole = sum(piece.width for piece in pieces)
    for size in (6.0, 10.0, 17.0):
        assert FITTER.width(name, size) == pytest.approx(whole * size / 1000)
