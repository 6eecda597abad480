"""A cell of a result list is shown by a spreadsheet and never computed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from timing.files.feeds.csv_out import csv_text, harmless


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        '=HYPERLINK("http://evil","x")',
        "+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "-2+3",
        "\t=1",
        "\r=1",
    ],
)
def test_a_formula_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["+1:02.3", "-8:00", "-12", "+0.1", "Ana", "7", "", "a=b"])
def test_signed_times_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.text())
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    shown = harmless(cell)
    assert not shown.startswith(("=", "@", "\t", "\r"))
    assert shown.endswith(cell)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.lists(st.lists(CELL, min_size=2, max_size=2)))
def test_a_table_is_read_back_as_it_was_written(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(["a", "b"], rows), newline="")))
    assert read == [["a", "b"], *([harmless(cell) for cell in row] for row in rows)]
