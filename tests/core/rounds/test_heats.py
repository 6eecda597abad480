from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from timing.core.refusal import Refusal
from timing.core.rounds.heats import (
    HeatRow,
    HeatTable,
    Stage,
    check_heat_table,
    decode_heat_table,
    heat_count,
    heat_order,
    heat_row,
    seed_order,
    zigzag,
)
from timing.core.rulebook.lots import draw_lot

FOLDER = Path(__file__).parents[3] / "config" / "rules" / "heats"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.toml"))}
TABLES = {code: decode_heat_table(text) for code, text in TEXTS.items()}
IAAF, IUAA, USATF = (TABLES[code] for code in ("iaaf-default", "iuaa-indoor", "usatf-youth"))


def with_row(row: HeatRow, *more: HeatRow) -> HeatTable:
    """A table of one section, 8 lanes and 8 finalists, with these rows only."""
    return replace(IAAF, sections=(replace(IAAF.sections[0], rows=(row, *more)),))


def row(first: int, last: int, *stages: tuple[int, int, int]) -> HeatRow:
    return HeatRow(first=first, last=last, stages=tuple(Stage(*stage) for stage in stages))


def problems(*rows: HeatRow) -> list[tuple[str, str]]:
    return [(problem.code, problem.sentence) for problem in check_heat_table(with_row(*rows))]


@pytest.mark.parametrize("code", TABLES)
def test_every_table_of_the_house_adds_up_and_names_its_source(code):
    table = TABLES[code]
    assert check_heat_table(table) == ()
    assert table.code == code
    assert table.source
    assert table.certainty in ("V", "S", "?")


def test_a_stage_sends_on_its_places_and_its_times():
    assert Stage(3, 2, 2).qualifiers == 8


@pytest.mark.parametrize(
    ("table", "event", "entries", "stages"),
    [
        (IAAF, "100m", 8, None),
        (IAAF, "100m", 9, [(2, 3, 2)]),
        (IAAF, "100m", 16, [(2, 3, 2)]),
        (IAAF, "100m", 17, [(3, 2, 2)]),
        (IAAF, "100m", 60, [(8, 3, 8), (4, 2, 0)]),
        (IAAF, "800m", 60, [(8, 2, 8), (3, 2, 2)]),
        (IAAF, "1500m", 31, [(3, 6, 6), (2, 5, 2)]),
        (IAAF, "100m", 81, None),
        (IAAF, "3000mSC", 20, None),
        (USATF, "55mH", 33, [(5, 1, 3)]),
        (USATF, "100m", 49, None),
        (IUAA, "60m", 30, [(4, 2, 8), (2, 4, 0)]),
        (IUAA, "400m", 9, [(3, 1, 1)]),
    ],
)
def test_the_row_follows_from_the_event_and_the_number_of_entries(table, event, entries, stages):
    found = heat_row(table, event, entries)
    shown = found and [(stage.heats, stage.by_place, stage.by_time) for stage in found.stages]
    assert shown == stages


def test_an_alternative_row_is_used_only_when_it_is_asked_for():
    chosen = heat_row(IUAA, "200m", 12, alternative=True)
    assert chosen is not None
    assert chosen.stages == (Stage(3, 2, 2), Stage(2, 2, 0))
    only = heat_row(IUAA, "200m", 13, alternative=True)
    assert only is not None
    assert only.stages[0] == Stage(4, 1, 4)


def test_a_row_that_sends_on_too_many_is_refused_by_name():
    assert problems(row(9, 16, (2, 3, 3))) == [
        ("heat-row-sum", "100m, row 9-16: round 1 sends 2 x 3 + 3 = 9 on; expected 8")
    ]


def test_the_first_round_must_fill_the_semi_finals():
    assert problems(row(25, 32, (4, 3, 3), (2, 4, 0))) == [
        ("heat-row-sum", "100m, row 25-32: round 1 sends 4 x 3 + 3 = 15 on; expected 16")
    ]


def test_the_semi_finals_must_fill_the_final():
    assert problems(row(25, 32, (4, 3, 4), (2, 3, 0))) == [
        ("heat-row-sum", "100m, row 25-32: round 2 sends 2 x 3 + 0 = 6 on; expected 8")
    ]


def test_heats_without_room_for_the_entries_are_refused():
    assert problems(row(9, 17, (2, 3, 2))) == [
        ("heat-row-room", "100m, row 9-17: 2 heats hold 16; expected room for 17")
    ]


@pytest.mark.parametrize(("first", "last"), [(0, 16), (17, 16)])
def test_a_row_from_more_to_fewer_or_from_nobody_is_refused(first, last):
    where = f"100m, row {first}-{last}"
    assert problems(row(first, last, (2, 3, 2))) == [
        ("heat-row-range", f"{where}: expected the smaller number first, from 1")
    ]


def test_a_row_for_one_number_is_a_row():
    assert problems(row(9, 9, (2, 3, 2))) == []
    assert problems(row(1, 9, (2, 3, 2))) == []


def test_a_row_without_a_round_is_refused():
    assert problems(row(9, 16)) == [
        ("heat-row-empty", "100m, row 9-16: no round; expected one before the final")
    ]


@pytest.mark.parametrize("stage", [(2, -1, 10), (2, 5, -2)])
def test_a_negative_number_is_refused(stage):
    assert problems(row(9, 16, stage)) == [
        ("heat-row-number", "100m, row 9-16: round 1 has a number below its least")
    ]


def test_a_round_without_heats_is_refused():
    found = problems(row(9, 16, (0, 4, 8)))
    assert ("heat-row-number", "100m, row 9-16: round 1 has a number below its least") in found


@pytest.mark.parametrize("first", [16, 18])
def test_a_gap_or_an_overlap_between_rows_is_refused(first):
    assert problems(row(9, 16, (2, 3, 2)), row(first, 24, (3, 2, 2))) == [
        ("heat-row-gap", f"100m, row {first}-24: follows a row that ends at 16; expected 17")
    ]


def test_an_alternative_row_overlaps_without_being_refused():
    other = replace(row(9, 16, (2, 2, 4)), alternative=True)
    assert problems(row(9, 16, (2, 3, 2)), other, row(17, 24, (3, 2, 2))) == []


def test_a_bad_table_is_refused_with_file_and_row():
    text = TEXTS["usatf-youth"].replace("[[5, 1, 3]]", "[[5, 1, 4]]")
    with pytest.raises(Refusal, match=r"^youth\.toml: \*, row 33-40: round 1 sends 5 x 1 \+ 4 = 9"):
        decode_heat_table(text, "youth.toml")


@pytest.mark.parametrize(
    ("entries", "lanes", "heats"),
    [(0, 8, 0), (1, 8, 1), (8, 8, 1), (9, 8, 2), (16, 8, 2), (17, 8, 3), (70, 9, 8), (3, 1, 3)],
)
def test_there_are_as_few_heats_as_hold_everybody(entries, lanes, heats):
    assert heat_count(entries, lanes) == heats


def test_heats_need_lanes():
    with pytest.raises(ValueError, match="0 lanes; expected at least one"):
        heat_count(8, 0)


def test_entries_without_a_mark_are_seeded_last_in_the_order_given():
    entries = [("A", 1090), ("X", None), ("C", 1070), ("W", None), ("D", 1100)]
    assert seed_order(entries) == ("C", "A", "D", "X", "W")


def test_equal_marks_keep_the_order_given():
    assert seed_order([("Z", 5), ("A", 5), ("B", 4)]) == ("B", "Z", "A")


def test_three_heats_are_filled_forth_and_back():
    assert zigzag(range(1, 11), 3) == ((1, 6, 7), (2, 5, 8), (3, 4, 9, 10))


def test_one_heat_takes_all_and_none_is_no_heat():
    assert zigzag("abc", 1) == (("a", "b", "c"),)
    with pytest.raises(ValueError, match="0 heats; expected at least one"):
        zigzag("abc", 0)


@given(st.integers(0, 100), st.integers(1, 12))
def test_zigzag_is_a_permutation_with_balanced_heats_of_balanced_strength(entries, heats):
    drawn = zigzag(range(1, entries + 1), heats)
    assert sorted(rank for heat in drawn for rank in heat) == list(range(1, entries + 1))
    sizes = [len(heat) for heat in drawn]
    assert len(drawn) == heats
    assert max(sizes) - min(sizes) <= 1
    # Each heat gets one of every row of ranks: the best of all heats are the best of all.
    for heat in drawn:
        assert [(rank - 1) // heats for rank in heat] == list(range(len(heat)))
    for first, second in pairwise(drawn):
        full = [rank for row_ in zip(first, second, strict=False) for rank in row_]
        even_rows = full[: len(full) // 4 * 4]
        assert sum(even_rows[::2]) == sum(even_rows[1::2])


def test_the_order_of_the_heats_is_drawn_by_lot():
    lot = heat_order(3, seed="s", purpose="100m round 1")
    assert lot == draw_lot(["1", "2", "3"], seed="s", purpose="100m round 1")


def test_every_bad_row_of_a_section_is_named():
    codes = [code for code, _ in problems(row(9, 16), row(17, 24, (3, 2, 3)))]
    assert codes == ["heat-row-empty", "heat-row-sum"]


def test_one_heat_and_none_by_place_are_numbers():
    assert problems(row(1, 8, (1, 8, 0))) == []
    assert problems(row(9, 16, (2, 0, 8))) == []
