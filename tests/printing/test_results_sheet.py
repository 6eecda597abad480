"""A results sheet prints the standings, row by row, and explains exactly what it uses."""

from __future__ import annotations

import pytest

from tests.printing.race import MILE, frame, heats, mile
from tests.printing.reading import pages, text_of
from timing.core.clock import Instant
from timing.core.listing import lines_of
from timing.printing.document import draw
from timing.printing.frame import Edition
from timing.printing.result_cells import COMPACT, View
from timing.printing.results_sheet import Circumstances, results_sheet
from timing.printing.sheet import Fact, RowStyle, Sheet, Tone


def cells(sheet: Sheet, key: str) -> list[list[str]]:
    """The texts of a column, group by group."""
    number = [column.key for column in sheet.columns].index(key)
    return [[row[number] for row in group.rows] for group in sheet.groups]


def keys(sheet: Sheet) -> list[str]:
    return [column.key for column in sheet.columns]


def test_the_rows_are_the_rows_of_the_standings() -> None:
    told = mile()
    sheet = results_sheet(frame(told), told.standings())
    lines = lines_of(told.standings())
    assert cells(sheet, "bib") == [[line.bib for line in lines]]
    assert cells(sheet, "time") == [[line.time for line in lines]]
    assert cells(sheet, "place") == [["1", "2=", "2=", "4", "", ""]]


def test_the_unranked_stand_below_with_their_reason_and_rule() -> None:
    told = mile()
    sheet = results_sheet(frame(told), told.standings())
    (group,) = sheet.groups
    assert cells(sheet, "time")[0][-2:] == ["DNF", "DQ (TR16.8)"]
    assert list(group.styles[-2:]) == [RowStyle.UNRANKED] * 2
    assert RowStyle.UNRANKED not in group.styles[:4]


def test_the_legend_holds_exactly_the_codes_used() -> None:
    told = mile()
    codes = [code for code, _ in results_sheet(frame(told), told.standings()).legend]
    assert codes == ["=", "+", "DNF", "DQ"]
    clean = mile(
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | dns 103 | dns 104 | dns 105 | dns 106"
    )
    sheet = results_sheet(frame(clean), clean.standings())
    assert [code for code, _ in sheet.legend] == ["DNS"]


def test_columns_without_content_are_left_out() -> None:
    told = mile("gun 0:00 | 101 finish 6:45")
    assert "notes" not in keys(results_sheet(frame(told), told.standings()))
    assert "lane" not in keys(results_sheet(frame(told), told.standings()))
    told = mile()
    assert "notes" in keys(results_sheet(frame(told), told.standings()))


def test_a_compact_sheet_has_fewer_columns() -> None:
    told = mile()
    compact = results_sheet(frame(told), told.standings(), keys=COMPACT)
    assert "born" not in keys(compact)
    assert {"place", "name", "time"} <= set(keys(compact))


def test_an_unknown_column_is_named() -> None:
    told = mile()
    with pytest.raises(KeyError, match="shoe"):
        results_sheet(frame(told), told.standings(), keys=("place", "shoe"))


def test_by_sex_each_list_counts_from_one() -> None:
    told = mile()
    sheet = results_sheet(frame(told), told.standings(), view=View.SEX)
    assert [group.title for group in sheet.groups] == ["Women", "Men"]
    assert cells(sheet, "place") == [["1", "2"], ["1", "1", "", ""]]
    assert "sex" not in keys(sheet)


def test_categories_stand_in_the_order_asked_for() -> None:
    told = mile()
    around = Circumstances(categories=("W", "W35", "M", "M35", "M45"))
    sheet = results_sheet(frame(told), told.standings(), around, view=View.CATEGORY)
    assert [group.title for group in sheet.groups] == ["W", "W35", "M", "M35", "M45"]


def test_heats_have_their_own_list_their_name_and_their_wind() -> None:
    told = heats()
    sheet = results_sheet(frame(told), told.standings("race", "heats"), view=View.HEAT)
    assert [(group.title, group.note) for group in sheet.groups] == [
        ("Heat 1", "wind +1.2 m/s"),
        ("Second heat", ""),
    ]
    assert cells(sheet, "place") == [["1", "2", "3"], ["1", "2", ""]]


def test_the_head_tells_who_goes_on_and_how_it_is_timed() -> None:
    told = heats()
    facts = {
        fact.label: fact.value
        for fact in results_sheet(frame(told), told.standings("race", "heats")).facts
    }
    assert facts["Qualification"] == "first 1 of each heat (Q), next 2 fastest (q) go on"
    assert facts["Timing"] == "fully automatic timing (photo finish)"
    assert facts["Weather"] == "cloudy, 14 °C"
    assert facts["Course"] == "1609.344 m"
    assert facts["Ranked by"] == "gun time, rounded up to 0.1 s"


def test_a_provisional_sheet_tells_the_protest_deadline_and_a_new_version_its_changes() -> None:
    told = mile()
    until = Circumstances(
        deadline=Instant(told.journal.reads[0].at + 1_800_000_000),  # type: ignore[operator]
        changes=("104 disqualified (TR16.8)",),
        records=(Fact("World record", "5:54.25"),),
    )
    sheet = results_sheet(frame(told, edition=Edition("amended", 3)), told.standings(), until)
    text = text_of(draw(sheet).pdf)
    assert "Protests until 08:36:45" in text
    assert "Changed since the last version: 104 disqualified (TR16.8)" in text
    assert "World record" in text
    assert sheet.state is not None
    assert (sheet.state.text, sheet.state.tone) == ("Amended v3", Tone.FINAL)


@pytest.mark.parametrize("view", View)
def test_every_name_is_on_paper_in_every_view(view: View) -> None:
    told = mile()
    drawn = draw(results_sheet(frame(told), told.standings(), view=view))
    assert not drawn.missing
    text = "".join(page.extract_text() for page in pages(drawn.pdf))
    for name in ("Björnsdóttir", "Brzęczyszczykiewicz", "Καζαντζάκης", "Trần Thị Bích Ngọc"):
        assert name in text
    assert "محمد فريد"[::-1] in text  # as it stands on paper, from left to right


@pytest.mark.parametrize("language", ["en", "de", "it", "fr", "es"])
def test_the_sheet_speaks_the_language_asked_for(language: str) -> None:
    told = mile(MILE)
    sheet = results_sheet(frame(told, language=language), told.standings())
    headings = {"en": "Rank", "de": "Rang", "it": "Pos.", "fr": "Rang", "es": "Pos."}
    assert sheet.columns[0].heading == headings[language]
    assert sheet.language == language
    assert draw(sheet).pages == 1
