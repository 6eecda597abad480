"""Groups stay together, titles keep their rows, teams their legs, and signatures their results."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from tests.printing.sheets import columns, finishers, sheet
from timing.printing.layout.pages import Page
from timing.printing.layout.sheet_layout import Layout, lay_out
from timing.printing.lettering.faces import house_book
from timing.printing.lettering.fitting import Fitter
from timing.printing.sheet import Blank, Column, Fact, Group, RowStyle, Sheet

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


def to_write_in(*sizes: int) -> Sheet:
    """Heats with cells to fill in, whose rows cannot be pressed together."""
    heads = (*columns()[:3], Column(key="note", heading="Note", min_width=9, blank=Blank.CELL))
    parts = [
        Group(title=group.title, rows=[(*row[:3], "") for row in group.rows])
        for group in groups(*sizes)
    ]
    return sheet(*parts, columns=heads, facts=())


def texts(page: Page) -> list[str]:
    return [
        run.text for placed in page.panels for type_ in placed.panel.types for run in type_.setting
    ]


@pytest.mark.parametrize("last", range(5, 12))
def test_a_short_last_group_moves_as_a_whole_to_where_the_signatures_are(last: int) -> None:
    layout = laid(to_write_in(8, 8, 4, last))
    for page in layout.pages:
        for number, size in enumerate((8, 8, 4, last), 1):
            first = sum((8, 8, 4, last)[: number - 1])
            on_page = [rows for rows in page.rows if first <= rows.first < first + size]
            assert [(rows.first, rows.last) for rows in on_page] in ([], [(first, first + size)])
            assert (f"Heat {number}" in texts(page)) == bool(on_page)
    assert "Referee" in texts(layout.pages[-1])


@pytest.mark.parametrize("count", range(24, 40))
def test_the_last_rows_of_a_long_group_go_on_under_its_title(count: int) -> None:
    layout = laid(to_write_in(count))
    for before, page in zip(layout.pages, layout.pages[1:], strict=False):
        assert before.rows
        assert "Heat 1 (continued)" in texts(page)
        assert sum(rows.last - rows.first for rows in page.rows) >= 2


@pytest.mark.parametrize("count", range(20, 64))
def test_legend_notes_and_signatures_stand_together_below_rows(count: int) -> None:
    layout = laid(to_write_in(count))
    for page in layout.pages[:-1]:
        assert not {"Legend", "Notes", "Referee"} & set(texts(page))
    assert {"Legend", "Notes", "Referee"} <= set(texts(layout.pages[-1]))
    assert layout.pages[-1].rows


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_every_page_repeats_the_headings_above_its_rows(sizes: list[int]) -> None:
    layout = laid(to_write_in(*sizes))
    for page in layout.pages:
        if page.rows:
            assert {"Bib", "Name", "Note"} <= set(texts(page))
            heading = max(
                placed.top - placed.panel.height
                for placed in page.panels
                if any(run.text == "Note" for t in placed.panel.types for run in t.setting)
            )
            assert all(rows.top <= heading + 0.01 for rows in page.rows)
