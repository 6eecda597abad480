"""Long texts shrink, then stand in two lines, then end in an ellipsis; never wider than allowed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from tests.printing.sheets import LONG, ONE_WORD
from timing.printing.lettering.faces import house_book
from timing.printing.lettering.fitting import ELLIPSIS, LEAST, Fitter, Setting, setting_width

FITTER = Fitter(house_book(), "en")
SIZE = 10.0


def text(setting: Setting) -> str:
    return "".join(run.text for run in setting)


def lines(setting: Setting) -> int:
    return len({run.y for run in setting})


def test_a_text_that_fits_keeps_its_size() -> None:
    (run,) = FITTER.line("Anna", SIZE, 100)
    assert (run.size, run.x, run.y) == (SIZE, 0.0, 0.0)


def test_a_text_that_is_a_little_too_wide_shrinks() -> None:
    width = FITTER.width("Grzegorz Brzęczyszczykiewicz", SIZE)
    (run,) = FITTER.cell("Grzegorz Brzęczyszczykiewicz", SIZE, width * 0.8)
    assert LEAST * SIZE <= run.size < SIZE
    assert run.width <= width * 0.8


def test_a_much_longer_text_stands_in_two_lines_of_one_row() -> None:
    setting = FITTER.cell(LONG, SIZE, 140)
    assert lines(setting) == 2
    assert ELLIPSIS not in text(setting)
    assert max(run.y for run in setting) < SIZE * 0.73
    assert min(run.y for run in setting) > -SIZE * 0.45


def test_what_is_still_too_long_ends_in_an_ellipsis() -> None:
    setting = FITTER.cell(LONG * 3, SIZE, 80)
    assert text(setting).endswith(ELLIPSIS)
    assert text(FITTER.line(LONG * 3, SIZE, 80)).endswith(ELLIPSIS)


def test_a_word_that_is_longer_than_the_line_is_broken() -> None:
    broken = FITTER.paragraph(ONE_WORD, SIZE, 60)
    assert len(broken) > 3
    assert "".join(text(line) for line in broken) == ONE_WORD


def test_a_paragraph_keeps_all_words_in_their_order() -> None:
    said = "Protests within thirty minutes of the announcement of the result " * 3
    broken = FITTER.paragraph(said.strip(), SIZE, 120)
    assert len(broken) > 5
    assert " ".join(text(line) for line in broken) == said.strip()


def test_a_paragraph_has_no_more_lines_than_allowed() -> None:
    broken = FITTER.paragraph(LONG * 5, SIZE, 90, most=3)
    assert len(broken) == 3
    assert text(broken[-1]).endswith(ELLIPSIS)


def test_capitals_tell_where_the_middle_of_a_row_is() -> None:
    assert FITTER.cap_height == pytest.approx(711, abs=5)


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=60), st.floats(30, 300))
def test_nothing_is_ever_wider_than_its_column(any_text: str, width: float) -> None:
    for setting in (
        FITTER.line(any_text, SIZE, width),
        FITTER.cell(any_text, SIZE, width, bold=True),
        *FITTER.paragraph(any_text, SIZE, width, most=4),
    ):
        assert setting_width(setting) <= width + 0.01
