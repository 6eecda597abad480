"""Awards, medals, records, teams and reports print what they are given."""

from __future__ import annotations

from tests.printing.every_kind import every_kind, record
from tests.printing.race import frame, mile
from tests.printing.reading import text_of
from timing.core.rulebook.medals import Medals, medal_table
from timing.printing.document import draw
from timing.printing.sheet import Blank, RowStyle, Signature
from timing.printing.sheets.prize_sheets import (
    Shelf,
    Winner,
    award_sheet,
    medal_sheet,
    records_sheet,
)
from timing.printing.sheets.report_sheets import Incident, Part, data_sheet, incident_report
from timing.printing.sheets.team_sheets import Member, TeamGroup, TeamLine, team_sheet

AROUND = frame(mile())


def test_prizes_stand_in_the_order_of_the_ceremony_with_a_square_each() -> None:
    winners = [
        Winner("Women", "1", "101", "Anna", "Reykjavík AC", "6:45.2"),
        Winner("Men", "1=", "102", "Grzegorz", "", "6:46.0"),
        Winner("Men", "1=", "103", "Νίκος", "", "6:46.0", ("104 Ali",)),
    ]
    sheet = award_sheet(AROUND, winners)
    assert [group.title for group in sheet.groups] == ["Women", "Men"]
    assert sheet.columns[0].blank is Blank.TICK
    assert [style for group in sheet.groups for style in group.styles] == [
        RowStyle.PLAIN,
        RowStyle.PLAIN,
        RowStyle.PLAIN,
        RowStyle.DETAIL,
    ]


def test_the_medal_table_keeps_its_ranks() -> None:
    table = medal_table([Medals("GER", 1, 0, 2), Medals("AUT", 2, 0, 0), Medals("ITA", 1, 0, 2)])
    (group,) = medal_sheet(AROUND, table).groups
    assert [row[:2] for row in group.rows] == [("1", "AUT"), ("2", "GER"), ("2", "ITA")]
    assert group.rows[0][2:] == ("2", "–", "–", "2")


def test_records_are_grouped_by_contest_and_name_their_body() -> None:
    sheet = every_kind()["records"]()
    assert sheet.groups[0].title.startswith("Contest 3")
    assert sheet.groups[0].note == "1609.344 m"
    body = [column.key for column in sheet.columns].index("body")
    assert all(row[body] == "IRR" for group in sheet.groups for row in group.rows)


def test_a_record_that_stands_for_two_is_told_once_and_empty_columns_are_left_out() -> None:
    (only,) = mile().event.contests
    twice = record(4)
    sheet = records_sheet(AROUND, [Shelf(only, [twice]), Shelf(only, [twice])])
    assert [len(group.rows) for group in sheet.groups] == [1]
    assert "category" not in [column.key for column in sheet.columns]


def test_legs_stay_below_their_team() -> None:
    legs = [Member("1", "", "Anna", "18.00", "18.00"), Member("2", "", "Björn", "36.10", "18.10")]
    team = TeamLine("1", "ISL", "Iceland", "ISL", "36.10", "", legs)
    sheet = team_sheet(AROUND, "2 x 100 m", [TeamGroup("", [team])], relay=True)
    (group,) = sheet.groups
    assert list(group.styles) == [RowStyle.STRONG, RowStyle.DETAIL, RowStyle.DETAIL]
    columns = [column.heading for column in sheet.columns]
    second = dict(zip(columns, group.rows[2], strict=True))
    assert (second["Team"], second["Leg"], second["Total"]) == ("2. Björn", "18.10", "36.10")
    assert "gap" not in [column.key for column in sheet.columns]
    text = text_of(draw(sheet).pdf)
    assert text.index("Iceland") < text.index("Anna") < text.index("Björn")


def test_a_team_without_a_place_says_why() -> None:
    sheet = team_sheet(AROUND, "Mile", [TeamGroup("Men", [TeamLine("", "", "Harriers", "", "NP")])])
    assert "NP" in text_of(draw(sheet).pdf)


def test_rulings_are_told_in_full() -> None:
    long = "because " * 30 + "end"
    sheet = incident_report(AROUND, [Incident("1", "15:01:12", "101 Anna", "DQ", "seen", long)])
    assert "because" in text_of(draw(sheet).pdf)
    assert "There are no rulings." in text_of(draw(incident_report(AROUND, [])).pdf)


def test_an_open_question_leaves_room_to_write() -> None:
    parts = [Part("Athlete", [("Name", "Anna"), ("Photo ID seen by", "")])]
    sheet = data_sheet(AROUND, "Application", parts, [Signature("Referee", "A. B.")])
    answers = [row[1] for row in sheet.groups[0].rows]
    assert answers[0] == "Anna"
    assert set(answers[1]) == {"…"}
    assert [signature.role for signature in sheet.signatures] == ["Referee"]
