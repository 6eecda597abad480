"""Recorded times from a table: in order, each bib once, and no nonsense."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.files.tables import only_problem, told, written
from timing.core.clock import DAY, SECOND, format_duration
from timing.core.status import Status
from timing.files.race.day_clock import DayClock
from timing.files.race.order import check_times
from timing.files.race.times import Recorded, TimeWords, read_times
from timing.files.tables.findings import Findings

POINTS = {"": "finish", "finish": "finish", "half way": "half", "half": "half"}


@pytest.fixture
def findings() -> Findings:
    return Findings()


def recorded(
    folder: Path, text: str, findings: Findings, *, laps: bool = False, **words
) -> list[Recorded]:
    path = written(folder, text)
    found = read_times(path, POINTS, findings, TimeWords(**words))
    check_times(found, findings, str(path), laps=laps)
    return found


def shown(found: list[Recorded]) -> list[tuple[str, str]]:
    return [
        (one.bib, "?" if one.elapsed is None else format_duration(one.elapsed)) for one in found
    ]


def test_times_are_read_in_their_order(tmp_path, findings) -> None:
    text = "order,bib,time\n1,17,14:42\n2,8,14:55.25\n3,101,1:05:00\n"
    found = recorded(tmp_path, text, findings)
    assert shown(found) == [("17", "14:42"), ("8", "14:55.25"), ("101", "1:05:00")]
    assert [(one.line, one.order, one.point) for one in found] == [
        (2, 1, "finish"), (3, 2, "finish"), (4, 3, "finish"),
    ]  # fmt: skip


def test_the_bare_form_of_clubs_has_tabs_and_remarks(tmp_path, findings) -> None:
    text = "# finish funnel, Anna\n17\t14:42\n#8\t14:50\n8\t14:55 \n"
    found = recorded(tmp_path, text, findings)
    assert [(one.line, one.order, one.bib) for one in found] == [(2, 1, "17"), (4, 2, "8")]


def test_the_bare_form_may_count_its_lines(tmp_path, findings) -> None:
    assert [one.order for one in recorded(tmp_path, "5,17,14:42\n6,8,14:55\n", findings)] == [5, 6]


def test_what_was_not_recorded_is_a_question_mark(tmp_path, findings) -> None:
    found = recorded(tmp_path, "bib,time\n17,?\n?,14:42\n,14:50\n", findings)
    assert shown(found) == [("17", "?"), ("", "14:42"), ("", "14:50")]
    assert not findings.problems


def test_a_line_without_anything_is_named(tmp_path, findings) -> None:
    recorded(tmp_path, "order,bib,time\n1,?,?\n", findings)
    assert told(findings.problems) == [(2, "empty-record")]


@pytest.mark.parametrize(("word", "status"), [("DNF", "DNF"), ("dsq", "DQ"), ("Ret", "DNF")])
def test_a_status_may_stand_for_a_time(tmp_path, findings, word: str, status: str) -> None:
    (one,) = recorded(tmp_path, f"bib,time\n7,{word}\n", findings)
    assert (one.status, one.elapsed) == (Status(status), None)


@pytest.mark.parametrize(
    "typed",
    ["0:58", ":59", "0:45:37.654", "0:58:", "1:03:1", "65:55", ":67:22", "0:70:16", "1.11.43"],
)  # fmt: skip
def test_many_spellings_are_times_where_a_dot_stands_for_the_colon(
    tmp_path, findings, typed: str
) -> None:
    (one,) = recorded(tmp_path, f"7\t{typed}\n", findings, dots="colon")
    assert one.elapsed
    assert not findings.problems


def test_28_49_may_be_two_times_and_is_asked_for(tmp_path, findings) -> None:
    recorded(tmp_path, "bib,time\n7,28.49\n", findings)
    assert "'28.49' may be minutes and seconds or seconds and hundredths" in str(
        only_problem(findings)
    )


@pytest.mark.parametrize(("dots", "meant"), [("colon", "28:49"), ("decimal", "28.49")])
def test_28_49_is_what_was_declared(tmp_path, findings, dots: str, meant: str) -> None:
    assert shown(recorded(tmp_path, "bib,time\n7,28.49\n", findings, dots=dots)) == [("7", meant)]


def test_digits_that_were_never_measured_are_cut(tmp_path, findings) -> None:
    found = recorded(tmp_path, "bib,time\n7,0:45:37.6549324594234\n", findings, decimals=3)
    assert shown(found) == [("7", "45:37.654")]


@pytest.mark.parametrize("typed", ["12:XX", "-1:00", "1:75:00", "soon", "99:99:99", "0x10"])
def test_a_nonsense_time_is_named(tmp_path, findings, typed: str) -> None:
    recorded(tmp_path, f"bib,time\n7,{typed}\n", findings)
    assert f"table.csv:2: {typed!r} is not a time; expected" in str(only_problem(findings))


def test_a_time_before_the_one_above_is_out_of_order(tmp_path, findings) -> None:
    recorded(tmp_path, "1\t42:43\n2\t46:35\n3\t45:43\n4\t45:43\n", findings)
    problem = only_problem(findings)
    assert problem.line == 3
    assert "the time of bib 3 is out of order: earlier than that of line 2" in problem.sentence


def test_points_keep_their_own_order(tmp_path, findings) -> None:
    text = "bib,time,point\n7,40:00,finish\n7,20:00,half way\n8,21:00,HALF\n8,41:00,\n"
    found = recorded(tmp_path, text, findings)
    assert [one.point for one in found] == ["finish", "half", "half", "finish"]
    assert not findings.problems


def test_an_unknown_point_is_named_with_those_there_are(tmp_path, findings) -> None:
    recorded(tmp_path, "bib,time,point\n7,40:00,moon\n", findings)
    assert "point 'moon' is unknown; expected one of finish, half" in str(only_problem(findings))


def test_a_bib_recorded_twice_is_refused_with_both_lines(tmp_path, findings) -> None:
    recorded(tmp_path, "bib,time\n3,42:43\n4,43:00\n03,44:00\n", findings)
    problem = only_problem(findings)
    assert problem.line == 4
    assert "bib '03' was recorded in line 2 already" in problem.sentence


def test_on_laps_a_bib_is_recorded_again_and_again(tmp_path, findings) -> None:
    found = recorded(tmp_path, "bib,time,lap\n3,1:00,1\n3,2:01,2\n", findings, laps=True)
    assert [one.lap for one in found] == [1, 2]
    assert not findings.problems


def test_times_of_day_count_from_the_start_of_the_clock(tmp_path, findings) -> None:
    text = "bib,time\n7,10:42:43\n8,23:00:00\n9,01:00:00\n"
    found = recorded(tmp_path, text, findings, clock="day", start="10:00:00")
    assert shown(found) == [("7", "42:43"), ("8", "13:00:00"), ("9", "15:00:00")]


def test_times_of_day_may_have_a_date(tmp_path, findings) -> None:
    text = "bib,time\n7,2026-05-01 23:00:00\n8,2026-05-02T09:00:00\n9,2026-05-03 10:00:01\n"
    found = recorded(tmp_path, text, findings, clock="day", start="10:00:00", date="2026-05-01")
    assert [one.elapsed for one in found] == [
        13 * 3600 * SECOND,
        23 * 3600 * SECOND,
        2 * DAY + SECOND,
    ]


@pytest.mark.parametrize("cell", ["0.03125", "0,03125", ".03125", "0.0312500000"])
def test_what_a_spreadsheet_makes_of_a_time_is_no_second(tmp_path, findings, cell: str) -> None:
    text = f"bib;time\n7;{cell}\n"
    recorded(tmp_path, text, findings)
    assert told(findings.problems) == [(2, "ambiguous-time")]
    assert "part of a day" in findings.problems[0].sentence
    assert shown(recorded(tmp_path, text, Findings(), dots="decimal"))[0][1].startswith("0.031")


def test_thousandths_of_a_second_are_in_no_doubt(tmp_path, findings) -> None:
    found = recorded(tmp_path, "bib,time\n7,0.031\n8,9.6344\n", findings)
    assert shown(found) == [("7", "0.031"), ("8", "9.6344")]


def test_a_time_that_no_race_lasts_is_nonsense(tmp_path, findings) -> None:
    recorded(tmp_path, "bib,time\n6,2400:00:00\n7,2400:00:01\n8,100000:00:00\n", findings)
    assert told(findings.problems) == [(3, "time"), (4, "time")]


def by_the_church_clock(folder: Path, text: str, findings: Findings, **words) -> list[Recorded]:
    """Times of day in Rome, where the clocks were moved on 29 March and 25 October 2026."""
    kinds = TimeWords(clock="day", **words)
    clock = DayClock(date.fromisoformat(kinds.date), ZoneInfo("Europe/Rome"))
    return read_times(written(folder, text), POINTS, findings, kinds, clock=clock)


def test_a_night_race_is_an_hour_shorter_than_the_clocks_say_when_summer_time_begins(
    tmp_path, findings
) -> None:
    text = "bib,time\n7,01:50:00\n8,03:10:00\n9,04:00:00\n"
    found = by_the_church_clock(tmp_path, text, findings, start="1:30:00", date="2026-03-29")
    assert shown(found) == [("7", "20:00"), ("8", "40:00"), ("9", "1:30:00")]


def test_a_night_race_is_an_hour_longer_than_the_clocks_say_when_summer_time_ends(
    tmp_path, findings
) -> None:
    text = "bib,time\n7,01:50:00\n8,02:50:00\n9,02:10:00\n10,03:10:00\n"
    found = by_the_church_clock(tmp_path, text, findings, start="1:30:00", date="2026-10-25")
    assert shown(found) == [("7", "20:00"), ("8", "1:20:00"), ("9", "1:40:00"), ("10", "2:40:00")]


def test_each_point_goes_its_own_way_through_the_hour_that_comes_twice(tmp_path, findings) -> None:
    text = "bib,time,point\n7,02:50:00,half way\n8,02:10:00,half way\n7,02:55:00,finish\n"
    found = by_the_church_clock(tmp_path, text, findings, start="1:30:00", date="2026-10-25")
    assert shown(found) == [("7", "1:20:00"), ("8", "1:40:00"), ("7", "1:25:00")]


def test_a_time_that_the_clocks_left_out_is_named(tmp_path, findings) -> None:
    text = "bib,time\n7,01:50:00\n8,02:30:00\n"
    by_the_church_clock(tmp_path, text, findings, start="1:30:00", date="2026-03-29")
    assert told(findings.problems) == [(3, "time")]
    assert "summer time began" in findings.problems[0].sentence


@pytest.mark.parametrize("typed", ["2026-13-01 10:00:00", "noon today", "2026-05-01 noon"])
def test_a_nonsense_time_of_day_is_named(tmp_path, findings, typed: str) -> None:
    recorded(tmp_path, f"bib,time\n7,{typed}\n", findings, clock="day", date="2026-05-01")
    assert told(findings.problems) == [(2, "time")]


def test_a_nonsense_number_is_named(tmp_path, findings) -> None:
    recorded(tmp_path, "order,bib,time\nfirst,7,1:00\n", findings)
    assert "the order is 'first'; expected a number" in str(only_problem(findings))


def test_a_table_without_times_is_refused(tmp_path, findings) -> None:
    assert recorded(tmp_path, "# nobody came\n", findings) == []
    assert "there is no time in the file" in str(only_problem(findings))
    assert recorded(tmp_path, "bib,time\n", findings) == []


def test_a_table_that_only_has_words_needs_a_header(tmp_path, findings) -> None:
    recorded(tmp_path, "who,when\n7,1:00\n", findings)
    assert "there is no column for the bib or chip" in str(findings.problems[0])


def test_a_chip_may_stand_for_a_bib(tmp_path, findings) -> None:
    (one,) = recorded(tmp_path, "chip,time\n0A1B,1:00\n", findings)
    assert (one.chip, one.bib) == ("0A1B", "")


def test_a_remark_may_stand_behind_a_line(tmp_path, findings) -> None:
    bare = "17\t14:42 # tall\n8\t14:55\t# last\n9\t15:01#x\n"
    assert shown(recorded(tmp_path, bare, findings)) == [
        ("17", "14:42"), ("8", "14:55"), ("9", "15:01"),
    ]  # fmt: skip
    headed = "order,bib,time\n1,17,14:42 # tall, red\n2,8,14:55,# last\n"
    assert shown(recorded(tmp_path, headed, findings)) == [("17", "14:42"), ("8", "14:55")]
    assert not findings.problems


def test_a_mark_in_a_column_of_words_begins_no_remark(tmp_path, findings) -> None:
    text = "bib,point,note,time\n17,Half way,gave #9 water,14:42\n"
    (found,) = recorded(tmp_path, text, findings)
    assert (found.point, shown([found])) == ("half", [("17", "14:42")])


def test_a_mark_before_a_number_is_no_remark(tmp_path, findings) -> None:
    (found,) = recorded(tmp_path, "order,bib,time\n1,#17,14:42\n", findings)
    assert found.bib == "#17"


@pytest.mark.parametrize(
    "text", ["2\t20:00\n1\t21:00\t1\n1\t40:00\t2\n", "2\t20:00\t\n1\t21:00\t1\n1\t?\t2\n"]
)
def test_the_bare_form_of_a_relay_may_have_a_leg_behind_the_time(tmp_path, findings, text) -> None:
    found = recorded(tmp_path, text, findings, laps=True)
    assert [(one.bib, one.leg) for one in found] == [("2", 0), ("1", 1), ("1", 2)]
    assert not findings.problems


def test_the_bare_form_with_an_order_may_have_a_leg_too(tmp_path, findings) -> None:
    (found,) = recorded(tmp_path, "5,17,14:42,3\n", findings)
    assert (found.order, found.bib, found.leg) == (5, "17", 3)


def test_a_bare_row_that_is_too_short_or_too_long_is_refused(tmp_path, findings) -> None:
    recorded(tmp_path, "1,17,14:42\n8,14:55\n3,9,15:00,1,2\n", findings)
    assert [problem.line for problem in findings.problems] == [2, 3]
