"""Texts are cut into pieces of one face, in the order of the paper."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from timing.printing.lettering.direction import levels_of, visual_order
from timing.printing.lettering.faces import house_book
from timing.printing.lettering.pieces import Cutter, tidy


def shown(text: str) -> str:
    """The characters from left to right."""
    pieces = Cutter(house_book()).cut(tidy(text))
    return "".join(piece.text or "".join(glyph.text for glyph in piece.glyphs) for piece in pieces)


def test_a_text_of_the_house_face_stays_one_piece_of_text() -> None:
    (piece,) = Cutter(house_book()).cut("Nguyễn Ωμέγα Жанна")
    assert piece.text == "Nguyễn Ωμέγα Жанна"
    assert piece.glyphs == ()
    assert piece.width == pytest.approx(house_book().regular.measure(piece.text))


def test_letters_and_marks_are_composed_and_line_breaks_are_blanks() -> None:
    assert tidy("Andre\u0301\nX\tY\x00") == "André X Y "


@pytest.mark.parametrize(
    ("written", "on_paper"),
    [
        ("שלום", "םולש"),
        ("שלום 42", "42 םולש"),
        ("Levi שלום", "Levi םולש"),
        ("Levi (שלום) 42", "Levi (םולש) 42"),
        ("שלום Levi שלום", "םולש Levi םולש"),
        ("כהן-לוי", "יול-ןהכ"),
    ],
)
def test_right_to_left_names_stand_in_the_right_order(written: str, on_paper: str) -> None:
    assert shown(written).replace(")", "(") == on_paper.replace(")", "(")


def test_brackets_keep_to_the_name_that_they_hold() -> None:
    levels = levels_of("Ali (שלום) 42")
    assert levels[4] == levels[9] == 0
    assert levels_of("שלום (Ali)")[-1] == 1
    assert levels_of("(Ali) Björn") == [0] * 11


def test_letters_of_arabic_are_joined() -> None:
    cutter = Cutter(house_book())
    glyphs = [glyph.number for piece in cutter.cut("ممم") for glyph in piece.glyphs]
    if 0 in glyphs:
        pytest.skip("no font with Arabic letters on this machine (Debian: fonts-dejavu-core)")
    assert len(set(glyphs)) == 3  # end, middle and beginning of the same letter look different


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u2067\u2069", "\ufe0f", "\u00ad"])
def test_what_nobody_can_see_makes_no_piece(unseen: str) -> None:
    cutter = Cutter(house_book())
    assert cutter.cut(unseen) == ()
    assert cutter.cut(unseen, bold=True) == ()
    assert all(piece.text or piece.glyphs for piece in cutter.cut(f"A{unseen} שלום{unseen}"))
    assert not cutter.missing


def test_embedding_commands_are_not_printed() -> None:
    assert shown("a\u202bb\u202cc") == "abc"


def test_stretches_are_turned_level_by_level() -> None:
    assert visual_order([0, 1, 0]) == [0, 1, 2]
    assert visual_order([1, 2, 1]) == [2, 1, 0]
    assert visual_order([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert visual_order([]) == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=25))
def test_any_text_is_cut_without_losing_a_letter(text: str) -> None:
    cutter = Cutter(house_book(search=False))
    pieces = cutter.cut(tidy(text))
    assert sum(piece.width for piece in pieces) >= 0
    house = [char for char in tidy(text) if char in house_book().regular.chars]
    kept = "".join(piece.text for piece in pieces) + "".join(
        glyph.text for piece in pieces for glyph in piece.glyphs
    )
    letters = [char for char in house if char.isalnum()]
    assert len([char for char in kept if char.isalnum()]) >= len(letters)
