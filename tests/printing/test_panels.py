"""Panels are put together without losing a mark, and marks are written as short as they can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from timing.printing.layout.panels import (
    EMPTY,
    Area,
    Panel,
    Pattern,
    Picture,
    Stroke,
    beside,
    frame,
    stacked,
)
from timing.printing.pens.ink import areas, num, patterns, strokes

LENGTH = st.integers(-2_000, 2_000).map(float)
HEIGHT = st.integers(0, 400).map(float)


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    x, y, height = draw(LENGTH), draw(LENGTH), draw(HEIGHT)
    return Panel(
        height,
        areas=(Area(x, y, 3, 4, 0.5),),
        strokes=(Stroke(x, y, x + 5, y, 0.7),),
        pictures=(Picture(x, y, 6, 7, Path("logo.png")),),
        patterns=(Pattern(x, y, 8, 8, (b"\x01\x00",)),),
    )


def marks(panel: Panel) -> list[int]:
    return [len(panel.areas), len(panel.strokes), len(panel.pictures), len(panel.patterns)]


@given(st.lists(panels(), max_size=6), HEIGHT)
def test_panels_below_each_other_keep_every_mark_and_hang_below_each_other(
    parts: list[Panel], gap: float
) -> None:
    whole = stacked(parts, gap)
    assert marks(whole) == [len(parts)] * 4
    depth = 0.0
    for number, part in enumerate(parts):
        depth += gap if depth and part.height else 0.0
        assert whole.areas[number].y == part.areas[0].y - depth
        assert whole.strokes[number].y2 == part.strokes[0].y2 - depth
        assert whole.pictures[number].y == part.pictures[0].y - depth
        assert whole.patterns[number].x == part.patterns[0].x
        depth += part.height
    assert whole.height == depth


@given(panels(), panels(), LENGTH)
def test_panels_side_by_side_keep_every_mark_and_the_height_of_the_higher(
    left: Panel, right: Panel, x: float
) -> None:
    both = beside(left, right, x)
    assert marks(both) == [2] * 4
    assert both.height == max(left.height, right.height)
    assert both.areas[0] == left.areas[0]
    assert both.areas[1].x == right.areas[0].x + x
    assert both.strokes[1].x2 == right.strokes[0].x2 + x
    assert both.pictures[1].x == right.pictures[0].x + x


def test_nothing_beside_nothing_is_nothing() -> None:
    assert beside(EMPTY, EMPTY, 7) == EMPTY == stacked([])


def test_a_frame_is_closed() -> None:
    sides = frame(1, 2, 30, 40, 0.7)
    ends = [point for side in sides for point in ((side.x1, side.y1), (side.x2, side.y2))]
    assert sorted(set(ends)) == [(1, 2), (1, 42), (31, 2), (31, 42)]
    assert all(ends.count(corner) == 2 for corner in set(ends))


@given(st.floats(-20_000, 20_000, allow_nan=False))
def test_a_number_is_within_half_a_hundredth_and_has_no_needless_digit(value: float) -> None:
    text = num(value)
    assert abs(float(text) - value) <= 0.005 + 1e-9
    assert not text.endswith(".")
    assert "." not in text or not text.endswith("0")
    assert text != "-0"
    assert "e" not in text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-0.001, "0"), (10.0, "10"), (0.5, "0.5"), (-1.25, "-1.25")]
)
def test_numbers_are_written_short(value: float, text: str) -> None:
    assert num(value) == text


def test_neighbours_of_one_grey_are_one_path_and_black_is_left_behind() -> None:
    written = areas([Area(0, 0, 1, 1, 0.9), Area(2, 0, 1, 1, 0.9), Area(4, 0, 1, 1, 0.5)], 10, 20)
    assert written.count(" f ") == 2
    assert written.count(" re") == 3
    assert written.endswith("0 g ")
    assert "12 20 1 1 re" in written
    assert areas([], 0, 0) == ""


def test_neighbours_of_one_thickness_are_one_path() -> None:
    lines = [Stroke(0, 0, 5, 0, 0.5), Stroke(0, 2, 5, 2, 0.5), Stroke(0, 4, 5, 4, 1.0)]
    written = strokes(lines, 1, 1)
    assert written.count(" S ") == 2
    assert written.count(" m ") == 3


def test_runs_of_black_squares_are_one_rectangle_from_the_bottom_up() -> None:
    code = Pattern(0, 0, 30, 20, (b"\x01\x01\x00", b"\x00\x00\x01"))
    written = patterns([code], 0, 0)
    assert "0 1 2 1 re 2 0 1 1 re f" in written
    assert written.startswith("q 10.00000 0 0 10.00000 0 0 cm")
