"""Groups stay together, titles keep their rows, teams their legs, and signatures their results."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from tests.printing.sheets import columns, finishers, sheet
from timing.printing.layout.sheet_layout import Layout, lay_out
from timing.printing.lettering.faces import house_book
from timing.printing.lettering.fitting import Fitter
from timing.printing.sheet import Fact, Group, RowStyle, Sheet

FITTER = Fitter(house_book(), "en")


def laid(what: Sheet) -> Layout:
    return lay_out(what, FITTER)


def split(layout: Layout) -> list[list[tuple[int, int]]]:
    return [[(rows.first, rows.last) for rows in page.rows] for page in layout.pages]


def groups(*sizes: int) -> list[Group]:
    return [
        Group(title=f"Heat {number}", rows=finishers(size)) for number, size in enumerate(sizes, 1)
    ]


def narrow(count: int) -> Sheet:
    """A sheet of few columns: rank, bib, name."""
    rows = [row[:3] for row in finishers(count)]
    return sheet(Group(rows=rows), columns=columns()[:3])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 70), max_size=8))
def test_every_row_is_on_one_page_and_in_order(sizes: list[int]) -> None:
    layout = laid(sheet(*groups(*sizes)))
    numbers = [
        number for page in split(layout) for first, last in page for number in range(first, last)
    ]
    assert numbers == list(range(sum(sizes)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 70), max_size=8))
def test_no_page_is_overfull(sizes: list[int]) -> None:
    layout = laid(sheet(*groups(*sizes)))
    for page in layout.pages:
        bottoms = [
            rows.top - sum(layout.table.heights[rows.first : rows.last]) for rows in page.rows
        ]
        bottoms += [placed.top - placed.panel.height for placed in page.panels]
        assert min(bottoms) > 30


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 70), min_size=1, max_size=8))
def test_a_title_is_never_the_last_thing_on_a_page(sizes: list[int]) -> None:
    layout = laid(sheet(*groups(*sizes), legend=(), notes=(), signatures=()))
    for page in layout.pages:
        lowest = min(placed.top for placed in page.panels)
        assert any(rows.top < lowest for rows in page.rows)


def test_a_group_that_fits_on_the_next_page_is_not_torn() -> None:
    layout = laid(sheet(*groups(35, 20), signatures=(), notes=(), legend=()))
    assert [(0, 35)] in split(layout) or [(0, 35), (35, 55)] in split(layout)


def test_a_group_that_is_longer_than_a_page_goes_on_under_its_title() -> None:
    layout = laid(sheet(*groups(150)))
    assert len(layout.pages) >= 3
    for page in layout.pages[1:]:
        texts = [
            run.text
            for placed in page.panels
            for type_ in placed.panel.types
            for run in type_.setting
        ]
        assert "Heat 1 (continued)" in texts


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(1, 6))
def test_a_team_never_loses_its_legs(teams: int, legs: int) -> None:
    rows = finishers(teams * (legs + 1))
    styles = [RowStyle.STRONG, *[RowStyle.DETAIL] * legs] * teams
    layout = laid(sheet(Group(title="Relay", rows=rows, styles=styles)))
    for page in split(layout):
        for first, _ in page:
            assert styles[first] is RowStyle.STRONG


def test_no_row_stands_alone_on_the_last_page() -> None:
    for count in range(36, 130):
        layout = laid(sheet(Group(rows=finishers(count)), legend=(), notes=(), signatures=()))
        if len(layout.pages) > 1:
            first, last = split(layout)[-1][-1]
            assert last - first >= 2


@pytest.mark.parametrize("count", range(30, 60))
def test_signatures_never_stand_without_results(count: int) -> None:
    for layout in (
        laid(sheet(Group(rows=finishers(count)))),
        laid(sheet(*groups(count, 1, 1))),
    ):
        assert layout.pages[-1].rows


def test_a_head_full_of_facts_leaves_the_rows_to_the_next_page() -> None:
    facts = [Fact(f"Fact {number}", "word " * 90) for number in range(14)]
    layout = laid(sheet(Group(title="Heat", rows=finishers(5)), facts=facts))
    assert [rows for page in split(layout) for rows in page] == [(0, 5)]


def test_a_bookmark_points_to_the_title_of_its_group() -> None:
    layout = laid(sheet(*groups(30, 30, 30)))
    for page in layout.pages:
        for mark in page.bookmarks:
            assert any(placed.top == pytest.approx(mark.top) for placed in page.panels)
    assert [mark.title for page in layout.pages for mark in page.bookmarks] == [
        "Heat 1",
        "Heat 2",
        "Heat 3",
    ]


def test_few_rows_are_printed_large_and_many_are_not() -> None:
    assert laid(narrow(6)).grid.size > laid(narrow(60)).grid.size


def test_wall_sheets_have_large_type() -> None:
    usual = narrow(40)
    assert laid(replace(usual, large=True)).grid.size > 1.4 * laid(usual).grid.size
