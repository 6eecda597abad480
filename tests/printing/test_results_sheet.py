"""A results sheet prints the standings, row by row, and explains exactly what it uses."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import Told, contest, course, entry, story
from tests.printing.race import MILE, frame, heats, mile
from tests.printing.reading import pages, text_of
from timing.core.clock import Duration, Instant, format_duration
from timing.core.fold.results import Mark
from timing.core.rulebook.rules import Basis
from timing.core.telling.listing import Line, lines_of
from timing.printing.document import draw
from timing.printing.sheet import Fact, RowStyle, Sheet, Tone
from timing.printing.sheets.contest_facts import contest_facts
from timing.printing.sheets.frame import Edition, Frame
from timing.printing.sheets.result_cells import COMPACT
from timing.printing.sheets.result_rows import View
from timing.printing.sheets.results_sheet import Circumstances, results_sheet
from timing.printing.sheets.time_texts import TimeTexts


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


def texts_of(told: Told, round_code: str = "") -> tuple[dict[str, list[str]], list[Line]]:
    """Every column of the sheet, and the lines that web and files show."""
    standings = told.standings("race", round_code)
    sheet = results_sheet(frame(told), standings)
    columns = {column.key: cells(sheet, column.key)[0] for column in sheet.columns}
    return columns, lines_of(standings)


LAPPED = contest(course=course("start 0 | line 400", open_laps=True), basis=Basis.LAPS, decimals=1)
MATS = contest(course=course("start 0 | turn 800 | finish 1609.344"), basis=Basis.NET, decimals=0)
STORIES = {
    "road": mile(),
    "heats": heats(),
    "net": story(
        "gun 0:00 | 101 start 0:03.2 | 101 turn 3:10.7 | 101 finish 6:45.112 | "
        "102 start 0:01 | 102 turn 3:11 | 102 finish 6:45.9 | 103 turn 3:40",
        of=MATS,
    ),
    "laps": story(
        "gun 0:00 | 101 line 1:31.25 | 101 line 3:05 | 102 line 1:40 | 101 line 4:44.9 | dnf 103",
        of=LAPPED,
    ),
}


@pytest.mark.parametrize("told", STORIES.values(), ids=STORIES)
def test_paper_says_the_same_as_the_pages_and_the_files(told: Told) -> None:
    columns, lines = texts_of(told, "heats" if len(told.event.contests[0].rounds) > 1 else "")
    for key, texts in columns.items():
        if key in Line._fields and key != "notes":
            assert texts == [getattr(line, key) for line in lines], key
    if "notes" in columns:
        shown = [", ".join(line.notes) for line in lines]
        assert [text.removesuffix("OOC").removesuffix(", ") for text in columns["notes"]] == shown


def test_splits_stand_under_the_name_of_their_point() -> None:
    told = STORIES["net"]
    sheet = results_sheet(frame(told), told.standings())
    assert "Turn" in [column.heading for column in sheet.columns]
    assert cells(sheet, "split") == [["3:10", "3:11", "3:40"]]


def test_a_time_is_cut_and_never_rounded_by_the_printer() -> None:
    texts = TimeTexts(2)
    for micros in (0, 9_999, 10_000, 59_999_999, 60_000_000, 3_600_000_000, -1_500_000):
        assert texts.text(micros) == format_duration(micros, 2)


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
    assert codes == ["=", "+", "DNF", "DQ", "TR16.8"]
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


def test_below_the_heats_there_may_be_one_list_of_all() -> None:
    told = heats()
    standings = told.standings("race", "heats")
    sheet = results_sheet(frame(told), standings, Circumstances(summary=True), view=View.HEAT)
    assert [group.title for group in sheet.groups] == ["Heat 1", "Second heat", "Overall"]
    assert cells(sheet, "place")[2] == [line.place for line in lines_of(standings)]
    assert cells(sheet, "bib")[2] == [line.bib for line in lines_of(standings)]


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
    assert "Changed since the last version:\n– 104 disqualified (TR16.8)" in text
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


def test_bests_and_possible_records_stand_beside_the_time_and_in_the_legend() -> None:
    entered = [
        replace(entry("101"), pb=Duration(410_000_000)),
        replace(entry("102"), sb=Duration(406_000_000)),
    ]
    told = story("gun 0:00 | 101 finish 6:45.1 | 102 finish 6:46", entered=entered)
    marks = {told.standings().rows[0].entry.id: ("REC?",)}
    sheet = results_sheet(frame(told), told.standings(), Circumstances(marks=marks))
    assert cells(sheet, "notes") == [["PB, REC?", "=SB"]]
    assert [code for code, _ in sheet.legend] == ["PB", "=SB", "REC?"]
    assert dict(sheet.legend)["REC?"] == "possible record, not ratified"


def test_reaction_times_have_a_column_once_one_is_known() -> None:
    told = heats()
    rows = told.standings("race", "heats").rows
    reacted = rows[0].result._replace(
        marks=(*rows[0].result.marks, Mark("reaction", "", Duration(145_000)))
    )
    standings = told.standings("race", "heats")._replace(
        rows=(rows[0]._replace(result=reacted), *rows[1:])
    )
    sheet = results_sheet(frame(told), standings)
    assert cells(sheet, "reaction")[0][0] == "0.145"
    assert "reaction" not in keys(results_sheet(frame(told), told.standings("race", "heats")))


def test_the_wind_of_a_lone_heat_is_a_fact_and_no_reading_has_no_unit() -> None:
    told = heats()
    (sprint,) = told.event.contests
    one = replace(sprint.rounds[0], heats=sprint.rounds[0].heats[:1])
    for wind, shown in (("+1.2", "+1.2 m/s"), ("NWI", "NWI")):
        conditions = replace(told.event.conditions, wind={"race/heats/1": wind})
        event = replace(told.event, conditions=conditions)
        facts = {each.label: each.value for each in contest_facts(Frame(event=event), sprint, one)}
        assert facts["Wind"] == shown
    assert "Wind" not in {
        each.label for each in contest_facts(Frame(event=event), sprint, sprint.rounds[0])
    }
