"""Lists from before the race: who stands on them, in which order, with what to fill in."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import entry, story
from tests.printing.every_kind import sprinters
from tests.printing.race import frame, heats, mile, people
from timing.core.clock import Duration
from timing.printing.sheet import Blank, Sheet
from timing.printing.sheets.start_lists import KINDS, MOST_LAPS, start_list, time_sheet
from timing.printing.sheets.starters import by_bib, by_name, starters_of


def listed(kind: str, **more: object) -> Sheet:
    return start_list(frame(heats()), sprinters(), kind, round_code="heats", **more)  # type: ignore[arg-type]


def cells(sheet: Sheet, key: str) -> list[list[str]]:
    number = [column.key for column in sheet.columns].index(key)
    return [[row[number] for row in group.rows] for group in sheet.groups]


def test_heats_stand_lane_by_lane() -> None:
    sheet = listed("start")
    assert [group.title for group in sheet.groups] == ["Heat 1", "Second heat"]
    assert cells(sheet, "lane") == [["3", "5", "7"], ["4", "6", "8"]]
    assert cells(sheet, "bib") == [["101", "103", "105"], ["102", "104", "106"]]


def test_everybody_who_is_entered_is_on_the_list_once() -> None:
    told = mile()
    for kind in KINDS:
        sheet = start_list(frame(told), starters_of(told.event, told.state.lineup), kind)
        bibs = [bib for group in cells(sheet, "bib") for bib in group]
        assert sorted(bibs) == [person.bib for person in people()]


def test_names_are_sorted_by_family_without_accents() -> None:
    told = story(
        "gun 0:00",
        entered=[
            entry("1", name="Zoë Årup"),
            entry("2", name="Anna Zimmer"),
            entry("3", name="Émile Arup"),
            entry("4", name="van der Berg Ida", family="Berg"),
        ],
    )
    ordered = sorted(starters_of(told.event, told.state.lineup), key=by_name)
    assert [each.bib for each in ordered] == ["3", "1", "4", "2"]


def test_bibs_are_sorted_as_numbers_and_who_has_none_is_seen_first() -> None:
    told = story("gun 0:00", entered=[entry("10"), entry("9"), entry("A101"), entry("")])
    ordered = sorted(starters_of(told.event, told.state.lineup), key=by_bib)
    assert [each.bib for each in ordered] == ["", "9", "10", "A101"]


def test_a_hidden_name_is_hidden_on_paper() -> None:
    told = story("gun 0:00", entered=[entry("1", name="Anna Secret", club="Harriers", hidden=True)])
    sheet = start_list(frame(told), starters_of(told.event, told.state.lineup), "start")
    assert cells(sheet, "name") == [["\u2014"]]
    assert "club" not in [column.key for column in sheet.columns]


@pytest.mark.parametrize(
    ("kind", "ticks", "blanks"),
    [("call-room", 3, 1), ("check-in", 1, 1), ("judges", 0, 3), ("start", 0, 0)],
)
def test_there_is_something_to_tick_and_to_write_where_it_is_needed(
    kind: str, ticks: int, blanks: int
) -> None:
    kinds = [column.blank for column in listed(kind).columns]
    assert kinds.count(Blank.TICK) == ticks
    assert kinds.count(Blank.CELL) == blanks


def test_lap_counters_get_a_column_a_lap_as_far_as_they_fit() -> None:
    assert [column.heading for column in listed("laps", laps=4).columns][2:] == ["1", "2", "3", "4"]
    assert len(listed("laps", laps=200).columns) == 2 + MOST_LAPS


def test_an_empty_sheet_for_times_is_numbered() -> None:
    sheet = time_sheet(frame(mile()), 30)
    assert [row[0] for row in sheet.groups[0].rows] == [str(number) for number in range(1, 31)]


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(KeyError, match="breakfast"):
        listed("breakfast")


def test_bests_that_came_with_the_entry_stand_beside_the_entry_time() -> None:
    told = story(
        "gun 0:00",
        entered=[
            replace(entry("1"), seed=Duration(400_000_000), pb=Duration(395_500_000)),
            replace(entry("2"), sb=Duration(410_000_000)),
        ],
    )
    starters = starters_of(told.event, told.state.lineup)
    for kind in ("start", "announcer"):
        sheet = start_list(frame(told), starters, kind)
        assert cells(sheet, "pb") == [["6:35.5", ""]]
        assert cells(sheet, "sb") == [["", "6:50.0"]]
    assert "pb" not in [column.key for column in listed("start").columns]
